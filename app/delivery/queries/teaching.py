"""Reading who teaches a cohort, by what they are qualified, and who might. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.delivery.kinds import CohortLevel, EnrolmentState, SessionState
from app.delivery.models import Cohort, CohortSession, CohortTrainer, Enrolment, Programme, SessionTrainer
from app.delivery.rules import licences as rules
from app.delivery.rules.cohorts import OPEN
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.models import Person
from app.people.queries.persons import by_name

from . import licences

TRAINED = (*OPEN, EnrolmentState.COMPLETED)


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who teaches or taught a cohort. `licensed_until` is the last day of a licence that lets them lead it;
    `despite` says why they led it without one.
    """

    held: CohortTrainer
    person: Person
    qualified_in: Cohort | None
    licensed_until: date | None
    despite: str
    sessions: int


def of_cohort(cohort: Cohort, programme: Programme, today: date) -> list[Teacher]:
    """Those who teach a cohort, then those who taught it, by name; four queries."""
    rows = db.session.execute(
        select(CohortTrainer, Person, Cohort)
        .join(Person, Person.id == CohortTrainer.person_id)
        .outerjoin(Enrolment, Enrolment.id == CohortTrainer.qualified_by_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(CohortTrainer.cohort_id == cohort.id)
        .order_by(CohortTrainer.until.is_not(None), Person.family_names, Person.given_names, Person.id)
    ).all()
    ids = [row[1].id for row in rows]
    until, taught, reasons = _licensed(ids, programme, cohort.level, today), _taught(cohort), _reasons(cohort)
    return [
        Teacher(held, person, above, until.get(person.id), reasons.get(person.id, ""), taught.get(person.id, 0))
        for held, person, above in rows
    ]


def licensed_until(person: Person, programme: Programme, level: CohortLevel, today: date) -> date | None:
    """The last day of a licence that lets somebody lead a cohort of this level today."""
    return _licensed([person.id], programme, level, today).get(person.id)


def _licensed(
    ids: Sequence[int], programme: Programme, level: CohortLevel, today: date
) -> dict[int, date]:  # fmt: skip
    return {
        id_: max(one.valid_until for one in good)
        for id_, held in licences.of_persons(ids, programme).items()
        if (good := [one for one in held if rules.may_teach([licences.held(one)], level, today)])
    }


def _taught(cohort: Cohort) -> dict[int, int]:
    counted = (
        select(SessionTrainer.person_id, func.count())
        .join(CohortSession, CohortSession.id == SessionTrainer.session_id)
        .where(CohortSession.cohort_id == cohort.id, CohortSession.state == SessionState.HELD)
        .group_by(SessionTrainer.person_id)
    )
    return dict(db.session.execute(counted).all())


def _reasons(cohort: Cohort) -> dict[int, str]:
    """Why somebody leads without a licence, as it was last said."""
    entries = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == "cohort",
            AuditEntry.subject_id == str(cohort.id),
            AuditEntry.action == "cohort.trainer",
        )
        .order_by(AuditEntry.id)
    )
    return {int(one.details["person"]): str(one.details.get("despite", "")) for one in entries}


def trained_above(cohort: Cohort) -> list[tuple[Enrolment, Person]]:
    """Those who are or were trained in the cohort above this one and do not teach here, by name."""
    if cohort.parent_id is None:
        return []
    teaching = select(CohortTrainer.person_id).where(
        CohortTrainer.cohort_id == cohort.id, CohortTrainer.until.is_(None)
    )  # fmt: skip
    rows = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.cohort_id == cohort.parent_id,
            Enrolment.state.in_(TRAINED),
            Person.id.not_in(teaching),
            Person.erased_at.is_(None),
        )
        .order_by(*by_name(), Enrolment.id)
    )
    return [(enrolment, person) for enrolment, person in rows]
