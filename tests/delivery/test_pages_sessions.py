"""Pages of sessions: planning, how it was and what of it reaches the designers, roll call, what is printed."""

from __future__ import annotations

import itertools
import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.delivery.actions import sessions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import SessionState, Source
from app.delivery.models import AttendanceEvent, AttendanceMark, CohortSession, WalkIn
from app.infra import clock
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, Scope
from app.study.kinds import FindingStatus
from app.study.models import Evidence, Finding, FindingBlock
from app.study.models import Source as Ground
from tests import factories

from . import field as make
from .phones import NOON, held, mark, send, signed_in
from .sessions_room import AT, acting, browser, marked, teacher


@pytest.fixture(autouse=True)
def _in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=6, seconds=next(seconds)))


def test_a_season_is_planned_looked_at_kept_changed_moved_and_cancelled(client: FlaskClient, app: Flask) -> None:
    field = make.field(meetings=0)
    web = teacher(app, field)
    assert "No session is planned yet" in web.get(f"{AT}/?lang=en").text
    form: dict[str, Any] = {"how": "week", "first": "2026-04-03", "weekdays": ["4"], "count": "15", "minutes": "120",
                            "starts_at": "14:30", "place": "Casa comunal", "skip": "2026-04-10\n2026-05-01 2026-05-14",
                            "title": "Encuentro", "in_order": "1", "do": "look"}  # fmt: skip
    looked = web.post(f"{AT}/new", data=form)
    assert looked.status_code == 200
    assert "not kept yet" in looked.text
    assert "Casa comunal" in looked.text
    assert not db.session.scalars(select(CohortSession)).all()
    odd = web.post(f"{AT}/new", data={**form, "first": "mañana", "do": "keep"})
    assert odd.status_code == 422
    assert "Casa comunal" in odd.text
    assert "2026-05-14" in odd.text
    assert web.post(f"{AT}/new", data={**form, "do": "keep"}).status_code == 303
    planned = db.session.scalars(select(CohortSession).order_by(CohortSession.number)).all()
    days = [one.planned_on for one in planned]
    assert len(days) == 15
    assert all(day.weekday() == 4 for day in days)
    assert not {date(2026, 4, 10), date(2026, 5, 1), date(2026, 5, 8)} & set(days)
    assert planned[0].title == "Por qué tenemos una cooperativa" or planned[0].title == "Why we have a co-operative"
    assert planned[1].title == "Encuentro 2"
    by_hand = {"how": "hand", "lines": "2026-09-01; Feria; 08:00; 60; Plaza\n2026-09-02; Cierre", "minutes": "90"}
    assert web.post(f"{AT}/new", data={**by_hand, "do": "keep"}).status_code == 303
    assert web.post(f"{AT}/new", data={**by_hand, "lines": "hoy; x", "do": "keep"}).status_code == 422
    change = {"title": "El mercado", "on": "2026-09-03", "minutes": "75", "units": [make.UNIT]}
    assert web.post(f"{AT}/16/change", data=change).status_code == 303
    assert web.post(f"{AT}/16/change", data={**change, "units": ["otra"]}).status_code == 422
    refused = web.post(f"{AT}/2/off", data={"how": "move", "on": "2026-09-05", "note": "Se cayó el puente"})
    assert refused.status_code == 422
    assert "Se cayó el puente" in refused.text
    moved = web.post(f"{AT}/2/off", data={"how": "move", "on": "2026-09-05", "reason": "weather"})
    assert moved.status_code == 303
    assert moved.location.endswith("/18/")
    assert web.post(f"{AT}/3/off", data={"how": "cancel", "reason": "harvest"}).status_code == 303
    db.session.expire_all()
    assert planned[15 - 13].state is SessionState.CANCELLED
    page = web.get(f"{AT}/").text
    assert "El mercado" in page
    assert "Harvest work" in page
    assert "Weather or the road" in page


def test_a_long_plan_is_read_month_by_month(client: FlaskClient, app: Flask) -> None:
    field = make.field(meetings=0)
    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(45)]
    sessions.plan_sessions(COMMAND_LINE, field.cohort, [SessionDetails(f"Día {day}", day) for day in days])
    web = teacher(app, field)
    page = web.get(f"{AT}/").text
    assert page.count(">Día 2026-04") == 15
    assert "Día 2026-03" not in page
    march = web.get(f"{AT}/?month=2026-03&order=newest").text
    assert march.index("Día 2026-03-31") < march.index("Día 2026-03-02")
    assert web.get(f"{AT}/?month=9999-99&state=nothing").text.count(">Día 2026-04") == 15
    assert "No session is like that" in web.get(f"{AT}/?state=cancelled").text


def test_how_it_was_reaches_the_designers_as_a_finding_of_their_edition(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    web, session = teacher(app, field), field.sessions[0]
    edition = field.release.edition
    assert web.get(f"{AT}/1/report").status_code == 200
    blocks = re.findall(r'<option value="([^"]+)"', web.get(f"{AT}/1/report").text.split('name="block-0"')[1])
    said = {"on": "2026-03-06", "minutes": "80", "place": "Chazuta", "mode": "field", "trainers": [field.trainer.id],
            "unit-0": make.UNIT, "extent-0": "changed", "minutes-0": "60", "note-0": "Pesamos cacao en vez de café.",
            "block-0": blocks[0], "note": "Acuerdo: traer balanza.\r\nFaltó tiempo."}  # fmt: skip
    far = web.post(f"{AT}/1/report", data={**said, "on": "2026-12-01"})
    assert far.status_code == 422
    assert "Pesamos cacao" in far.text
    assert "traer balanza" in far.text
    assert db.session.scalar(select(Finding)) is None
    assert web.post(f"{AT}/1/report", data=said).status_code == 303
    finding = db.session.scalars(select(Finding)).one()
    assert (finding.edition_id, finding.statement) == (edition.id, "Pesamos cacao en vez de café.")
    assert db.session.scalars(select(FindingBlock.block_uid)).one() == blocks[0]
    ground = db.session.scalars(select(Ground)).one()
    evidence = db.session.scalars(select(Evidence)).one()
    assert "lamas" in ground.title
    assert "Chazuta" in evidence.note
    page = web.get(f"{AT}/1/").text
    assert finding.code in page
    assert "traer balanza" in page
    web.post(f"{AT}/1/report", data={**said, "note-0": "Pesamos cacao en lugar de café."})
    db.session.expire_all()
    assert db.session.scalars(select(Finding)).one().statement == "Pesamos cacao en lugar de café."
    finding.status = FindingStatus.ACTED_ON
    db.session.commit()
    web.post(f"{AT}/1/report", data={**said, "note-0": "Otra cosa"})
    db.session.expire_all()
    assert db.session.scalars(select(Finding)).one().statement == "Pesamos cacao en lugar de café."
    factories.account("disena", Role.DESIGNER, Scope("my-coop"))
    designer = browser(app, "disena")
    assert "Pesamos cacao" in designer.get(f"/editions/{edition.slug}/{edition.region}/study/findings").text
    assert session.state is SessionState.HELD
    assert session.note == "Acuerdo: traer balanza.\nFaltó tiempo."


def test_what_a_phone_tells_of_changes_reaches_the_designers_too(client: FlaskClient, app: Flask) -> None:
    field = make.field()
    told = {"unit": make.UNIT, "extent": "changed", "minutes": 30, "note": "Sin proyector", "block": None}
    send(signed_in(field.trainer), held(field.sessions[0], taught=[told], place="Lamas"))
    finding = db.session.scalars(select(Finding)).one()
    assert (finding.statement, finding.created_by_id is not None) == ("Sin proyector", True)
    factories.account("disena", Role.DESIGNER, Scope("my-coop"))
    edition = field.release.edition
    page = browser(app, "disena").get(f"/editions/{edition.slug}/{edition.region}/study/findings/{finding.id}").text
    assert "From the field: lamas" in page
    assert "Lamas" in page
    later = (NOON + timedelta(minutes=9)).isoformat()
    send(acting("teresa"), held(field.sessions[0], taught=[{**told, "note": ""}], recorded_at=later))
    db.session.expire_all()
    assert finding.archived_at is not None


def lines(page: str) -> dict[str, str]:
    """The hidden marks that a roll call shows."""
    return dict(re.findall(r'name="(s\d+)" value="([^"]*)"', page))


def test_roll_is_called_on_paper_corrected_and_a_rival_mark_waits_for_a_person(client: FlaskClient, app: Flask) -> None:
    field = make.field(learners=40, meetings=1)
    web, session, (first, second, third, *_) = teacher(app, field), field.sessions[0], field.learners
    assert len(web.get(f"{AT}/1/roll?lang=es").data) < 60_000
    page = web.get(f"{AT}/1/roll?lang=en")
    form = {**lines(page.text), f"m{first.id}": "present", f"m{second.id}": "partial", f"n{second.id}": "45",
            f"m{third.id}": "absent", f"r{third.id}": "Harvest work", "came": ["Rosa Visita", "", ""],
            "came_from": ["Oro Verde", "", ""], "came_sex": ["woman", "not_stated", "not_stated"]}  # fmt: skip
    everybody = web.post(f"{AT}/1/roll", data={**form, "do": "everybody"})
    assert everybody.text.count(" checked") == 40
    assert "Not saved yet" in everybody.text
    assert marked(session) == {}
    odd = web.post(f"{AT}/1/roll", data={**form, f"n{second.id}": "", "do": "save"})
    assert odd.status_code == 422
    assert "Rosa Visita" in odd.text
    assert "Harvest work" in odd.text
    assert marked(session) == {}
    assert web.post(f"{AT}/1/roll", data={**form, "held": "1", "source": "paper", "do": "save"}).status_code == 303
    db.session.expire_all()
    assert (session.state, session.held_on) == (SessionState.HELD, session.planned_on)
    assert marked(session) == {first.id: ("present", None, ""), second.id: ("partial", 45, ""),
                               third.id: ("absent", None, "harvest")}  # fmt: skip
    assert {one.source for one in db.session.scalars(select(AttendanceEvent))} == {Source.PAPER}
    assert db.session.scalars(select(WalkIn.name)).one() == "Rosa Visita"
    stale = lines(web.get(f"{AT}/1/roll").text)
    send(acting("teresa"),
         mark(session, first, "late", supersedes=[stale[f"s{first.id}"]], at=300))  # fmt: skip
    web.post(f"{AT}/1/roll", data={**stale, f"m{first.id}": "absent", "do": "save"})
    held = db.session.scalars(select(AttendanceMark).where(AttendanceMark.enrolment_id == first.id)).one()
    assert len(held.rivals) == 1
    assert "marks disagree" in web.get(f"{AT}/1/roll").text
    desk = web.get("/cohorts/lamas/desk").text
    assert "Late" in desk
    assert "Absent" in desk
    assert "Rosa Visita" in desk
    past = web.get(f"{AT}/1/people/{first.id}").text
    assert "replaced by a later mark" in past
    assert "stands beside another one" in past
    chosen = {"session": 1, "enrolment": first.id, "event": held.event_uid}
    assert web.post("/cohorts/lamas/desk/marks", data={**chosen, "event": "x"}).status_code == 409
    assert web.post("/cohorts/lamas/desk/marks", data=chosen).status_code == 303
    db.session.expire_all()
    assert held.rivals == []


def test_a_roll_that_two_people_took_alike_is_corrected_on_its_page_without_a_conflict(
    client: FlaskClient, app: Flask
) -> None:
    field = make.field(learners=2, meetings=1)
    web, session, (first, second) = teacher(app, field), field.sessions[0], field.learners
    for at in (1, 2):
        send(acting("teresa"), *(mark(session, one, "absent", at=at) for one in (first, second)))
    page = web.get(f"{AT}/1/roll").text
    assert "marks disagree" not in page
    form = {**lines(page), f"m{first.id}": "present", f"m{second.id}": "absent"}
    assert web.post(f"{AT}/1/roll", data={**form, "do": "save"}).status_code == 303
    db.session.expire_all()
    assert marked(session) == {first.id: ("present", None, ""), second.id: ("absent", None, "")}
    assert [one.rivals for one in db.session.scalars(select(AttendanceMark))] == [[], []]
    assert db.session.scalar(select(func.count(AttendanceEvent.uid))) == 5, "an unchanged line says nothing"
    assert "marks disagree" not in web.get(f"{AT}/1/roll").text


def test_sheets_to_sign_and_session_plans_are_printed_from_the_release(client: FlaskClient, app: Flask) -> None:
    field = make.field(original=factories.original(units=[factories.unit(make.UNIT, PLANNED)]))
    web = teacher(app, field)
    sheet = web.get(f"{AT}/1/sign-in?with=2&with=3&with=99").text
    assert sheet.count("<tr>") == 1 + 6 + 6
    assert sheet.count("Sesión") >= 3
    assert "Teresa Instructora" in sheet
    assert "Guardamos su nombre" in sheet
    sessions.change_session(COMMAND_LINE, field.sessions[0], SessionDetails(
        "Sesión 1", date(2026, 4, 10), starts_at=time(14, 30), units=(make.UNIT,)))  # fmt: skip
    plan = web.get(f"{AT}/1/plan").text
    assert "14:30" in plan
    assert "15:00" in plan
    assert "El camión" in plan
    assert "balanza" in plan
    assert re.search(r"<td>1, 2</td><td[^>]*>Actividad 1: El camión", plan)


PLANNED = {
    "es": """# El peso justo

/// objectives | Lo que usted podrá hacer

- Pesar
- Contar
///

/// materials | Qué llevar

- Una balanza
///

/// plan | Plan

| Minutos | Qué pasa | Cómo |
|---:|---|---|
| 30 | Bienvenida | Plenaria |
| 60 | Actividad 1: El camión | Grupos |
///

/// activity | 1. El camión
    minutes: 60
    objectives: 1, 2

1. Pesen.
///
"""
}
PLANNED["en"] = PLANNED["es"]
