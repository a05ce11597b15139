"""Erasing one person on their wish: names, contacts, papers and their account go; the bare record stays and counts.

What was frozen (certificates, reported figures) is a copy of its own and is not touched. Layers above erase what they
hold by `also`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, or_, select, update

from app.infra import clock
from app.infra.audit import AuditEntry, record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import passwords
from app.people.kinds import Reading
from app.people.models import (
    Account,
    Consent,
    ContactPoint,
    LearnerCard,
    NotSamePerson,
    Person,
    PersonContact,
    PersonKey,
    PersonMerge,
    RoleAssignment,
    SignInAttempt,
)
from app.people.permissions import Actor, Permission, check
from app.people.queries import keeping, persons
from app.people.rules import cards

Eraser = Callable[[Sequence[int]], None]
_erasers: dict[str, Eraser] = {}


def also(name: str, eraser: Eraser) -> None:
    """Let a layer above erase what it holds of the persons of these ids; saying it again replaces it."""
    _erasers[name] = eraser


@transactional
def erase(actor: Actor, person: Person) -> None:
    """Erase somebody, and every record merged into theirs. Their ids, sex, year of birth and region stay; erasing
    somebody again changes nothing.
    """
    person = persons.standing_for(person)
    check(actor, Permission.MANAGE_PEOPLE, persons.scopes_of([person.id])[person.id])
    ids = keeping.records_of(person)
    waiting = db.session.scalars(
        select(Person).where(Person.id.in_(ids), Person.erased_at.is_(None)).order_by(Person.id).with_for_update()
    ).all()
    if not waiting:
        return
    for eraser in _erasers.values():
        eraser(ids)
    for one in waiting:
        _blank(one)
    _forget_contacts(ids)
    _close_accounts(ids)
    _end_cards(ids)
    db.session.execute(update(Consent).where(Consent.person_id.in_(ids)).values(guardian_name="", guardian_tie=""))
    db.session.execute(delete(PersonKey).where(PersonKey.person_id.in_(ids)))
    db.session.execute(
        delete(NotSamePerson).where(or_(NotSamePerson.first_id.in_(ids), NotSamePerson.second_id.in_(ids)))
    )
    for merge in db.session.scalars(select(PersonMerge).where(PersonMerge.kept_id.in_(ids))):
        merge.moved = {**merge.moved, "filled": {}, "before": {}}
    record(actor.account_id, "person.erased", person)


def _blank(person: Person) -> None:
    told = persons.born(person)
    if told.on is not None:
        person.birth_year = told.on.year
    elif told.year is None and told.age is not None and told.age_on is not None:
        person.birth_year = told.age_on.year - told.age
    person.birth_date = person.age_told = person.age_told_on = None
    person.given_names = person.family_names = person.known_as = person.place = ""
    person.document_kind = person.document_number = ""
    person.languages, person.reading = [], Reading.NOT_STATED
    person.erased_at = clock.now()


def _forget_contacts(ids: Sequence[int]) -> None:
    """Take the contacts away; a telephone that others gave too stays theirs."""
    points = set(db.session.scalars(select(PersonContact.contact_point_id).where(PersonContact.person_id.in_(ids))))
    db.session.execute(delete(PersonContact).where(PersonContact.person_id.in_(ids)))
    shared = select(PersonContact.contact_point_id)
    db.session.execute(delete(ContactPoint).where(ContactPoint.id.in_(points), ContactPoint.id.not_in(shared)))


def _close_accounts(ids: Sequence[int]) -> None:
    now = clock.now()
    for account in db.session.scalars(select(Account).where(Account.person_id.in_(ids))):
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.username == account.username))
        db.session.execute(
            update(AuditEntry)
            .where(AuditEntry.subject_kind == Account.__tablename__, AuditEntry.subject_id == str(account.id))
            .values(details={})
        )
        db.session.execute(
            update(RoleAssignment)
            .where(RoleAssignment.account_id == account.id, RoleAssignment.ended_at.is_(None))
            .values(ended_at=now)
        )
        account.username, account.name, account.active = f"erased-{account.id}", "", False
        account.password_hash, account.stamp = passwords.hashed(passwords.fresh()), passwords.stamp()


def _end_cards(ids: Sequence[int]) -> None:
    now = clock.now()
    for card in db.session.scalars(select(LearnerCard).where(LearnerCard.person_id.in_(ids))):
        db.session.execute(
            delete(SignInAttempt).where(SignInAttempt.username == cards.name_of_attempt(card.id, card.stamp))
        )
        card.ended_at, card.pin_hash, card.stamp = card.ended_at or now, "", passwords.stamp()
