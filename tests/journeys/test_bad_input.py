"""What people, tools and attackers send: a clear sentence in their language, nothing lost, nothing run, never a 500."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from app.adaptation import actions as adaptation
from app.core.editing import BrokenLink, UnknownVariable, beginning
from app.core.rendering import TooDeep
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.web.errors import SENTENCES
from tests import factories

from . import deeds
from .conftest import OpenScreen
from .deeds import at
from .screens import Look, Screen
from .site import Site, serving

pytestmark = pytest.mark.xdist_group("journeys-accounts")
RAN = "window.ran = true"
ATTACKS = [
    f"[Read on](javascript:{RAN})",
    f"<script>{RAN}</script>",
    f'<img src="data:," onerror="{RAN}">',
    f"[Read on](data:text/html,<script>{RAN}</script>)",
    f'![x](data:image/png;base64,AAAA "x" onerror="{RAN}")',
    f"<svg onload='{RAN}'><a href='javascript:{RAN}'>x</a></svg>",
    f"<details open ontoggle={RAN}>x</details><iframe srcdoc='<script>parent.{RAN}</script>'></iframe>",
]
UNKNOWN = "Se paga en {{no_such}}."
MISSING = [
    "/editions/no-such/PE/",
    "/editions/my-coop/XX/",
    at("PE", "units", "no-such"),
    at("PE", "units", "no-such", "edit"),
    at("PE", "blocks", "0000000000000000", "edit"),
    at("PE", "blocks", "..%2F..%2Fetc", "edit"),
    at("PE", "history", "99999"),
    at("PE", "history", "99999999999999999999"),
    at("PE", "releases", "9.9.9"),
    at("PE", "variables", "no-such"),
    at("PE", "exports", "99999"),
    at("PE", "sync", "done", "99999"),
    at("PE", "?v=no-such"),
]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving("sqlite") as site:
        with site.app.app_context():
            peru = factories.fork(factories.load(), "PE")
            adaptation.insert_block(COMMAND_LINE, peru, blocks(site, "PE")[1], "es", "Solo del Perú.", why="Para esto")
            factories.account("peru", Role.DESIGNER, Scope("my-coop", "PE"))
            db.session.remove()
        yield site


@pytest.fixture
def screen(site: Site, open_screen: OpenScreen) -> Screen:
    screen = open_screen(site, Look("es", "phone"))
    screen.sign_in("peru", factories.PASSWORD)
    return screen


def blocks(site: Site, region: str) -> list[str]:
    """The blocks of an edition, in order."""
    with site.app.app_context():
        head = contents.state(editions.head_of(deeds.edition_of(region)))
        found = [block.uid for _, unit in head.content.units() for block in unit.blocks]
        db.session.remove()
    return found


def write(screen: Screen, uid: str, text: str, why: str = "Porque aquí se dice así") -> None:
    screen.go(at("PE", "blocks", uid, "edit?in=es"))
    screen.page.locator("#text").fill(text)
    screen.fill({"why": why})
    screen.press("Save")


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_in_a_text_is_shown_and_not_run(site: Site, screen: Screen, text: str) -> None:
    uid = blocks(site, "PE")[1]
    screen.go(at("PE", "blocks", uid, "edit?in=es"))
    screen.page.locator("#text").fill(text)
    screen.page.wait_for_timeout(900)  # the preview asks after a pause
    screen.fill({"why": "Un ataque"})
    screen.press("Save")
    for path in (at("PE", "units", "my-coop-1-1"), at("PE", "blocks", uid), at("PE", "history"), at("PE", "compare")):
        screen.go(path)
        for link in screen.main.locator(f"#b-{uid} a[href]:not(.entry-edit)").all():
            link.click()
        assert screen.page.evaluate("() => window.ran") is None
    assert screen.asked == []


@pytest.mark.parametrize(
    ("text", "said", "parts"),
    [
        (">" * 5000 + " hondo", TooDeep.text, {"line": 1}),
        (
            "Se paga en {{no_such}}.",
            UnknownVariable.text,
            {"name": "no_such", "start": beginning("Se paga en {{no_such}}.")},
        ),
        (
            "Véase [el anexo](no/such/page.md).",
            BrokenLink.text,
            {"address": "no/such/page.md", "start": beginning("Véase [el anexo](no/such/page.md).")},
        ),
    ],
    ids=["five thousand quotes", "an unknown variable", "a broken link"],
)
def test_a_text_that_cannot_stand_is_refused_and_kept(
    site: Site, screen: Screen, text: str, said: str, parts: dict[str, object]
) -> None:
    uid = blocks(site, "PE")[1]
    write(screen, uid, text)
    screen.sees(said, **parts)
    expect(screen.page.locator("#text")).to_have_value(text)
    expect(screen.page.locator("#why")).to_have_value("Porque aquí se dice así")
    screen.axe()


def test_nine_megabytes_are_too_much_and_change_nothing(site: Site, screen: Screen) -> None:
    uid = blocks(site, "PE")[1]
    before = deeds_of(site)
    screen.go(at("PE", "blocks", uid, "edit?in=es"))
    screen.fill({"why": "Todo el libro"})
    # in a hidden field, because laying out so long a text takes the browser longer than sending it
    screen.page.evaluate(
        "() => { const text = document.querySelector('#text'); text.outerHTML = '<input type=hidden>'; }"
    )
    screen.page.evaluate(
        "() => { const sent = document.querySelector('main form input[type=hidden]:not([name])');"
        " sent.name = 'text'; sent.value = 'larga '.repeat(1_500_000); }"
    )
    screen.press("Save")
    screen.sees(SENTENCES[413])
    assert deeds_of(site) == before


def test_whoever_is_slower_keeps_their_text_and_is_told(site: Site, screen: Screen, open_screen: OpenScreen) -> None:
    uid, other = blocks(site, "PE")[1], open_screen(site, Look("en", "desktop"))
    other.sign_in("peru", factories.PASSWORD)
    for each in (screen, other):
        each.go(at("PE", "blocks", uid, "edit?in=es"))
        each.fill({"why": "Al mismo tiempo"})
    screen.page.locator("#text").fill("Lo escribió la primera persona.")
    other.page.locator("#text").fill("Lo escribió la segunda persona.")
    screen.press("Save")
    before = deeds_of(site)
    other.press("Save")
    other.reads("primera")
    assert "Lo escribió la segunda persona." in [box.input_value() for box in other.page.locator("textarea").all()]
    other.axe()
    assert deeds_of(site) == before


def test_a_form_from_an_ended_session_gives_the_text_back(site: Site, screen: Screen) -> None:
    screen.go(at("PE", "blocks", blocks(site, "PE")[1], "edit?in=es"))
    screen.page.locator("#text").fill("Un párrafo que costó media hora.")
    screen.page.context.clear_cookies()
    screen.press("Save")
    screen.sees("This page had been open for too long. Go back, reload it and send it again; your text is below.")
    assert "Un párrafo que costó media hora." in [box.input_value() for box in screen.page.locator("textarea").all()]


def test_pressing_twice_does_it_once(site: Site, screen: Screen) -> None:
    screen.go(at("PE", "blocks", blocks(site, "PE")[1], "edit?in=es"))
    screen.page.locator("#text").fill("Se pulsó dos veces.")
    screen.fill({"why": "Con prisa"})
    before = deeds_of(site)
    with screen.page.expect_navigation():
        screen.page.evaluate(
            "() => { const form = document.querySelector('#text').form; form.submit(); form.submit(); }"
        )
    screen.page.wait_for_load_state("networkidle")
    assert deeds_of(site) == before + 1


@pytest.mark.parametrize("path", MISSING)
def test_an_address_that_is_not_there_says_so(screen: Screen, path: str) -> None:
    screen.go(path, 404)
    expect(screen.page.locator("html")).to_have_attribute("lang", "es")
    screen.reads("404")


@pytest.mark.parametrize("look", [Look("es"), Look("en", "desktop")], ids=str)
def test_a_form_with_the_ids_of_another_edition_does_nothing(site: Site, open_screen: OpenScreen, look: Look) -> None:
    screen = open_screen(site, look)
    screen.sign_in("peru", factories.PASSWORD)
    screen.go(at("PE", "blocks", blocks(site, "PE")[1], "edit?in=es"))
    token = screen.page.locator("[name=csrf_token]").first.input_value()
    local = next(uid for uid in blocks(site, "PE") if uid not in blocks(site, "001"))
    common = blocks(site, "001")[1]
    before = deeds_of(site)
    wrong = [
        (at("001", "blocks", common, "edit"), {"text": "Ajeno", "why": "x", "do": "save"}, {403}),
        (at("001", "blocks", local, "edit"), {"text": "Ajeno", "why": "x", "do": "save"}, {403, 404}),
        (at("PE", "blocks", "f" * 16, "edit"), {"text": "Ajeno", "why": "x", "do": "save"}, {404}),
        (at("PE", "blocks", local, "link"), {"do": "confirm", "why": "x"}, {303, 409, 422}),
        (at("PE", "blocks", local, "link"), {"do": "no-such"}, {400}),
        (at("PE", "blocks", common, "lock"), {"lock": "no-such"}, {400}),
        (at("PE", "sync", f"{local}:"), {"choice": "theirs", "basis": "x"}, {303, 404, 409}),
        (at("PE", "sync", "done", "1", "undo"), {"why": "x"}, {404}),
        (at("PE", "history", "99999", "restore"), {"why": "x"}, {404, 409}),
        (at("PE", "modules"), {"release": "99999", "module": "my-coop-1", "why": "x"}, {404, 409, 422}),
        (at("PE", "variables", "no_such"), {"value-es": "x", "why": "x"}, {404}),
        (at("001", "release"), {"why": "x", "head": "1"}, {403}),
        (at("PE", "release"), {"why": "x", "head": "1"}, {409}),
        (at("PE", "exports"), {"version": "9.9.9", "format": "exe", "language": "xx"}, {404, 409, 422}),
    ]
    for path, form, statuses in wrong:
        answer = screen.page.request.post(path, form={"csrf_token": token, **form}, max_redirects=0)
        assert answer.status in statuses, f"{path} answered {answer.status}"
    assert deeds_of(site) == before


def deeds_of(site: Site) -> int:
    """How many states Peru and the original have had."""
    with site.app.app_context():
        count = sum(len(editions.revisions(deeds.edition_of(region), limit=1000)) for region in ("PE", "001"))
        db.session.remove()
    return count
