"""Counting events and organisations: activities once, organisations once, who covered which training area, targets.

Unchecked: `scopes` is asked before. People are counted in counting.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, or_, select, type_coerce, union_all
from sqlalchemy.types import String

from app.delivery.kinds import ActivityOrganisationRole
from app.delivery.models import (
    Activity,
    ActivityHeadcount,
    ActivityOrganisation,
    ActivityParticipation,
    ActivityProgramme,
    AttendanceMark,
    Cohort,
    CohortSession,
    Enrolment,
)
from app.delivery.rules.counting import By, NetworkFigure, network_figure
from app.infra.db import db
from app.people.kinds import Figure
from app.people.models import Organisation, OrganisationFigure, OrganisationTie

from .counting import attendances, people
from .counting_rows import (
    SESSION,
    THERE,
    Asked,
    country_of,
    event_of_activity,
    event_of_session,
    of_activities,
    of_sessions,
    year_of,
)

_TOGETHER = 0  # no organisation has this id
TAKING_PART = (ActivityOrganisationRole.PARTICIPANT, ActivityOrganisationRole.GUEST)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a programme reached. `heads` are people without names, by sex; they stand beside `people`, not in it."""

    people: int
    attendances: int
    organisations: int
    activities: int
    heads: dict[str, int]


def reach(asked: Asked) -> Reach:
    """People once, attendances, organisations once, events once; five queries for any number of rows."""
    return Reach(people(asked), attendances(asked), organisations(asked), activities(asked), heads(asked))


def activities(asked: Asked) -> int:
    """How many events were held: each activity once for the programmes asked, and sessions that are none of them."""
    events = _events(asked)
    return db.session.scalar(select(func.count(events.c.event.distinct()))) or 0


def activities_by(asked: Asked, by: By) -> dict[Any, int]:
    """How many events there were of each kind, in each year, region or country."""
    events = _events(asked)
    key = _event_key(events, by, asked)
    counted = select(key, func.count(events.c.event.distinct())).group_by(key).order_by(key)
    return dict(db.session.execute(counted).all())


def organisations(asked: Asked) -> int:
    """How many organisations took part, by themselves or through somebody, each once; who only hosted is not."""
    rows = _organisations(asked)
    return db.session.scalar(select(func.count(rows.c.organisation.distinct()))) or 0


def organisations_by(asked: Asked, by: By) -> dict[Any, int]:
    """How many organisations took part in each year or kind of event; by region and country, their own."""
    rows = _organisations(asked)
    key = _event_key(rows, by, asked)
    counted = select(key, func.count(rows.c.organisation.distinct())).group_by(key).order_by(key)
    return dict(db.session.execute(counted).all())


def organisation_ids(asked: Asked) -> frozenset[int]:
    """Which organisations took part."""
    return frozenset(db.session.scalars(select(_organisations(asked).c.organisation).distinct()))


def heads(asked: Asked) -> dict[str, int]:
    """How many people without names were counted, by sex, in activities held. Never added to people with names."""
    counted = (
        select(type_coerce(ActivityHeadcount.sex, String), func.sum(ActivityHeadcount.people))
        .join(Activity, Activity.id == ActivityHeadcount.activity_id)
        .where(
            ActivityHeadcount.programme_id.in_(asked.programmes),
            ActivityHeadcount.role.in_(asked.roles),
            *of_activities(asked),
        )
        .group_by(ActivityHeadcount.sex)
        .order_by(ActivityHeadcount.sex)
    )
    return {sex: int(total) for sex, total in db.session.execute(counted)}


def figure_of_all(ids: Collection[int], figure: Figure, day: date) -> NetworkFigure:
    """A figure of several organisations together on a day, as if they were one network: none is counted twice.

    It is the sum of the newest figures of those that belong to them that day; two queries. Ties without a first day
    have always held. `rules.counting.network_figure` says how it is summed.
    """
    lowers = _ties(day) | {_TOGETHER: set(ids)}
    return network_figure(_TOGETHER, lowers, _newest(_below(_TOGETHER, lowers), figure, day))


def _ties(day: date) -> dict[int, set[int]]:
    """Which organisations belong to which on a day."""
    ties = db.session.execute(
        select(OrganisationTie.upper_id, OrganisationTie.lower_id).where(
            or_(OrganisationTie.since.is_(None), OrganisationTie.since <= day),
            or_(OrganisationTie.until.is_(None), OrganisationTie.until > day),
        )
    )
    lowers: dict[int, set[int]] = {}
    for upper, lower in ties:
        lowers.setdefault(upper, set()).add(lower)
    return lowers


def _below(root: int, lowers: dict[int, set[int]]) -> set[int]:
    found, waiting = set[int](), [root]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(lowers.get(one, ()))
    return found


def _newest(ids: Collection[int], figure: Figure, day: date) -> dict[int, int]:
    """The newest figure of each organisation up to a day; of two of one day, the one entered last."""
    rank = func.row_number().over(
        partition_by=OrganisationFigure.organisation_id,
        order_by=[OrganisationFigure.on_date.desc(), OrganisationFigure.id.desc()],
    )
    ranked = (
        select(OrganisationFigure.organisation_id, OrganisationFigure.value, rank.label("rank"))
        .where(
            OrganisationFigure.organisation_id.in_(ids),
            OrganisationFigure.figure == figure,
            OrganisationFigure.on_date <= day,
        )
        .subquery()
    )
    newest = select(ranked.c.organisation_id, ranked.c.value).where(ranked.c.rank == 1)
    return dict(db.session.execute(newest).all())


def _events(asked: Asked) -> Subquery:
    """A row for each event, of the activities that count for the programmes and of their sessions."""
    counted = (
        select(
            event_of_activity().label("event"),
            Activity.held_on.label("day"),
            Activity.region.label("region"),
            type_coerce(Activity.kind, String).label("kind"),
            type_coerce(Activity.mode, String).label("mode"),
        )
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(ActivityProgramme.programme_id.in_(asked.programmes), *of_activities(asked))
    )
    if not asked.counts_sessions:
        return counted.subquery()
    held = (
        select(
            event_of_session().label("event"),
            CohortSession.held_on.label("day"),
            Cohort.region.label("region"),
            literal(SESSION).label("kind"),
            type_coerce(CohortSession.mode, String).label("mode"),
        )
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(CohortSession.id.not_in(_sessions_told(asked)), *of_sessions(asked))
    )
    return union_all(counted, held).subquery()


def _sessions_told(asked: Asked) -> Select[int | None]:
    """The sessions that a held activity is, so that they are not counted again as a session."""
    return (
        select(Activity.session_id)
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(
            Activity.session_id.is_not(None),
            ActivityProgramme.programme_id.in_(asked.programmes),
            *of_activities(asked),
        )
    )


def _organisations(asked: Asked) -> Subquery:
    """A row for each organisation in each event: on its list, or with somebody there, named or not."""
    parts: list[Select[*tuple[Any, ...]]] = [
        _through(ActivityOrganisation, ActivityOrganisation.role.in_(TAKING_PART), asked),
        _through(
            ActivityParticipation,
            ActivityParticipation.removed_at.is_(None) & ActivityParticipation.role.in_(asked.roles),
            asked,
        ),
        _through(ActivityHeadcount, ActivityHeadcount.role.in_(asked.roles), asked),
    ]
    if asked.counts_sessions:
        parts.append(
            select(
                Enrolment.organisation_id.label("organisation"),
                CohortSession.held_on.label("day"),
                literal(SESSION).label("kind"),
                type_coerce(CohortSession.mode, String).label("mode"),
            )
            .select_from(AttendanceMark)
            .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
            .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
            .join(Cohort, Cohort.id == CohortSession.cohort_id)
            .where(AttendanceMark.mark.in_(THERE), Enrolment.organisation_id.is_not(None), *of_sessions(asked))
        )
    there = union_all(*parts).subquery()
    return (
        select(there.c.organisation, there.c.day, there.c.kind, there.c.mode, Organisation.region.label("region"))
        .join(Organisation, Organisation.id == there.c.organisation)
        .subquery()
    )


def _through(table: Any, condition: ColumnElement[bool], asked: Asked) -> Select[*tuple[Any, ...]]:
    return (
        select(
            table.organisation_id.label("organisation"),
            Activity.held_on.label("day"),
            type_coerce(Activity.kind, String).label("kind"),
            type_coerce(Activity.mode, String).label("mode"),
        )
        .join(Activity, Activity.id == table.activity_id)
        .where(
            table.organisation_id.is_not(None),
            table.programme_id.in_(asked.programmes),
            condition,
            *of_activities(asked),
        )
    )


def _event_key(rows: Subquery, by: By, asked: Asked) -> ColumnElement[Any]:
    if by is By.YEAR:
        return year_of(rows.c.day, asked.year_starts_in)
    if by is By.COUNTRY:
        return country_of(rows.c.region)
    return rows.c[by.value]
