"""A year of 1,000,000 attendance events: people once each by sex, age, organisation and country; and with a tenth."""

from __future__ import annotations

import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from app import create_app
from app.delivery.kinds import CohortLevel, CohortState, EnrolmentState, Mode, SessionState
from app.delivery.models import Cohort, CohortSession, Enrolment, Programme
from app.infra import migrations
from app.infra.db import db
from app.people.kinds import OrganisationKind, Reading, Sex
from app.people.models import Organisation, Person
from app.reporting.kinds import Split
from app.reporting.queries import asking
from app.reporting.queries.desk import Desk
from app.reporting.queries.measures import all_of, computed
from app.reporting.queries.views import View
from app.reporting.rules import definitions
from tests.benchmarks.databases import databases
from tests.benchmarks.rows import Row
from tests.translation.counting import counted

LEARNERS, PER_COHORT, HELD, COOPS, ROUNDS = 100_000, 25, 10, 200, 3
MANY, FEW = 1, 2  # the programmes
START, TODAY = date(2026, 1, 5), date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
REGIONS = ("PE-SAM", "PE-AMA", "MX-CHP", "CO-MAG", "SV", "HN", "BO", "EC")
LIMIT_SECONDS, MOST_TIMES, MOST_QUERIES = 2.0, 15.0, 10


def run() -> list[Row]:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder:
        return [row for name, address in databases(Path(folder)) for row in _on(name, address, folder)]


def _on(name: str, address: str, folder: str) -> Iterator[Row]:
    app = create_app(DATA_DIR=f"{folder}/{name}", SECRET_KEY="bench", DATABASE_URL=address, LANGUAGE="es")
    with app.app_context():
        migrations.upgrade()
        fill()
        few, _, _ = _seconds(FEW)
        many, busy, figure = _seconds(MANY)
        splits = [split for split in (Split.SEX, Split.AGE, Split.ORGANISATION, Split.COUNTRY) if figure.groups[split]]
        if figure.value != LEARNERS or len(splits) != 4:
            raise RuntimeError("the figure did not come as expected")
        said = f"{name}: people of a year with {LEARNERS * HELD:,} events by four splits"
        yield Row(f"{said} (median of {ROUNDS})", many, LIMIT_SECONDS, "s", many <= LIMIT_SECONDS)
        yield Row(f"{name}: the same, processor time of the app", busy, LIMIT_SECONDS, "s", busy <= LIMIT_SECONDS)
        times = many / few
        yield Row(f"{name}: of the time with a tenth of the events", times, MOST_TIMES, "times", times <= MOST_TIMES)
        desk = _desk(MANY)
        with counted() as count:
            computed(desk, definitions.now("people", TODAY))
            yield Row(f"{name}: its queries", count(), MOST_QUERIES, "", count() <= MOST_QUERIES)
        started = time.perf_counter()
        found = len(all_of(_desk(MANY), definitions.holding(TODAY)))
        taken = time.perf_counter() - started
        yield Row(f"{name}: all {found} indicators of that year at once", taken, 15, "s", taken <= 15)
        db.session.remove()
        db.engine.dispose()


def _seconds(programme_id: int) -> tuple[float, float, Any]:
    """By the clock and of the processor, and the figure."""
    definition, times, busy, figure = definitions.now("people", TODAY), [], [], None
    for _ in range(ROUNDS):
        db.session.remove()
        desk = _desk(programme_id)
        started, idle = time.perf_counter(), time.process_time()
        figure = computed(desk, definition)
        times.append(time.perf_counter() - started)
        busy.append(time.process_time() - idle)
    return statistics.median(times), statistics.median(busy), figure


def _desk(programme_id: int) -> Desk:
    return Desk(asking.of_view(View(db.session.get_one(Programme, programme_id)), 2026, TODAY))


def fill() -> None:
    """Write a programme of 100,000 learners with ten sessions each, and one of a tenth of them."""
    plain = {"demo": False, "created_at": NOW}
    about = {"purpose": "", "region": "001", "languages": ["es"], "starts_on": START, **plain}
    _insert(Programme, [{"id": n, "uid": _uid(), "slug": f"p-{n}", "name": f"P{n}", **about} for n in (MANY, FEW)])
    coop = {"short_name": "", "kind": OrganisationKind.COOPERATIVE, "place": "", "crops": [], **plain}
    _insert(
        Organisation,
        [{"id": n, "uid": _uid(), "name": f"Coop {n}", "region": REGIONS[n % 8], **coop} for n in range(1, COOPS + 1)],
    )
    cohorts, persons, enrolments, sessions = ([] for _ in range(4))  # type: ignore[var-annotated]
    for programme, learners in ((MANY, LEARNERS), (FEW, LEARNERS // 10)):
        for _ in range(learners // PER_COHORT):
            cohort = len(cohorts) + 1
            cohorts.append(_cohort(cohort, programme))
            for number in range(1, HELD + 1):
                sessions.append(_session(len(sessions) + 1, cohort, number))
            for _ in range(PER_COHORT):
                persons.append(_person(len(persons) + 1, plain))
                enrolments.append(_enrolment(len(persons), cohort))
    for model, rows in ((Cohort, cohorts), (Person, persons), (CohortSession, sessions), (Enrolment, enrolments)):
        _insert(model, rows)
    for statement in (_EVENTS, _MARKS):
        db.session.execute(text(statement), {"now": NOW.isoformat(" ")} if statement is _EVENTS else {})
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


_EVENTS = """
INSERT INTO attendance_event (uid, session_id, enrolment_id, mark, reason, supersedes, occurred_at, recorded_at,
                              received_at, device, source, digest)
SELECT s.id || '-' || e.id, s.id, e.id, CASE WHEN (s.id + e.id) % 11 = 0 THEN 'late' ELSE 'present' END, '', '[]',
       CAST(:now AS TIMESTAMP), CAST(:now AS TIMESTAMP), CAST(:now AS TIMESTAMP), '', 'web', ''
FROM cohort_session s JOIN enrolment e ON e.cohort_id = s.cohort_id
"""
_MARKS = """
INSERT INTO attendance_mark (session_id, enrolment_id, event_uid, mark, reason, rivals)
SELECT session_id, enrolment_id, uid, mark, '', '[]' FROM attendance_event
"""


def _cohort(id_: int, programme: int) -> dict[str, Any]:
    return {
        "id": id_, "uid": _uid(), "slug": f"c-{id_}", "name": f"Grupo {id_}", "programme_id": programme,
        "level": list(CohortLevel)[id_ % 3], "state": CohortState.ACTIVE, "region": REGIONS[id_ % 8], "place": "",
        "language": "es", "starts_on": START, "completion": {}, "created_at": NOW,
    }  # fmt: skip


def _person(id_: int, plain: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_, "uid": _uid(), "given_names": f"Persona {id_}", "family_names": "(demo)", "known_as": "",
        "sex": list(Sex)[id_ % 4], "birth_year": 1955 + id_ % 50, "languages": [], "reading": Reading.WELL, **plain,
    }  # fmt: skip


def _enrolment(id_: int, cohort: int) -> dict[str, Any]:
    return {
        "id": id_, "uid": _uid(), "cohort_id": cohort, "person_id": id_, "organisation_id": id_ % COOPS + 1,
        "enrolled_on": START, "state": EnrolmentState.ACTIVE, "state_since": START, "source": "file",
        "created_at": NOW,
    }  # fmt: skip


def _session(id_: int, cohort: int, number: int) -> dict[str, Any]:
    on = START + timedelta(days=14 * number + cohort % 14)
    return {
        "id": id_, "uid": _uid(), "cohort_id": cohort, "number": number, "title": "", "planned_on": on, "held_on": on,
        "planned_minutes": 90, "held_minutes": 80, "place": "", "mode": Mode.IN_PERSON, "state": SessionState.HELD,
    }  # fmt: skip


def _uid() -> str:
    return str(uuid.uuid4())


def _insert(model: type[Any], rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model), rows)
