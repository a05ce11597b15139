"""What stands on the page of one organisation and of one person: ties, figures, contacts, consents, cards, deeds.

Each is asked for somebody who may see the page; names of others stand here only where the actor may see those too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.kinds import Figure
from app.people.models import (
    Account,
    Affiliation,
    Consent,
    ContactPoint,
    LearnerCard,
    Organisation,
    OrganisationFigure,
    OrganisationTie,
    Person,
    PersonContact,
    PersonMerge,
)
from app.people.permissions import Actor, Permission

from . import keeping, organisations, persons

MOST_NAMED = 5
Row = TypeVar("Row")
Deeds = list[tuple[AuditEntry, str | None]]


@dataclass(frozen=True, slots=True)
class Tied:
    """An organisation that this one belongs to, or that belongs to it; `seen`: the actor may open its page."""

    tie: OrganisationTie
    other: Organisation
    seen: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """One way to reach somebody. `others` is how many more it reaches, `named` those of them whom the actor sees."""

    contact: PersonContact
    point: ContactPoint
    others: int
    named: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two records that were found to be one person, and who said so."""

    merge: PersonMerge
    kept: Person
    merged: Person
    by: str | None


def row(kind: type[Row], id_: int) -> Row | None:
    """One row by its number, unchecked: the page asks whose it is."""
    return db.session.get(kind, id_)


def uppers(actor: Actor, organisation: Organisation) -> list[Tied]:
    """What an organisation belongs to and belonged to. It tells this of itself, so each has its name."""
    seen = organisations.visible(actor, Permission.SEE_FIGURES)
    rows = db.session.execute(
        select(OrganisationTie, Organisation, seen)
        .join(Organisation, Organisation.id == OrganisationTie.upper_id)
        .where(OrganisationTie.lower_id == organisation.id)
        .order_by(OrganisationTie.until.is_not(None), func.lower(Organisation.name), OrganisationTie.id)
    )
    return [Tied(tie, other, bool(open_)) for tie, other, open_ in rows]


def lowers(actor: Actor, organisation: Organisation) -> list[Tied]:
    """What belongs to an organisation and belonged to it, of those that the actor sees."""
    rows = db.session.execute(
        select(OrganisationTie, Organisation)
        .join(Organisation, Organisation.id == OrganisationTie.lower_id)
        .where(OrganisationTie.upper_id == organisation.id, organisations.visible(actor, Permission.SEE_FIGURES))
        .order_by(OrganisationTie.until.is_not(None), func.lower(Organisation.name), OrganisationTie.id)
    )
    return [Tied(tie, other, True) for tie, other in rows]


def figures(organisation: Organisation) -> dict[Figure, list[OrganisationFigure]]:
    """The figures of an organisation, of each kind the newest first."""
    found: dict[Figure, list[OrganisationFigure]] = {}
    rows = db.session.scalars(
        select(OrganisationFigure)
        .where(OrganisationFigure.organisation_id == organisation.id)
        .order_by(OrganisationFigure.on_date.desc(), OrganisationFigure.id.desc())
    )
    for one in rows:
        found.setdefault(one.figure, []).append(one)
    return {figure: found[figure] for figure in Figure if figure in found}


def affiliations(actor: Actor, person: Person) -> list[tuple[Affiliation, Organisation]]:
    """Where somebody belongs and belonged, of organisations whose people the actor sees; what stands first."""
    rows = db.session.execute(
        select(Affiliation, Organisation)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id == person.id, organisations.visible(actor, Permission.SEE_PEOPLE))
        .order_by(Affiliation.until.is_not(None), Affiliation.id)
    )
    return [(affiliation, organisation) for affiliation, organisation in rows]


def contacts(actor: Actor, person: Person) -> list[Reached]:
    """How somebody is reached, preferred ones first, and with whom they share it, as far as the actor may know."""
    rows = db.session.execute(
        select(PersonContact, ContactPoint)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
        .where(PersonContact.person_id == person.id)
        .order_by(PersonContact.preferred.desc(), PersonContact.id)
    ).all()
    other = aliased(PersonContact)
    sharing = db.session.execute(
        select(other.contact_point_id, Person)
        .join(Person, Person.id == other.person_id)
        .where(other.contact_point_id.in_([point.id for _, point in rows]), other.person_id != person.id)
        .where(Person.merged_into_id.is_(None), persons.visible(actor, Permission.SEE_PEOPLE))
        .order_by(Person.id)
    ).all()
    count: dict[int, int] = {}
    named: dict[int, list[Person]] = {}
    for point_id, sharer in sharing:
        count[point_id] = count.get(point_id, 0) + 1
        if len(named.setdefault(point_id, [])) < MOST_NAMED:
            named[point_id].append(sharer)
    return [Reached(held, point, count.get(point.id, 0), named.get(point.id, [])) for held, point in rows]


def consents(person: Person) -> list[tuple[Consent, str | None]]:
    """What somebody agreed to, newest first, and who wrote it down."""
    rows = db.session.execute(
        select(Consent, Account.name)
        .outerjoin(Account, Account.id == Consent.recorded_by_id)
        .where(Consent.person_id == person.id)
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    )
    return [(consent, name) for consent, name in rows]


def cards_of(person: Person) -> Sequence[LearnerCard]:
    """Every card somebody had, the one that opens first."""
    return db.session.scalars(
        select(LearnerCard)
        .where(LearnerCard.person_id == person.id)
        .order_by(LearnerCard.ended_at.is_not(None), LearnerCard.id.desc())
    ).all()


def account_of(person: Person) -> Account | None:
    """The account somebody signs in with."""
    return db.session.scalar(select(Account).where(Account.person_id == person.id))


def deeds_on_person(person: Person, limit: int = 50) -> Deeds:
    """What was done to somebody's record, to those joined to it and to their cards, newest first."""
    ids = keeping.records_of(person)
    cards = db.session.scalars(select(LearnerCard.id).where(LearnerCard.person_id.in_(ids)))
    return _deeds({Person.__tablename__: ids, LearnerCard.__tablename__: list(cards)}, limit)


def deeds_on_organisation(organisation: Organisation, limit: int = 50) -> Deeds:
    """What was done to an organisation, newest first."""
    return _deeds({Organisation.__tablename__: [organisation.id]}, limit)


def merges(actor: Actor, *, of: Person | None = None, limit: int = 30) -> list[Merged]:
    """Records joined lately and not taken apart, newest first: of one person, or of those whom the actor manages."""
    kept, merged = aliased(Person), aliased(Person)
    managed = select(Person.id).where(persons.visible(actor, Permission.MANAGE_PEOPLE))
    wanted = (
        select(PersonMerge, kept, merged, Account.name)
        .join(kept, kept.id == PersonMerge.kept_id)
        .join(merged, merged.id == PersonMerge.merged_id)
        .outerjoin(Account, Account.id == PersonMerge.account_id)
        .where(PersonMerge.undone_at.is_(None), PersonMerge.kept_id.in_(managed))
        .where(kept.erased_at.is_(None), merged.erased_at.is_(None))
        .order_by(PersonMerge.id.desc())
        .limit(limit)
    )
    if of is not None:
        wanted = wanted.where(PersonMerge.kept_id == of.id)
    return [Merged(*row) for row in db.session.execute(wanted)]


def _deeds(subjects: dict[str, list[int]], limit: int) -> Deeds:
    about = [
        and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_([str(id_) for id_ in ids]))
        for kind, ids in subjects.items()
    ]
    rows = db.session.execute(
        select(AuditEntry, Account.name)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .where(or_(*about))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    return [(entry, name) for entry, name in rows]
