"""Enrolling somebody who is not written down yet, moving them to another cohort, taking them in again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.delivery.kinds import EnrolmentState
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import cohorts as cohort_queries
from app.delivery.queries import scopes
from app.delivery.rules import cohorts as rules
from app.infra import clock
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.actions import consents, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, ConsentHow, ConsentPurpose, ContactKind
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons as person_queries

from . import cohorts


@dataclass(frozen=True, slots=True)
class Agreed:
    """How somebody, or their guardian, agreed that a record of their training is kept, and in which language."""

    how: ConsentHow
    language: str
    guardian: str = ""
    guardian_tie: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who comes into a cohort and is not written down yet. `agreed` is None while nobody has asked them."""

    details: PersonDetails
    organisation: Organisation | None = None
    capacity: Capacity = Capacity.MEMBER
    phone: str = ""
    agreed: Agreed | None = field(default=None)


@transactional
def enrol_new(actor: Actor, cohort: Cohort, newcomer: Newcomer, on: date) -> Enrolment:
    """Write somebody down and put them on a cohort's list, with their telephone and what they agreed to."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    person = persons.put_person(actor, newcomer.details, newcomer.organisation, capacity=newcomer.capacity)
    if newcomer.phone.strip():
        persons.put_contact(actor, person, ContactKind.PHONE, newcomer.phone)
    if newcomer.agreed is not None:
        consents.put_agreement(
            actor, person, ConsentPurpose.TRAINING_RECORD, newcomer.agreed.how, language=newcomer.agreed.language,
            on=min(on, clock.now().date()), guardian=newcomer.agreed.guardian,
            guardian_tie=newcomer.agreed.guardian_tie,
        )  # fmt: skip
    return cohorts.put_on_list(actor, cohort, person, on, organisation=newcomer.organisation)


@transactional
def enrol_known(
    actor: Actor, cohort: Cohort, person: Person, on: date, organisation: Organisation | None = None
) -> Enrolment:
    """Put somebody on the list whom the actor sees elsewhere."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    check(actor, Permission.SEE_PEOPLE, person_queries.scopes_of([person.id])[person.id])
    return cohorts.put_on_list(actor, cohort, person, on, organisation=organisation)


@transactional
def move(
    actor: Actor, enrolment: Enrolment, to: Cohort, on: date, *, reason: str, note: str = ""
) -> Enrolment:  # fmt: skip
    """End an enrolment because somebody goes on in another cohort, and enrol them there; the new one names the old."""
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(to))
    if to.id == enrolment.cohort_id:
        raise rules.SameCohort
    cohort_queries.hold(to, db.session.get_one(Cohort, enrolment.cohort_id))
    cohorts.change_enrolment(actor, enrolment, EnrolmentState.TRANSFERRED, on, reason=reason, note=note)
    return _again(actor, enrolment, to, on, source="transfer")


@transactional
def take_in_again(actor: Actor, enrolment: Enrolment, on: date) -> Enrolment:
    """Enrol somebody anew who left this cohort; the new enrolment names the old, which stays as it was."""
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    if enrolment.state in rules.OPEN:
        raise rules.StillEnrolled
    if on < enrolment.state_since:
        raise rules.BeforeEnrolled(name=_person(enrolment).name, day=enrolment.state_since.isoformat())
    return _again(actor, enrolment, cohort, on, source="form")


def _again(actor: Actor, enrolment: Enrolment, cohort: Cohort, on: date, source: str) -> Enrolment:
    sent_by = db.session.get(Organisation, enrolment.organisation_id) if enrolment.organisation_id else None
    return cohorts.put_on_list(
        actor, cohort, _person(enrolment), on, organisation=sent_by, source=source, previous=enrolment
    )  # fmt: skip


def _person(enrolment: Enrolment) -> Person:
    return person_queries.standing_for(db.session.get_one(Person, enrolment.person_id))
