"""Counting who was there: people once, attendances, by whatever is asked. Each answer is one query, whatever it counts.

Named people only: headcounts are summed by themselves and never added. Sessions of cohorts stand beside activities, and
an activity that is a session is that one event. Headcounts, organisations and activities are in counting_events.py.
Unchecked: `scopes` is asked before.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, Subquery, case, func, select, type_coerce

from app.delivery.rules.counting import AgeGroup, By
from app.infra.db import db
from app.people.models import Person

from .counting_rows import Asked, age_on, country_of, of_programme, rows_of, year_of

__all__ = ["Asked", "attendances", "of_programme", "people", "people_by"]

_OF_THE_PERSON = frozenset({By.SEX, By.AGE})


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
    apart = {one: _key(rows, one, asked).label(f"key{n}") for n, one in enumerate(by) if one not in _OF_THE_PERSON}
    first = func.min(rows.c.day).label("day")
    each = select(rows.c.person, first, *apart.values()).group_by(rows.c.person, *apart.values()).subquery()
    person = Person.__table__
    told: dict[By, ColumnElement[Any]] = {
        By.SEX: type_coerce(person.c.sex, String),
        By.AGE: _age_group(age_on(person, each.c.day), asked.youth_until),
    }
    columns = [told[one] if one in told else each.c[f"key{n}"] for n, one in enumerate(by)]
    groups = [column.label(f"group{n}") for n, column in enumerate(columns)]
    counted = (
        select(*groups, func.count())
        .select_from(each)
        .join(person, person.c.id == each.c.person)
        .group_by(*groups)
        .order_by(*groups)
    )
    return {tuple(row[:-1]): row[-1] for row in db.session.execute(counted)}


def _age_group(age: ColumnElement[int], youth_until: int) -> ColumnElement[str]:
    return case(
        (age.is_(None), AgeGroup.NOT_KNOWN.value),
        (age <= youth_until, AgeGroup.YOUNG.value),
        else_=AgeGroup.OLDER.value,
    )


def _key(rows: Subquery, by: By, asked: Asked) -> ColumnElement[Any]:
    """The value by which a row falls into a group, where it is not one of the person's own."""
    if by is By.YEAR:
        return year_of(rows.c.day, asked.year_starts_in)
    if by is By.COUNTRY:
        return country_of(rows.c.region)
    return rows.c[by.value]
