"""Reading persons, as far as an actor may: they lie in their organisations, and in what layers above add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import QueryableAttribute

from app.core.errors import N_, Refused
from app.infra.db import db
from app.people.models import Affiliation, Person
from app.people.permissions import Actor, Ids, Permission, Scope, allows
from app.people.rules.persons import Born

from .within import Where, within


class NoSuchPerson(Refused):
    text = N_("There is no such person, or your account does not show them.")
    status = 404


@dataclass(frozen=True, slots=True)
class Ties:
    """What a person lies in."""

    organisations: Ids = frozenset()
    programmes: Ids = frozenset()
    teachers: Ids = frozenset()


def by_name() -> tuple[ColumnElement[str], ColumnElement[str]]:
    """What a list of people is sorted by: their names as they are read, given names first, whatever the accents."""
    return _plain(Person.given_names), _plain(Person.family_names)


def _plain(column: ColumnElement[str] | QueryableAttribute[str]) -> ColumnElement[str]:
    plain: ColumnElement[str] = func.lower(column)
    for accented, letter in zip("ÁÉÍÓÚáéíóú", "aeiouaeiou", strict=True):
        plain = func.replace(plain, accented, letter)
    return plain


class Layer(Protocol):
    """What a layer above knows of where persons lie: of some by id, and as conditions on `Person`."""

    def ties(self, ids: Sequence[int]) -> Mapping[int, Ties]: ...
    def of_organisations(self, held: Ids) -> ColumnElement[bool]: ...
    def of_programmes(self, held: Ids) -> ColumnElement[bool]: ...
    def of_teachers(self, held: Ids) -> ColumnElement[bool]: ...


_layers: dict[str, Layer] = {}


def lies_in(name: str, layer: Layer) -> None:
    """Let a layer above say where persons lie; saying it again replaces it."""
    _layers[name] = layer


def _affiliations(ids: Sequence[int]) -> dict[int, Ties]:
    rows = db.session.execute(
        select(Affiliation.person_id, Affiliation.organisation_id).where(Affiliation.person_id.in_(ids))
    )
    found: dict[int, set[int]] = {}
    for person_id, organisation_id in rows:
        found.setdefault(person_id, set()).add(organisation_id)
    return {person_id: Ties(organisations=frozenset(held)) for person_id, held in found.items()}


def scopes_of(ids: Sequence[int]) -> dict[int, Scope]:
    """Where these persons lie, for asking permission; one query for each layer, however many persons."""
    regions = dict(db.session.execute(select(Person.id, Person.region).where(Person.id.in_(ids))).all())
    told = [_affiliations(ids), *(layer.ties(ids) for layer in _layers.values())]
    nothing = Ties()
    return {
        id_: Scope(
            region=region or None,
            organisations=frozenset().union(*(found.get(id_, nothing).organisations for found in told)),
            programmes=frozenset().union(*(found.get(id_, nothing).programmes for found in told)),
            teachers=frozenset().union(*(found.get(id_, nothing).teachers for found in told)),
            persons=frozenset({id_}),
        )
        for id_, region in regions.items()
    }


def visible(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The condition on `Person` for those on whom the actor has this permission."""

    def of_organisations(held: Ids) -> ColumnElement[bool]:
        member = select(Affiliation.person_id).where(Affiliation.organisation_id.in_(held))
        return or_(Person.id.in_(member), *(layer.of_organisations(held) for layer in _layers.values()))

    where = Where(
        region=Person.region,
        organisations=of_organisations,
        programmes=lambda held: or_(false(), *(layer.of_programmes(held) for layer in _layers.values())),
        teachers=lambda held: or_(false(), *(layer.of_teachers(held) for layer in _layers.values())),
        persons=lambda held: Person.id.in_(held),
    )
    return within(actor, permission, where)


def get(actor: Actor, person_id: int, permission: Permission) -> Person:
    """The person, for somebody who has this permission on them; one merged leads to who stayed. Else `NoSuchPerson`."""
    found = db.session.get(Person, person_id)
    found = None if found is None else standing_for(found)
    if found is None or not allows(actor, permission, scopes_of([found.id])[found.id]):
        raise NoSuchPerson
    return found


def oneself(actor: Actor, person_id: int) -> Person | None:
    """Who acts, when this record, or what it was joined with, is theirs."""
    found = db.session.get(Person, person_id) if actor.person_id is not None else None
    found = None if found is None else standing_for(found)
    return found if found is not None and found.id == actor.person_id else None


def standing_for(person: Person) -> Person:
    """The record that stands for this one: itself, or the one it was merged into, however many lie between."""
    while person.merged_into_id is not None:
        person = db.session.get_one(Person, person.merged_into_id)
    return person


def born(person: Person) -> Born:
    """What is known of somebody's age."""
    return Born(person.birth_date, person.birth_year, person.age_told, person.age_told_on)


def by_ids(ids: Sequence[int]) -> dict[int, Person]:
    """These persons by id, unchecked: for pages that have checked the cohort or list that names them."""
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
