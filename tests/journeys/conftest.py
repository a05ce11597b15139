"""Sites and screens for the journeys. Each test says which database, device, language and light it goes with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser_ready import find

from .screens import Look, Screen
from .site import Site

OpenScreen = Callable[..., Screen]
expect.set_options(timeout=10_000)  # a busy machine is slow, and waiting costs nothing when all is well
PHONE = Look("es", "phone", "light")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and skip it by name where there is none."""
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.skipif(find() is None, reason="no Chromium here"))


@pytest.fixture(autouse=True)
def _no_database_in_unit_tests() -> None:
    """Journeys are about everything together, the database included."""


@pytest.fixture
def open_screen(chromium: Browser) -> Iterator[OpenScreen]:
    """Opens screens, each a browser of its own; at the end fails when any of them saw something wrong."""
    opened: list[Screen] = []

    def opening(site: Site, look: Look = PHONE, **more: Any) -> Screen:
        page = look.context(chromium, site, **more).new_page()
        page.set_default_timeout(10_000)
        opened.append(Screen(site, page, look.language, scripts=more.get("java_script_enabled", True)))
        return opened[-1]

    yield opening
    for screen in opened:
        screen.page.context.close()
    for screen in opened:
        screen.healthy()
