"""Reading who is enrolled in a cohort: the list, one enrolment with what became of it, and whom one might enrol.

The cohort is asked before; whom one might enrol is found only where the actor sees them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.core.errors import N_, Refused
from app.delivery.kinds import CohortState, EnrolmentState
from app.delivery.models import Cohort, CohortTrainer, Commitment, Enrolment, ProgrammeOrganisation
from app.delivery.rules.attendance import Rate
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people.models import Affiliation, ContactPoint, Organisation, Person, PersonContact
from app.people.permissions import Actor, Permission
from app.people.queries import persons
from app.people.queries.persons import by_name

from . import attendance, scopes


class NoSuchEnrolment(Refused):
    text = N_("There is no such person in this cohort.")
    status = 404


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list of a cohort."""

    enrolment: Enrolment
    person: Person
    organisation: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who might be enrolled, and whether they are or teach here already."""

    person: Person
    organisations: tuple[str, ...]
    is_here: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom somebody looks for on the list. `state` "open" means who takes part or is on a break."""

    search: str = ""
    state: EnrolmentState | str | None = None
    organisation: int | None = None


def get(cohort: Cohort, enrolment_id: int) -> Enrolment:
    """An enrolment of this cohort; else `NoSuchEnrolment`."""
    found = db.session.get(Enrolment, enrolment_id)
    if found is None or found.cohort_id != cohort.id:
        raise NoSuchEnrolment
    return found


def count(cohort: Cohort, wanted: Wanted) -> int:
    """How many are found."""
    counted = select(func.count(Enrolment.id)).join(Person, Person.id == Enrolment.person_id)
    return db.session.scalar(counted.where(*_where(cohort, wanted))) or 0


def listed(cohort: Cohort, wanted: Wanted, *, offset: int = 0, limit: int = 50) -> list[Line]:
    """Those found, by name, with their attendance; two queries however many."""
    rows = db.session.execute(
        select(Enrolment, Person, Organisation.name)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .where(*_where(cohort, wanted))
        .order_by(Enrolment.state.not_in(OPEN), *by_name(), Enrolment.id)
        .offset(offset)
        .limit(limit)
    ).all()
    rates = attendance.rates([row[0].id for row in rows])
    return [Line(enrolment, person, name or "", rates[enrolment.id]) for enrolment, person, name in rows]


def _where(cohort: Cohort, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Enrolment.cohort_id == cohort.id, *_named(wanted.search)]
    if wanted.state == "open":
        found.append(Enrolment.state.in_(OPEN))
    elif wanted.state:
        found.append(Enrolment.state == wanted.state)
    if wanted.organisation is not None:
        found.append(Enrolment.organisation_id == wanted.organisation)
    return found


def _named(search: str) -> list[ColumnElement[bool]]:
    columns = (Person.given_names, Person.family_names, Person.known_as, Person.document_number)
    return [
        or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))
        for word in search.lower().split()[:6]
    ]


def organisations(cohort: Cohort) -> list[Organisation]:
    """Those that can send people to this cohort: of its programme, its host, and whoever has sent somebody."""
    taking_part = select(ProgrammeOrganisation.organisation_id).where(
        ProgrammeOrganisation.programme_id == cohort.programme_id
    )
    sending = select(Enrolment.organisation_id).where(Enrolment.cohort_id == cohort.id)
    here = or_(Organisation.id.in_(taking_part), Organisation.id == cohort.host_id, Organisation.id.in_(sending))
    return list(db.session.scalars(select(Organisation).where(here).order_by(Organisation.name, Organisation.id)))


def findable(actor: Actor, cohort: Cohort, search: str, limit: int = 20) -> list[Found]:
    """Persons whom the actor sees, by name, document or telephone, by name; three queries."""
    digits = "".join(c for c in search if c.isdigit())
    by_phone = (
        select(PersonContact.person_id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
        .where(ContactPoint.value.contains(digits, autoescape=True))
    )
    named = _named(search)
    if not named:
        return []
    all_named = named[0]
    for one in named[1:]:
        all_named = all_named & one
    matching = or_(all_named, Person.id.in_(by_phone)) if len(digits) >= 6 else all_named
    found = db.session.scalars(
        select(Person)
        .where(
            matching,
            Person.merged_into_id.is_(None),
            Person.erased_at.is_(None),
            persons.visible(actor, Permission.SEE_PEOPLE),
        )
        .order_by(Person.family_names, Person.given_names, Person.id)
        .limit(limit)
    ).all()
    return with_ties(cohort, found)


def with_ties(cohort: Cohort, found: Sequence[Person]) -> list[Found]:
    """These persons with whose they are and whether they are in this cohort already; three queries."""
    ids = [one.id for one in found]
    ties = organisation_names(ids)
    here = set(
        db.session.scalars(
            select(Enrolment.person_id).where(
                Enrolment.cohort_id == cohort.id, Enrolment.person_id.in_(ids), Enrolment.state.in_(OPEN)
            )
        )
    ) | set(
        db.session.scalars(
            select(CohortTrainer.person_id).where(
                CohortTrainer.cohort_id == cohort.id, CohortTrainer.person_id.in_(ids)
            )
        )
    )
    return [Found(one, tuple(ties.get(one.id, ())), one.id in here) for one in found]


def organisation_names(person_ids: Sequence[int]) -> dict[int, list[str]]:
    """The organisations that each of these persons belongs to now; one query."""
    found: dict[int, list[str]] = {}
    for person_id, name in db.session.execute(
        select(Affiliation.person_id, Organisation.name)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id.in_(person_ids), Affiliation.until.is_(None))
        .order_by(Organisation.name, Affiliation.id)
    ):
        found.setdefault(person_id, []).append(name)
    return found


def sent_by(enrolment: Enrolment) -> Organisation | None:
    """The organisation that sent somebody."""
    return db.session.get(Organisation, enrolment.organisation_id) if enrolment.organisation_id else None


def reach(person: Person) -> list[tuple[ContactPoint, PersonContact]]:
    """How somebody is reached, own and preferred ways first."""
    rows = db.session.execute(
        select(ContactPoint, PersonContact)
        .join(PersonContact, PersonContact.contact_point_id == ContactPoint.id)
        .where(PersonContact.person_id == person.id)
        .order_by(PersonContact.own.desc(), PersonContact.preferred.desc(), PersonContact.id)
    )
    return [(point, contact) for point, contact in rows]


def others_of(actor: Actor, person: Person, enrolment: Enrolment) -> list[tuple[Enrolment, Cohort]]:
    """The other enrolments of a person, of this cohort and of those the actor may see, newest first."""
    rows = db.session.execute(
        select(Enrolment, Cohort)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.person_id == person.id,
            Enrolment.id != enrolment.id,
            scopes.cohorts_visible(actor, Permission.SEE_PEOPLE),
        )
        .order_by(Enrolment.enrolled_on.desc(), Enrolment.id.desc())
    )
    return [(one, cohort) for one, cohort in rows]


def moving_to(actor: Actor, cohort: Cohort) -> Sequence[Cohort]:
    """The cohorts that somebody can be moved to from this one: of its programme, not over, run by the actor."""
    return db.session.scalars(
        select(Cohort)
        .where(
            Cohort.programme_id == cohort.programme_id,
            Cohort.id != cohort.id,
            Cohort.state.not_in((CohortState.FINISHED, CohortState.CANCELLED)),
            scopes.cohorts_visible(actor, Permission.RUN_COHORT),
        )
        .order_by(Cohort.name, Cohort.id)
    ).all()


def promises(enrolment_ids: Sequence[int]) -> dict[int, list[Commitment]]:
    """What each of these promised to teach, by the day it is due; one query."""
    found: dict[int, list[Commitment]] = {}
    for one in db.session.scalars(
        select(Commitment).where(Commitment.enrolment_id.in_(enrolment_ids)).order_by(Commitment.by, Commitment.id)
    ):
        found.setdefault(one.enrolment_id, []).append(one)
    return found
