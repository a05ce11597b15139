"""Reading who stayed and who left, of a cohort or a programme: curves, states by date, desertion with its denominator.

Figures only: no names leave here. Four queries, whatever the number of people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select

from app.delivery.kinds import EnrolmentState, SessionState
from app.delivery.models import (
    AttendanceMark,
    Cohort,
    CohortSession,
    Enrolment,
    EnrolmentChange,
    Programme,
    VerifiedDesertion,
)
from app.delivery.rules import retention as rules
from app.delivery.rules.cascade_figures import Part, Share, broken_down
from app.delivery.rules.cohorts import DOUBLED
from app.delivery.rules.retention import Change, Curve, Stay
from app.delivery.rules.risk import ATTENDED
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import Born, age_on
from app.validation.rules.persons import AGE_GROUPS

from . import scopes
from .cohorts import not_doubled


@dataclass(frozen=True, slots=True)
class Listed:
    """An enrolment with all that became of it. Groups are sex, age (at enrolment) and organisation."""

    id: int
    cohort: int
    person: int
    enrolled_on: date
    changes: Sequence[Change]
    stay: Stay
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Desertion:
    """How many left without a word, out of all people ever enrolled, each counted once by how they stand last.

    `verified` is out of those who deserted; `came_back` out of the people who ever left, those who enrolled again.
    """

    on: date
    deserted: Share
    verified: Share
    withdrew: Share
    came_back: Share
    by_reason: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """What a page or report on retention shows."""

    curve: Curve
    by_sex: tuple[Curve, ...]
    by_age: tuple[Curve, ...]
    by_organisation: tuple[Curve, ...]
    standing: Counter[EnrolmentState]
    desertion: Desertion


def of_programme(actor: Actor, programme: Programme, today: date) -> Retention:
    """Retention in a programme, for those who may see its figures."""
    check(actor, Permission.SEE_FIGURES, scopes.of_programme(programme))
    return retention(listed(Cohort.programme_id == programme.id, today), today)


def of_cohort(actor: Actor, cohort: Cohort, today: date) -> Retention:
    """Retention in one cohort, for those who may see it."""
    check(actor, Permission.SEE_COHORT, scopes.of_cohort(cohort))
    return retention(listed(Cohort.id == cohort.id, today), today)


def retention(rows: Sequence[Listed], today: date) -> Retention:
    """What follows from these enrolments, as known on a day."""
    stays = [row.stay for row in rows]
    return Retention(
        curve=rules.curve(stays),
        by_sex=rules.curves(stays, "sex"),
        by_age=rules.curves(stays, "age"),
        by_organisation=rules.curves(stays, "organisation"),
        standing=rules.standing([(row.enrolled_on, row.changes) for row in rows], today),
        desertion=desertion(rows, today),
    )


def desertion(rows: Sequence[Listed], today: date) -> Desertion:
    """Who left without a word by a day, out of all who were enrolled by then."""
    by_person: dict[int, list[tuple[Listed, EnrolmentState]]] = {}
    for row in sorted(rows, key=lambda row: (row.enrolled_on, row.id)):
        state = rules.state_on(row.enrolled_on, row.changes, today)
        if state is not None:
            by_person.setdefault(row.person, []).append((row, state))
    last = [held[-1] for held in by_person.values()]
    gone = [row for row, state in last if state is EnrolmentState.DESERTED]
    withdrew = sum(1 for _, state in last if state is EnrolmentState.WITHDRAWN)
    ever = [held for held in by_person.values() if any(state in rules.LEFT for _, state in held)]
    back = sum(1 for held in ever if held[-1][1] not in rules.LEFT)
    return Desertion(
        on=today,
        deserted=Share(len(gone), len(last)),
        verified=Share(sum(row.is_verified for row in gone), len(gone)),
        withdrew=Share(withdrew, len(last)),
        came_back=Share(back, len(ever)),
        by_reason=broken_down(Counter(row.stay.reason for row in gone)),
    )


def listed(where: ColumnElement[bool], today: date) -> list[Listed]:
    """The enrolments in some cohorts up to a day, with what became of each; unchecked.

    Those that were a second record of somebody are not among them; who came by such a one came by their own.
    """
    rows = db.session.execute(
        select(
            Enrolment.id, Enrolment.cohort_id, Enrolment.person_id, Enrolment.enrolled_on, Person.sex,
            Person.birth_date, Person.birth_year, Person.age_told, Person.age_told_on, Organisation.name,
            VerifiedDesertion.id.label("verified"),
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .outerjoin(VerifiedDesertion, VerifiedDesertion.enrolment_id == Enrolment.id)
        .where(where, Enrolment.enrolled_on <= today, not_doubled())
        .order_by(Enrolment.id)
    ).all()  # fmt: skip
    held, changes, attended = _held(where, today), _changes(where, today), _attended(where, today)
    found = []
    for row in rows:
        born = Born(row.birth_date, row.birth_year, row.age_told, row.age_told_on)
        groups = {
            "sex": row.sex.value,
            "age": _AGES.get(age_on(born, row.enrolled_on), ""),
            "organisation": row.name or "",
        }
        own = changes.get(row.id, [])
        came = [*attended.by_enrolment.get(row.id, ()), *attended.by_double.get((row.cohort_id, row.person_id), ())]
        stay = rules.stay(row.enrolled_on, own, held.get(row.cohort_id, ()), came, groups)
        found.append(
            Listed(row.id, row.cohort_id, row.person_id, row.enrolled_on, own, stay, row.verified is not None)
        )  # fmt: skip
    return found


_AGES: dict[int | None, str] = {age: name for low, high, name in AGE_GROUPS for age in range(low, high + 1)}


def _held(where: ColumnElement[bool], today: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for cohort_id, on in db.session.execute(
        select(CohortSession.cohort_id, CohortSession.held_on)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(where, CohortSession.state == SessionState.HELD, CohortSession.held_on <= today)
        .order_by(CohortSession.held_on, CohortSession.number)
    ):
        if on is not None:
            found.setdefault(cohort_id, []).append(on)
    return found


def _changes(where: ColumnElement[bool], today: date) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = {}
    for enrolment_id, on, state, reason in db.session.execute(
        select(EnrolmentChange.enrolment_id, EnrolmentChange.on_date, EnrolmentChange.state, EnrolmentChange.reason)
        .join(Enrolment, Enrolment.id == EnrolmentChange.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(where, EnrolmentChange.on_date <= today)
        .order_by(EnrolmentChange.id)
    ):
        found.setdefault(enrolment_id, []).append(Change(on, state, reason))
    return found


@dataclass(slots=True)
class _Attended:
    """The days on which somebody came, by enrolment; by cohort and person where it was a second record of them."""

    by_enrolment: dict[int, list[date]] = field(default_factory=dict)
    by_double: dict[tuple[int, int], list[date]] = field(default_factory=dict)


def _attended(where: ColumnElement[bool], today: date) -> _Attended:
    found = _Attended()
    for enrolment_id, cohort_id, person_id, reason, on in db.session.execute(
        select(Enrolment.id, Enrolment.cohort_id, Enrolment.person_id, Enrolment.reason, CohortSession.held_on)
        .join(AttendanceMark, AttendanceMark.enrolment_id == Enrolment.id)
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(
            where,
            CohortSession.state == SessionState.HELD,
            CohortSession.held_on <= today,
            AttendanceMark.mark.in_(ATTENDED),
        )
        .order_by(CohortSession.held_on)
    ):
        if on is not None and reason == DOUBLED:
            found.by_double.setdefault((cohort_id, person_id), []).append(on)
        elif on is not None:
            found.by_enrolment.setdefault(enrolment_id, []).append(on)
    return found
