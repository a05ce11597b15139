"""The lists of organisations and of persons: searched, narrowed down and read page by page, as far as an actor may see.

A condition of what an actor may see stands in every query here, in the ones that only count too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.infra.db import db
from app.people.kinds import Capacity, ContactKind, OrganisationKind
from app.people.models import Affiliation, ContactPoint, Organisation, Person, PersonContact
from app.people.permissions import Actor, Permission

from . import organisations, persons

FEWEST_DIGITS = 4
MOST_WORDS = 6
_ACCENTS = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunaeiouun")
_PHONES = (ContactKind.PHONE, ContactKind.WHATSAPP)
_living = and_(Person.merged_into_id.is_(None), Person.erased_at.is_(None))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in a list."""

    search: str = ""
    region: str = ""
    kind: OrganisationKind | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where somebody belongs now, of what the actor may know."""

    organisation: Organisation
    capacity: Capacity


def organisations_found(
    actor: Actor, asked: Asked, *, offset: int = 0, limit: int | None = None
) -> Sequence[Organisation]:
    """The organisations whose figures the actor sees, by name."""
    return db.session.scalars(
        _organisations(actor, asked, select(Organisation))
        .order_by(func.lower(Organisation.name), Organisation.id)
        .offset(offset)
        .limit(limit)
    ).all()


def count_organisations(actor: Actor, asked: Asked) -> int:
    """How many there are."""
    return db.session.scalar(_organisations(actor, asked, select(func.count(Organisation.id)))) or 0


def regions_of_organisations(actor: Actor) -> list[str]:
    """Where the organisations lie that the actor sees."""
    seen = organisations.visible(actor, Permission.SEE_FIGURES)
    return list(db.session.scalars(select(Organisation.region).where(seen).distinct().order_by(Organisation.region)))


def offered(actor: Actor, permission: Permission) -> Sequence[Organisation]:
    """The organisations on which the actor has this permission, by name: for a field that offers them."""
    return db.session.scalars(
        select(Organisation)
        .where(organisations.visible(actor, permission), Organisation.closed_on.is_(None))
        .order_by(func.lower(Organisation.name), Organisation.id)
    ).all()


def people_found(actor: Actor, asked: Asked, *, offset: int = 0, limit: int | None = None) -> Sequence[Person]:
    """The persons that the actor sees, by family name."""
    return db.session.scalars(
        _people(actor, asked, select(Person))
        .order_by(func.lower(Person.family_names), func.lower(Person.given_names), Person.id)
        .offset(offset)
        .limit(limit)
    ).all()


def count_people(actor: Actor, asked: Asked) -> int:
    """How many there are."""
    return db.session.scalar(_people(actor, asked, select(func.count(Person.id)))) or 0


def sees_anybody(actor: Actor) -> bool:
    """Whether there is anybody in the actor's list."""
    return db.session.scalar(_people(actor, Asked(), select(Person.id)).limit(1)) is not None


def regions_of_people(actor: Actor) -> list[str]:
    """Where the persons live whom the actor sees."""
    wanted = _people(actor, Asked(), select(Person.region)).where(Person.region != "")
    return list(db.session.scalars(wanted.distinct().order_by(Person.region)))


def belonging(actor: Actor, ids: Sequence[int]) -> dict[int, list[Belonging]]:
    """Where each of these persons belongs now; one query. An organisation whose people the actor does not see is left
    out: that somebody is there is for that organisation to tell.
    """
    found: dict[int, list[Belonging]] = {id_: [] for id_ in ids}
    rows = db.session.execute(
        select(Affiliation.person_id, Organisation, Affiliation.capacity)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id.in_(ids), Affiliation.until.is_(None))
        .where(organisations.visible(actor, Permission.SEE_PEOPLE))
        .order_by(Affiliation.id)
    )
    for person_id, organisation, capacity in rows:
        belongs = Belonging(organisation, capacity)
        if belongs not in found[person_id]:  # of two records that were joined, both say it
            found[person_id].append(belongs)
    return found


def _organisations(actor: Actor, asked: Asked, wanted: Select[Any]) -> Select[Any]:
    wanted = wanted.where(organisations.visible(actor, Permission.SEE_FIGURES))
    for word in _words(asked.search):
        names = Organisation.name + " " + Organisation.short_name + " " + Organisation.place
        wanted = wanted.where(_plainly(names).contains(word, autoescape=True))
    if asked.kind is not None:
        wanted = wanted.where(Organisation.kind == asked.kind)
    return wanted.where(_in_region(Organisation.region, asked.region)) if asked.region else wanted


def _people(actor: Actor, asked: Asked, wanted: Select[Any]) -> Select[Any]:
    wanted = wanted.where(_living, persons.visible(actor, Permission.SEE_PEOPLE))
    digits = re.sub(r"[\s().+-]", "", asked.search)
    if digits.isdecimal() and digits.isascii() and len(digits) >= FEWEST_DIGITS:
        wanted = wanted.where(or_(Person.id.in_(_reached_by(digits)), Person.document_number == digits))
    else:
        names = _plainly(Person.given_names + " " + Person.family_names + " " + Person.known_as)
        for word in _words(asked.search):
            wanted = wanted.where(names.contains(word, autoescape=True))
    if asked.organisation is not None:
        seen = and_(Organisation.id == asked.organisation, organisations.visible(actor, Permission.SEE_PEOPLE))
        member = select(Affiliation.person_id).where(
            Affiliation.organisation_id.in_(select(Organisation.id).where(seen)), Affiliation.until.is_(None)
        )
        wanted = wanted.where(Person.id.in_(member))
    return wanted.where(_in_region(Person.region, asked.region)) if asked.region else wanted


def _reached_by(digits: str) -> Select[int]:
    return (
        select(PersonContact.person_id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
        .where(ContactPoint.kind.in_(_PHONES), ContactPoint.value.contains(digits, autoescape=True))
    )


def _in_region(column: Any, region: str) -> ColumnElement[bool]:
    return or_(column == region, column.startswith(f"{region}-", autoescape=True))


def _words(search: str) -> list[str]:
    return search.translate(_ACCENTS).lower().split()[:MOST_WORDS]


def _plainly(column: Any) -> Any:
    """A column in small letters without accents; SQLite's own lower() knows plain letters only."""
    found = column
    for accented, plain in zip("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunaeiouun", strict=True):
        found = func.replace(found, accented, plain)
    return func.lower(found)
