"""Finding records that may be one person, among those an actor may see: by keys, never everybody with everybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.infra.db import db
from app.people.kinds import ContactKind
from app.people.models import ContactPoint, NotSamePerson, Person, PersonContact, PersonKey
from app.people.permissions import Actor, Permission
from app.people.rules import duplicates as rules
from app.people.rules.duplicates import Known, Likeness

from .persons import born, visible

MOST_CANDIDATES = 200
PASSES = 20
PERSONS_AT_ONCE = 1_000
_PHONES = (ContactKind.PHONE, ContactKind.WHATSAPP)
_living = and_(Person.merged_into_id.is_(None), Person.erased_at.is_(None))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be the same person."""

    person: Person
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person; `first` is the older one."""

    first: Person
    second: Person
    likeness: Likeness


def phones(ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The telephone numbers of these persons."""
    found: dict[int, set[str]] = {}
    rows = db.session.execute(
        select(PersonContact.person_id, ContactPoint.value)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
        .where(PersonContact.person_id.in_(ids), ContactPoint.kind.in_(_PHONES))
    )
    for person_id, number in rows:
        found.setdefault(person_id, set()).add(number)
    return {id_: frozenset(numbers) for id_, numbers in found.items()}


def known(persons: Sequence[Person]) -> dict[int, Known]:
    """What is known of these persons, by id; one query."""
    numbers = phones([person.id for person in persons])
    return {person.id: known_of(person, numbers.get(person.id, frozenset())) for person in persons}


def known_of(person: Person, numbers: frozenset[str]) -> Known:
    """What is known of a person whose telephones were read."""
    told = born(person)
    year = told.year
    if year is None and told.age is not None and told.age_on is not None:
        year = told.age_on.year - told.age
    return Known(
        person.given_names,
        person.family_names,
        person.sex,
        told.on,
        year,
        person.document_kind,
        person.document_number,
        numbers,
    )


def of_person(actor: Actor, person: Person, *, limit: int = 10) -> list[Suggestion]:
    """Who may be the same as this person, the likeliest first, of those whom the actor sees and nobody told apart."""
    told_apart = db.session.execute(
        select(NotSamePerson.first_id, NotSamePerson.second_id).where(
            or_(NotSamePerson.first_id == person.id, NotSamePerson.second_id == person.id)
        )
    )
    apart = {id_ for pair in told_apart for id_ in pair} | {person.id}
    return like(actor, known([person])[person.id], without=apart, limit=limit)


def like(actor: Actor, wanted: Known, *, without: Collection[int] = (), limit: int = 10) -> list[Suggestion]:
    """Who may be somebody of whom this is known, e.g. before they are written down; the likeliest first."""
    return like_each(actor, [wanted], without=without, limit=limit)[0]


def like_each(
    actor: Actor, wanted: Sequence[Known], *, without: Collection[int] = (), limit: int = 10
) -> list[list[Suggestion]]:
    """The same for several at once: for each, who may be them."""
    every = [rules.keys(one) for one in wanted]
    candidates = [_sharing(actor, keys, without) for keys in every]
    ids = {id_ for found in candidates for id_ in found}
    persons = {one.id: one for one in _by_ids(sorted(ids))}
    told = known(list(persons.values()))
    return [
        _ranked([(persons[id_], rules.compare(one, told[id_])) for id_ in found if id_ in persons], limit)
        for one, found in zip(wanted, candidates, strict=True)
    ]


def pairs(
    actor: Actor, *, after: tuple[int, int] = (0, 0), limit: int = 50, permission: Permission = Permission.SEE_PEOPLE
) -> tuple[list[Pair], tuple[int, int] | None]:
    """Pairs that share a document, a telephone or all their names, in the order of ids; the actor has this permission
    on both.

    `after` are the ids at the end of the page before; the second of what is returned is what to ask for next, None at
    the end. A typing error that changes how a name sounds is found at the person's own page, by `of_person`.
    Where a page of candidates holds none that are alike enough, the next ones are looked at, `PASSES` times at most.
    """
    found, following = _page(actor, permission, after, limit)
    for _ in range(PASSES):
        if found or following is None:
            break
        found, following = _page(actor, permission, following, limit)
    return found, following


def _page(
    actor: Actor, permission: Permission, after: tuple[int, int], limit: int
) -> tuple[list[Pair], tuple[int, int] | None]:
    """The pairs among the next candidates, and the last candidate where there are more."""
    last = db.session.scalar(select(func.max(PersonKey.person_id))) or 0
    rows: list[tuple[int, int]] = []
    begin = after[0]
    while begin <= last and len(rows) < limit:
        rows += _pairs_from(actor, permission, begin, after, limit - len(rows))
        begin += PERSONS_AT_ONCE
    persons = {found.id: found for found in _by_ids(sorted({id_ for row in rows for id_ in row}))}
    told = known(list(persons.values()))
    found = [Pair(persons[a], persons[b], rules.compare(told[a], told[b])) for a, b in rows]
    following = rows[-1] if len(rows) == limit else None
    return [pair for pair in found if pair.likeness.score >= rules.LIKELY], following


def _pairs_from(
    actor: Actor, permission: Permission, begin: int, after: tuple[int, int], limit: int
) -> list[tuple[int, int]]:
    """The ids of pairs whose first id lies in the next `PERSONS_AT_ONCE`: few enough to be sorted in no time."""
    end = begin + PERSONS_AT_ONCE
    one, other = aliased(PersonKey), aliased(PersonKey)
    seen = select(Person.id).where(_living, visible(actor, permission))
    apart = (
        select(NotSamePerson.id)
        .where(NotSamePerson.first_id == one.person_id, NotSamePerson.second_id == other.person_id)
        .exists()
    )
    further = or_(one.person_id > after[0], and_(one.person_id == after[0], other.person_id > after[1]))
    rows = db.session.execute(
        select(one.person_id, other.person_id)
        .join(other, and_(other.key == one.key, other.person_id > one.person_id))
        .where(one.strong, one.person_id >= begin, one.person_id < end, further)
        .where(one.person_id.in_(seen), other.person_id.in_(seen), ~apart)
        .distinct()
        .order_by(one.person_id, other.person_id)
        .limit(limit)
    )
    return [(first, second) for first, second in rows]


def count_keys() -> int:
    """How many persons can be found as duplicates: those that have keys."""
    return db.session.scalar(select(func.count(func.distinct(PersonKey.person_id)))) or 0


def _sharing(actor: Actor, keys: Collection[str], without: Collection[int]) -> list[int]:
    """Who shares most of these keys, strong ones first; at most `MOST_CANDIDATES`, of those the actor sees."""
    if not keys:
        return []
    shared = (
        select(
            PersonKey.person_id,
            func.sum(case((PersonKey.strong, 1), else_=0)).label("strong"),
            func.count().label("shared"),
        )
        .where(PersonKey.key.in_(keys))
        .group_by(PersonKey.person_id)
        .subquery()
    )
    rows = db.session.scalars(
        select(shared.c.person_id)
        .join(Person, Person.id == shared.c.person_id)
        .where(_living, visible(actor, Permission.SEE_PEOPLE), Person.id.not_in(list(without)))
        .order_by(shared.c.strong.desc(), shared.c.shared.desc(), shared.c.person_id)
        .limit(MOST_CANDIDATES)
    )
    return list(rows)


def _by_ids(ids: Sequence[int]) -> Sequence[Person]:
    return db.session.scalars(select(Person).where(Person.id.in_(ids))).all() if ids else []


def _ranked(found: Sequence[tuple[Person, Likeness]], limit: int) -> list[Suggestion]:
    likely = [Suggestion(person, likeness) for person, likeness in found if likeness.score >= rules.LIKELY]
    return sorted(likely, key=lambda one: (-one.likeness.score, one.person.id))[:limit]
