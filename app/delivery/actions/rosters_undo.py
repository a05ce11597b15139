"""Taking back what a list made and changed, as far as nothing else hangs on it by now; what stays is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, func, select

from app.core.errors import N_, Refused
from app.delivery.models import Cohort, Enrolment, EnrolmentChange, RosterChange, RosterImport
from app.delivery.queries import cohorts as cohort_queries
from app.delivery.queries import rosters as queries
from app.delivery.queries import scopes
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import references
from app.people.actions import keys
from app.people.models import Affiliation, NotSamePerson, Person, PersonContact, PersonKey
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons

from .rosters import as_json

_DATES = ("birth_date", "age_told_on")


class AlreadyUndone(Refused):
    text = N_("This list has been taken back already.")


class StaysBecause(Refused):
    text = N_("%(name)s stays: something was noted of them since, or somebody changed it.")
    status = 200


@dataclass(frozen=True, slots=True)
class Undone:
    """How many things were taken back, and which rows stay, with the reason."""

    taken_back: int
    stays: tuple[tuple[int, Refused], ...]


@transactional
def undo(actor: Actor, cohort: Cohort, done: RosterImport) -> Undone:
    """Take a list back: who was written down and enrolled by it goes, what it changed is as before. Where something
    else hangs on it by now, e.g. attendance, it stays and is told.
    """
    check(actor, Permission.RUN_COHORT, scopes.of_cohort(cohort))
    cohort_queries.hold(cohort)
    db.session.refresh(done)
    if done.cohort_id != cohort.id:
        raise queries.NoSuchImport
    if done.undone_at is not None:
        raise AlreadyUndone
    taken, stays = 0, {}
    for change in reversed(queries.changes(done)):
        person = db.session.get(Person, change.person_ref)
        if person is not None and _BACK[change.kind](change, persons.standing_for(person)):
            taken += 1
        elif person is not None:
            stays[change.line] = StaysBecause(name=persons.standing_for(person).name)
        db.session.flush()
    done.undone_at, done.undone_by_id = clock.now(), actor.account_id
    record(actor.account_id, "cohort.list_taken_back", cohort, roster=done.id, taken_back=taken, stays=len(stays))
    return Undone(taken, tuple(sorted(stays.items(), key=lambda one: one[0])))


def _organisation_back(change: RosterChange, person: Person) -> bool:
    enrolment = db.session.get(Enrolment, change.thing_ref)
    if enrolment is None or enrolment.organisation_id != change.after.get("id"):
        return False
    enrolment.organisation_id = change.before["id"]
    return True


def _details_back(change: RosterChange, person: Person) -> bool:
    """Every field goes back that nobody has changed since."""
    now = as_json(queries.known_fields(person))
    same = {name for name, value in change.after.items() if now[name] == value}
    for name in same:
        before = change.before[name]
        setattr(person, name, date.fromisoformat(before) if name in _DATES and before else before)
    keys.keep([person])
    return bool(same) and len(same) == len(change.after)


def _contact_back(change: RosterChange, person: Person) -> bool:
    contact = db.session.get(PersonContact, change.thing_ref)
    if contact is None or contact.person_id != person.id:
        return False
    db.session.delete(contact)
    db.session.flush()
    keys.keep([person])
    return True


def _enrolment_back(change: RosterChange, person: Person) -> bool:
    """An enrolment goes when its first state is all that was ever noted of it."""
    enrolment = db.session.get(Enrolment, change.thing_ref)
    if enrolment is None:
        return False
    noted = db.session.scalar(
        select(func.count(EnrolmentChange.id)).where(EnrolmentChange.enrolment_id == enrolment.id)
    )
    if noted != 1 or _named(references.to("enrolment"), enrolment.id, without={"enrolment_change"}):
        return False
    db.session.execute(delete(EnrolmentChange).where(EnrolmentChange.enrolment_id == enrolment.id))
    db.session.delete(enrolment)
    return True


def _person_back(change: RosterChange, person: Person) -> bool:
    """Somebody whom the list wrote down goes when nothing else names them and nobody changed what it wrote."""
    if person.id != change.person_ref or as_json(queries.known_fields(person)) != change.after:
        return False
    if _named(references.to_persons(), person.id, without={"affiliation"}):
        return False
    merged = db.session.scalar(select(exists().where(Person.merged_into_id == person.id)))
    several = db.session.scalar(select(func.count(Affiliation.id)).where(Affiliation.person_id == person.id)) or 0
    if merged or several > 1:
        return False
    for table in (Affiliation, PersonKey):
        db.session.execute(delete(table).where(table.person_id == person.id))
    for column in (NotSamePerson.first_id, NotSamePerson.second_id):
        db.session.execute(delete(NotSamePerson).where(column == person.id))
    db.session.delete(person)
    return True


def _named(found: tuple[references.Reference, ...], id_: int, *, without: set[str]) -> bool:
    """Whether any row of another table names this one."""
    columns = [one.column for one in found if one.table.name not in without]
    return any(db.session.scalar(select(exists().where(column == id_))) for column in columns)


_BACK: dict[str, Callable[[RosterChange, Person], bool]] = {
    "organisation": _organisation_back,
    "details": _details_back,
    "contact": _contact_back,
    "enrolment": _enrolment_back,
    "person": _person_back,
}
