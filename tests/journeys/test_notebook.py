"""A trainer takes roll with no connection: nothing is lost or doubled, and the phone never says more than is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.delivery.actions import cohorts, sessions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import TeachingRole
from app.delivery.models import AttendanceMark, CohortSession, WalkIn
from app.infra.db import db
from app.people.permissions import COMMAND_LINE
from tests import factories
from tests.delivery import field as make
from tests.delivery.phones import signed_in

from .conftest import OpenScreen
from .notebook_phone import Line, Phone, arrived, held, pocket, pull_the_battery
from .site import serving

pytestmark = pytest.mark.xdist_group("journeys-notebook")

CUT = ("200 OK", b"")


def goes(_body: bytes, _take: object) -> None:
    """Nothing meddles with what is sent."""


@pytest.fixture
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    """Teresa teaches eighteen people, Tomás two others."""
    with serving(getattr(request, "param", "sqlite")) as site:
        with site.app.app_context():
            there = make.field(learners=18)
            signed_in(there.trainer, "teresa")
            second = make.person("Tomás Vecino", there.coops[0])
            signed_in(second, "tomas")
            other = make.cohort(there.programme, "vecinos")
            cohorts.add_trainer(COMMAND_LINE, other, second, TeachingRole.ASSISTANT, since=make.START)
            for name in ("Una Vecina", "Otro Vecino"):
                cohorts.enrol(COMMAND_LINE, other, make.person(name, there.coops[0]), make.START)
            sessions.plan_sessions(COMMAND_LINE, other, [SessionDetails("Reunión", make.START)])
            db.session.remove()
        line = Line(site.app)
        yield line
        line.shut()


@pytest.mark.parametrize("line", ["sqlite", "postgresql"], indirect=True)
def test_a_trainer_takes_three_sessions_offline_and_then_finds_a_connection(
    line: Line, open_screen: OpenScreen
) -> None:
    screen = open_screen(line.site)
    phone = Phone(screen.page)
    phone.enter("teresa")
    line.shut()
    screen.page.context.set_offline(True)
    screen.page.reload()
    screen.page.get_by_role("link", name="English").click()
    expect(screen.page.locator("html")).to_have_attribute("lang", "en")
    screen.page.get_by_role("link", name="Español").click()
    for session in ("Sesión 1", "Sesión 2", "Sesión 3"):
        phone.choose(session)
        phone.everybody()
        phone.mark("Persona1 Ejemplo", "absent", reason="harvest")
        phone.mark("Persona2 Ejemplo", "partial", minutes=45)
        phone.mark("Persona3 Ejemplo", "late")
    phone.waits(3 * (18 + 4))
    screen.axe()
    screen.fits()
    screen.page.context.set_offline(False)
    phone.send()
    expect(screen.page.locator("[data-line]")).to_contain_text(phone.say("No connection now."))
    phone.waits(3 * (18 + 4))
    assert arrived(line.site.app) == 0
    line.open()
    phone.send()
    phone.waits(0)
    assert held(line.site.app) == phone.tapped
    assert arrived(line.site.app) == 3 * (18 + 4)


def test_what_was_noted_outlives_a_dead_battery_in_mid_roll_call_and_in_mid_sending(
    line: Line, chromium: Browser, tmp_path: Path
) -> None:
    with pocket(chromium.browser_type, line.site, tmp_path) as context:
        phone = Phone(context.pages[0])
        phone.enter("teresa")
        context.set_offline(True)
        phone.choose("Sesión 1")
        phone.everybody()
        phone.mark("Persona5 Ejemplo", "absent")
        pull_the_battery(tmp_path)
    with pocket(chromium.browser_type, line.site, tmp_path) as context:
        context.set_offline(True)
        again = Phone(context.pages[0], tapped=phone.tapped)
        again.choose("Sesión 1")
        again.waits(19)
        expect(again.row("Persona5 Ejemplo").locator("[data-mark=absent]")).to_have_attribute("aria-pressed", "true")
        again.mark("Persona6 Ejemplo", "late")
        context.set_offline(False)
        again.enter("teresa")
        again.waits(0)
        again.choose("Sesión 2")
        line.meddle = lambda _body, take: (take(), pull_the_battery(tmp_path), CUT)[-1]
        with again.page.expect_event("close"):
            again.everybody()
        line.meddle = goes
    assert arrived(line.site.app) == 20 + 18, "the server had taken them before the phone died"
    with pocket(chromium.browser_type, line.site, tmp_path) as context:
        last = Phone(context.pages[0], tapped=again.tapped)
        last.enter("teresa")
        last.waits(0)
    assert held(line.site.app) == last.tapped
    assert arrived(line.site.app) == 20 + 18


def test_another_person_on_the_phone_sends_nothing_of_it_and_reads_no_name(line: Line, open_screen: OpenScreen) -> None:
    screen = open_screen(line.site)
    phone = Phone(screen.page)
    phone.enter("teresa")
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    phone.waits(18)
    line.meddle = lambda _body, _take: CUT
    phone.page.context.set_offline(False)
    phone.leave()
    phone.page.goto("/notebook/")
    expect(phone.page.locator("[data-others-text]")).to_contain_text("18")
    expect(phone.page.locator("body")).not_to_contain_text("lamas")
    line.meddle = goes
    phone.page.goto("/sign-in?next=/account")
    screen.fill({"username": "tomas", "password": factories.PASSWORD})
    screen.press("Sign in")
    phone.page.goto("/notebook/")
    expect(phone.page.locator("[data-others-text]")).to_contain_text("18")
    phone.choose("Reunión")
    phone.everybody()
    phone.waits(0, others=18)
    expect(phone.page.locator("[data-others-text]")).to_contain_text("18")
    expect(phone.page.locator("body")).not_to_contain_text("Ejemplo")
    assert arrived(line.site.app) == 2
    phone.leave()
    phone.enter("teresa")
    phone.waits(0)
    assert held(line.site.app) == phone.tapped


def test_nothing_is_noted_under_somebody_who_signed_in_meanwhile_in_another_window(
    line: Line, open_screen: OpenScreen
) -> None:
    screen = open_screen(line.site)
    phone = Phone(screen.page)
    phone.enter("teresa")
    phone.choose("Sesión 1")
    phone.page.evaluate("document.cookie = 'holder=1000;path=/'")  # and this window heard nothing of it
    phone.row("Persona1 Ejemplo").locator("[data-mark=absent]").click()
    expect(phone.page.locator("body")).not_to_contain_text("Ejemplo")
    assert phone.notes() == []
    phone.enter("teresa")
    phone.choose("Sesión 1")
    other = Phone(phone.page.context.new_page())
    other.leave()
    other.enter("tomas")
    expect(phone.page.locator("body")).not_to_contain_text("Ejemplo")
    assert phone.notes() == []


def test_the_worker_sends_by_itself_once_the_phone_finds_a_connection(line: Line, open_screen: OpenScreen) -> None:
    screen = open_screen(line.site)
    phone = Phone(screen.page)
    phone.enter("teresa")
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    phone.waits(18)
    found: list[str] = []
    talk = phone.page.context.new_cdp_session(phone.page)
    talk.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(
        one["registrationId"] for one in said["registrations"]))  # fmt: skip
    talk.send("ServiceWorker.enable")
    phone.page.goto("about:blank")
    phone.page.context.set_offline(False)
    sync = {"origin": line.site.address, "registrationId": found[0], "tag": "notebook", "lastChance": True}
    for _ in range(10):  # a browser asks again, too, where it could not send the first time
        talk.send("ServiceWorker.dispatchSyncEvent", sync)
        phone.page.wait_for_timeout(2_000)
        if arrived(line.site.app) == 18:
            break
    assert held(line.site.app) == phone.tapped


def test_two_phones_that_disagree_show_it_until_somebody_chooses(line: Line, open_screen: OpenScreen) -> None:
    first, second = (Phone(open_screen(line.site).page) for _ in range(2))
    for phone in (first, second):
        phone.enter("teresa")
        phone.page.context.set_offline(True)
        phone.choose("Sesión 1")
    first.mark("Persona1 Ejemplo", "absent")
    second.mark("Persona1 Ejemplo", "late")
    for phone in (first, second):
        phone.page.context.set_offline(False)
        phone.waits(0)
    row = second.row("Persona1 Ejemplo")
    expect(row).to_have_attribute("data-state", "conflict")
    row.locator("[data-mark=late]").click()
    expect(row).to_have_attribute("data-state", "sent")
    second.page.goto("/notebook/")
    expect(second.page.locator("[data-torn]")).to_be_hidden()
    assert held(line.site.app)[first.session, "Persona1 Ejemplo"] == ("late", None, "")


def test_what_two_phones_say_alike_is_corrected_by_one_of_them_without_a_conflict(
    line: Line, open_screen: OpenScreen
) -> None:
    first, second = (Phone(open_screen(line.site).page) for _ in range(2))
    for phone in (first, second):
        phone.enter("teresa")
        phone.page.context.set_offline(True)
        phone.choose("Sesión 1")
        phone.mark("Persona1 Ejemplo", "absent")
    for phone in (first, second):
        phone.page.context.set_offline(False)
        phone.waits(0)
    second.choose("Sesión 1")
    expect(second.row("Persona1 Ejemplo")).to_have_attribute("data-state", "sent")
    second.mark("Persona1 Ejemplo", "present")
    second.waits(0)
    expect(second.row("Persona1 Ejemplo")).to_have_attribute("data-state", "sent")
    with line.site.app.app_context():
        (mark,) = db.session.query(AttendanceMark).all()
        assert (mark.mark.value, mark.rivals, mark.alike) == ("present", [], [])
        db.session.remove()


def test_without_scripts_the_notebook_leads_to_the_ordinary_form(line: Line, open_screen: OpenScreen) -> None:
    screen = open_screen(line.site, java_script_enabled=False)
    screen.sign_in("teresa", factories.PASSWORD)
    screen.go("/notebook/")
    screen.sees("The notebook needs JavaScript")
    assert screen.link("Choose a cohort").get_attribute("href")


def test_an_answer_lost_on_its_way_back_doubles_nothing(line: Line, open_screen: OpenScreen) -> None:
    screen = open_screen(line.site)
    phone = Phone(screen.page)
    phone.enter("teresa")
    line.meddle = lambda _body, take: (take(), CUT)[-1]
    phone.choose("Sesión 1")
    phone.everybody()
    expect(phone.page.locator("[data-line]")).to_contain_text(phone.say("No connection now."))
    phone.waits(18)
    assert arrived(line.site.app) == 18
    line.meddle = goes
    phone.send()
    phone.waits(0)
    assert held(line.site.app) == phone.tapped
    assert arrived(line.site.app) == 18


def test_somebody_comes_unlisted_and_the_session_is_reported(line: Line, open_screen: OpenScreen) -> None:
    screen = open_screen(line.site)
    phone = Phone(screen.page)
    phone.enter("teresa")
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    screen.page.locator("summary").filter(has_text=phone.say("Somebody came who is not on the list")).click()
    form = screen.page.locator("[data-visitor] form")
    form.locator("[name=name]").fill("Rosa de Paso")
    form.locator("[name=age]").fill("33")
    form.locator("button").click()
    expect(phone.row("Rosa de Paso").locator("[data-mark=present]")).to_have_attribute("aria-pressed", "true")
    screen.page.locator("summary").filter(has_text=phone.say("How the session was")).click()
    report = screen.page.locator("[data-report] form")
    report.locator("[name=minutes]").fill("75")
    report.locator("[name=note]").fill("Llovió.")
    report.get_by_role("button").click()
    phone.waits(3)
    phone.page.context.set_offline(False)
    phone.waits(0)
    expect(phone.row("Rosa de Paso")).to_be_visible()
    with line.site.app.app_context():
        session = db.session.query(CohortSession).filter_by(uid=phone.session).one()
        assert (session.state.value, session.held_minutes, session.note) == ("held", 75, "Llovió.")
        came = db.session.query(WalkIn).one()
        assert (came.name, came.age) == ("Rosa de Paso", 33)
        db.session.remove()
