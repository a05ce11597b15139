"""The main job from the screens of a phone: original, Peru, San Martín, a correction on its way down, a Word manual.

What the story is about is done on the screens; what a designer would do twenty times more is done through actions.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import expect

from app.core.typography import joined
from app.curriculum import actions as curriculum
from app.curriculum import originals
from app.demo import adaptations
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories

from . import deeds
from .conftest import OpenScreen
from .deeds import at
from .screens import Look, Screen
from .site import Site, serving, worker

PEOPLE = {
    "original": Scope(None, "001"),
    "peru": Scope(deeds.SLUG, "PE"),
    "lima": Scope(deeds.SLUG, "PE"),
    "sanmartin": Scope(deeds.SLUG, "PE-SAM"),
}
DATABASES = {"es": "sqlite", "en": "postgresql"}
CASE = {"es": "/// case | El camión de un primo", "en": "/// case | The lorry of a cousin"}
DECIDED = {
    "es": "Un quintal de pergamino son 55.2 kg en el Perú; pésenlo con 11.5 % de humedad.",
    "en": "A quintal of parchment is 55.2 kg in Peru; weigh it at 11.5 % moisture.",
}


@dataclasses.dataclass
class Story:
    """Who takes part, in which language they work, and what the files of adaptations give them to do."""

    site: Site
    open_screen: OpenScreen
    look: Look
    peru: adaptations.Adaptation = dataclasses.field(default_factory=lambda: adaptations.read("my-coop", "PE"))

    @property
    def language(self) -> str:
        """The language of the interface and of the texts that are changed on the screens."""
        return self.look.language

    def screen(self, username: str) -> Screen:
        """A phone of one's own, signed in."""
        screen = self.open_screen(self.site, self.look)
        screen.sign_in(username, factories.PASSWORD)
        return screen


@pytest.fixture(
    params=[
        pytest.param("es", marks=pytest.mark.xdist_group("journeys-story-es")),
        pytest.param("en", marks=pytest.mark.xdist_group("journeys-story-en")),
    ]
)
def story(request: pytest.FixtureRequest, open_screen: OpenScreen) -> Iterator[Story]:
    """My.Coop as it is in the repository, released, and the people who work on it; a real worker makes the files."""
    language = request.param
    with ExitStack() as stack:
        site = stack.enter_context(serving(DATABASES[language], INLINE_JOBS=False))
        with site.app.app_context():
            curriculum.load(COMMAND_LINE, originals.read(originals.REPOSITORY / deeds.SLUG))
            for username, scope in PEOPLE.items():
                factories.account(username, Role.DESIGNER, scope)
        stack.enter_context(worker(site.app))
        yield Story(site, open_screen, Look(language, "phone", "light" if language == "es" else "dark"))


def test_from_the_original_to_the_manual_of_san_martin(story: Story, tmp_path: Path) -> None:
    peru = story.screen("peru")
    graft(peru, "001", "PE", "Para las cooperativas del Perú")
    is_refused_a_release(peru)
    changes_a_word(story, peru)
    sets_money_and_law(story, peru)
    writes_the_case_again(story, peru)
    follows_what_is_missing_and_releases(story, peru)

    province = story.screen("sanmartin")
    graft(province, "PE", "PE-SAM", "Para el cacao de San Martín")
    deeds.adapt(story.site, "sanmartin", "PE-SAM", adaptations.read("my-coop", "PE-SAM"))

    corrects_the_original(story, story.screen("original"))
    takes_the_correction_in(story, peru)
    deeds.release(peru, "PE", "Con las correcciones del original", "1.1.0")

    passes_it_on(story, province)
    deeds.release(province, "PE-SAM", "Primera edición de la provincia", "1.0.0")
    sees_the_family(province)
    manual = downloads_the_manual(story, province, tmp_path)
    holds_what_everybody_did(story, manual)


def graft(screen: Screen, parent: str, region: str, why: str) -> None:
    screen.go(at(parent, ""))
    screen.axe()
    screen.follow("Graft an edition of your own")
    screen.main.locator("select[name=region]").select_option(region)
    screen.press("Graft it")
    screen.reads(screen.say("Please look at this again"))
    screen.fill({"why": why})
    screen.press("Graft it")
    assert screen.path.startswith(at(region))


def is_refused_a_release(screen: Screen) -> None:
    screen.go(at("PE", "release"))
    screen.sees("Not ready to be released yet")
    assert int(screen.main.locator(".slip .count").first.inner_text()) >= 10
    assert screen.button("Release it").count() == 0
    screen.axe()


def changes_a_word(story: Story, screen: Screen) -> None:
    word = next(c for c in story.peru.data["changes"] if c["language"] == story.language)
    deeds.change_block(screen, "PE", word["unit"], word["find"], word["replace"], word["reason"])
    rest = [c for c in story.peru.data["changes"] if c is not word]
    story.peru = adaptations.Adaptation({**story.peru.data, "changes": rest})


def sets_money_and_law(story: Story, screen: Screen) -> None:
    given = dict(story.peru.data["variables"])
    for name in ("currency", "law"):
        deeds.set_variable(screen, "PE", name, given.pop(name), "Moneda y ley del Perú")
    story.peru = adaptations.Adaptation({**story.peru.data, "variables": given})


def writes_the_case_again(story: Story, screen: Screen) -> None:
    """Once in the whole unit as Markdown, where a reason is asked for, and once in the block for the other language."""
    case = next(r for r in story.peru.data["rewrites"] if r["find"]["es"] == CASE["es"])
    language, other = story.language, {"es": "en", "en": "es"}[story.language]
    screen.go(at("PE", "units", f"my-coop-1-3?in={language}"))
    screen.follow("Edit this unit")
    text = screen.page.locator("#text")
    whole = text.input_value()
    start = whole.index(CASE[language])
    end = whole.index("\n///\n", start) + len("\n///")
    text.fill(whole[:start] + case["text"][language].strip("\n") + whole[end:])
    title = case["text"][language].strip().splitlines()[0].partition("| ")[2]
    expect(screen.page.locator("[data-preview-shown]")).to_contain_text(title)
    screen.press("Save")
    screen.sees("Please look at this again")
    assert title in screen.page.locator("#text").input_value()
    screen.axe()
    screen.fill({"why": case["reason"]})
    screen.press("Save")
    screen.sees("Saved.")
    screen.reads(title)

    uid = deeds.entry(screen, title).first.get_attribute("id")
    screen.go(at("PE", "blocks", str(uid).removeprefix("b-"), f"edit?in={other}"))
    screen.page.locator("#text").fill(case["text"][other].strip("\n"))
    screen.fill({"why": case["reason"]})
    screen.press("Save")
    screen.sees("Saved.")
    rest = [r for r in story.peru.data["rewrites"] if r is not case]
    story.peru = adaptations.Adaptation({**story.peru.data, "rewrites": rest})


def follows_what_is_missing_and_releases(story: Story, screen: Screen) -> None:
    kept, *others = story.peru.data["confirmed"]
    deeds.adapt(story.site, "peru", "PE", adaptations.Adaptation({**story.peru.data, "confirmed": others}))
    screen.go(at("PE", "release"))
    assert screen.main.locator(".slip .count").first.inner_text() == "1"
    screen.follow("Answer")
    screen.page.get_by_text(screen.say("Confirm that it holds here as it is"), exact=True).click()
    screen.page.locator("#why-confirm").fill(kept["reason"])
    screen.press("Confirm it")
    screen.sees("Confirmed: the original's text holds here as it is.")
    deeds.release(screen, "PE", "Edición nacional", "1.0.0")


def corrects_the_original(story: Story, screen: Screen) -> None:
    corrections = adaptations.read("my-coop", "001")
    figure = next(c for c in corrections.data["changes"] if c["language"] == story.language)
    deeds.change_block(screen, "001", figure["unit"], figure["find"], figure["replace"], figure["reason"])
    rest = [c for c in corrections.data["changes"] if c is not figure]
    deeds.adapt(story.site, "original", "001", adaptations.Adaptation({**corrections.data, "changes": rest}))
    deeds.release(screen, "001", "Lo que pidieron quienes facilitan", "1.1.0")


def takes_the_correction_in(story: Story, screen: Screen) -> None:
    """Safe ones in bulk, a proposal accepted, a conflict decided by writing, away and back, together, undone, done."""
    screen.go("/")
    screen.axe()
    screen.go(at("PE", "sync"))
    safe = screen.main.locator("input[name=safe]:checked").count()
    screen.press("Take in what is ticked")
    waits = deeds.waiting(story.site, "PE")

    screen.go(at("PE", "sync", waits["proposal"][0]))
    screen.axe()
    deeds.answer(screen, "proposal")
    conflict = next(s for s in waits["conflict"] if s.endswith(f":{story.language}"))
    screen.go(at("PE", "sync", conflict))
    deeds.answer(screen, "write")
    screen.fill({"written": DECIDED[story.language], "why": "Las medidas se revisan en cada zona"})
    screen.press("Keep what I wrote")

    screen.sign_out()
    screen.sign_in("peru", factories.PASSWORD)
    screen.go(at("PE", "sync?show=decided"))
    assert screen.main.locator(".glance li").count() == safe + 2
    screen.go(at("PE", "sync", f"{conflict}?write=1"))
    expect(screen.page.locator("#written")).to_have_value(DECIDED[story.language])

    two_people_decide_at_once(story, screen, waits["careful"][0])
    screen.go(at("PE", "sync"))
    while deeds.waiting(story.site, "PE"):
        screen.go(at("PE", "sync", next(s for some in deeds.waiting(story.site, "PE").values() for s in some)))
        deeds.answer(screen, "ours")

    before = reading(screen, "PE", "my-coop-1-4")
    apply(screen, "PE")
    after = reading(screen, "PE", "my-coop-1-4")
    assert DECIDED[story.language] in after
    screen.page.go_back()
    screen.page.get_by_text(screen.say("Undo all of it"), exact=True).click()
    screen.press("Undo")
    screen.sees("Everything this brought has been taken back. Your choices are still here.")
    assert reading(screen, "PE", "my-coop-1-4") == before
    apply(screen, "PE")
    assert reading(screen, "PE", "my-coop-1-4") == after
    assert corrected(story) in reading(screen, "PE", "my-coop-1-3")


def two_people_decide_at_once(story: Story, screen: Screen, subject: str) -> None:
    other = story.screen("lima")
    for each in (screen, other):
        each.go(at("PE", "sync", subject))
    deeds.answer(screen, "ours")
    deeds.answer(other, "theirs")
    other.reads(other.say("%(who)s had decided already; your choice is kept", who="Peru"))
    other.axe()
    other.press("Leave it as %(who)s decided", who="Peru")
    screen.go(at("PE", "sync", subject))
    expect(screen.main.locator("button[name=choice][value=ours]")).to_have_attribute("aria-pressed", "true")


def apply(screen: Screen, region: str) -> None:
    screen.go(at(region, "sync", "apply"))
    screen.axe()
    screen.fill({"why": "Correcciones del original, revisadas una por una"})
    screen.press("Apply")
    screen.sees("The changes are in")


def reading(screen: Screen, region: str, unit: str) -> str:
    """The words of a unit's page; the spaces that keep a figure and its unit on one line count as spaces."""
    screen.go(at(region, "units", f"{unit}?in={screen.language}"))
    return joined(screen.main.locator("article").inner_text(), " ")


def corrected(story: Story) -> str:
    changes = adaptations.read("my-coop", "001").data["changes"]
    return str(next(c for c in changes if c["language"] == story.language)["replace"]).removeprefix("- ")


def local(story: Story) -> str:
    """Words of San Martín's that nobody may lose."""
    changes = adaptations.read("my-coop", "PE-SAM").data["changes"]
    return str(next(c for c in changes if c["unit"] == "my-coop-1-3" and c["language"] == story.language)["replace"])


def passes_it_on(story: Story, screen: Screen) -> None:
    screen.go(at("PE-SAM", "sync"))
    screen.press("Take in what is ticked")
    while found := deeds.waiting(story.site, "PE-SAM"):
        screen.go(at("PE-SAM", "sync", next(s for some in found.values() for s in some)))
        deeds.answer(screen, "ours")
    apply(screen, "PE-SAM")
    governance = reading(screen, "PE-SAM", "my-coop-1-3")
    assert corrected(story) in governance
    assert local(story) in governance


def sees_the_family(screen: Screen) -> None:
    screen.go(f"/editions/{deeds.SLUG}/lineage")
    screen.axe()
    for version in ("1.1.0", "1.0.0"):
        screen.reads(version)


def downloads_the_manual(story: Story, screen: Screen, folder: Path) -> Any:
    """The worker makes the file while the page says how far it is."""
    screen.go(at("PE-SAM", "exports"))
    screen.main.locator("select[name=version]").select_option("1.0.0")
    screen.main.locator("#language").select_option(story.language)
    screen.press("Make the file")
    download = screen.main.locator(".notice-done a.button")
    expect(download).to_be_visible(timeout=60_000)
    with screen.page.expect_download() as found:
        download.click()
    assert found.value.suggested_filename == f"my-coop-PE-SAM-1.0.0-{story.language}.docx"
    return Document(BytesIO(Path(found.value.path()).read_bytes()))


def holds_what_everybody_did(story: Story, manual: Any) -> None:
    paragraphs = [element for element in manual.element.body.iter() if element.tag.endswith("}p")]
    whole = "\n".join("".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in paragraphs)
    assert corrected(story) in whole
    assert local(story) in whole
    header = "\n".join(p.text for section in manual.sections for p in section.header.paragraphs)
    assert "1.0.0" in header
    assert "San Martín" in header
