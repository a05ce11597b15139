"""The translator into English, with the keyboard; and the designer, who approves what another person wrote."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from app.core.content import Uid
from tests.journeys.deeds import SLUG
from tests.journeys.screens import Screen

from .cast import HERE

FIND = "one person per village who carries questions up and answers down"


def follows_the_change(screen: Screen, unit: str, uid: Uid, inserted: str, english: tuple[str, str]) -> None:
    """Find the row that fell behind, see which words of the source are new, mend the translation, hand it over."""
    row = opened(screen, unit, "stale", screen.page.locator(f"#r-{uid}"))
    expect(row).to_contain_text(screen.say("What changed in the source since"))
    expect(row.locator("ins", has_text=inserted).first).to_be_visible()
    field = row.locator("textarea[name=text]")
    before = field.input_value()
    assert before.count(english[0]) == 1, before
    field.fill(before.replace(*english))
    hands_over(screen, row)


def takes_a_suggestion(screen: Screen, unit: str, source: str, words: str, mended: tuple[str, str]) -> None:
    """Translate what is new from what the memory has for a text much like it."""
    missing = screen.page.locator("[data-row]", has=screen.page.locator("[data-source]", has_text=source))
    row = opened(screen, unit, "missing", missing)
    offered = row.locator("[data-text]").first
    expect(offered).to_contain_text(words)
    screen.page.keyboard.press("Alt+1")
    field = row.locator("textarea[name=text]")
    expect(field).to_have_value(str(offered.evaluate("node => node.textContent")).strip("\n"))
    field.fill(field.input_value().replace(*mended))
    hands_over(screen, row)


def opened(screen: Screen, unit: str, show: str, row: Locator) -> Locator:
    """A row of the bench with the cursor in it, by its own name, which stays when it is put in anew."""
    screen.go(f"/translate/{SLUG}/{HERE}/{unit}?in=en&show={show}")
    found = screen.main.locator(f"#{row.get_attribute('id')}")
    found.locator("textarea[name=text]").focus()
    expect(found.locator(".helping")).to_be_visible()
    screen.axe()
    return found


def hands_over(screen: Screen, row: Locator) -> None:
    """Save with the keyboard and give it to another person to read."""
    said(screen, row, "not saved")
    screen.page.keyboard.press("Control+Enter")
    said(screen, row, "Saved as a draft.")
    screen.button("Ready for review", row).click()
    said(screen, row, "It waits for another person's review.")


def said(screen: Screen, row: Locator, source: str) -> None:
    expect(row.locator("[data-said]")).to_have_text(screen.say(source))


def approves(screen: Screen, unit: str, uid: Uid) -> None:
    """Another person reads it and says yes."""
    screen.go(f"/translate/{SLUG}/{HERE}/{unit}?in=en&show=in_review")
    row = screen.main.locator(f"#r-{uid}")
    screen.axe()
    screen.button("Approve", row).click()
    said(screen, row, "Approved.")
