"""Who stands behind a figure, by name, for those who may see each of these people. Donors may see none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, NotAllowed, Permission
from app.people.queries import persons

from .reports import Report
from .views import View, may_see_people

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Named:
    """One page of the people or organisations behind a figure; `hidden` are those this actor may not be shown."""

    people: Sequence[Person]
    organisations: Sequence[Organisation]
    found: int
    hidden: int


def check(actor: Actor, view: View) -> None:
    """Raise `NotAllowed` unless this actor may ask at all."""
    if not may_see_people(actor, view):
        raise NotAllowed


def behind(
    actor: Actor, report: Report, code: str, *, named: str = "", limit: int | None = None, offset: int = 0
) -> Named:
    """The people, or else the organisations, that a figure counts, by name; those with these letters in it."""
    check(actor, report.view)
    figure = report.figure(code)
    if figure is None:
        return Named([], [], 0, 0)
    if figure.people:
        shown = [one for some in _chunks(figure.people) for one in _people(actor, some)]
        wanted = [one for one in shown if named.lower() in one.name.lower()]
        wanted.sort(key=lambda one: (one.family_names.lower(), one.given_names.lower(), one.id))
        page = wanted[offset:] if limit is None else wanted[offset : offset + limit]
        return Named(page, [], len(wanted), len(figure.people) - len(shown))
    held = [one for some in _chunks(figure.organisations) for one in _organisations(some)]
    matching = [one for one in held if named.lower() in one.name.lower()]
    matching.sort(key=lambda one: (one.name.lower(), one.id))
    ended = matching[offset:] if limit is None else matching[offset : offset + limit]
    return Named([], ended, len(matching), 0)


def _people(actor: Actor, ids: Sequence[int]) -> Sequence[Person]:
    seen: ColumnElement[bool] = persons.visible(actor, Permission.SEE_PEOPLE)
    return db.session.scalars(select(Person).where(Person.id.in_(ids), seen)).all()


def _organisations(ids: Sequence[int]) -> Sequence[Organisation]:
    return db.session.scalars(select(Organisation).where(Organisation.id.in_(ids))).all()


def _chunks(ids: Sequence[int]) -> Sequence[Sequence[int]]:
    return [ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK)]
