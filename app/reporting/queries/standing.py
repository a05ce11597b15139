"""How the people of a programme stand at the end of a period: who completed, who deserted, who came back. Unchecked.

The same law as in delivery's retention, each person once by how they stand last, without reading who attended what.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from app.delivery.kinds import EnrolmentState
from app.delivery.models import Cohort, Enrolment, EnrolmentChange
from app.delivery.queries import cohorts
from app.delivery.rules import retention as rules
from app.delivery.rules.retention import Change
from app.infra.db import db

from .asking import Question


@dataclass(slots=True)
class Standing:
    """People by id: all ever enrolled, and of them those who completed, deserted, ever left, and came back."""

    people: set[int] = field(default_factory=set)
    completed: set[int] = field(default_factory=set)
    deserted: set[int] = field(default_factory=set)
    ever_left: set[int] = field(default_factory=set)
    back: set[int] = field(default_factory=set)


def standing(question: Question) -> Standing:
    """Read it in two queries."""
    until = question.until
    where = [Cohort.programme_id.in_(question.ids), Enrolment.enrolled_on <= until, cohorts.not_doubled()]
    if question.organisations is not None:
        where.append(Enrolment.organisation_id.in_(question.organisations))
    changes: dict[int, list[Change]] = {}
    for enrolment, on, state, reason in db.session.execute(
        select(EnrolmentChange.enrolment_id, EnrolmentChange.on_date, EnrolmentChange.state, EnrolmentChange.reason)
        .join(Enrolment, Enrolment.id == EnrolmentChange.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*where, EnrolmentChange.on_date <= until)
        .order_by(EnrolmentChange.id)
    ):
        changes.setdefault(enrolment, []).append(Change(on, state, reason))
    last: dict[int, EnrolmentState] = {}
    found = Standing()
    for enrolment, person, enrolled_on in db.session.execute(
        select(Enrolment.id, Enrolment.person_id, Enrolment.enrolled_on)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*where)
        .order_by(Enrolment.enrolled_on, Enrolment.id)
    ):
        own = changes.get(enrolment)
        state = (rules.state_on(enrolled_on, own, until) if own else None) or EnrolmentState.ACTIVE
        last[person] = state
        if state in rules.LEFT:
            found.ever_left.add(person)
    found.people = set(last)
    found.completed = {person for person, state in last.items() if state is EnrolmentState.COMPLETED}
    found.deserted = {person for person, state in last.items() if state is EnrolmentState.DESERTED}
    found.back = {person for person in found.ever_left if last[person] not in rules.LEFT}
    return found
