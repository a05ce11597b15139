"""Everything that is kept of one person, from every table that names them: for their own copy, and before erasing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Column, Table, select

from app.core.errors import N_, Refused
from app.infra import clock
from app.infra.db import Base, db
from app.people import references
from app.people.models import Person
from app.people.permissions import Actor, NotAllowed, Permission, allows

from .persons import scopes_of, standing_for

SECRET = frozenset({"password_hash", "pin_hash", "stamp"})
_follow: set[tuple[str, str]] = {("role_assignment", "account_id")}
_of_others: dict[tuple[str, str], frozenset[str]] = {}


class NothingKept(Refused):
    text = N_("There is nothing kept of this person any more.")
    status = 404


def follow(table: str, column: str) -> None:
    """Let a layer above say that rows of `table` belong to the person whose row `column` names, e.g. marks to an
    enrolment.
    """
    _follow.add((table, column))


def of_others(table: str, column: str, hidden: Collection[str]) -> None:
    """Let a layer above say that rows in which `column` names a person speak of somebody else, e.g. of the learner whom
    they visit: `hidden` is not handed out to them.
    """
    _of_others[table, column] = frozenset(hidden)


def records_of(person: Person) -> list[int]:
    """The ids of this record and of every one merged into it."""
    found, waiting = [person.id], [person.id]
    while waiting:
        waiting = list(db.session.scalars(select(Person.id).where(Person.merged_into_id.in_(waiting))))
        found += waiting
    return found


def everything(actor: Actor, person: Person) -> dict[str, Any]:
    """All that is kept of somebody, for themselves or for who manages their record; secrets are left out."""
    person = standing_for(person)
    if actor.person_id != person.id and not allows(
        actor, Permission.MANAGE_PEOPLE, scopes_of([person.id])[person.id]
    ):  # fmt: skip
        raise NotAllowed
    if person.erased_at is not None:
        raise NothingKept
    ids = records_of(person)
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    _add(tables, Person.__table__, Person.__table__.c.id, ids)  # type: ignore[arg-type]
    for reference in references.to_persons():
        hidden = _of_others.get((reference.table.name, reference.column.name), frozenset())
        _add(tables, reference.table, reference.column, ids, hidden)
    contacts = [row["contact_point_id"] for row in tables.get("person_contact", {}).values()]
    points = Base.metadata.tables["contact_point"]
    _add(tables, points, points.c.id, contacts)
    for name, column in sorted(_follow):
        table = Base.metadata.tables[name]
        key = next(iter(table.c[column].foreign_keys)).column
        _add(tables, table, table.c[column], [row[key.name] for row in tables.get(key.table.name, {}).values()])
    return {
        "person": person.uid,
        "told_on": clock.now().date().isoformat(),
        "tables": {name: list(rows.values()) for name, rows in sorted(tables.items()) if rows},
    }


def _add(
    tables: dict[str, dict[str, dict[str, Any]]], table: Table, column: Column[Any], ids: Collection[Any],
    hidden: Collection[str] = (),
) -> None:  # fmt: skip
    """Add the rows of which `column` is one of `ids`; a row that is there already is not doubled."""
    if not ids:
        return
    keys = [one.name for one in table.primary_key.columns]
    rows = tables.setdefault(table.name, {})
    found = db.session.execute(select(table).where(column.in_(ids)).order_by(*table.primary_key.columns))
    for row in found.mappings():
        told = {name: value for name, value in _plain(row).items() if name not in hidden}
        rows[repr([row[name] for name in keys])] = told


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as JSON has it, without secrets."""
    return {
        str(name): value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
        if str(name) not in SECRET
    }
