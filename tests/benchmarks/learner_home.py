"""A learner's home among 1,000,000 attendance events of 100,000 learners, against 1,000 learners; PostgreSQL.

One cohort is made through the product's actions; the others are copies of its rows, made by the database.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from app import create_app
from app.delivery.actions import attendance, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report, SessionDetails, Taught
from app.delivery.kinds import Extent, Mark
from app.infra import migrations
from app.infra.db import db
from app.learning.actions import assessments, certificates, progress
from app.learning.kinds import CertificateKind, Moment
from app.learning.queries import home
from app.learning.queries.papers import Paper
from app.people.actions import cards
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, Actor, own_grants
from app.web import assets
from tests.benchmarks.databases import databases
from tests.benchmarks.rows import Row
from tests.delivery.field import Field
from tests.learning import paper
from tests.translation.counting import counted, forget

MANY, FEW, PER_COHORT, HELD, ASKED, ROUNDS = 100_000, 1_000, 25, 10, 60, 3
LIMIT_MS, MOST_QUERIES, MOST_TIMES, MOST_BYTES = 8.0, 12, 1.3, 30_000
FIRST, TODAY = date(2026, 3, 6), date(2026, 5, 12)
BASE = 1_000_000  # where the copies' ids begin


def run() -> list[Row]:
    """Measure with few learners, then with many in the same database."""
    with tempfile.TemporaryDirectory() as folder:
        for name, address in databases(Path(folder)):
            if name != "PostgreSQL":
                continue
            app = create_app(DATA_DIR=folder, DATABASE_URL=address, SECRET_KEY="bench", LANGUAGE="es")
            with app.app_context():
                migrations.upgrade()
                field = _one_cohort()
                _copy(field, 1, FEW)
                few = _milliseconds(FEW)
                _copy(field, FEW + 1, MANY)
                many = _milliseconds(MANY)
                rows = _rows(few, many) + _page(app)
                db.session.remove()
                db.engine.dispose()
            return rows
    return []


def _rows(few: tuple[float, float], many: tuple[float, float]) -> list[Row]:
    events = db.session.scalar(text("SELECT count(*) FROM attendance_event")) or 0
    db.session.rollback()
    with counted() as count:
        _home(BASE + 7)
        warm = count()
    forget()
    with counted() as count:
        _home(BASE + 7)
        cold = count()
    times, (wall, busy) = many[0] / few[0], many
    return [
        Row("attendance events in the database", events, MANY * HELD, "", events >= MANY * HELD),
        Row(f"learner's home, {MANY:,} learners (median, by the clock)", wall, LIMIT_MS, "ms", wall <= LIMIT_MS),
        Row("the same, processor time of the app", busy, LIMIT_MS, "ms", busy <= LIMIT_MS),
        Row(f"of the time with {FEW:,} learners", times, MOST_TIMES, "times", times <= MOST_TIMES),
        Row("its queries", warm, MOST_QUERIES, "", warm <= MOST_QUERIES),
        Row("its queries, the first time in a process", cold, MOST_QUERIES, "", cold <= MOST_QUERIES),
    ]


def _page(app: Flask) -> list[Row]:
    """The whole page as a phone with a card gets it: its time in the app, and its bytes at the first visit."""
    card = cards.issue_card(COMMAND_LINE, db.session.get_one(Person, BASE + 7))
    phone = app.test_client()
    with phone.session_transaction() as session:
        session["_user_id"], session["_fresh"] = f"card:{card.id}:{card.stamp}", True
    worked, sent = [], 0
    for _ in range(ASKED):
        rounds = []
        for _ in range(ROUNDS):
            idle = time.process_time()
            answer = phone.get("/my/", headers={"Accept-Encoding": "gzip"})
            rounds.append((time.process_time() - idle) * 1000)
            sent = len(answer.data)
            if answer.status_code != 200:
                raise RuntimeError(f"the page answered {answer.status_code}")
        worked.append(min(rounds))
    styles = [asset for name, asset in assets.bundle().items() if name in assets.SHEETS]
    sent += sum(len(asset.packed["gzip"]) for asset in styles)
    busy = statistics.median(worked)
    return [
        Row("the whole page, processor time of the app", busy, LIMIT_MS, "ms", busy <= LIMIT_MS),
        Row("bytes at the first visit, all included", sent, MOST_BYTES, "bytes", sent <= MOST_BYTES),
    ]


def _milliseconds(learners: int) -> tuple[float, float]:
    """By the clock and of the processor: medians over learners anywhere, of the best of a few rounds each."""
    chance = random.Random(7)  # noqa: S311 -- whom to ask, not a secret
    asked = [BASE + chance.randint(1, learners) for _ in range(ASKED)]
    for person_id in asked[:10]:
        _home(person_id)
    times, busy = [], []
    for person_id in asked:
        rounds, worked = [], []
        for _ in range(ROUNDS):
            db.session.remove()
            started, idle = time.perf_counter(), time.process_time()
            _home(person_id)
            rounds.append((time.perf_counter() - started) * 1000)
            worked.append((time.process_time() - idle) * 1000)
        times.append(min(rounds))
        busy.append(min(worked))
    return statistics.median(times), statistics.median(busy)


def _home(person_id: int) -> None:
    actor = Actor(name="bench", grants=own_grants(person_id), person_id=person_id)
    found = home.learner(actor, person_id, TODAY)
    if len(found.cohorts) != 1 or len(found.cohorts[0].leaves) != HELD or not found.cohorts[0].trainers:
        raise RuntimeError("the home did not come as expected")


def _one_cohort() -> Field:
    field = paper.field(1, 1)
    learner = field.learners[0]
    weekly = [SessionDetails("Sesión", FIRST + timedelta(weeks=n), units=(paper.UNIT,)) for n in range(1, HELD + 4)]
    planned = [*field.sessions, *sessions.plan_sessions(COMMAND_LINE, field.cohort, weekly)]
    for session in planned[:HELD]:
        report = Report(session.planned_on, 90, taught=(Taught(paper.UNIT, Extent.FULLY),))
        sessions.report_session(COMMAND_LINE, session, report)
        attendance.roll_call(COMMAND_LINE, session, [Marked(learner.id, Mark.PRESENT)])
    assessment = paper.pair(field.cohort)
    for moment, right in ((Moment.PRE, 1), (Moment.POST, 4)):
        sheet = paper.sheet(Paper(assessment), learner, right, moment)
        assessments.keep_answers(COMMAND_LINE, assessment, sheet)
    person = db.session.get_one(Person, learner.person_id)
    progress.keep_reading(COMMAND_LINE, person, field.release, paper.UNIT, "es")
    certificates.issue(COMMAND_LINE, learner, CertificateKind.PARTICIPATION, TODAY)
    return field


def _copy(field: Field, first: int, last: int) -> None:
    """Copy the cohort for learners from `first` to `last`, and everything that hangs on it."""
    db.session.execute(text("SET session_replication_role = replica"))  # the copies fit by construction
    cohorts = (first - 1) // PER_COHORT + 1, (last - 1) // PER_COHORT + 1
    cohort, learner = f"{BASE} + g", field.learners[0]
    of_cohort = {"cohort_id": cohort}
    mine = f"{BASE} + ((g - 1) / {PER_COHORT}) + 1"
    here = f"cohort_id = {field.cohort.id}"
    uid = "'c' || g || '-' || t.id"
    _times(
        "cohort",
        f"id = {field.cohort.id}",
        cohorts,
        {"id": cohort, "uid": uid, "slug": "'c' || g", "join_code": "NULL"},
    )
    _times("cohort_release", here, cohorts, {"id": None, **of_cohort})
    _times("cohort_trainer", here, cohorts, {"id": None, **of_cohort})
    session = f"({BASE} + g::bigint * 20 + t.number)::integer"
    _times("cohort_session", here, cohorts, {"id": session, "uid": uid, **of_cohort})
    numbered = "(SELECT s.number FROM cohort_session s WHERE s.id = t.session_id)"
    in_session = f"({BASE} + g::bigint * 20 + {numbered})::integer"
    held = f"session_id IN (SELECT id FROM cohort_session WHERE {here})"
    _times("session_unit", held, cohorts, {"id": None, "session_id": in_session})
    _times("assessment", here, cohorts, {"id": cohort, "uid": uid, **of_cohort})

    people, person, enrolment = (first, last), f"{BASE} + g", f"{BASE} + g"
    by_learner = {"enrolment_id": enrolment}
    theirs = f"enrolment_id = {learner.id}"
    attended = f"({BASE} + (((g - 1) / {PER_COHORT}) + 1)::bigint * 20 + {numbered})::integer"
    _times("person", f"id = {learner.person_id}", people, {"id": person, "uid": "'p' || g"})
    _times(
        "enrolment", f"id = {learner.id}", people,
        {"id": enrolment, "uid": "'e' || g", "person_id": person, "cohort_id": mine},
    )  # fmt: skip
    event = "'a' || g || '-' || t.session_id"
    _times("attendance_event", theirs, people, {"uid": event, "session_id": attended, **by_learner})
    _times("attendance_mark", theirs, people, {"id": None, "event_uid": event, "session_id": attended, **by_learner})
    _times("assessment_result", theirs, people, {"id": None, "assessment_id": mine, **by_learner})
    _times("unit_reading", f"person_id = {learner.person_id}", people, {"uid": "'r' || g", "person_id": person})
    _times(
        "certificate", theirs, people,
        {"id": None, "serial": "'s' || g", "person_id": person, "cohort_id": mine, **by_learner},
    )  # fmt: skip
    db.session.execute(text("SET session_replication_role = DEFAULT"))
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _times(table: str, where: str, numbers: tuple[int, int], changed: Mapping[str, str | None]) -> None:
    """Copy rows once for every number `g`, with some columns changed; None leaves a column to the database."""
    kept = [column.name for column in db.metadata.tables[table].columns if changed.get(column.name, "") is not None]
    values = [changed.get(name, f't."{name}"') for name in kept]
    names = ", ".join(f'"{name}"' for name in kept)
    db.session.execute(
        text(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(map(str, values))} "
            f"FROM (SELECT * FROM {table} WHERE {where}) t, "
            "generate_series(CAST(:first AS integer), CAST(:last AS integer)) g"
        ),
        {"first": numbers[0], "last": numbers[1]},
    )
