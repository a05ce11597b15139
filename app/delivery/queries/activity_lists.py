"""Listing a programme's activities with what was counted at each, and who stands on one activity's list.

Unchecked: who asks has been shown the programme. Names are shown as far as the actor may see persons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, extract, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.delivery.kinds import ActivityKind, SessionState
from app.delivery.models import (
    Activity,
    ActivityArea,
    ActivityHeadcount,
    ActivityLine,
    ActivityOrganisation,
    ActivityParticipation,
    ActivityProgramme,
    Cohort,
    CohortSession,
    Programme,
)
from app.delivery.rules.activities import LEARNING
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import Actor, Ids, Permission

from . import activities as queries
from . import scopes

PER_PAGE = 30
_DAY = func.coalesce(Activity.held_on, Activity.planned_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed to; None and empty leave it as it is."""

    words: str = ""
    kind: ActivityKind | None = None
    state: SessionState | None = None
    year: int | None = None
    area: int | None = None
    line: int | None = None
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An activity with how many took part by name, how many without, and how many organisations are in it."""

    activity: Activity
    people: int
    heads: int
    organisations: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of activities, and the years in which the programme has any."""

    lines: Sequence[Line]
    total: int
    page: int
    pages: int
    years: Sequence[int]


@dataclass(frozen=True, slots=True)
class Counts:
    """An activity for a programme: its stage there, and the other programmes, the one that holds it among them."""

    host: Programme
    stage: str
    others: Sequence[Programme]


def listed(programme: Programme, wanted: Wanted, page: int = 1, own: Ids | None = None) -> Page:
    """The activities that count for a programme, newest first; the same number of queries for any number of them."""
    base = _of(programme, own)
    years = db.session.scalars(
        base.with_only_columns(extract("year", _DAY)).distinct().order_by(extract("year", _DAY).desc())
    ).all()
    chosen = _narrowed(base, wanted)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(page, pages)
    found = db.session.scalars(
        chosen.order_by(_DAY.desc(), Activity.id.desc()).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    ).all()
    ids = [one.id for one in found]
    named, heads, organisations = _named(ids, own), _heads(ids, own), _organisations(ids)
    lines = [Line(one, named.get(one.id, 0), heads.get(one.id, 0), organisations.get(one.id, 0)) for one in found]
    return Page(lines, total, number, pages, [int(year) for year in years])


def counts_for(activity: Activity, programme: Programme) -> Counts:
    """What an activity is to a programme that it counts for."""
    rows = db.session.execute(
        select(ActivityProgramme, Programme)
        .join(Programme, Programme.id == ActivityProgramme.programme_id)
        .where(ActivityProgramme.activity_id == activity.id)
        .order_by(Programme.name, Programme.id)
    ).all()
    stage = next((link.stage for link, one in rows if one.id == programme.id), "")
    host = next(one for _, one in rows if one.id == activity.programme_id)
    return Counts(host, stage, [one for _, one in rows if one.id != programme.id])


def people_in(activity: Activity) -> int:
    """How many stand on an activity's list by name, in whichever role."""
    counted = select(func.count(ActivityParticipation.id)).where(
        ActivityParticipation.activity_id == activity.id, ActivityParticipation.removed_at.is_(None)
    )
    return db.session.scalar(counted) or 0


def session_of(activity: Activity) -> tuple[CohortSession, Cohort] | None:
    """The session of a cohort that an activity is, with its cohort."""
    if activity.session_id is None:
        return None
    row = db.session.execute(
        select(CohortSession, Cohort)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(CohortSession.id == activity.session_id)
    ).one()
    return row[0], row[1]


def before(activity: Activity) -> Activity | None:
    """The activity that was moved and became this one."""
    return db.session.scalar(select(Activity).where(Activity.follow_up_id == activity.id).limit(1))


def after(activity: Activity) -> Activity | None:
    """What an activity that was moved became."""
    return None if activity.follow_up_id is None else db.session.get(Activity, activity.follow_up_id)


def may_share_with(actor: Actor, activity: Activity) -> Sequence[Programme]:
    """The programmes that somebody runs and that an activity does not count for yet, by name."""
    may = scopes.programmes_visible(actor, Permission.RUN_PROGRAMME)
    taken = queries.programme_ids(activity)
    return db.session.scalars(
        select(Programme).where(may, Programme.id.not_in(taken)).order_by(Programme.name, Programme.id)
    ).all()


def organisations_there(programme: Programme) -> Sequence[Organisation]:
    """The organisations that are in some activity of a programme, by name."""
    there = (
        select(ActivityOrganisation.organisation_id)
        .join(ActivityProgramme, ActivityProgramme.activity_id == ActivityOrganisation.activity_id)
        .where(ActivityProgramme.programme_id == programme.id)
    )
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(there)).order_by(Organisation.name, Organisation.id)
    ).all()


def _of(programme: Programme, own: Ids | None) -> Select[Activity]:
    return (
        select(Activity)
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(ActivityProgramme.programme_id == programme.id, queries.of_organisations(own))
    )


def _narrowed(found: Select[Activity], wanted: Wanted) -> Select[Activity]:
    if words := wanted.words.strip().lower():
        found = found.where(
            or_(*(func.lower(part).contains(words, autoescape=True) for part in (Activity.name, Activity.place)))
        )
    plain: Mapping[Any, Any] = {Activity.kind: wanted.kind, Activity.state: wanted.state}
    for column, value in plain.items():
        if value is not None:
            found = found.where(column == value)
    if wanted.year is not None:
        found = found.where(extract("year", _DAY) == wanted.year)
    for table, column, value in (
        (ActivityArea, ActivityArea.area_id, wanted.area),
        (ActivityLine, ActivityLine.line_id, wanted.line),
        (ActivityOrganisation, ActivityOrganisation.organisation_id, wanted.organisation),
    ):
        if value is not None:
            there: InstrumentedAttribute[int] = table.activity_id
            found = found.where(Activity.id.in_(select(there).where(column == value)))
    return found


def _named(ids: Sequence[int], own: Ids | None) -> dict[int, int]:
    counted = select(ActivityParticipation.activity_id, func.count(ActivityParticipation.id)).where(
        ActivityParticipation.activity_id.in_(ids),
        ActivityParticipation.removed_at.is_(None),
        ActivityParticipation.role.in_(LEARNING),
    )
    if own is not None:
        counted = counted.where(ActivityParticipation.organisation_id.in_(own))
    return dict(db.session.execute(counted.group_by(ActivityParticipation.activity_id)).all())


def _heads(ids: Sequence[int], own: Ids | None) -> dict[int, int]:
    counted = select(ActivityHeadcount.activity_id, func.sum(ActivityHeadcount.people)).where(
        ActivityHeadcount.activity_id.in_(ids), ActivityHeadcount.role.in_(LEARNING)
    )
    if own is not None:
        counted = counted.where(ActivityHeadcount.organisation_id.in_(own))
    rows = db.session.execute(counted.group_by(ActivityHeadcount.activity_id))
    return {activity: int(people) for activity, people in rows}


def _organisations(ids: Sequence[int]) -> dict[int, int]:
    counted = (
        select(ActivityOrganisation.activity_id, func.count(ActivityOrganisation.organisation_id.distinct()))
        .where(ActivityOrganisation.activity_id.in_(ids))
        .group_by(ActivityOrganisation.activity_id)
    )
    return dict(db.session.execute(counted).all())
