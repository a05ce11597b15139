"""The main job without JavaScript: graft, change a block, decide on a change of the original's, release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.adaptation import actions as adaptation
from app.curriculum import actions as curriculum
from app.curriculum.queries import contents, editions
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories

from . import deeds
from .conftest import OpenScreen
from .deeds import at
from .screens import Look
from .site import Site, serving

pytestmark = pytest.mark.xdist_group("journeys-accounts")
OURS = "The mill pays 25 soles for each sack."
THEIRS = "A co-operative pays 30 soles for each full sack, weighed in front of all."


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving("sqlite") as site:
        with site.app.app_context():
            factories.load()
            factories.account("peru", Role.DESIGNER, Scope("my-coop", "PE"))
        yield site


def test_everything_can_be_done_without_a_script(site: Site, open_screen: OpenScreen) -> None:
    screen = open_screen(site, Look("en", "phone"), java_script_enabled=False)
    screen.sign_in("peru", factories.PASSWORD)
    screen.go(at("001", "fork"))
    screen.main.locator("select[name=region]").select_option("PE")
    screen.fill({"why": "For Peru"})
    screen.press("Graft it")
    words = "A co-operative pays 25 soles for each sack."
    deeds.change_block(screen, "PE", "my-coop-1-1", words, OURS, "People here say so")

    screen.go(at("PE", "release"))
    screen.follow("Answer")
    screen.page.get_by_text("Confirm that it holds here as it is", exact=True).click()
    screen.page.locator("#why-confirm").fill("It happened here too")
    screen.press("Confirm it")
    deeds.release(screen, "PE", "First edition", "1.0.0")

    correct_the_original(site, words)
    screen.go(at("PE", "sync"))
    screen.follow("Decide one by one")
    deeds.answer(screen, "write")
    screen.fill({"written": "The mill pays 30 soles for each full sack."})
    screen.press("Keep what I wrote")
    screen.go(at("PE", "sync", "apply"))
    screen.fill({"why": "The new price"})
    screen.press("Apply")
    screen.sees("The changes are in")
    deeds.release(screen, "PE", "The new price", "1.0.1")
    screen.go(at("PE", "units", "my-coop-1-1?in=en&v=1.0.1"))
    screen.reads("The mill pays 30 soles for each full sack.")


def correct_the_original(site: Site, words: str) -> None:
    with site.app.app_context():
        world = deeds.edition_of("001")
        blocks = [b for _, unit in contents.state(editions.head_of(world)).content.units() for b in unit.blocks]
        block = next(b for b in blocks if words in (contents.texts_of([b], "en")[0] or ""))
        text = contents.texts_of([block], "en")[0] or ""
        adaptation.edit_block(COMMAND_LINE, world, block.uid, "en", text.replace(words, THEIRS))
        curriculum.release(COMMAND_LINE, world, "Corrected")
