"""What designers do on their screens, told once for all journeys: change words, answer, decide, release."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from app.adaptation.queries import sync
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, parents
from app.demo import adaptations
from app.infra.db import db
from app.people import queries as people

from .screens import Screen
from .site import Site

SLUG = "my-coop"
Change = Callable[[str], str]


def at(region: str, *more: str) -> str:
    """An address of an edition of My.Coop."""
    return "/".join([f"/editions/{SLUG}/{region}", *more])


def entry(screen: Screen, words: str) -> Locator:
    """The one block on a unit's page that has these words."""
    return screen.main.locator(".entry", has_text=words)


def open_block(screen: Screen, region: str, unit: str, words: str) -> None:
    """From the unit's page, open the block with these words for changing; on a phone the pencils are one tap away."""
    screen.go(at(region, "units", f"{unit}?in={screen.language}"))
    switch = screen.main.locator("label.marks")
    if switch.is_visible():
        switch.click()
    screen.send(entry(screen, words).locator(".entry-edit").first)


def change_block(screen: Screen, region: str, unit: str, find: str, replace: str, why: str) -> None:
    """Change words in one block, watching the preview follow, and give the reason."""
    open_block(screen, region, unit, find.removeprefix("- "))
    text = screen.page.locator("#text")
    before = text.input_value()
    assert before.count(find) == 1, find
    text.fill(before.replace(find, replace))
    if screen.scripts:
        expect(screen.page.locator("[data-preview-shown]")).to_contain_text(replace.removeprefix("- "))
    screen.fill({"why": why})
    screen.press("Save")
    screen.sees("Saved.")
    screen.reads(replace.removeprefix("- "))


def set_variable(screen: Screen, region: str, name: str, values: dict[str, str], why: str) -> None:
    """Give a variable the edition's own values."""
    screen.go(at(region, "variables", name))
    form = screen.main.locator("form").first
    screen.fill({f"value-{language}": value for language, value in values.items()} | {"why": why}, form)
    screen.press("Save", form)
    screen.sees("Saved.")


def release(screen: Screen, region: str, why: str, version: str) -> None:
    """Release an edition from its screen."""
    screen.go(at(region, "release"))
    screen.sees("Release %(version)s", version=version)
    screen.fill({"why": why})
    button = screen.button("Release it")
    if screen.scripts:
        button.click()
        dialog = screen.page.get_by_role("dialog")
        screen.send(dialog.get_by_role("button", name=screen.say("Release it"), exact=True))
    else:
        screen.send(button)
    screen.sees("Version %(version)s is out.", version=version)


def answer(screen: Screen, choice: str) -> None:
    """Press one of the answers to a change of the original's."""
    screen.send(screen.main.locator(f"button[name=choice][value={choice}]"))


def adapt(site: Site, username: str, region: str, changes: adaptations.Adaptation) -> None:
    """Do the rest of what a file of adaptations says, as this person, through the actions."""
    with site.app.app_context():
        account = people.account_by_username(username)
        assert account is not None
        for step in changes.steps(people.actor_of(account), edition_of(region)):
            step()
        db.session.remove()


def edition_of(region: str) -> Edition:
    """The edition of a region, inside an application context."""
    found = editions.find(SLUG, region)
    assert found is not None
    return found


def waiting(site: Site, region: str) -> dict[str, list[str]]:
    """What waits for a person in a sync of this edition: subjects by kind of outcome."""
    found: dict[str, list[str]] = {}
    with site.app.app_context():
        edition = edition_of(region)
        source = parents.sources(edition, contents.state(editions.head_of(edition)).local)[0]
        for question in sync.prepare(edition, source.newest, source).asked:
            if question.waits:
                found.setdefault(question.action.value, []).append(question.subject)
        db.session.remove()
    return found
