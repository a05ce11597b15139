"""Which columns of which tables name a person, read from the tables themselves, so that none is ever forgotten.

Merging moves them, an export lists them. What a layer above must do besides, it says through `actions.merging`,
`actions.erasing` and `queries.keeping`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from sqlalchemy import Column, Table, UniqueConstraint

from app.infra.db import Base

# What stays with the record it was written for: it speaks of the record, not of the human being.
OF_THE_RECORD = frozenset(
    {
        ("person", "merged_into_id"),
        ("person_merge", "kept_id"),
        ("person_merge", "merged_id"),
        ("person_key", "person_id"),
        ("not_same_person", "first_id"),
        ("not_same_person", "second_id"),
    }
)


@dataclass(frozen=True)
class Reference:
    """A column that names a person; `alone` are the sets of columns that must stay unique together with it."""

    table: Table
    column: Column[int]
    alone: tuple[tuple[Column[object], ...], ...]

    @property
    def name(self) -> str:
        """How the record of a merge names it."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def others(self) -> tuple[Column[object], ...]:
        """What tells the rows of the table apart, besides the person."""
        return tuple(column for column in self.table.primary_key.columns if column is not self.column)


@functools.cache
def to_persons() -> tuple[Reference, ...]:
    """Every column that names a person and goes over when two records are found to be one, by table."""
    return to("person", OF_THE_RECORD)


@functools.cache
def to(target: str, without: frozenset[tuple[str, str]] = frozenset()) -> tuple[Reference, ...]:
    """Every column that names a row of this table, by table and column."""
    found = [
        Reference(table, key.parent, _alone(table, key.parent))
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == target and (table.name, key.parent.name) not in without
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _alone(table: Table, column: Column[int]) -> tuple[tuple[Column[object], ...], ...]:
    unique = [tuple(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    unique += [tuple(index.columns) for index in table.indexes if index.unique]
    unique += [tuple(table.primary_key.columns)]
    return tuple(
        tuple(other for other in columns if other is not column)
        for columns in sorted(unique, key=lambda columns: [one.name for one in columns])
        if any(one is column for one in columns)
    )
