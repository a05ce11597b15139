"""The repair desk, what was kept aside, the calendar, the first page of trainers; who cannot reach any of it."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select

from app.delivery.actions import calendars, sessions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.models import Quarantined, WalkIn
from app.delivery.rules import calendars as rules
from app.delivery.web.sessions import repairs
from app.infra import clock
from app.infra.db import db
from app.people.actions import cards
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope
from app.people.queries import cards as card_queries
from tests import factories
from tests.translation.counting import counted

from . import field as make
from .phones import NOON, mark, send, signed_in, walk_in
from .sessions_room import AT, acting, browser, marked, teacher


@pytest.fixture(autouse=True)
def _in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=6, seconds=next(seconds)))


def test_a_visitor_is_matched_by_name_and_the_match_undone(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    web, session = teacher(app, field), field.sessions[0]
    web.post(f"{AT}/1/roll", data={"came": ["persona2 ejemplo"], "came_from": [""], "came_sex": [""], "do": "save"})
    visitor = db.session.scalars(select(WalkIn)).one()
    desk = web.get("/cohorts/lamas/desk").text
    assert re.search(r"It is Persona2 Ejemplo", desk)
    send_to = "/cohorts/lamas/desk/visitors"
    assert web.post(send_to, data={"walk_in": visitor.id, "enrolment": field.qualified.id}).status_code == 404
    assert web.post(send_to, data={"walk_in": visitor.id, "enrolment": field.learners[2].id}).status_code == 303
    assert marked(session) == {field.learners[2].id: ("present", None, "")}
    assert web.post(send_to, data={"walk_in": visitor.id, "do": "unmatch"}).status_code == 303
    assert marked(session) == {}


def test_what_was_kept_aside_is_put_right_or_set_aside_with_a_reason(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    web, session, person = teacher(app, field), field.sessions[0], field.learners[0]
    actor = acting("teresa")
    send(actor, mark(session, person, "partial"), mark(session, "nobody", "present"), {"uid": "u1", "kind": "poem"})
    db.session.add(
        Quarantined(
            event_uid="a1",
            digest="d",
            payload={"kind": "answer", "value": "3"},
            reason="NoSuchItem",
            cohort_id=field.cohort.id,
            account_id=actor.account_id,
            received_at=clock.now(),
        )
    )
    db.session.commit()
    odd, unknown, poem, answer = db.session.scalars(select(Quarantined).order_by(Quarantined.id)).all()
    page = web.get("/cohorts/quarantine").text
    assert "Its minutes do not fit the mark" in page
    assert "Its person is not known here" in page
    for one in (odd, unknown, poem, answer):
        assert web.get(f"/cohorts/quarantine/{one.id}").status_code == 200
    at = f"/cohorts/quarantine/{odd.id}"
    assert web.post(at, data={"do": "again"}).status_code == 422
    wrong = {"do": "changed", "session": session.uid, "mark": "partial", "minutes": "9999", "reason": ""}
    assert web.post(at, data=wrong).status_code == 422
    assert web.post(at, data={**wrong, "minutes": "45"}).status_code == 303
    right = {"do": "changed", "session": session.uid, "enrolment": field.learners[1].uid, "mark": "present"}
    assert web.post(f"/cohorts/quarantine/{unknown.id}", data=right).status_code == 303
    assert marked(session) == {person.id: ("partial", 45, ""), field.learners[1].id: ("present", None, "")}
    kindly = web.post(f"/cohorts/quarantine/{answer.id}", data={"do": "again"})
    assert kindly.status_code == 422
    assert "page of its assessment" in kindly.text
    assert web.post(f"/cohorts/quarantine/{poem.id}", data={"do": "set_aside"}).status_code == 422
    for one in (poem, answer):
        done = web.post(f"/cohorts/quarantine/{one.id}", data={"do": "set_aside", "why": "No es nuestro"})
        assert done.status_code == 303
    assert "Nothing waits here" in web.get("/cohorts/quarantine").text
    assert web.post(at, data={"do": "again"}).status_code == 409


def test_what_was_set_aside_is_found_later_with_who_did_so_when_and_why(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    web, session = teacher(app, field), field.sessions[0]
    actor = acting("teresa")
    late = mark("00000000-0000-4000-8000-000000000001", field.learners[1])
    assert "Nothing was kept aside" in web.get("/cohorts/quarantine?lang=en").text
    send(actor, mark(session, field.learners[0], "partial"), {"uid": "u1", "kind": "poem"}, late)
    odd, poem, _ = db.session.scalars(select(Quarantined).order_by(Quarantined.id)).all()
    why = {"do": "set_aside", "why": "Era la prueba del teléfono"}
    assert web.post(f"/cohorts/quarantine/{poem.id}", data=why).status_code == 303
    right = {"do": "changed", "session": session.uid, "mark": "partial", "minutes": "45", "reason": ""}
    assert web.post(f"/cohorts/quarantine/{odd.id}", data=right).status_code == 303
    page = web.get("/cohorts/quarantine").text
    _, _, lately = page.partition("Set aside or put right lately")
    for said in ("Era la prueba del teléfono", "Set aside", "Put right and taken in", f"{actor.name} · Apr 3, 2026"):
        assert said in lately, said
    assert lately.index("Put right and taken in") < lately.index("Era la prueba del teléfono")  # newest first
    assert 'href="/cohorts/quarantine"' in web.get("/cohorts/lamas/desk").text
    one = web.get(f"/cohorts/quarantine/{poem.id}").text
    assert "Era la prueba del teléfono" in one
    assert 'name="why"' not in one
    signed_in(make.person("Otra Instructora"), "otra")
    assert "Era la prueba" not in browser(app, "otra").get("/cohorts/quarantine").text


def test_only_the_newest_of_what_was_set_aside_is_listed(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repairs, "MOST_SETTLED", 2)
    field = make.field()
    web = teacher(app, field)
    send(acting("teresa"), *({"uid": f"u{n}", "kind": "poem"} for n in range(3)))
    for n, one in enumerate(db.session.scalars(select(Quarantined).order_by(Quarantined.id)).all()):
        web.post(f"/cohorts/quarantine/{one.id}", data={"do": "set_aside", "why": f"Motivo {n}"})
    page = web.get("/cohorts/quarantine?lang=en").text
    assert ["Motivo 0" in page, "Motivo 1" in page, "Motivo 2" in page] == [False, True, True]
    assert "Only the newest 2 are shown" in page


def test_a_trainer_is_not_told_to_enrol_people_but_who_does(client: FlaskClient, app: Flask) -> None:
    field = make.field(learners=0)
    page = teacher(app, field).get(f"{AT}/1/roll?lang=en").text
    assert "First enrol people" not in page
    assert "Those who coordinate this cohort put people on the list" in page
    factories.account("coordina", Role.COORDINATOR, Scope(region="PE"))
    assert "First enrol people" in browser(app, "coordina").get(f"{AT}/1/roll?lang=en").text


def test_the_desk_shows_those_who_teach_all_that_a_visitor_told(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    web = teacher(app, field)
    told = {"sex": "man", "age": 1, "phone": "955 123 456", "organisation": "Oro Verde"}
    send(acting("teresa"), walk_in(field.sessions[0], "Rosendo Visita", **told))
    desk = web.get("/cohorts/lamas/desk?lang=en").text
    for said in ("Rosendo Visita", "Oro Verde", "Man", "1 year", "955 123 456"):
        assert said in desk, said
    send(acting("teresa"), walk_in_of(field, "Nadie Dijo"))
    assert "Not stated" not in web.get("/cohorts/lamas/desk").text


def events_of(feed: bytes) -> dict[str, Any]:
    """The events of a calendar by the title of their session."""
    return {str(one["summary"]).split(" · ")[0]: one for one in Calendar.from_ical(feed).walk("VEVENT")}


def test_a_calendar_follows_moves_and_ends_with_its_address(client: FlaskClient, app: Flask) -> None:
    field = make.field(meetings=0)
    web = teacher(app, field)
    (first, second) = sessions.plan_sessions(COMMAND_LINE, field.cohort, [
        SessionDetails("Feria", date(2026, 4, 10), 90, time(14, 30), "Casa comunal"),
        SessionDetails("Sin hora", date(2026, 4, 17))])  # fmt: skip
    assert web.post("/calendar/").status_code == 303
    address = re.search(r"/calendar/[0-9a-f-]+\.ics", web.get("/calendar/").text)[0]  # type: ignore[index]
    visitor = app.test_client()
    feed = visitor.get(address)
    assert feed.mimetype == "text/calendar"
    events = events_of(feed.data)
    start = events["Feria"].start
    assert start.utcoffset() == timedelta(hours=-5)
    assert start == datetime(2026, 4, 10, 19, 30, tzinfo=UTC)
    assert events["Feria"].end - start == timedelta(minutes=90)
    assert events["Sin hora"].start == date(2026, 4, 17)
    assert (str(events["Feria"]["uid"]), int(events["Feria"]["sequence"])) == (f"{first.uid}@vivero", 0)
    sessions.change_session(COMMAND_LINE, first, SessionDetails("Feria", date(2026, 4, 11), 90, time(15)))
    sessions.cancel_session(COMMAND_LINE, second, "harvest")
    events = events_of(visitor.get(address).data)
    assert (int(events["Feria"]["sequence"]), events["Feria"].start.day) == (1, 11)
    assert str(events["Sin hora"]["status"]) == "CANCELLED"
    assert int(events["Sin hora"]["sequence"]) == 1
    assert web.post("/calendar/").status_code == 303
    assert visitor.get(address).status_code == 404
    assert visitor.get("/calendar/1-abc.ics").status_code == 404
    assert visitor.get("/calendar/ñ.ics").status_code == 404
    assert visitor.get("/calendar/").status_code == 302


def test_a_learner_with_a_card_has_a_calendar_until_the_card_ends(client: FlaskClient, app: Flask) -> None:
    field = make.field(meetings=0)
    sessions.plan_sessions(COMMAND_LINE, field.cohort, [SessionDetails("Feria", date(2026, 4, 10))])
    card = cards.issue_card(COMMAND_LINE, db.session.get_one(Person, field.learners[0].person_id))
    found = calendars.open_address(card_queries.actor_of(card), card)
    address = f"/calendar/{rules.token(app.config['SECRET_KEY'], found.id, found.stamp)}.ics"
    visitor = app.test_client()
    event = events_of(visitor.get(address).data)["Feria"]
    assert "url" not in event
    again = visitor.get(address, headers={"If-None-Match": visitor.get(address).headers["ETag"]})
    assert again.status_code == 304
    with pytest.raises(NotAllowed):
        calendars.open_address(card_queries.actor_of(cards.issue_card(COMMAND_LINE, field.trainer)), card)
    cards.end_card(COMMAND_LINE, card)
    assert visitor.get(address).status_code == 404


def test_those_who_only_observe_see_counts_and_no_names(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    web = teacher(app, field)
    form = {f"m{field.learners[0].id}": "present", "came": ["Rosa Visita"], "came_from": [""], "came_sex": [""]}
    web.post(f"{AT}/1/roll", data={**form, "do": "save"})
    factories.account("observa", Role.OBSERVER, Scope(region="PE"))
    observer = browser(app, "observa")
    page = observer.get(f"{AT}/1/")
    assert page.status_code == 200
    assert "Persona0" not in page.text
    assert "Rosa Visita" not in page.text
    assert observer.get(f"{AT}/1/roll").status_code == 403


def test_the_first_page_leads_a_trainer_to_todays_roll_call(client: FlaskClient, app: Flask) -> None:
    field = make.field(meetings=3)
    web = teacher(app, field)
    today = sessions.plan_sessions(COMMAND_LINE, field.cohort, [SessionDetails("La de hoy", date(2026, 4, 3))])[0]
    sessions.plan_sessions(COMMAND_LINE, field.cohort, [SessionDetails("La próxima", date(2026, 4, 24))])
    page = web.get("/").text
    assert f"{AT}/{today.number}/roll" in page
    assert "La próxima" in page
    assert "Without attendance" in page


def test_other_peoples_sessions_cannot_be_reached(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    teacher(app, field)
    other = make.person("Otra Instructora")
    signed_in(other, "otra")
    stranger = browser(app, "otra")
    for rest in ("", "1/", "1/roll", "1/report", "1/sign-in", "1/plan", "new", "1/change", "1/off"):
        assert stranger.get(f"{AT}/{rest}").status_code == 404, rest
    for rest in ("1/roll", "1/report", "new", "1/change", "1/off"):
        assert stranger.post(f"{AT}/{rest}", data={"do": "save"}).status_code == 404, rest
    assert stranger.get("/cohorts/lamas/desk").status_code == 404
    assert calendars.open_address(acting("otra")) is not None


ODD = ["99999999999999999999", "9999-12-31", "é" * 5000, "１２"]
FORMS = {
    f"{AT}/new": ["how", "first", "weekdays", "count", "minutes", "starts_at", "skip", "title", "on", "lines", "units",
                  "place", "mode", "harvest", "in_order"],
    f"{AT}/1/change": ["title", "on", "minutes", "starts_at", "place", "mode", "units"],
    f"{AT}/1/off": ["how", "reason", "on", "starts_at", "note"],
    f"{AT}/1/report": ["on", "minutes", "place", "mode", "trainers", "unit-0", "extent-0", "minutes-0", "note-0",
                       "block-0", "note"],
    f"{AT}/1/roll": ["m1", "n1", "r1", "s1", "source", "came", "came_from", "came_sex", "held"],
    "/cohorts/lamas/desk/visitors": ["walk_in", "enrolment", "do"],
    "/cohorts/lamas/desk/marks": ["session", "enrolment", "event"],
}  # fmt: skip
GOOD = {"how": "week", "first": "2026-04-03", "weekdays": "4", "count": "2", "minutes": "90", "title": "Sesión",
        "on": "2026-04-03", "reason": "weather", "extent-0": "changed", "unit-0": make.UNIT, "do": "keep",
        "mode": "field", "units": make.UNIT}  # fmt: skip


def test_no_form_breaks_on_what_it_does_not_expect(client: FlaskClient, app: Flask) -> None:
    field = make.field(learners=2, meetings=2)
    web, ids = teacher(app, field), {f"{kind}1": f"{kind}{field.learners[0].id}" for kind in "mnrs"}
    for address, name in [(address, name) for address, names in FORMS.items() for name in names]:
        for odd in ODD:
            form = {**GOOD, ids["m1"]: "partial", ids["n1"]: "30", ids["s1"]: "", ids.get(name, name): odd}
            assert web.post(address, data=form).status_code < 500, (name, odd)
        assert web.post(address, data={**GOOD, name: "a\0b"}).status_code == 400


def test_no_page_breaks_on_an_odd_address(client: FlaskClient, app: Flask) -> None:
    web = teacher(app, make.field(learners=2, meetings=2))
    query = "month=2026-99&page=99999999999&state=x&with=é&how=&source=x&order=x&matched="
    for page in (f"{AT}/", f"{AT}/1/", f"{AT}/new", f"{AT}/1/roll", f"{AT}/1/sign-in", f"{AT}/1/off",
                 "/cohorts/lamas/desk", "/cohorts/quarantine"):  # fmt: skip
        assert web.get(f"{page}?{query}").status_code == 200, page
    assert web.get(f"{AT}/99999999999/").status_code == 404


def test_pages_ask_as_often_for_many_as_for_few(client: FlaskClient, app: Flask) -> None:
    field = make.field(learners=3, meetings=2)
    web = teacher(app, field)
    pages = [f"{AT}/", f"{AT}/1/", f"{AT}/1/roll", "/cohorts/lamas/desk", "/cohorts/quarantine", "/"]
    actor = acting("teresa")
    send(actor, mark(field.sessions[0], field.learners[0], "partial"), walk_in_of(field, "Una Visita"))
    set_aside(web, field, 1)

    def asked() -> list[int]:
        found = []
        for page in pages:
            assert web.get(page).status_code == 200
            with counted() as count:
                web.get(page)
                found.append(count())
        return found

    few = asked()
    make_more(field)
    set_aside(web, field, 6)
    send(actor, *(mark(field.sessions[0], one, "partial") for one in field.learners),
         *(walk_in_of(field, f"Visita {n}") for n in range(8)))  # fmt: skip
    assert asked() == few


def set_aside(web: FlaskClient, field: make.Field, number: int) -> None:
    """So many marks that did not fit were set aside."""
    known = {one.id for one in db.session.scalars(select(Quarantined))}
    send(acting("teresa"), *(mark(field.sessions[0], field.learners[n % 3], "partial") for n in range(number)))
    for one in db.session.scalars(select(Quarantined).where(Quarantined.id.not_in(known))).all():
        at = f"/cohorts/quarantine/{one.id}"
        assert web.post(at, data={"do": "set_aside", "why": "Repetida"}).status_code == 303


def walk_in_of(field: make.Field, name: str) -> dict[str, Any]:
    """Somebody came to the first session."""
    return walk_in(field.sessions[0], name)


def make_more(field: make.Field) -> None:
    """More sessions."""
    days = [date(2026, 5, 1) + timedelta(days=n) for n in range(20)]
    more = [SessionDetails(f"Más {day}", day, units=(make.UNIT,)) for day in days]
    sessions.plan_sessions(COMMAND_LINE, field.cohort, more)
