"""Every page shuts nobody out: axe, touch targets and width, in both languages, by day and by night, on each device.

Each page is fetched once per language by somebody who gets it; device and light change on the spot. Colours are the
same in every language, so contrasts by day are looked at on the Spanish page and those by night on the English one.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.architecture.pages import bare_app
from tests.shots.examples import addresses, pages
from tests.shots.stage import ROLES, prepare

from .screens import SIZES, Look, Screen
from .site import Site, demonstration

LIGHT = {"es": "light", "en": "dark"}
SEEKERS = ("designer", "coordinator", "trainer", "learner", "administrator", "monitoring", "visitor")


def _endpoints() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        return [rule.endpoint for rule in pages(bare_app(Path(folder)))]


class Readers:
    """One browser per role and language, and what pages there are."""

    def __init__(self, chromium: Browser, site: Site) -> None:
        self.chromium, self.site = chromium, site
        self.addresses = addresses(site.app, prepare(site.app))
        self.screens: dict[tuple[str, str], Screen] = {}

    def screen(self, role: str, language: str) -> Screen:
        """The screen of somebody of this role, signed in."""
        if (role, language) not in self.screens:
            look = Look(language, "desktop", LIGHT[language])
            screen = Screen(self.site, look.context(self.chromium, self.site).new_page(), language)
            if ROLES[role]:
                screen.sign_in(ROLES[role])
            self.screens[role, language] = screen
        return self.screens[role, language]

    def opened(self, address: str, language: str) -> Screen:
        """The page at this address, open before the first who gets it."""
        for role in SEEKERS:
            screen = self.screen(role, language)
            answer = screen.page.goto(address)
            if answer is not None and answer.status == 200 and screen.path == address:
                return screen
        raise AssertionError(f"nobody gets to see {address}")


@pytest.fixture(scope="module")
def readers(chromium: Browser) -> Iterator[Readers]:
    with demonstration("sqlite") as site:
        readers = Readers(chromium, site)
        yield readers
        for screen in readers.screens.values():
            screen.page.context.close()


@pytest.mark.parametrize(
    ("endpoint", "language"),
    [
        pytest.param(endpoint, language, marks=pytest.mark.xdist_group(f"journeys-pages-{language}"))
        for endpoint, language in itertools.product(_endpoints(), LIGHT)
    ],
)
def test_a_page_shuts_nobody_out(readers: Readers, endpoint: str, language: str) -> None:
    for address in readers.addresses[endpoint]:
        screen = readers.opened(address, language)
        screen.faults.clear()
        for device in SIZES:
            screen.page.set_viewport_size(SIZES[device])  # type: ignore[arg-type]
            screen.axe()
            screen.fits()
        screen.healthy()
