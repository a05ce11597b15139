"""Sessions as they were: reported, corrected, moved, cancelled; what a later report leaves blank stays."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.delivery.actions import sessions
from app.delivery.actions.sessions import Report, Taught
from app.delivery.kinds import Extent, SessionState
from app.delivery.models import SessionReport, SessionUnit
from app.delivery.queries import attendance as queries
from app.delivery.rules import sessions as rules
from app.infra import clock
from app.infra.db import db
from tests.translation.counting import counted

from . import field as make
from .phones import NOON, held, mark, send, signed_in, statuses


@pytest.fixture(autouse=True)
def _in_april(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=6, seconds=next(seconds)))


def test_a_later_report_corrects_and_leaves_what_it_does_not_say(app: Flask) -> None:
    field = make.field()
    trainer, session = signed_in(field.trainer), field.sessions[0]
    taught = (Taught(make.UNIT, Extent.PARTLY, 40, "No alcanzó el tiempo"),)
    first = Report(date(2026, 3, 6), 80, taught, (field.trainer.id,), note="Llovió")
    sessions.report_session(trainer, session, first)
    send(trainer, held(session, on="2026-03-07", minutes=95))
    db.session.expire_all()
    assert (session.state, session.held_on, session.note) == (SessionState.HELD, date(2026, 3, 6), "Llovió")
    sessions.report_session(trainer, session, Report(date(2026, 3, 7), 95))
    unit = db.session.scalars(select(SessionUnit).where(SessionUnit.session_id == session.id)).one()
    assert (session.held_on, session.held_minutes, session.note) == (date(2026, 3, 7), 95, "Llovió")
    assert (unit.extent, unit.minutes) == (Extent.PARTLY, 40)
    assert db.session.scalar(select(func.count(SessionReport.uid))) == 3
    assert statuses(send(trainer, held(session, taught=[{"unit": "no-such", "extent": "fully"}]))) == [
        "quarantined:not_taught_here"
    ]


def test_a_moved_session_names_the_one_that_takes_its_place(app: Flask) -> None:
    field = make.field()
    trainer, (moved, other, *_) = signed_in(field.trainer), field.sessions
    later = sessions.move_session(trainer, moved, date(2026, 5, 1), "weather")
    assert (moved.state, moved.reason, moved.follow_up_id) == (SessionState.MOVED, "weather", later.id)
    units = select(SessionUnit.unit_uid).where(SessionUnit.session_id == later.id)
    assert list(db.session.scalars(units)) == [make.UNIT]
    assert sessions.move_session(trainer, moved, date(2026, 5, 8), "weather") is later
    with pytest.raises(rules.NeedsWhy):
        sessions.cancel_session(trainer, other, "")
    sessions.cancel_session(trainer, other, "harvest")
    assert other.state is SessionState.CANCELLED


def test_the_sheet_asks_as_often_for_many_as_for_few(app: Flask) -> None:
    field = make.field()
    trainer = signed_in(field.trainer)
    send(trainer, mark(field.sessions[0], field.learners[0]))
    with counted() as count:
        queries.sheet(field.cohort)
        few = count()
    send(trainer, *(mark(session, one) for session in field.sessions for one in field.learners))
    with counted() as count:
        queries.sheet(field.cohort)
        assert count() == few
