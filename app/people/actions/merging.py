"""Taking two records for one person, and taking that back exactly; saying that two records are two persons.

Everything that names the merged record goes over to the one that is kept, in every table (`references`). What would
stand there twice, e.g. a telephone that both have, stays behind and is found again when they are taken apart. Layers
above say by `also` what else has to be done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.sql import ColumnElement

from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import references
from app.people.models import NotSamePerson, Person, PersonMerge
from app.people.permissions import Actor, NotAllowed, Permission, check
from app.people.queries import persons as queries
from app.people.references import Reference
from app.people.rules import duplicates
from app.people.rules import merging as rules

from . import keys

_DATES = ("birth_date", "age_told_on")


Moved = Mapping[str, Sequence[Sequence[Any]]]  # by "table.column", what tells the rows apart that went over


class Mover(Protocol):
    """What a layer above does besides when two records become one, and how it is taken back. What `join` returns is
    kept as JSON and given to `part`; `join` comes after the rows went over, `part` before they go back.
    """

    def join(self, kept: Person, merged: Person, moved: Moved) -> Mapping[str, Any]: ...
    def part(self, kept: Person, merged: Person, joined: Mapping[str, Any]) -> None: ...


_movers: dict[str, Mover] = {}


def also(name: str, mover: Mover) -> None:
    """Let a layer above do what it must when persons are merged; saying it again replaces it."""
    _movers[name] = mover


@transactional
def merge(actor: Actor, kept: Person, merged: Person) -> PersonMerge:
    """Take `merged` for the same person as `kept`, who stays; needs both to be the actor's to manage."""
    _check(actor, kept, merged)
    if kept.id == merged.id:
        raise duplicates.SamePersonTwice
    _hold(kept, merged)
    if kept.erased_at or merged.erased_at:
        raise rules.ErasedSince
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise rules.AlreadyMerged
    made = PersonMerge(
        kept_id=kept.id, merged_id=merged.id, moved={}, at=clock.now(), account_id=actor.account_id
    )  # fmt: skip
    rows = {one.name: _move(one, merged.id, kept.id) for one in references.to_persons()}
    before = _told(kept)
    filled = rules.fill(before, _told(merged))
    _write(kept, filled)
    merged.merged_into_id = kept.id
    db.session.flush()
    db.session.expire_all()
    joined = {name: dict(mover.join(kept, merged, rows)) for name, mover in _movers.items()}
    made.moved = {
        "rows": {name: ids for name, ids in rows.items() if ids},
        "filled": filled,
        "before": {name: before[name] for name in filled},
        "joined": joined,
    }
    db.session.add(made)
    keys.keep([kept, merged])
    record(actor.account_id, "person.merged", kept, merged=merged.id)
    return made


@transactional
def unmerge(actor: Actor, done: PersonMerge) -> Person:
    """Take two records apart again: everything that came with the merged one goes back to it, whatever became of it
    meanwhile; what came since stays. Returns who is back.
    """
    kept, merged = db.session.get_one(Person, done.kept_id), db.session.get_one(Person, done.merged_id)
    _check(actor, queries.standing_for(kept))
    _hold(kept, merged)
    db.session.refresh(done)
    if done.undone_at is not None:
        raise rules.NotMerged
    if kept.merged_into_id is not None:
        raise rules.UndoLaterFirst
    if kept.erased_at or merged.erased_at:
        raise rules.ErasedSince
    for name, joined in done.moved["joined"].items():
        _movers[name].part(kept, merged, joined)
    _back(done, kept, merged)
    _write(kept, rules.unfill(_told(kept), done.moved["filled"], done.moved["before"]))
    merged.merged_into_id = None
    done.undone_at, done.undone_by_id = clock.now(), actor.account_id
    db.session.flush()
    _settle(kept)
    db.session.expire_all()
    keys.keep([kept, merged])
    record(actor.account_id, "person.unmerged", kept, merged=merged.id)
    return merged


@transactional
def tell_apart(actor: Actor, one: Person, other: Person) -> NotSamePerson:
    """Keep that two records are two persons, so that nobody is asked again; saying it twice changes nothing."""
    _check(actor, one, other)
    if one.id == other.id:
        raise duplicates.SamePersonTwice
    first, second = sorted((one.id, other.id))
    held = db.session.scalar(
        select(NotSamePerson).where(NotSamePerson.first_id == first, NotSamePerson.second_id == second)
    )
    if held is not None:
        return held
    made = NotSamePerson(first_id=first, second_id=second, at=clock.now(), account_id=actor.account_id)
    db.session.add(made)
    record(actor.account_id, "person.told_apart", one, other=other.id)
    return made


def _check(actor: Actor, *persons: Person) -> None:
    scopes = queries.scopes_of([person.id for person in persons])
    for person in persons:
        if person.id not in scopes:
            raise NotAllowed
        check(actor, Permission.MANAGE_PEOPLE, scopes[person.id])


def _hold(*persons: Person) -> None:
    """Let nobody else merge or take apart these until this transaction ends; always in the same order."""
    ids = sorted(person.id for person in persons)
    db.session.flush()
    db.session.scalars(
        select(Person).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip


def _move(reference: Reference, old: int, new: int) -> list[list[Any]]:
    """Let what named one person name the other, except what would then stand there twice; returns which rows went."""
    table, column, others = reference.table, reference.column, reference.others
    if not others:  # one row per person: it goes over where the other has none
        free = not db.session.scalar(select(exists().where(column == new)))
        if not free or not db.session.scalar(select(exists().where(column == old))):
            return []
        db.session.execute(update(table).where(column == old).values({column.name: new}))
        return [[]]
    there = table.alias()
    twice: list[ColumnElement[bool]] = [
        exists().where(there.c[column.name] == new, *(there.c[one.name] == one for one in columns))
        for columns in reference.alone
    ]
    wanted = and_(column == old, ~or_(*twice)) if twice else column == old
    went = db.session.execute(select(*others).where(wanted)).all()
    if went:
        db.session.execute(update(table).where(_these(reference, went), column == old).values({column.name: new}))
    return [list(row) for row in went]


def _these(reference: Reference, rows: Any) -> ColumnElement[bool]:
    """The condition on rows by what tells them apart."""
    others = reference.others
    if len(others) == 1:
        return others[0].in_([row[0] for row in rows])
    if not others:
        return reference.column.is_not(None)
    return or_(*(and_(*(one == value for one, value in zip(others, row, strict=True))) for row in rows))


def _back(done: PersonMerge, kept: Person, merged: Person) -> None:
    """Let what went over name the merged record again, as far as it still names the kept one."""
    known = {one.name: one for one in references.to_persons()}
    for name, rows in done.moved["rows"].items():
        reference = known.get(name)
        if reference is not None:
            where = and_(reference.column == kept.id, _these(reference, rows))
            db.session.execute(update(reference.table).where(where).values({reference.column.name: merged.id}))


def _settle(kept: Person) -> None:
    """Where others stand merged into this one, let go over what only now is not there twice any more."""
    here = (PersonMerge.kept_id == kept.id, PersonMerge.undone_at.is_(None))
    standing = db.session.scalars(select(PersonMerge).where(*here).order_by(PersonMerge.id)).all()
    for one in standing:
        rows = {name: list(ids) for name, ids in one.moved["rows"].items()}
        for reference in references.to_persons():
            if went := _move(reference, one.merged_id, kept.id):
                rows[reference.name] = rows.get(reference.name, []) + went
        one.moved = {**one.moved, "rows": rows}


def _told(person: Person) -> dict[str, Any]:
    """What is told of a person, as JSON keeps it."""
    found = {name: getattr(person, name) for fields in rules.TOGETHER for name in fields}
    return {name: value.isoformat() if name in _DATES and value else value for name, value in found.items()}


def _write(person: Person, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(person, name, date.fromisoformat(value) if name in _DATES and value else value)
