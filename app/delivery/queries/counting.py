"""Counting who was there: people once, attendances, by whatever is asked. Each answer is one query, whatever it counts.

Named people only: headcounts are summed by themselves and never added. Sessions of cohorts stand beside activities, and
an activity that is a session is that one event. Headcounts, organisations and activities are in counting_events.py.
Unchecked: `scopes` is asked before.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, select

from app.delivery.rules.counting import AgeGroup, By
from app.infra.db import db

from .counting_rows import Asked, country_of, of_programme, rows_of, year_of

__all__ = ["Asked", "attendances", "of_programme", "people", "people_by"]


def people(asked: Asked) -> int:
    """How many people were there, each once."""
    rows = rows_of(asked)
    return db.session.scalar(select(func.count(rows.c.person.distinct()))) or 0


def attendances(asked: Asked) -> int:
    """How often people were there: each person once at each event."""
    rows = rows_of(asked)
    pairs = select(rows.c.event, rows.c.person).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(pairs)) or 0


def people_by(asked: Asked, *by: By) -> dict[tuple[Any, ...], int]:
    """How many people there were in each group, a person once in each; groups without anybody are left out.

    The age is that on the day of a person's first event within the group (of that year, that organisation), so that
    nobody is young and older at once. Keys are the values of `kinds`, years, ids of organisations or None.
    """
    rows = rows_of(asked)
    keys = [_key(rows, one, asked) for one in by]
    apart = [key for one, key in zip(by, keys, strict=True) if one is not By.AGE]
    first = func.row_number().over(
        partition_by=[rows.c.person, *apart], order_by=[rows.c.day, rows.c.event, rows.c.role]
    )
    each = select(*(key.label(f"key{n}") for n, key in enumerate(keys)), first.label("first")).subquery()
    columns = [each.c[f"key{n}"] for n in range(len(by))]
    counted = select(*columns, func.count()).where(each.c.first == 1).group_by(*columns).order_by(*columns)
    return {tuple(row[:-1]): row[-1] for row in db.session.execute(counted)}


def _key(rows: Subquery, by: By, asked: Asked) -> ColumnElement[Any]:
    """The value by which a row falls into a group."""
    if by is By.AGE:
        return case(
            (rows.c.age.is_(None), AgeGroup.NOT_KNOWN.value),
            (rows.c.age <= asked.youth_until, AgeGroup.YOUNG.value),
            else_=AgeGroup.OLDER.value,
        )
    if by is By.YEAR:
        return year_of(rows.c.day, asked.year_starts_in)
    if by is By.COUNTRY:
        return country_of(rows.c.region)
    return rows.c[by.value]
