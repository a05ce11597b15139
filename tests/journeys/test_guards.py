"""The guards of a screen see what they are there to see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from .screens import Look, Screen
from .site import Site, serving

HEAD = "<!doctype html><html lang='es'><meta name='viewport' content='width=device-width'><title>Example</title>"
pytestmark = pytest.mark.xdist_group("journeys-accounts")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving("sqlite") as site:
        yield site


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<main>fits</main>", []),
        ("<main><p style='width:500px'>wide</p></main>", ["too wide: 5"]),
        ("<main><div style='overflow-x:auto'><p style='width:500px'>scrolls</p></div></main>", []),
        ("<script>nowhere()</script>", ["nowhere is not defined"]),
        ("<script>console.error('said so')</script>", ["said so"]),
        ("<img src='http://127.0.0.1:9/elsewhere.png'>", ["asked another host: http://127.0.0.1:9/elsewhere.png"]),
        ("<img src='/assets/missing.png'>", ["404 GET"]),
    ],
)
def test_a_guard_sees(chromium: Browser, site: Site, html: str, seen: list[str]) -> None:
    page = Look().context(chromium, site).new_page()
    screen = Screen(site, page, "es")
    page.route("**/example", lambda route: route.fulfill(body=HEAD + html, content_type="text/html"))
    page.goto("/example", wait_until="networkidle")
    for _ in range(50 if len(screen.faults) < len(seen) else 0):
        page.wait_for_timeout(100)  # what the browser tells comes after what it does
        if len(screen.faults) == len(seen):
            break
    page.context.close()
    assert len(screen.faults) == len(seen), screen.faults
    assert all(words in fault for words, fault in zip(seen, screen.faults, strict=True)), screen.faults


def test_axe_is_listened_to(chromium: Browser, site: Site) -> None:
    page = Look().context(chromium, site).new_page()
    screen = Screen(site, page, "es")
    page.route("**/example", lambda route: route.fulfill(body=f"{HEAD}<main><input></main>", content_type="text/html"))
    page.goto("/example")
    with pytest.raises(AssertionError, match="label"):
        screen.axe()
    page.context.close()
