"""Writing persons down, where they belong, how they are reached, and what they agreed to.

Merging, erasing and cards are in modules of their own.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.kinds import Capacity, ConsentHow, ConsentPurpose, ContactKind, Reading, Sex
from app.people.models import Affiliation, Consent, ContactPoint, Organisation, Person, PersonContact
from app.people.permissions import Actor, Permission, Scope, allows, check
from app.people.queries import organisations
from app.people.queries import persons as queries
from app.people.rules import accounts
from app.people.rules import persons as rules
from app.people.rules.organisations import check_left
from app.people.rules.persons import Born

from . import keys


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What a person tells us of themselves; a form's draft, checked when it is saved."""

    given_names: str
    family_names: str = ""
    known_as: str = ""
    sex: Sex = Sex.NOT_STATED
    born: Born = field(default_factory=Born)
    languages: tuple[str, ...] = ()
    reading: Reading = Reading.NOT_STATED
    document_kind: str = ""
    document_number: str = ""
    region: str = ""
    place: str = ""


@transactional
def create_person(
    actor: Actor, details: PersonDetails, organisation: Organisation | None = None,
    *, within: Scope | None = None, capacity: Capacity = Capacity.MEMBER, demo: bool = False,
) -> Person:  # fmt: skip
    """Write somebody down, of an organisation, or `within` what the same action puts them in. Without that, whoever
    writes them down must be able to find them again.
    """
    check(actor, Permission.MANAGE_PEOPLE, within or _of(organisation))
    made = put_person(actor, details, organisation, capacity=capacity, demo=demo)
    if within is None:
        _check_reach(actor, made)
    return made


def put_person(
    actor: Actor, details: PersonDetails, organisation: Organisation | None = None,
    *, capacity: Capacity = Capacity.MEMBER, demo: bool = False,
) -> Person:  # fmt: skip
    """Write somebody down within an action that has checked why it may."""
    made = Person(uid=str(uuid.uuid4()), demo=demo, created_at=clock.now(), created_by_id=actor.account_id)
    _describe(made, details)
    db.session.add(made)
    db.session.flush()
    if organisation is not None:
        db.session.add(Affiliation(person_id=made.id, organisation_id=organisation.id, capacity=capacity))
        db.session.flush()
    keys.keep([made])
    record(actor.account_id, "person.made", made)
    return made


@transactional
def change_person(actor: Actor, person: Person, details: PersonDetails) -> None:
    """Change what is written of somebody, who stays within the actor's reach."""
    _check(actor, person)
    put_details(actor, person, details)
    _check_reach(actor, person)


def put_details(actor: Actor, person: Person, details: PersonDetails) -> None:
    """Change what is written of somebody within an action that has checked why it may."""
    _describe(person, details)
    keys.keep([person])
    record(actor.account_id, "person.changed", person)


@transactional
def affiliate(
    actor: Actor, person: Person, organisation: Organisation, capacity: Capacity, *, since: date | None = None
) -> Affiliation:
    """Say that somebody belongs to an organisation of the actor's; an affiliation they have already stays as it is."""
    _check(actor, person)
    _check_theirs(actor, organisation.id)
    held = db.session.scalar(
        select(Affiliation).where(
            Affiliation.person_id == person.id,
            Affiliation.organisation_id == organisation.id,
            Affiliation.capacity == capacity,
            Affiliation.until.is_(None),
        )
    )
    if held is not None:
        return held
    made = Affiliation(person_id=person.id, organisation_id=organisation.id, capacity=capacity, since=since)
    db.session.add(made)
    record(actor.account_id, "person.affiliated", person, organisation=organisation.id, capacity=capacity)
    return made


@transactional
def end_affiliation(actor: Actor, affiliation: Affiliation, until: date) -> None:
    """Say that somebody left an organisation of the actor's; that they were there stays."""
    person = db.session.get_one(Person, affiliation.person_id)
    _check(actor, person)
    _check_theirs(actor, affiliation.organisation_id)
    check_left(affiliation.since, until, clock.now().date())
    if affiliation.until is None:
        affiliation.until = until
        record(actor.account_id, "person.left", person, organisation=affiliation.organisation_id)


@transactional
def add_contact(
    actor: Actor, person: Person, kind: ContactKind, value: str, *, own: bool = True, preferred: bool = False,
    note: str = "",
) -> PersonContact:  # fmt: skip
    """Note how somebody is reached; a number that others gave too is shared, not doubled."""
    _check(actor, person)
    return put_contact(actor, person, kind, value, own=own, preferred=preferred, note=note)


def put_contact(
    actor: Actor, person: Person, kind: ContactKind, value: str, *, own: bool = True, preferred: bool = False,
    note: str = "",
) -> PersonContact:  # fmt: skip
    """Note how somebody is reached within an action that has checked why it may."""
    wanted = rules.contact(kind, value)
    point = db.session.scalar(select(ContactPoint).where(ContactPoint.kind == kind, ContactPoint.value == wanted))
    if point is None:
        point = ContactPoint(kind=kind, value=wanted)
        db.session.add(point)
        db.session.flush()
    held = db.session.scalar(
        select(PersonContact).where(PersonContact.person_id == person.id, PersonContact.contact_point_id == point.id)
    )
    if held is None:
        held = PersonContact(person_id=person.id, contact_point_id=point.id)
        db.session.add(held)
    held.own, held.preferred, held.note = own, preferred, rules.line(note)
    keys.keep([person])
    record(actor.account_id, "person.contact", person, kind=kind)
    return held


@transactional
def forget_contact(actor: Actor, contact: PersonContact) -> None:
    """Take away a way to reach somebody; a telephone that others gave too stays theirs."""
    person = db.session.get_one(Person, contact.person_id)
    _check(actor, person)
    point = db.session.get_one(ContactPoint, contact.contact_point_id)
    db.session.delete(contact)
    db.session.flush()
    if db.session.scalar(select(PersonContact.id).where(PersonContact.contact_point_id == point.id).limit(1)) is None:
        db.session.delete(point)
    keys.keep([person])
    record(actor.account_id, "person.contact_forgotten", person, kind=point.kind)


@transactional
def give_consent(
    actor: Actor, person: Person, purpose: ConsentPurpose, how: ConsentHow, *, text_version: str, language: str,
    on: date, guardian: str = "", guardian_tie: str = "",
) -> Consent:  # fmt: skip
    """Keep that somebody, or their guardian, agreed to one purpose, and how."""
    _check(actor, person)
    return put_consent(
        actor, person, purpose, how, text_version=text_version, language=language, on=on, guardian=guardian,
        guardian_tie=guardian_tie,
    )  # fmt: skip


def put_consent(
    actor: Actor, person: Person, purpose: ConsentPurpose, how: ConsentHow, *, text_version: str, language: str,
    on: date, guardian: str = "", guardian_tie: str = "",
) -> Consent:  # fmt: skip
    """Keep a consent within an action that has checked why it may."""
    rules.check_guardian(rules.age_on(queries.born(person), on), guardian)
    made = Consent(
        person_id=person.id,
        purpose=purpose,
        text_version=text_version,
        language=language,
        how=how,
        guardian_name=rules.name(guardian, needed=False),
        guardian_tie=rules.line(guardian_tie),
        given_on=on,
        recorded_at=clock.now(),
        recorded_by_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "person.consent", person, purpose=purpose)
    return made


@transactional
def withdraw_consent(actor: Actor, consent: Consent, on: date) -> None:
    """Keep that somebody took a consent back; what was done before stays done."""
    person = db.session.get_one(Person, consent.person_id)
    _check(actor, person)
    check_left(consent.given_on, on, clock.now().date())
    if consent.withdrawn_on is None:
        consent.withdrawn_on = on
        record(actor.account_id, "person.consent_withdrawn", person, purpose=consent.purpose)


def _of(organisation: Organisation | None) -> Scope:
    if organisation is None:
        return Scope()
    return Scope(region=organisation.region, organisations=frozenset({organisation.id}))


def _check(actor: Actor, person: Person) -> None:
    check(actor, Permission.MANAGE_PEOPLE, queries.scopes_of([person.id])[person.id])


def _check_theirs(actor: Actor, organisation_id: int) -> None:
    """Raise unless the actor manages the people of this organisation, whatever else they manage of a person."""
    check(actor, Permission.MANAGE_PEOPLE, organisations.scopes_of([organisation_id])[organisation_id])


def _check_reach(actor: Actor, person: Person) -> None:
    if not allows(actor, Permission.MANAGE_PEOPLE, queries.scopes_of([person.id])[person.id]):
        raise rules.OutOfReach


def _describe(person: Person, details: PersonDetails) -> None:
    rules.check_born(details.born, clock.now().date())
    if details.region:
        accounts.check_scope(Scope(region=details.region), region_exists=i18n.is_region(details.region))
    person.given_names = rules.name(details.given_names)
    person.family_names = rules.name(details.family_names, needed=False)
    person.known_as = rules.name(details.known_as, needed=False)
    person.sex, person.reading = details.sex, details.reading
    person.birth_date, person.birth_year = details.born.on, details.born.year
    person.age_told, person.age_told_on = details.born.age, details.born.age_on
    person.languages = list(details.languages)
    person.document_kind, person.document_number = (
        rules.line(details.document_kind),
        rules.line(details.document_number),
    )
    person.region, person.place = details.region, rules.line(details.place)
