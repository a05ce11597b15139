"""Somebody without an account reads what is released, finds words in it and prints it; drafts stay closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.curriculum.queries import editions

from .conftest import OpenScreen
from .deeds import at
from .screens import Look
from .site import Site, demonstration

pytestmark = pytest.mark.xdist_group("journeys-accounts")
WORD = {"es": "estatuto", "en": "statutes"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with demonstration("sqlite") as site:
        yield site


@pytest.mark.parametrize("look", [Look("es", "phone", "light"), Look("en", "desktop", "dark")], ids=str)
def test_a_visitor_reads_finds_and_prints(site: Site, open_screen: OpenScreen, look: Look) -> None:
    screen = open_screen(site, look)
    screen.go("/")
    screen.axe()
    screen.send(screen.page.get_by_role("link", name="My.Coop").first)
    screen.reads("1.1.0")
    screen.send(screen.main.locator(".rows a.title").first)
    assert screen.main.locator(".entry-edit").count() == 0
    title = screen.main.locator("article h1").inner_text()

    screen.page.emulate_media(media="print", color_scheme="light")
    screen.page.set_viewport_size({"width": 718, "height": 1000})  # an A4 page within its margins
    assert screen.page.evaluate("() => sticksOut()") == ""
    for frame in ("header.site", "footer.ground", "nav.crumbs"):
        assert not screen.page.locator(frame).first.is_visible()
    expect(screen.main.get_by_role("heading", name=title)).to_be_visible()
    assert screen.page.pdf(format="A4").startswith(b"%PDF")

    screen.page.emulate_media(media="screen")
    screen.go(f"/editions/search?q={WORD[look.language]}")
    screen.axe()
    hit = screen.main.locator(".rows a").first
    screen.send(hit)
    screen.reads(WORD[look.language])


def test_drafts_and_workshops_are_closed_to_visitors(site: Site, open_screen: OpenScreen) -> None:
    screen = open_screen(site)
    for path in (at("001", "?v=draft"), at("001", "units", "my-coop-1-1?v=draft")):
        screen.go(path, 404)
        screen.sees(editions.NoSuchEdition.text, name="my-coop/001")
        screen.axe()
    for path in (at("PE", "sync"), at("PE", "release"), at("PE", "history"), "/accounts/"):
        screen.go(path)
        assert screen.path.startswith("/sign-in?next=")
