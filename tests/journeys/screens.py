"""Somebody's screen: a page in a real browser that speaks their language and notices what is wrong with what it shows.

`Look` says which device, language and light; `Screen` goes, presses and fills by the words on the page. A screen keeps
a list of faults (errors in the console, requests to other hosts, 5xx, a page wider than the phone); `healthy()` fails
on them, and fixtures ask for it at the end of every test.
"""

from __future__ import annotations

import functools
import gettext
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from .site import Site

CATALOGUES = Path(__file__).parents[2] / "translations"
LOCALES = {"es": "es-PE", "en": "en-GB"}
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
GUARDS = (Path(__file__).parent / "guards.js").read_text("utf-8")
AXE = Axe()


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody sees the pages."""

    language: str = "es"
    device: str = "phone"
    light: str = "light"

    def __str__(self) -> str:
        return f"{self.language}-{self.device}-{self.light}"

    def context(self, browser: Browser, site: Site, **more: Any) -> BrowserContext:
        """A browser of one's own, with its cookies, that looks like this."""
        return browser.new_context(
            base_url=site.address,
            viewport=SIZES[self.device],  # type: ignore[arg-type]
            has_touch=self.device == "phone",
            is_mobile=self.device == "phone",
            locale=LOCALES[self.language],
            color_scheme=self.light,  # type: ignore[arg-type]
            reduced_motion="reduce",
            **more,
        )


LOOKS = [Look(*parts) for parts in itertools.product(("es", "en"), ("phone", "desktop"), ("light", "dark"))]


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The interface's words in a language."""
    return gettext.translation("messages", CATALOGUES, [language], fallback=True)


def words(language: str, source: str, **parts: object) -> str:
    """An English source sentence as the interface says it in this language."""
    translated = catalogue(language).gettext(source)
    return translated % parts if parts else translated


@dataclass
class Screen:
    """One page of one person."""

    site: Site
    page: Page
    language: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # dialogs, by type

    def __post_init__(self) -> None:
        self.page.add_init_script(GUARDS)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked_for)
        self.page.on("response", self._answered)
        self.page.on("dialog", self._agreed)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error" and "Failed to load resource" not in said.text:
            self.faults.append(f"console at {self.page.url}: {said.text}")

    def _agreed(self, dialog: Dialog) -> None:
        self.asked.append(dialog.type)
        dialog.accept()

    def _asked_for(self, request: Request) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:", "about:")):
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        strange = response.status >= 400 and response.request.resource_type not in {"document", "fetch", "xhr"}
        if response.status >= 500 or strange:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    # --- Words ---

    def say(self, source: str, **parts: object) -> str:
        """A sentence as this person reads it."""
        return words(self.language, source, **parts)

    @property
    def main(self) -> Locator:
        """What the page is about, without the frame."""
        return self.page.locator("main")

    @property
    def path(self) -> str:
        """Where the person is, without the host."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    # --- Deeds ---

    def go(self, path: str, status: int = 200) -> None:
        """Open an address; fails unless it answers with this status."""
        answer = self.page.goto(path)
        assert answer is not None, path
        assert answer.status == status, f"{path} answered {answer.status}: {self.main.inner_text()[:300]}"

    def button(self, source: str, within: Locator | None = None, **parts: object) -> Locator:
        """The button with exactly these words."""
        return (within or self.main).get_by_role("button", name=self.say(source, **parts), exact=True)

    def link(self, source: str, within: Locator | None = None, **parts: object) -> Locator:
        """The first link with exactly these words."""
        return (within or self.main).get_by_role("link", name=self.say(source, **parts), exact=True).first

    def press(self, source: str, within: Locator | None = None, **parts: object) -> None:
        """Press a button and wait for what comes of it."""
        self.send(self.button(source, within, **parts).first)

    def send(self, button: Locator) -> None:
        """Press something that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            button.click()

    def follow(self, source: str, within: Locator | None = None, **parts: object) -> None:
        """Follow a link."""
        self.send(self.link(source, within, **parts))

    def fill(self, values: Mapping[str, str], within: Locator | None = None) -> None:
        """Type into fields, found by their names in the form."""
        for name, value in values.items():
            (within or self.main).locator(f"[name='{name}']:not([type=hidden])").first.fill(value)

    def sign_in(self, username: str, password: str | None = None) -> None:
        """Sign in as one does: through the form."""
        self.go("/sign-in")
        self.fill({"username": username, "password": password or self.site.password})
        self.press("Sign in")

    def sign_out(self) -> None:
        """Sign out through the menu."""
        self.page.locator("details.menu summary").click()
        self.send(self.page.locator("details.menu button"))

    # --- Looking ---

    def sees(self, source: str, **parts: object) -> None:
        """Fail unless this sentence of the interface stands on the page."""
        expect(self.main).to_contain_text(self.say(source, **parts))

    def reads(self, text: str) -> None:
        """Fail unless these words, of the content or of a person, stand on the page."""
        expect(self.main).to_contain_text(text)

    def axe(self, only: str = "", *, colours: bool = True) -> None:
        """Fail when the page shuts somebody out; `only` names a group of axe's rules.

        Nine tenths of the time go into contrasts: leave `colours` out where the same page is asked for them elsewhere.
        """
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.axe_script)
        options: dict[str, Any] = {"resultTypes": ["violations"], "iframes": False, "preload": False}  # we have neither
        if only:
            options["runOnly"] = [only]
        if not colours:
            options["rules"] = {"color-contrast": {"enabled": False}}
        found = AxeResults(self.page.evaluate("options => axe.run(options)", options))
        assert found.violations_count == 0, f"{self.page.url}\n{readable(found.response['violations'])}"

    def fits(self) -> None:
        """Fail when the page is wider than the window, or something to touch is too small for a finger."""
        found = [self.page.evaluate("() => sticksOut()"), *self.page.evaluate("() => tooSmall()")]
        assert not any(found), "\n    ".join([f"{self.page.url}, too wide or too small to touch:", *found])

    def healthy(self) -> None:
        """Fail when something was wrong with any page shown so far."""
        assert not self.faults, "\n".join(dict.fromkeys(self.faults))


def readable(violations: list[dict[str, Any]]) -> str:
    """What axe found, as lines: the rule, then each element with what is wrong."""
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            summary = re.sub(r"\s+", " ", node.get("failureSummary", ""))
            lines.append(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]} · {summary}")
    return "\n".join(lines)
