"""The translator into English, with the keyboard; and the designer, who approves what another person wrote."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from app.core.content import Uid
from tests.journeys.deeds import SLUG
from tests.journeys.screens import Screen

from .cast import HERE

FIND = "one person per village who carries questions up and answers down"


def bench(screen: Screen, unit: str) -> None:
    screen.go(f"/translate/{SLUG}/{HERE}/{unit}?in=en&show=stale")


def follows_the_change(screen: Screen, unit: str, uid: Uid, inserted: str, english: tuple[str, str]) -> None:
    """Find the row that fell behind, see what changed in the source, start from a suggestion, save and hand it over."""
    bench(screen, unit)
    row = screen.main.locator(f"#r-{uid}")
    expect(row).to_contain_text(screen.say("What changed in the source since"))
    expect(row.locator("ins", has_text=inserted).first).to_be_visible()
    field = row.locator("textarea[name=text]")
    field.focus()
    expect(row.locator(".helping")).to_be_visible()
    screen.axe()
    if row.locator("[name=use]").count():
        screen.page.keyboard.press("Alt+1")
        expect(field).to_have_value(shown(row))
    before = field.input_value()
    assert before.count(english[0]) == 1, before
    field.fill(before.replace(*english))
    said(screen, row, "not saved")
    screen.page.keyboard.press("Control+Enter")
    said(screen, row, "Saved as a draft.")
    screen.button("Ready for review", row).click()
    said(screen, row, "It waits for another person's review.")


def shown(row: Locator) -> str:
    """The text of the first suggestion, as the field takes it."""
    return str(row.locator("[data-text]").first.evaluate("node => node.textContent")).replace("\r", "").strip("\n")


def said(screen: Screen, row: Locator, source: str) -> None:
    expect(row.locator("[data-said]")).to_have_text(screen.say(source))


def approves(screen: Screen, unit: str, uid: Uid) -> None:
    """Another person reads it and says yes."""
    screen.go(f"/translate/{SLUG}/{HERE}/{unit}?in=en&show=in_review")
    row = screen.main.locator(f"#r-{uid}")
    screen.axe()
    screen.button("Approve", row).click()
    said(screen, row, "Approved.")
