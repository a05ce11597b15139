"""A cascade of five levels and 5,000 cohorts: the whole picture out of the database, and its places on paper."""

from __future__ import annotations

import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert

from app import create_app
from app.delivery.kinds import CohortLevel, CohortState, EnrolmentState, Mode, SessionState, TeachingRole
from app.delivery.models import (
    Cohort,
    CohortSession,
    CohortTrainer,
    Commitment,
    Enrolment,
    Programme,
    SessionTrainer,
)
from app.delivery.queries import cascade
from app.delivery.rules import cascade_layout
from app.infra import migrations
from app.infra.db import db
from app.people.kinds import OrganisationKind, Reading, Sex
from app.people.models import Organisation, Person
from tests.benchmarks.databases import databases
from tests.benchmarks.rows import Row

WIDTHS = (8, 64, 400, 1_500, 3_028)  # 5,000 cohorts
LEARNERS, SESSIONS, COOPS = 12, 6, 40
NOW, TODAY = datetime(2026, 11, 22, tzinfo=UTC), date(2026, 11, 22)
LEVELS = (CohortLevel.MASTER, CohortLevel.TRAINERS, CohortLevel.CASCADE, CohortLevel.CASCADE, CohortLevel.CASCADE)


def run() -> list[Row]:
    """Measure on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        return [row for name, address in databases(Path(folder)) for row in _on(name, address, folder)]


def _on(name: str, address: str, folder: str) -> Iterator[Row]:
    app = create_app(DATA_DIR=folder, SECRET_KEY="bench", DATABASE_URL=address)
    with app.app_context():
        migrations.upgrade()
        programme_id = fill()
        times, queries = [], 0

        def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            nonlocal queries
            queries += not statement.startswith("BEGIN")

        event.listen(db.engine, "before_cursor_execute", count)
        for _ in range(5):
            db.session.rollback()
            queries, started = 0, time.perf_counter()
            picture = cascade.picture_of([programme_id], TODAY)
            cascade_layout.draw(picture.spots)
            times.append(time.perf_counter() - started)
        found = f"{len(picture.spots):,} cohorts, {picture.enrolments:,} enrolments"
        yield _row(f"{name}: whole cascade of {len(picture.levels)} levels, {found}", statistics.median(times), 1, "s")
        yield _row(f"{name}: its queries", queries, 8, "")
        db.session.remove()
        db.engine.dispose()


def fill() -> int:
    """Write five levels in which people of one cohort teach the next; return the programme's id."""
    plain = {"demo": False, "created_at": NOW}
    programme = {"slug": "bench", "name": "Bench", "purpose": "", "region": "PE", "languages": ["es"]}
    _insert(Programme, [{"id": 1, "uid": _uid(), **programme, "starts_on": TODAY, **plain}])
    coop = {"short_name": "", "kind": OrganisationKind.COOPERATIVE, "region": "PE", "place": "", "crops": []}
    _insert(
        Organisation,
        [{"id": n, "uid": _uid(), "name": f"Cooperativa {n}", **coop, **plain} for n in range(1, COOPS + 1)],
    )
    cohorts, persons, enrolments, trainers, sessions, taught, promises = ([] for _ in range(7))  # type: ignore[var-annotated]
    above: list[int] = []
    for depth, width in enumerate(WIDTHS):
        here = range(len(cohorts) + 1, len(cohorts) + width + 1)
        start = TODAY - timedelta(days=200 * (len(WIDTHS) - depth))
        for place, cohort in enumerate(here):
            parent = above[place % len(above)] if above else None
            cohorts.append(_cohort(cohort, parent, LEVELS[depth], start))
            first = len(enrolments) + 1
            for n in range(first, first + LEARNERS):
                persons.append(_person(n, plain))
                enrolments.append(_enrolment(n, cohort, start))
            if parent is not None:
                by = (parent - 1) * LEARNERS + 1 + place // len(above) % LEARNERS
                trainers.append(
                    {
                        "cohort_id": cohort,
                        "person_id": by,
                        "qualified_by_id": by,
                        "role": TeachingRole.LEAD,
                        "since": start,
                    }
                )
            for number in range(1, SESSIONS + 1):
                sessions.append(_session(len(sessions) + 1, cohort, number, start + timedelta(days=7 * number)))
                if parent is not None:
                    taught.append({"session_id": len(sessions), "person_id": trainers[-1]["person_id"]})
            promises.append(
                {"enrolment_id": first, "cohorts": 1, "people": 12, "by": TODAY, "made_on": start, "note": ""}
            )
        above = list(here)
    rows = (Cohort, cohorts), (Person, persons), (Enrolment, enrolments), (CohortTrainer, trainers)
    for model, made in (*rows, (CohortSession, sessions), (SessionTrainer, taught), (Commitment, promises)):
        _insert(model, made)
    db.session.commit()
    return 1


def _cohort(id_: int, parent: int | None, level: CohortLevel, start: date) -> dict[str, Any]:
    return {
        "id": id_, "uid": _uid(), "slug": f"c-{id_}", "name": f"Grupo {id_}", "programme_id": 1, "parent_id": parent,
        "level": level, "state": CohortState.ACTIVE, "region": "PE", "place": "", "language": "es",
        "starts_on": start, "completion": {}, "created_at": NOW,
    }  # fmt: skip


def _person(id_: int, plain: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_, "uid": _uid(), "given_names": f"Persona {id_}", "family_names": "(demo)", "known_as": "",
        "sex": list(Sex)[id_ % 2], "birth_year": 1955 + id_ % 50, "languages": [], "reading": Reading.WELL, **plain,
    }  # fmt: skip


def _enrolment(id_: int, cohort: int, start: date) -> dict[str, Any]:
    state = EnrolmentState.COMPLETED if id_ % 3 else EnrolmentState.ACTIVE
    return {
        "id": id_, "uid": _uid(), "cohort_id": cohort, "person_id": id_, "organisation_id": id_ % COOPS + 1,
        "enrolled_on": start, "state": state, "state_since": start + timedelta(days=60), "source": "file",
        "created_at": NOW,
    }  # fmt: skip


def _session(id_: int, cohort: int, number: int, on: date) -> dict[str, Any]:
    return {
        "id": id_, "uid": _uid(), "cohort_id": cohort, "number": number, "title": "", "planned_on": on, "held_on": on,
        "planned_minutes": 90, "held_minutes": 80, "place": "", "mode": Mode.IN_PERSON, "state": SessionState.HELD,
    }  # fmt: skip


def _uid() -> str:
    return str(uuid.uuid4())


def _insert(model: type[Any], rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model), rows)


def _row(case: str, measured: float, limit: float, unit: str) -> Row:
    return Row(case, measured, limit, unit, measured <= limit)
