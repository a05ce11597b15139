"""Reading a cascade from the database in eight queries, whatever its size. What follows from it is rules/cascade.py's.

Sums are put together here and not by joining them in SQL: right after a large import, before the database has counted
its rows, such a join was measured to take minutes. For the same reason who taught is not asked by the session's state:
PostgreSQL then takes the held sessions for a handful, goes through all cohorts for each, and needs seven seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import String, func, select, type_coerce

from app.delivery.kinds import SessionState
from app.delivery.models import (
    Cohort,
    CohortSession,
    CohortTrainer,
    Commitment,
    Enrolment,
    Programme,
    SessionTrainer,
    TrainerObservation,
)
from app.delivery.rules import cascade as rules
from app.delivery.rules import observing
from app.delivery.rules.cascade_records import Edge, Group, Learner, Picture, Promise, Told
from app.delivery.rules.cohorts import DOUBLED
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import Born, age_on
from app.validation.rules.persons import AGE_GROUPS

from . import scopes, tested


def picture(actor: Actor, programme: Programme, today: date, told: Told | None = None) -> Picture:
    """The cascade of a programme, for those who may see its figures, with what the layer above tells of tests."""
    check(actor, Permission.SEE_FIGURES, scopes.of_programme(programme))
    return picture_of([programme.id], today, told or Told(tested.of_cohorts([programme.id])))


def picture_of(programme_ids: Sequence[int], today: date, told: Told | None = None) -> Picture:
    """The cascade of some programmes as one, unchecked."""
    told = told or Told()
    if not told.ratings:
        told = Told(told.tests, _ratings(programme_ids))
    teaching = _teaching(programme_ids)
    return rules.picture(
        _groups(programme_ids, teaching.together),
        _learners(programme_ids),
        _edges(programme_ids, teaching.days),
        _promises(programme_ids),
        today,
        told,
    )


def _groups(programme_ids: Sequence[int], together: Mapping[int, int]) -> list[Group]:
    """The cohorts with their sessions added up; `together` says in how many of them several people taught."""
    cohorts = db.session.connection().execute(
        select(
            Cohort.id,
            Cohort.name,
            type_coerce(Cohort.level, String),
            type_coerce(Cohort.state, String),
            Cohort.parent_id,
            Cohort.starts_on,
        )
        .where(Cohort.programme_id.in_(programme_ids))
        .order_by(Cohort.id)
    )
    held: dict[int, tuple[Any, ...]] = {
        row[0]: tuple(row[1:])
        for row in db.session.connection().execute(
            select(
                CohortSession.cohort_id,
                func.count(),
                func.min(CohortSession.held_on),
                func.max(CohortSession.held_on),
                func.coalesce(func.sum(CohortSession.planned_minutes), 0),
                func.coalesce(func.sum(func.coalesce(CohortSession.held_minutes, CohortSession.planned_minutes)), 0),
            )
            .join(Cohort, Cohort.id == CohortSession.cohort_id)
            .where(Cohort.programme_id.in_(programme_ids), CohortSession.state == SessionState.HELD)
            .group_by(CohortSession.cohort_id)
        )
    }
    nothing: tuple[Any, ...] = (0, None, None, 0, 0)
    found = []
    for row in cohorts:
        count, first, last, planned, minutes = held.get(row[0], nothing)
        alone = count - together.get(row[0], 0)
        found.append(
            Group(
                *row,
                held=count,
                first_held=first,
                last_held=last,
                planned_minutes=planned,
                held_minutes=minutes,
                alone=alone,
            )
        )
    return found


def _learners(programme_ids: Sequence[int]) -> list[Learner]:
    rows = db.session.connection().execute(
        select(
            Enrolment.id,
            Enrolment.cohort_id,
            Enrolment.person_id,
            type_coerce(Enrolment.state, String),
            Enrolment.state_since,
            type_coerce(Person.sex, String),
            Enrolment.organisation_id,
            Enrolment.enrolled_on,
            Person.birth_date,
            Person.birth_year,
            Person.age_told,
            Person.age_told_on,
            Enrolment.reason,
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Cohort.programme_id.in_(programme_ids))
        .order_by(Enrolment.id)
    )
    names = dict(
        db.session.execute(
            select(Organisation.id, Organisation.name).where(
                Organisation.id.in_(
                    select(Enrolment.organisation_id)
                    .join(Cohort, Cohort.id == Enrolment.cohort_id)
                    .where(Cohort.programme_id.in_(programme_ids))
                )
            )
        ).all()
    )
    return [_learner(row, names) for row in rows.all()]


def _learner(row: Any, names: dict[int, str]) -> Learner:
    id_, cohort, person, state, since, sex, organisation, enrolled_on, on, year, told, told_on, reason = row
    age = (
        enrolled_on.year - year
        if on is None and year is not None
        else age_on(Born(on, year, told, told_on), enrolled_on)
    )
    name, is_doubled = names.get(organisation, ""), reason == DOUBLED
    return Learner(id_, cohort, person, state, since, sex, _AGES.get(age, ""), name, is_doubled)


_AGES: dict[int | None, str] = {age: name for low, high, name in AGE_GROUPS for age in range(low, high + 1)}


@dataclass(slots=True)
class _Teaching:
    """First and last day on which each person taught each cohort, and how many sessions several taught together."""

    days: dict[tuple[int, int], tuple[date, date]] = field(default_factory=dict)
    together: Counter[int] = field(default_factory=Counter)


def _teaching(programme_ids: Sequence[int]) -> _Teaching:
    found = _Teaching()
    before = None
    several = False
    for session_id, cohort_id, state, on, person_id in db.session.connection().execute(
        select(
            CohortSession.id,
            CohortSession.cohort_id,
            type_coerce(CohortSession.state, String),
            CohortSession.held_on,
            SessionTrainer.person_id,
        )
        .join(CohortSession, CohortSession.id == SessionTrainer.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(Cohort.programme_id.in_(programme_ids))
        .order_by(CohortSession.id, SessionTrainer.person_id)
    ):
        if state != SessionState.HELD or on is None:
            continue
        first, last = found.days.get((cohort_id, person_id), (on, on))
        found.days[cohort_id, person_id] = (min(first, on), max(last, on))
        if session_id != before:
            before, several = session_id, False
        elif not several:
            several = True
            found.together[cohort_id] += 1
    return found


def _edges(programme_ids: Sequence[int], taught: Mapping[tuple[int, int], tuple[date, date]]) -> list[Edge]:
    rows = db.session.connection().execute(
        select(CohortTrainer.cohort_id, CohortTrainer.person_id, CohortTrainer.qualified_by_id)
        .join(Cohort, Cohort.id == CohortTrainer.cohort_id)
        .where(Cohort.programme_id.in_(programme_ids))
        .order_by(CohortTrainer.id)
    )
    return [Edge(*row, *taught.get((row[0], row[1]), (None, None))) for row in rows]


def _promises(programme_ids: Sequence[int]) -> list[Promise]:
    rows = db.session.execute(
        select(Commitment.enrolment_id, Commitment.cohorts, Commitment.people)
        .join(Enrolment, Enrolment.id == Commitment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id.in_(programme_ids))
        .order_by(Commitment.id)
    )
    return [Promise(*row) for row in rows]


def _ratings(programme_ids: Sequence[int]) -> dict[int, tuple[float, int]]:
    rows = db.session.execute(
        select(TrainerObservation.cohort_id, TrainerObservation.scores)
        .join(Cohort, Cohort.id == TrainerObservation.cohort_id)
        .where(Cohort.programme_id.in_(programme_ids))
        .order_by(TrainerObservation.id)
    )
    found: dict[int, tuple[float, int]] = {}
    for cohort_id, scores in rows:
        total, count = found.get(cohort_id, (0.0, 0))
        found[cohort_id] = (total + observing.rating(scores), count + 1)
    return found
