"""Attendance of 200 learners in 30 sessions: a phone's batch of 10,000 events, a roll call of 40, the whole sheet."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, func, select

from app import create_app
from app.delivery.actions import attendance, cohorts, sessions
from app.delivery.actions.attendance import Batch, Marked
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import Mark
from app.delivery.models import AttendanceEvent, AttendanceMark, CohortSession
from app.delivery.queries import attendance as queries
from app.infra import migrations
from app.infra.db import db
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.benchmarks.databases import databases
from tests.benchmarks.rows import Row
from tests.delivery import field as make
from tests.reporting.readers import browser
from tests.translation.counting import counted

LEARNERS, SESSIONS, DIFFERENT, ROLL, ROUNDS = 200, 30, 5_000, 40, 10
MARKED = datetime(2026, 3, 2, 15, tzinfo=UTC)


def run() -> list[Row]:
    """Measure on both databases."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, address in databases(Path(folder)):
            app = create_app(DATABASE_URL=address, DATA_DIR=f"{folder}/{name}", SECRET_KEY="bench", LANGUAGE="es")
            with app.app_context():
                migrations.upgrade()
                rows += _measured(app, name)
                db.session.remove()
                db.engine.dispose()
    return rows


def _measured(app: Flask, name: str) -> Iterator[Row]:
    field = make.field(learners=6, meetings=0)
    listed = field.learners
    for number in range(LEARNERS - len(listed)):
        person = make.person(f"Persona{number} Muestra", field.coops[number % 2])
        listed.append(cohorts.enrol(COMMAND_LINE, field.cohort, person, make.START, organisation=field.coops[0]))
    days = [SessionDetails(f"Sesión {n}", date(2026, 3, 2) + timedelta(days=7 * n)) for n in range(SESSIONS + ROUNDS)]
    made = sessions.plan_sessions(COMMAND_LINE, field.cohort, days)
    planned, extra = made[:SESSIONS], made[SESSIONS:]
    chance = random.Random(5)  # noqa: S311 -- picks marks
    pairs = chance.sample([(s.uid, e.uid) for s in planned for e in listed], DIFFERENT)
    events = [
        {
            "uid": f"event-{number}",
            "kind": "mark",
            "session": session,
            "enrolment": enrolment,
            "mark": chance.choice(("present", "late", "absent")),
            "recorded_at": (MARKED + timedelta(seconds=number)).isoformat(),
        }
        for number, (session, enrolment) in enumerate(pairs)
    ]
    shuffled = events + events
    chance.shuffle(shuffled)
    db.session.expunge_all()
    started = time.perf_counter()
    answer = attendance.receive(COMMAND_LINE, Batch("bench", shuffled, "phone", datetime.now(UTC)))
    taken = time.perf_counter() - started
    found = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (AttendanceEvent, AttendanceMark)]
    once = found == [DIFFERENT, DIFFERENT] and len(answer.said) == 2 * DIFFERENT
    yield Row(f"{name}: batch of 10,000 events, half of them repeats, random order", taken, 5, "s", once and taken <= 5)
    yield _row(f"{name}: the same batch sent again", _once(lambda: attendance.receive(
        COMMAND_LINE, Batch("bench", shuffled, "phone", datetime.now(UTC)))) / 1000, 5, "s")  # fmt: skip
    new, changed = [], []
    for session in extra:
        for says, times in ((Mark.PRESENT, new), (Mark.LATE, changed)):
            marks = [Marked(one.id, says, seen=_seen(session.id, one.id)) for one in listed[:ROLL]]
            db.session.expunge_all()
            started = time.perf_counter()
            attendance.roll_call(COMMAND_LINE, db.session.merge(session), marks)
            times.append((time.perf_counter() - started) * 1000)
    yield _row(f"{name}: roll call of {ROLL} (median of {ROUNDS})", statistics.median(new), 60)
    yield _row(f"{name}: the same with all of it changed", statistics.median(changed), 60)
    db.session.execute(delete(AttendanceMark).where(AttendanceMark.session_id.in_([one.id for one in extra])))
    db.session.execute(delete(AttendanceEvent).where(AttendanceEvent.session_id.in_([one.id for one in extra])))
    db.session.execute(delete(CohortSession).where(CohortSession.id.in_([one.id for one in extra])))
    db.session.commit()
    times = [_once(lambda: queries.sheet(field.cohort)) for _ in range(20)]
    sheet = f"sheet of {LEARNERS} learners × {SESSIONS} sessions"
    yield _row(f"{name}: {sheet} with rates (median of 20)", statistics.median(times), 60)
    with counted() as count:
        queries.sheet(field.cohort)
        yield _row(f"{name}: its queries", count(), 3, "")
    coordinator = factories.account("bench", Role.COORDINATOR, Scope(programmes=frozenset({field.programme.id})))
    reader, page = browser(app, coordinator), f"/cohorts/{field.cohort.slug}/"
    db.session.commit()
    times = [_once(lambda: reader.get(page)) for _ in range(20)]
    yield _row(f"{name}: the cohort's whole page (median of 20)", statistics.median(times), 60)


def _seen(session_id: int, enrolment_id: int) -> tuple[str, ...]:
    found = db.session.scalar(
        select(AttendanceMark.event_uid).where(
            AttendanceMark.session_id == session_id, AttendanceMark.enrolment_id == enrolment_id
        )
    )
    return (found,) if found else ()


def _once(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - started) * 1000


def _row(case: str, measured: float, limit: float, unit: str = "ms") -> Row:
    return Row(case, measured, limit, unit, measured <= limit)
