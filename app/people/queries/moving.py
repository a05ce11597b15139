"""How much names one record, table by table: what would go over when it is joined with another one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, literal, select, union_all

from app.infra.db import db
from app.people import references
from app.people.models import Person


def what_moves(person: Person) -> Sequence[tuple[str, int]]:
    """The tables in which something names this record, and how often; one query."""
    counts = [
        select(literal(one.table.name).label("name"), func.count().label("times")).where(one.column == person.id)
        for one in references.to_persons()
    ]
    times: dict[str, int] = {}
    for name, count in db.session.execute(union_all(*counts)):
        times[name] = times.get(name, 0) + count
    return [(name, count) for name, count in sorted(times.items()) if count]
