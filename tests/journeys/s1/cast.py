"""Who plays S1, on which screens, and what is there before it begins. What they do is told in the modules beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import Locator

from app.adaptation import actions as adaptation
from app.curriculum import actions as curriculum
from app.curriculum import originals
from app.curriculum.queries import editions
from app.demo import adaptations
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Actor, Role, Scope, parse_scope
from tests import factories
from tests.journeys.conftest import OpenScreen
from tests.journeys.deeds import SLUG, at
from tests.journeys.screens import Look, Screen
from tests.journeys.site import Site, serving, worker

MODULE = "my-coop-1"
HERE = "PE-SAM"
DESK, PHONE = Look("es", "desktop"), Look("es", "phone")
PEOPLE = {
    "peru": ("Diseño Perú (demo)", Role.DESIGNER, "PE"),
    "disena": ("Diseño San Martín (demo)", Role.DESIGNER, HERE),
    "traduce": ("Traducción San Martín (demo)", Role.TRANSLATOR, HERE),
    "facilita": ("Facilitación del taller (demo)", Role.FACILITATOR, HERE),
    "representa": ("Representación de la cooperativa (demo)", Role.REPRESENTATIVE, HERE),
    "revisa": ("Revisión San Martín (demo)", Role.REVIEWER, HERE),
}


@dataclasses.dataclass
class Cast:
    """The site and the people's screens, each opened once."""

    site: Site
    open_screen: OpenScreen
    screens: dict[str, Screen] = dataclasses.field(default_factory=dict)

    def screen(self, username: str) -> Screen:
        """Somebody's screen, signed in: a desk for designing and translating, a phone for everybody else."""
        if username not in self.screens:
            screen = self.open_screen(self.site, DESK if username in {"disena", "traduce"} else PHONE)
            screen.sign_in(username, factories.PASSWORD)
            self.screens[username] = screen
        return self.screens[username]

    def actor(self, username: str) -> Actor:
        """Somebody who acts without a screen, inside an application context."""
        account = people.account_by_username(username)
        assert account is not None
        return people.actor_of(account)

    @property
    def designer(self) -> Screen:
        return self.screen("disena")

    @property
    def translator(self) -> Screen:
        return self.screen("traduce")

    @property
    def facilitator(self) -> Screen:
        return self.screen("facilita")

    @property
    def representative(self) -> Screen:
        return self.screen("representa")


@contextmanager
def playing(kind: str, open_screen: OpenScreen) -> Iterator[Cast]:
    """My.Coop's first module, released and adapted to Peru, the people, and a real worker."""
    with ExitStack() as stack:
        site = stack.enter_context(serving(kind, INLINE_JOBS=False))
        with site.app.app_context():
            whole = originals.read(originals.REPOSITORY / SLUG)
            one = tuple(module for module in whole.modules if module.uid == MODULE)
            curriculum.load(COMMAND_LINE, dataclasses.replace(whole, modules=one))
            for username, (name, role, region) in PEOPLE.items():
                factories.account(username, role, parse_scope(f"{SLUG}/{region}"), name=name)
            _peru(Cast(site, open_screen).actor("peru"))
        stack.enter_context(worker(site.app))
        yield Cast(site, open_screen)


def _peru(actor: Actor) -> None:
    """The national edition, as the demonstration has it."""
    world = editions.find(SLUG, "001")
    assert world is not None
    assert Scope(SLUG, "PE") in {grant.scope for grant in actor.grants}
    peru = adaptation.fork(actor, editions.release(world, None), "PE", languages=["es", "en"], why="Edición nacional")
    for step in planned("PE").steps(actor, peru):
        step()
    curriculum.release(actor, peru, "Edición nacional")


def planned(region: str) -> adaptations.Adaptation:
    """What the demonstration's files say for an edition, as far as it is about the module that is played here."""
    found: dict[str, Any] = {}
    for key, value in adaptations.read(SLUG, region).data.items():
        found[key] = [e for e in value if e["unit"].startswith(MODULE)] if isinstance(value, list) else value
    return adaptations.Adaptation(found)


# --- What all of them do on their screens ---


def pick(screen: Screen, name: str, value: str, within: Locator | None = None) -> None:
    """Touch the card of an answer, as a finger would: on its words."""
    (within or screen.main).locator(f"label:has(input[name='{name}'][value='{value}'])").first.click()


def unfold(screen: Screen, source: str, **parts: object) -> Locator:
    """Open what is folded under these words, unless it is open; returns it."""
    folded = screen.main.locator("details", has=screen.page.locator("summary", has_text=screen.say(source, **parts)))
    if folded.first.get_attribute("open") is None:
        folded.first.locator("summary").first.click()
    return folded.first


def agree(screen: Screen, source: str) -> None:
    """Press a button that asks once more, and say yes."""
    screen.button(source).first.click()
    dialog = screen.page.get_by_role("dialog")
    screen.send(dialog.get_by_role("button", name=screen.say(source), exact=True))


def uid_of(screen: Screen, unit: str, words: str) -> str:
    """The uid of the one block of a unit that has these words."""
    screen.go(at(HERE, "units", f"{unit}?in=es"))
    entry = screen.main.locator(".entry", has_text=words)
    assert entry.count() == 1, words
    return str(entry.get_attribute("id")).removeprefix("b-")


def edits(screen: Screen, find: str, replace: str) -> None:
    """In an open editor, put other words in the place of these, and save."""
    text = screen.page.locator("#text")
    before = text.input_value()
    assert before.count(find) == 1, find
    text.fill(before.replace(find, replace))
    screen.press("Save")
    screen.sees("Saved.")


def validation(*more: object) -> str:
    """An address of validating the edition that is played here."""
    return "/".join([f"/validation/{SLUG}/{HERE}", *map(str, more)])


def moves_on(screen: Screen, stage: str) -> None:
    """Move the edition on to this stage, from the page of its stages."""
    screen.go(validation("stages"))
    screen.press("Move on to: %(stage)s", stage=screen.say(stage))
    screen.sees("The edition stands at the stage “%(stage)s” now.", stage=screen.say(stage))
