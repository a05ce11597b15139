"""The macros and script modules in a real browser: for everybody, on a phone, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser_ready import find
from tests.web import gallery

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find() is None, reason="no Chromium here"),
    pytest.mark.xdist_group("browser"),
]

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 860}
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || e.closest('.only-heard, .skip, p, li p, h1, svg, .reading') || e.type === 'hidden') return false;
  const target = e.closest('label') ? e.closest('label').getBoundingClientRect() : box;
  return target.height < 43.5;
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with gallery.serving() as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails the test when a script breaks or the content policy is broken."""
    page = chromium.new_page(viewport=DESKTOP)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", gallery.PAGES)
def test_every_macro_is_accessible_and_fits(
    page: Page, site: str, name: str, viewport: dict[str, int], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(f"{site}/{name}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize(
    ("key", "choice"), [("o", "theirs"), ("n", "ours"), ("a", "both"), ("E", "write"), ("l", "later")]
)
def test_a_key_gives_the_answer_written_on_its_button(page: Page, site: str, key: str, choice: str) -> None:
    page.goto(f"{site}/deciding")
    page.keyboard.press(key)
    expect(page.locator("body")).to_have_text(f"answered {choice}")


def test_keys_are_letters_again_while_somebody_types(page: Page, site: str) -> None:
    page.goto(f"{site}/deciding")
    page.get_by_label("Note").press_sequentially("on a leaf")
    expect(page.get_by_label("Note")).to_have_value("on a leaf")


def test_keys_leave_the_browsers_own_shortcuts_alone(page: Page, site: str) -> None:
    page.goto(f"{site}/deciding")
    page.keyboard.press("Control+o")
    expect(page.locator("h1")).to_have_text("Who may sign?")


def test_the_preview_follows_what_is_typed(page: Page, site: str) -> None:
    page.goto(f"{site}/writing")
    page.get_by_label("Text").fill("nuevo")
    expect(page.locator("[data-preview-shown]")).to_have_text("NUEVO")


def test_a_text_that_was_not_saved_can_be_brought_back(page: Page, site: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site}/writing")
    expect(page.locator("[data-writing-found]")).to_be_hidden()
    page.get_by_label("Text").fill("As it was. And more.")
    page.goto(f"{site}/writing")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Text")).to_have_value("As it was. And more.")
    expect(page.locator("[data-preview-shown]")).to_have_text("AS IT WAS. AND MORE.")


def test_a_text_that_was_saved_is_not_offered_again(page: Page, site: str) -> None:
    page.goto(f"{site}/writing")
    page.get_by_label("Text").fill("As it is now.  \n")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/saved")
    expect(page.locator("[data-writing-found]")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_text_thrown_away_is_gone(page: Page, site: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site}/writing")
    page.get_by_label("Text").fill("not this")
    page.goto(f"{site}/writing")
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.locator("[data-writing-found]")).to_be_hidden()
    expect(page.get_by_label("Text")).to_have_value("As it was.")


def test_leaving_a_form_with_words_in_it_is_asked_about(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{site}/forms")
    page.goto(f"{site}/forms")
    assert asked == []
    page.get_by_label("Name").press_sequentially("Peru")
    page.goto(f"{site}/states")
    assert asked == ["beforeunload"]


def test_a_button_that_asks_sends_nothing_until_it_is_answered(page: Page, site: str) -> None:
    page.goto(f"{site}/asking")
    page.get_by_role("button", name="Undo it all").click()
    page.get_by_role("dialog", name="Undo all 34 changes?").get_by_role("button", name="Leave it as it is").click()
    expect(page.locator("h1")).to_have_text("Undo")
    page.get_by_role("button", name="Undo it all").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo it all").click()
    expect(page.locator("body")).to_have_text("undone")


def test_progress_is_fetched_until_the_work_is_done(page: Page, site: str) -> None:
    page.goto(f"{site}/asking")
    expect(page.locator("#made")).to_have_text("Made", timeout=15_000)


def test_the_theme_changes_at_once_and_is_remembered(page: Page, site: str) -> None:
    page.goto(f"{site}/states")
    page.get_by_role("link", name="By night").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(f"{site}/forms")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(20, 23, 15)"
    page.get_by_role("link", name="As my device does").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_everything_can_be_done_without_a_script(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/states?lang=en")
    page.get_by_role("link", name="By night").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{site}/deciding")
    page.get_by_role("button", name="Ours").click()
    expect(page.locator("body")).to_have_text("answered ours")
    page.goto(f"{site}/asking")
    page.get_by_text("More").click()
    expect(page.get_by_text("Unfolded.")).to_be_visible()
    page.get_by_role("button", name="Undo it all").click()
    expect(page.locator("body")).to_have_text("undone")
    context.close()


def test_on_a_phone_what_can_be_changed_is_one_tap_away(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{site}/reading")
    change = page.get_by_role("link", name="Change Activity")
    expect(change).to_be_hidden()
    page.get_by_text("Show what I can change").click()
    expect(change).to_be_visible()


def test_the_first_tab_goes_to_the_content(page: Page, site: str) -> None:
    page.goto(f"{site}/forms")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
