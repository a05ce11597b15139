"""What may go wrong between a trainer's phone and the server, or on the phone itself, and what becomes of the notes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.delivery.models import AttendanceEvent, CohortSession
from app.infra.db import db
from tests.delivery import field as make
from tests.delivery.phones import signed_in

from .conftest import OpenScreen
from .notebook_phone import Answer, Line, Phone, arrived, held, until
from .site import serving

REFUSED = "The server could not take them. They stay here and are sent again, at the latest at %(at)s."
pytestmark = pytest.mark.xdist_group("journeys-notebook-trouble")


@pytest.fixture
def line() -> Iterator[Line]:
    """Teresa teaches six people."""
    with serving("sqlite") as site:
        with site.app.app_context():
            there = make.field(learners=6)
            signed_in(there.trainer, "teresa")
            db.session.remove()
        line = Line(site.app)
        yield line
        line.shut()


@pytest.fixture
def phone(line: Line, open_screen: OpenScreen) -> Phone:
    """Teresa's, with her list on it."""
    screen = open_screen(line.site)
    phone = Phone(screen.page, faults=screen.faults)
    phone.enter("teresa")
    return phone


def goes(_body: bytes, _take: Callable[[], None]) -> Answer:
    """Nothing meddles with what is sent."""
    return None


@pytest.mark.parametrize("status", [409, 413, 422, 500])
def test_a_note_that_the_server_never_takes_holds_up_no_other(line: Line, phone: Phone, status: int) -> None:
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    bad = str(phone.notes()[2]["uid"]).encode()
    line.meddle = lambda body, _take: (f"{status} NO", b'{"title": "no"}') if bad in body else None
    phone.page.context.set_offline(False)
    phone.waits(1)
    assert arrived(line.site.app) == 5
    phone.everybody_is_noted()
    line.meddle = goes
    phone.send()
    phone.waits(0)
    assert held(line.site.app) == phone.tapped
    phone.faults.clear()  # a 500 is what this is about


def test_a_server_in_trouble_is_not_besieged(line: Line, phone: Phone) -> None:
    asked = []
    line.meddle = lambda _body, _take: (asked.append(1), ("500 NO", b"{}"))[-1]
    phone.choose("Sesión 1")
    phone.everybody()
    expect(phone.page.locator("[data-line]")).to_contain_text(phone.say(REFUSED, at="").rstrip(" .:"))
    phone.page.wait_for_timeout(4_000)
    assert len(asked) < 10
    phone.waits(6)
    line.meddle = goes
    phone.send()
    phone.waits(0)
    assert held(line.site.app) == phone.tapped
    phone.faults.clear()


def test_what_a_hotel_s_network_answers_is_no_answer(line: Line, phone: Phone) -> None:
    line.meddle = lambda _body, _take: ("200 OK", b"<html>Welcome! Please buy a ticket.</html>")
    phone.choose("Sesión 1")
    phone.everybody()
    expect(phone.page.locator("[data-line]")).to_contain_text(phone.say("No connection now."))
    phone.waits(6)
    line.meddle = lambda _body, _take: ("200 OK", b'{"events": []}')
    phone.send()
    expect(phone.page.locator("[data-line]")).to_contain_text(phone.say(REFUSED, at="").rstrip(" .:"))
    phone.waits(6)
    assert arrived(line.site.app) == 0
    line.meddle = goes
    phone.send()
    phone.waits(0)
    assert held(line.site.app) == phone.tapped


def test_a_mark_that_the_phone_refuses_to_keep_is_never_called_noted(line: Line, phone: Phone) -> None:
    phone.choose("Sesión 1")
    phone.page.evaluate("""() => {
      window.kept = IDBObjectStore.prototype.add;
      IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };
    }""")
    row = phone.row("Persona1 Ejemplo")
    row.locator("[data-mark=late]").click()
    expect(phone.page.locator("[data-lost]")).to_be_visible()
    expect(row.locator("[data-standing]")).to_have_text(phone.say("NOT noted"))
    expect(row.locator("[data-mark=late]")).to_have_attribute("aria-pressed", "false")
    expect(phone.page.locator("[data-status]")).to_have_attribute("data-status", "lost")
    assert phone.notes() == []
    phone.page.evaluate("() => { IDBObjectStore.prototype.add = window.kept; }")
    phone.page.locator("[data-again]").click()
    expect(phone.page.locator("[data-lost]")).to_be_hidden()
    phone.tapped[phone.session, "Persona1 Ejemplo"] = ("late", None, "")
    phone.send()
    phone.waits(0)
    assert held(line.site.app) == phone.tapped


def test_two_windows_of_one_phone_send_each_note_once(line: Line, phone: Phone) -> None:
    sent: list[str] = []
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    second = Phone(phone.page.context.new_page(), tapped=phone.tapped)
    second.choose("Sesión 1")
    second.mark("Persona2 Ejemplo", "absent")
    expect(phone.row("Persona2 Ejemplo").locator("[data-mark=absent]")).to_have_attribute("aria-pressed", "true")
    phone.mark("Persona2 Ejemplo", "late")

    def note(body: bytes, _take: Callable[[], None]) -> Answer:
        sent.extend(one["uid"] for one in json.loads(body)["events"])
        return None

    line.meddle = note
    phone.page.context.set_offline(False)
    phone.waits(0)
    second.waits(0)
    assert len(sent) == len(set(sent)) == 8
    assert held(line.site.app) == phone.tapped
    with line.site.app.app_context():
        rivals = db.session.scalars(select(AttendanceEvent.supersedes)).all()
        assert sorted(len(one) for one in rivals) == [0] * 6 + [1, 1]
        db.session.remove()


def test_a_session_that_ended_meanwhile_keeps_everything_until_the_same_person_is_back(
    line: Line, phone: Phone
) -> None:
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    phone.page.context.clear_cookies(name="session")
    phone.page.context.set_offline(False)
    expect(phone.page.locator("[data-sign-in]")).to_be_visible()
    phone.waits(6)
    phone.mark("Persona0 Ejemplo", "late")
    phone.waits(7)
    phone.enter("teresa")
    phone.waits(0)
    assert held(line.site.app) == phone.tapped


def test_a_stale_token_is_fetched_anew(line: Line, phone: Phone) -> None:
    asked = []

    def refuse_once(_body: bytes, _take: Callable[[], None]) -> Answer:
        asked.append(1)
        return ("400 BAD REQUEST", b"{}") if len(asked) == 1 else None

    line.meddle = refuse_once
    phone.choose("Sesión 1")
    phone.everybody()
    phone.waits(0)
    assert len(asked) == 2
    assert held(line.site.app) == phone.tapped


@pytest.mark.parametrize("days", [-9_000, -400, 400], ids=["since 2002", "a year behind", "a year ahead"])
def test_a_phone_whose_clock_is_wrong_loses_nothing(line: Line, phone: Phone, days: int) -> None:
    wrong = datetime.now(UTC) + timedelta(days=days)
    phone.page.clock.set_system_time(wrong)
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    phone.mark("Persona1 Ejemplo", "absent", reason="illness")
    phone.mark("Persona1 Ejemplo", "late")
    phone.page.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.waits(0)
    assert held(line.site.app) == phone.tapped
    with line.site.app.app_context():
        session = db.session.scalars(select(CohortSession).where(CohortSession.uid == phone.session)).one()
        told = db.session.scalars(select(AttendanceEvent.occurred_at)).all()
        assert {abs((one.date() - session.planned_on).days) <= 1 for one in told} == {True}
        db.session.remove()


def test_the_last_touch_is_undone_before_and_after_it_was_sent(line: Line, phone: Phone) -> None:
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    phone.mark("Persona1 Ejemplo", "absent")
    phone.waits(7)
    undo = phone.page.locator("[data-undo]")
    undo.click()
    phone.waits(6)
    expect(phone.row("Persona1 Ejemplo").locator("[data-mark=present]")).to_have_attribute("aria-pressed", "true")
    undo.click()
    phone.waits(0)
    expect(undo).to_be_disabled()
    assert phone.notes() == []
    phone.everybody()
    phone.mark("Persona1 Ejemplo", "absent")
    line.meddle = lambda _body, take: (take(), ("200 OK", b""))[-1]
    phone.page.context.set_offline(False)
    phone.tries()
    undo.click()
    phone.waits(8)
    line.meddle = goes
    phone.send()
    phone.waits(0)
    phone.tapped[phone.session, "Persona1 Ejemplo"] = ("present", None, "")
    assert held(line.site.app) == phone.tapped


def test_a_session_that_nobody_had_planned(line: Line, phone: Phone) -> None:
    phone.page.context.set_offline(True)
    phone.page.goto("/notebook/#lamas")
    phone.page.locator("[data-new]").click()
    form = phone.page.locator("[data-screen] form")
    form.locator("[name=title]").fill("Reunión de urgencia")
    form.get_by_role("button").click()
    expect(phone.page.get_by_role("heading", name="Reunión de urgencia")).to_be_visible()
    phone.everybody()
    phone.waits(7)
    phone.page.context.set_offline(False)
    phone.waits(0)
    assert held(line.site.app) == phone.tapped
    with line.site.app.app_context():
        made = db.session.scalars(select(CohortSession).where(CohortSession.uid == phone.session)).one()
        assert (made.title, made.state.value) == ("Reunión de urgencia", "held")
        db.session.remove()


def test_the_data_leaves_the_phone_and_unsent_notes_only_when_asked_twice(line: Line, phone: Phone) -> None:
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    phone.page.goto("/notebook/")
    phone.page.locator("[data-this-phone] summary").click()
    wipe = phone.page.locator("[data-wipe]")
    wipe.click()
    phone.page.locator("dialog [data-yes]").click()
    expect(phone.page.locator("dialog [data-question]")).to_contain_text("6")
    phone.page.locator("dialog button").last.click()
    expect(phone.page.locator("dialog")).to_have_count(0)
    phone.waits(6)
    phone.page.context.set_offline(False)
    phone.waits(0)
    wipe.click()
    phone.page.locator("dialog [data-yes]").click()
    phone.page.wait_for_url(lambda url: not url.endswith("/notebook/"))
    assert phone.notes() == []
    assert held(line.site.app) == phone.tapped
    phone.faults.clear()  # where it leads to is another page's matter


FIRST_VERSION = """(notes) => new Promise((resolve, reject) => {
  const gone = indexedDB.deleteDatabase('vivero-notebook');
  gone.onsuccess = () => {
    const asked = indexedDB.open('vivero-notebook', 1);
    asked.onupgradeneeded = () => {
      const made = asked.result.createObjectStore('notes', { keyPath: 'n', autoIncrement: true });
      made.createIndex('uid', 'uid', { unique: true });
      asked.result.createObjectStore('lists', { keyPath: ['holder', 'slug'] });
      asked.result.createObjectStore('meta', { keyPath: 'key' });
      for (const note of notes) made.add(note);
    };
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => { asked.result.close(); resolve(); };
  };
})"""


def test_a_full_outbox_goes_in_batches_that_the_server_takes(line: Line, phone: Phone) -> None:
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    first = phone.notes()[0]
    event = first["event"]
    assert isinstance(event, dict)
    notes = []
    for number in range(450):
        made = event | {"uid": f"old-{number}"} | ({"supersedes": [f"old-{number - 1}"]} if number else {})
        notes.append({"uid": made["uid"], "holder": first["holder"], "slug": "lamas", "tap": made["uid"],
                      "state": "here", "event": made})  # fmt: skip
    sizes = []

    def narrow(body: bytes, _take: Callable[[], None]) -> Answer:
        sizes.append(len(json.loads(body)["events"]))
        return ("413 TOO MUCH", b"{}") if sizes[-1] > 60 else None

    line.meddle = lambda _body, _take: ("200 OK", b"")
    phone.page.context.set_offline(False)
    phone.page.goto("/account")
    phone.page.evaluate(FIRST_VERSION, notes)
    line.meddle = narrow
    phone.page.goto("/notebook/")
    phone.waits(0)
    assert max(sizes) == 200
    assert sum(size for size in sizes if size <= 60) == 450
    assert arrived(line.site.app) == 450
    assert len(held(line.site.app)) == 1


def test_a_new_version_finds_what_an_old_one_had_noted(line: Line, phone: Phone) -> None:
    phone.page.context.set_offline(True)
    phone.choose("Sesión 1")
    phone.everybody()
    old = [{name: one[name] for name in ("uid", "holder", "slug", "tap", "state", "event")} for one in phone.notes()]
    tapped = phone.tapped
    phone.page.context.set_offline(False)
    phone.page.goto("/account")
    phone.page.evaluate(FIRST_VERSION, old)
    shells, _ = line.site.app.extensions["notebook"]
    line.site.app.extensions["notebook"] = (shells, "of another day")
    phone.page.goto("/notebook/")
    phone.waits(0)
    assert held(line.site.app) == tapped
    until(phone.page, "caches.keys().then((names) => names.includes('notebook-of another day'))")
    expect(phone.page.locator("[data-newer]")).to_be_visible()
    phone.page.locator("[data-reload]").click()
    phone.page.context.set_offline(True)
    phone.choose("Sesión 2")
    phone.everybody()
    phone.waits(6)
