"""Walks every page as every role, in both languages, and takes its picture on each device and in each light.

A page is fetched once per role and language; device and light are changed on the spot.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.journeys.screens import LOCALES, SIZES, Look, words

from .stage import ROLES

HEIGHTS = {"phone": 1100, "desktop": 1000}  # of a picture; what is further down is not seen
LIGHTS = ("light", "dark")

Addresses = dict[str, list[str]]  # by endpoint


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: which page it is of, who sees it, how."""

    endpoint: str
    address: str
    role: str
    look: Look
    picture: bytes


def pages_of(
    browser: Browser, site: str, password: str, addresses: Addresses, role: str, language: str
) -> Iterator[tuple[str, str, Page]]:
    """Every page that somebody of this role gets, in one language, open one after the other in one browser."""
    with browser.new_context(base_url=site, locale=LOCALES[language], reduced_motion="reduce") as context:
        page = context.new_page()
        if username := ROLES[role]:
            page.goto("/sign-in")
            page.fill("form.form [name=username]", username)
            page.fill("form.form [name=password]", password)
            page.get_by_role("button", name=words(language, "Sign in"), exact=True).click()
            page.wait_for_load_state()
        for endpoint, address in ((endpoint, a) for endpoint, found in addresses.items() for a in found):
            answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
            if answer is None or answer.status >= 500:
                raise RuntimeError(f"{role} gets no picture of {address}: it broke")
            if answer.status == 200 and page.url.startswith(site + address):
                yield endpoint, address, page


def shots(browser: Browser, site: str, password: str, addresses: Addresses, role: str, language: str) -> Iterator[Shot]:
    """A picture of each of them per device and light."""
    for endpoint, address, page in pages_of(browser, site, password, addresses, role, language):
        for device, light in itertools.product(SIZES, LIGHTS):
            page.set_viewport_size({"width": SIZES[device]["width"], "height": HEIGHTS[device]})
            page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            picture = page.screenshot(type="jpeg", quality=85)
            yield Shot(endpoint, address, role, Look(language, device, light), picture)
