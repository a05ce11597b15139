"""Keeping the keys by which a person is found a second time; called by whatever changes names, papers or telephones."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from app.infra.db import db
from app.people.models import Person, PersonKey
from app.people.queries import duplicates as queries
from app.people.rules import duplicates as rules

AT_ONCE = 500


def keep(persons: Sequence[Person]) -> None:
    """Make the keys of these persons anew; somebody erased has none."""
    db.session.flush()
    db.session.execute(delete(PersonKey).where(PersonKey.person_id.in_([person.id for person in persons])))
    told = queries.known([person for person in persons if person.erased_at is None])
    rows = [
        {"person_id": id_, "key": key, "strong": key.startswith(rules.STRONG)}
        for id_, known in told.items()
        for key in sorted(rules.keys(known))
    ]
    if rows:
        db.session.execute(insert(PersonKey), rows)


def keep_all() -> int:
    """Make everybody's keys anew, e.g. after the rule changed; returns how many persons there are."""
    done, last = 0, 0
    while page := db.session.scalars(
        select(Person).where(Person.id > last).order_by(Person.id).limit(AT_ONCE)
    ).all():  # fmt: skip
        keep(page)
        done, last = done + len(page), page[-1].id
    return done
