"""Somebody opens every unit of every original on a phone, in both languages, and nothing is cut off or out of reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.curriculum import actions, originals
from app.curriculum.queries import contents, editions, reading
from app.people.permissions import COMMAND_LINE

from .conftest import OpenScreen
from .screens import Look
from .site import Site, serving

pytestmark = pytest.mark.xdist_group("journeys-curricula")
FOLDERS = {folder.name: folder for folder in originals.folders(originals.REPOSITORY)}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving("sqlite") as site:
        with site.app.app_context():
            for folder in FOLDERS.values():
                actions.load(COMMAND_LINE, originals.read(folder))
        yield site


def units(site: Site, slug: str, language: str) -> tuple[str, list[tuple[str, str]]]:
    """An original's address, and uid and title of its units as they are read."""
    with site.app.app_context():
        edition = next(e for e in editions.visible(COMMAND_LINE) if e.slug == slug)
        seen = reading.view(COMMAND_LINE, slug, edition.region, version=None, language=language)
        found = [unit for _, unit in seen.state.content.units()]
        texts = contents.bodies({d for unit in found for block in unit.blocks for d in block.texts.values()})
        return (
            f"/editions/{slug}/{edition.region}",
            [(u.uid, contents.unit_title(u, texts, [language])) for u in found],
        )


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("slug", FOLDERS)
def test_every_unit_fits_a_phone(site: Site, open_screen: OpenScreen, slug: str, language: str) -> None:
    screen = open_screen(site, Look(language, "phone", "light"))
    address, found = units(site, slug, language)
    assert found
    for uid, title in found:
        screen.go(f"{address}/units/{uid}?in={language}&lang={language}")
        assert screen.main.locator("h1").first.inner_text() == title
        assert screen.main.locator(".variable.unknown").count() == 0
        screen.axe(colours=language == "es")  # what stands on what does not depend on the language
