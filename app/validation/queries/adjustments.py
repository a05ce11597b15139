"""Adjustments of an edition: how weighty each is, and which units have to be tried again because of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.content import Language, Uid
from app.curriculum.models import Edition, Revision
from app.infra.db import db
from app.validation.models import Adjustment, Pilot, Workshop, WorkshopClosing
from app.validation.rules import adjustments as rules
from app.validation.rules.adjustments import Grade
from app.validation.rules.frozen import load
from app.validation.rules.results import Standing

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Tried:
    """The newest state at which a unit passed a workshop."""

    number: int
    workshop_id: int


def tried_in(edition_id: int) -> set[Language]:
    """The languages in which workshops and pilots try an edition; none where nobody tries it; one query."""
    held = select(Workshop.language).where(Workshop.edition_id == edition_id)
    return set(db.session.scalars(held.union(select(Pilot.language).where(Pilot.edition_id == edition_id))))


def get(edition: Edition, adjustment_id: int) -> Adjustment:
    """An adjustment of this edition; raises `NoSuchAdjustment`."""
    found = db.session.get(Adjustment, adjustment_id)
    if found is None or found.edition_id != edition.id:
        raise rules.NoSuchAdjustment
    return found


def listed(edition: Edition, *, ungraded: bool = False, offset: int = 0, limit: int | None = None) -> list[Adjustment]:
    """An edition's adjustments, newest first; those alone that wait for a person when asked; one query."""
    statement = select(Adjustment).where(Adjustment.edition_id == edition.id)
    if ungraded:
        statement = statement.where(Adjustment.graded_at.is_(None))
    statement = statement.order_by(Adjustment.id.desc()).offset(offset).limit(limit)
    return list(db.session.scalars(statement))


def ungraded(edition: Edition) -> list[Adjustment]:
    """Those that stem from a remark or an observation and that nobody has said yes to."""
    return [one for one in listed(edition, ungraded=True) if one.stems]


def counts(edition: Edition) -> tuple[int, int]:
    """How many adjustments there are, and how many of them are major."""
    rows = db.session.execute(
        select(Adjustment.grade, func.count(Adjustment.id))
        .where(Adjustment.edition_id == edition.id)
        .group_by(Adjustment.grade)
    )
    by = {row[0]: row[1] for row in rows}
    return sum(by.values()), by.get(Grade.MAJOR, 0)


def passed_at(edition_ids: Collection[int]) -> dict[tuple[int, Uid], Tried]:
    """The newest state at which each unit passed a closed workshop, by edition and unit; two queries."""
    found: dict[tuple[int, Uid], Tried] = {}
    if not edition_ids:
        return found
    rows = db.session.execute(
        select(Workshop.edition_id, Workshop.id, Revision.number, WorkshopClosing.results)
        .join(WorkshopClosing, WorkshopClosing.workshop_id == Workshop.id)
        .join(Revision, Revision.id == Workshop.revision_id)
        .where(Workshop.edition_id.in_(edition_ids), WorkshopClosing.reopened_at.is_(None))
        .order_by(WorkshopClosing.at, WorkshopClosing.id)
    )
    for edition_id, workshop_id, number, results in rows:
        for unit in load(results).units:
            key = (edition_id, unit.uid)
            if unit.standing is Standing.PASSED and (key not in found or found[key].number <= number):
                found[key] = Tried(number, workshop_id)
    return found


def majors(edition_ids: Collection[int]) -> dict[tuple[int, Uid], int]:
    """The number of the state of the newest major adjustment of each unit, by edition and unit; one query."""
    if not edition_ids:
        return {}
    rows = db.session.execute(
        select(Adjustment.edition_id, Adjustment.unit_uid, func.max(Revision.number))
        .join(Revision, Revision.id == Adjustment.revision_id)
        .where(Adjustment.edition_id.in_(edition_ids), Adjustment.grade == Grade.MAJOR)
        .group_by(Adjustment.edition_id, Adjustment.unit_uid)
    )
    return {(edition_id, uid): number for edition_id, uid, number in rows}


def to_try_again(edition: Edition) -> list[Uid]:
    """The units that passed a workshop and had a major adjustment since; three queries."""
    tried, major = passed_at([edition.id]), majors([edition.id])
    return [uid for (_, uid), at in tried.items() if major.get((edition.id, uid), 0) > at.number]


def by_id(edition: Edition, ids: Collection[int]) -> Sequence[Adjustment]:
    """Those of these adjustments that are this edition's."""
    return db.session.scalars(
        select(Adjustment).where(Adjustment.edition_id == edition.id, Adjustment.id.in_(ids)).order_by(Adjustment.id)
    ).all()
