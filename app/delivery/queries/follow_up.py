"""Reading meetings, contacts and agreements of many enrolments at once: one query each, whatever their number.

`Chosen` is a selection of enrolment ids; whoever makes one has asked permission. Who is at risk is in risk.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, select

from app.delivery.kinds import CohortState, SessionState
from app.delivery.models import (
    AttendanceMark,
    Cohort,
    CohortSession,
    CohortTrainer,
    Enrolment,
    FollowUpContact,
    Intervention,
    InterventionResult,
    Programme,
    VerifiedDesertion,
)
from app.delivery.rules import follow_up as rules
from app.delivery.rules.cohorts import OPEN
from app.delivery.rules.follow_up import Contact, Since, Worked
from app.delivery.rules.risk import ATTENDED, Meeting
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import Actor, Permission, allows, check
from app.people.queries import persons

from . import scopes

Chosen: TypeAlias = Select[int]
MOST_AT_ONCE = 3_000  # people for whom a page reckons who is at risk; more are asked for by cohort


def of_cohort(actor: Actor, cohort: Cohort) -> Chosen:
    """Every enrolment of a cohort, for those who may see its people."""
    check(actor, Permission.SEE_PEOPLE, scopes.of_cohort(cohort))
    return select(Enrolment.id).where(Enrolment.cohort_id == cohort.id)


def of_programme(actor: Actor, programme: Programme) -> Chosen:
    """The enrolments of a programme whose people the actor may see."""
    return visible(actor, Cohort.programme_id == programme.id)


def mine(actor: Actor) -> Chosen:
    """The enrolments in the cohorts that the actor teaches now."""
    taught = select(CohortTrainer.cohort_id).where(
        CohortTrainer.person_id == actor.person_id, CohortTrainer.until.is_(None)
    )
    return visible(actor, Cohort.id.in_(taught))


def one(enrolment: Enrolment) -> Chosen:
    """This enrolment alone; whoever asks has checked its cohort."""
    return select(Enrolment.id).where(Enrolment.id == enrolment.id)


def visible(actor: Actor, *where: ColumnElement[bool]) -> Chosen:
    """The enrolments in cohorts, and of persons, that the actor may see."""
    return (
        select(Enrolment.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            scopes.cohorts_visible(actor, Permission.SEE_PEOPLE), persons.visible(actor, Permission.SEE_PEOPLE), *where
        )
    )


def readable(actor: Actor, chosen: Chosen) -> frozenset[str]:
    """The short names of the cohorts in which the actor may write contacts, and so reads their words; one query."""
    return frozenset(
        db.session.scalars(
            select(Cohort.slug).where(
                scopes.cohorts_visible(actor, Permission.TEACH),
                Cohort.id.in_(select(Enrolment.cohort_id).where(Enrolment.id.in_(chosen))),
            )
        )
    )


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How many cohorts somebody teaches or coordinates that are under way, and how many people are in them."""

    cohorts: int
    enrolled: int


def under_way(actor: Actor) -> UnderWay:
    """The size of what the actor teaches or coordinates, before anything is reckoned for all of it."""
    cohorts, enrolled = db.session.execute(
        select(func.count(func.distinct(Cohort.id)), func.count(Enrolment.id))
        .outerjoin(Enrolment, and_(Enrolment.cohort_id == Cohort.id, Enrolment.state.in_(OPEN)))
        .where(scopes.cohorts_visible(actor, Permission.TEACH), Cohort.state == CohortState.ACTIVE)
    ).one()
    return UnderWay(cohorts, enrolled)


def contact(actor: Actor, uid: str) -> FollowUpContact:
    """A contact by its uid, for those who may see the people of its cohort."""
    found = db.session.scalar(select(FollowUpContact).where(FollowUpContact.uid == uid))
    if found is None or not _may_see(actor, found.enrolment_id):
        raise rules.NoSuchContact
    return found


def intervention(actor: Actor, uid: str) -> Intervention:
    """An agreement by its uid, for those who may see the people of its cohort."""
    found = db.session.scalar(select(Intervention).where(Intervention.uid == uid))
    if found is None or not _may_see(actor, found.enrolment_id):
        raise rules.NoSuchContact
    return found


def _may_see(actor: Actor, enrolment_id: int) -> bool:
    enrolment = db.session.get_one(Enrolment, enrolment_id)
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    return allows(actor, Permission.SEE_PEOPLE, scopes.of_cohort(cohort))


def enrolment(cohort: Cohort, enrolment_id: int) -> Enrolment:
    """An enrolment of this cohort by its number; unchecked beyond that."""
    found = db.session.get(Enrolment, enrolment_id)
    if found is None or found.cohort_id != cohort.id:
        raise rules.NoSuchEnrolment
    return found


def meetings(chosen: Chosen) -> dict[int, list[Meeting]]:
    """The held sessions of each enrolment from its first day on, in order, with the mark that holds."""
    rows = db.session.execute(
        select(Enrolment.id, CohortSession.held_on, AttendanceMark.mark)
        .join(CohortSession, CohortSession.cohort_id == Enrolment.cohort_id)
        .outerjoin(
            AttendanceMark,
            and_(AttendanceMark.session_id == CohortSession.id, AttendanceMark.enrolment_id == Enrolment.id),
        )
        .where(
            Enrolment.id.in_(chosen),
            CohortSession.state == SessionState.HELD,
            CohortSession.held_on >= Enrolment.enrolled_on,
        )
        .order_by(CohortSession.held_on, CohortSession.number)
    )
    found: dict[int, list[Meeting]] = {}
    for enrolment_id, on, mark in rows:
        if on is not None:
            found.setdefault(enrolment_id, []).append(Meeting(on, mark))
    return found


def contacts(chosen: Chosen) -> dict[int, list[FollowUpContact]]:
    """The contacts with each, newest first."""
    found: dict[int, list[FollowUpContact]] = {}
    for one in db.session.scalars(
        select(FollowUpContact)
        .where(FollowUpContact.enrolment_id.in_(chosen))
        .order_by(FollowUpContact.on_date.desc(), FollowUpContact.id.desc())
    ):
        found.setdefault(one.enrolment_id, []).append(one)
    return found


def open_interventions(chosen: Chosen) -> dict[int, list[Intervention]]:
    """What was agreed with each and of which nobody has told the result yet, by the day it is due."""
    told = select(InterventionResult.id).where(InterventionResult.intervention_id == Intervention.id).exists()
    found: dict[int, list[Intervention]] = {}
    for one in db.session.scalars(
        select(Intervention)
        .where(Intervention.enrolment_id.in_(chosen), ~told)
        .order_by(Intervention.due_on, Intervention.id)
    ):
        found.setdefault(one.enrolment_id, []).append(one)
    return found


def interventions(
    chosen: Chosen, today: date
) -> list[tuple[Intervention, InterventionResult | None, tuple[Since, ...]]]:
    """Everything agreed, newest first, with the result last told and with what happened after 14 and 30 days."""
    agreed = db.session.scalars(
        select(Intervention)
        .where(Intervention.enrolment_id.in_(chosen))
        .order_by(Intervention.opened_on.desc(), Intervention.id.desc())
    ).all()
    results = db.session.scalars(
        select(InterventionResult)
        .join(Intervention, Intervention.id == InterventionResult.intervention_id)
        .where(Intervention.enrolment_id.in_(chosen))
        .order_by(InterventionResult.id)
    )
    told = {one.intervention_id: one for one in results}
    met = meetings(chosen)
    return [(one, told.get(one.id), rules.since(one.opened_on, met.get(one.enrolment_id, ()), today)) for one in agreed]


def what_worked(chosen: Chosen, within: int = rules.WITHIN_SESSIONS) -> tuple[Worked, ...]:
    """Of those who were away when they were sought out, how many came back within so many sessions, by way."""
    made = [
        Contact(one.enrolment_id, one.way, one.reached, one.on_date)
        for rows in contacts(chosen).values()
        for one in rows
    ]
    return rules.what_worked(made, meetings(chosen), within)


def last_attended(enrolment: Enrolment) -> date | None:
    """The day of the last session that somebody came to."""
    met = meetings(one(enrolment)).get(enrolment.id, [])
    return max((held.on for held in met if held.mark in ATTENDED), default=None)


def verified(chosen: Chosen) -> frozenset[int]:
    """The enrolments whose desertion a contact has shown."""
    return frozenset(
        db.session.scalars(select(VerifiedDesertion.enrolment_id).where(VerifiedDesertion.enrolment_id.in_(chosen)))
    )
