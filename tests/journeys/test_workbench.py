"""Translating a unit at the workbench, on a phone and with the keyboard alone, through a lost connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Route, expect

from app.core.content import Kind
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.translation import actions
from tests import factories
from tests.translation import cells

from .conftest import OpenScreen
from .screens import Look, Screen
from .site import Site, serving

pytestmark = pytest.mark.xdist_group("journeys-workbench")
BENCH = f"/translate/my-coop/PE/{cells.UNIT}?in=quy"
OURS, OTHER = "Llapanchik qullqita churanchik.", "Lunes punchaw apamuychik."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving("sqlite") as site:
        with site.app.app_context():
            peru = factories.fork(factories.load(), "PE")
            actions.add_language(COMMAND_LINE, peru, "quy", "es")
            factories.account("ana", Role.TRANSLATOR, Scope("my-coop", "PE"))
            factories.account("berta", Role.TRANSLATOR, Scope("my-coop", "PE"))
        yield site


def kept(site: Site, kind: Kind = Kind.PARAGRAPH) -> str | None:
    """What the database has for a paragraph in Quechua."""
    with site.app.app_context():
        found = cells.row(_peru(), "quy", kind).target
        db.session.remove()
        return found


def _peru() -> Edition:
    found = editions.find("my-coop", "PE")
    assert found is not None
    return found


def field(screen: Screen, number: int) -> Locator:
    """The field of a row, from 0."""
    return screen.main.locator("textarea[name=text]").nth(number)


def said(screen: Screen, number: int) -> Locator:
    """What a row says of its being saved."""
    return screen.main.locator("[data-row]").nth(number).locator("[data-said]")


def no_post(route: Route) -> None:
    """A line on which pages come and nothing goes."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


@pytest.mark.parametrize("look", [Look("es", "phone", "light"), Look("en", "desktop", "dark")], ids=str)
def test_the_workbench_shuts_nobody_out(site: Site, open_screen: OpenScreen, look: Look) -> None:
    screen = open_screen(site, look)
    screen.sign_in("ana", factories.PASSWORD)
    for path in ("/translate/", "/translate/my-coop/PE/?in=quy", "/translate/my-coop/PE/policy", "/translate/glossary"):
        screen.go(path)
        screen.axe()
        screen.fits()
    screen.go(BENCH)
    field(screen, 1).focus()
    expect(screen.main.locator(".helping")).to_be_visible()
    screen.axe()
    screen.fits()


def test_a_unit_is_translated_with_the_keyboard_alone(site: Site, open_screen: OpenScreen) -> None:
    screen = open_screen(site, Look("es", "desktop"))
    keyboard = screen.page.keyboard
    screen.sign_in("ana", factories.PASSWORD)
    screen.go(BENCH)
    field(screen, 0).focus()
    keyboard.press("Alt+ArrowDown")
    expect(field(screen, 1)).to_be_focused()
    keyboard.type(OURS)
    expect(said(screen, 1)).to_have_text(screen.say("not saved"))
    keyboard.press("Control+Enter")
    expect(field(screen, 2)).to_be_focused()
    expect(said(screen, 1)).to_have_text(screen.say("Saved as a draft."))
    assert kept(site) == OURS
    keyboard.press("Alt+s")
    expect(field(screen, 2)).to_have_value("- Traiga los sacos el lunes\n- Pésenlos en conjunto")
    keyboard.press("Alt+ArrowUp")
    expect(field(screen, 1)).to_be_focused()
    expect(said(screen, 2)).to_have_text(screen.say("Saved as a draft."))
    assert kept(site, Kind.LIST) == "- Traiga los sacos el lunes\n- Pésenlos en conjunto"


def test_a_suggestion_is_taken_by_its_number(site: Site, open_screen: OpenScreen) -> None:
    with site.app.app_context():
        peru = _peru()
        actions.save_translation(COMMAND_LINE, peru, cells.uid(peru), "quy", OURS)
        actions.save_translation(COMMAND_LINE, peru, cells.uid(peru), "quy", OTHER)
    screen = open_screen(site, Look("es", "desktop"))
    screen.sign_in("ana", factories.PASSWORD)
    screen.go(BENCH)
    field(screen, 1).focus()
    expect(screen.main.locator("[name=use]").first).to_be_visible()
    offered = screen.main.locator("[data-text]").first.inner_text()
    screen.page.keyboard.press("Alt+1")
    expect(field(screen, 1)).to_have_value(offered)
    expect(said(screen, 1)).to_have_text(screen.say("not saved"))


def test_what_was_typed_outlives_a_lost_connection(site: Site, open_screen: OpenScreen) -> None:
    screen = open_screen(site, Look("es", "phone"))
    screen.sign_in("ana", factories.PASSWORD)
    screen.go(BENCH)
    field(screen, 1).focus()
    expect(screen.main.locator(".helping")).to_be_visible()
    screen.page.context.set_offline(True)
    field(screen, 1).fill(OURS)
    field(screen, 1).blur()
    expect(said(screen, 1)).to_contain_text(screen.say("not saved"))
    expect(field(screen, 1)).to_have_value(OURS)
    assert kept(site) is None
    screen.page.context.set_offline(False)
    expect(said(screen, 1)).to_have_text(screen.say("Saved as a draft."))
    assert kept(site) == OURS

    screen.page.context.set_offline(True)
    field(screen, 1).fill(OTHER)
    field(screen, 1).blur()
    expect(said(screen, 1)).to_contain_text(screen.say("not saved"))
    screen.page.context.set_offline(False)
    expect(said(screen, 1)).to_have_text(screen.say("Saved as a draft."))
    assert kept(site) == OTHER


def test_a_text_kept_on_the_device_comes_back_and_meets_what_another_person_wrote(
    site: Site, open_screen: OpenScreen
) -> None:
    screen = open_screen(site, Look("es", "phone"))
    screen.sign_in("ana", factories.PASSWORD)
    screen.go(BENCH)
    screen.page.route(
        "**/translate/**", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )
    field(screen, 1).fill(OURS)
    field(screen, 1).blur()
    expect(said(screen, 1)).to_contain_text(screen.say("not saved"))
    screen.page.unroute("**/translate/**")
    with site.app.app_context():
        peru = _peru()
        actions.save_translation(COMMAND_LINE, peru, cells.uid(peru), "quy", OTHER)
        db.session.remove()
    screen.go(BENCH)
    expect(field(screen, 1)).to_have_value(OURS)
    screen.button("Save", screen.main.locator("[data-row]").nth(1)).click()
    row = screen.main.locator("[data-row]").nth(1)
    expect(
        row.locator(".fault").first
    ).to_be_visible()  # the other's words alone may be a suggestion, before any answer
    expect(row).to_contain_text(OTHER)
    expect(field(screen, 1)).to_have_value(OURS)
    assert kept(site) == OTHER
    screen.button("Save", row).click()
    expect(said(screen, 1)).to_have_text(screen.say("Saved as a draft."))
    assert kept(site) == OURS
    screen.go(BENCH)
    expect(field(screen, 1)).to_have_value(OURS)
    expect(said(screen, 1)).to_be_hidden()


def test_a_view_without_rows_needs_no_script(site: Site, open_screen: OpenScreen) -> None:
    screen = open_screen(site)
    screen.sign_in("ana", factories.PASSWORD)
    for path in (f"{BENCH}&show=stale", f"/translate/my-coop/PE/{cells.UNIT}?in=en"):
        screen.go(path)
        screen.axe()
        screen.fits()


def test_checks_are_asked_for_while_writing_and_nothing_is_saved_by_it(site: Site, open_screen: OpenScreen) -> None:
    screen = open_screen(site, Look("es", "desktop"))
    screen.sign_in("ana", factories.PASSWORD)
    screen.go(f"/translate/my-coop/PE/{cells.UNIT}?in=es")
    before = field(screen, 1).input_value()
    field(screen, 1).focus()
    row = screen.main.locator("[data-row]").nth(1)
    expect(row.locator(".helping")).to_be_visible()
    field(screen, 1).fill("Los socios deciden en conjunto y reciben 26 soles por saco.")
    screen.button("Check again", row).click()
    expect(row.locator("mark").first).to_have_text("Los socios")
    expect(said(screen, 1)).to_have_text(screen.say("not saved"))
    with site.app.app_context():
        assert cells.row(_peru(), "es").target == before
        db.session.remove()
    field(screen, 1).fill(before)
    row.locator("[name=do][value=draft]").click()
    expect(said(screen, 1)).to_have_text(screen.say("Nothing was changed, so nothing was saved."))
