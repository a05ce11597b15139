"""One role's pictures in one language, from browser to sheets: what a worker of `python -m tests.shots` does."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser_ready import find
from tests.journeys.screens import Look

from .sheets import sheets
from .walk import shots

OUT = Path("shots")


def take(address: str, password: str, found: dict[str, list[str]], role: str, language: str) -> list[str]:
    """Take all pictures of one role in one language, write their sheets and return their names."""
    kept: dict[Look, list[tuple[str, bytes]]] = defaultdict(list)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find(), args=arguments)
        for shot in shots(browser, address, password, found, role, language):
            kept[shot.look].append((shot.address, shot.picture))
        browser.close()
    written = []
    for look, captioned in kept.items():
        for number, sheet in enumerate(sheets(captioned, look.device), 1):
            path = OUT / f"{role}-{look.device}-{look.language}-{look.light}-{number}.jpg"
            sheet.save(path, quality=72)
            written.append(path.name)
    return written
