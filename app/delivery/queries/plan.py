"""Reading a cohort's plan: its sessions with their units and how many came, who teaches. Unchecked: ask `scopes`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, reading
from app.delivery.kinds import CohortState, SessionState
from app.delivery.models import (
    AttendanceMark,
    Cohort,
    CohortRelease,
    CohortSession,
    CohortTrainer,
    Enrolment,
    SessionTrainer,
    SessionUnit,
)
from app.delivery.rules.attendance import TOOK_PART
from app.delivery.rules.risk_harvests import harvest_on
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission

from . import risk, scopes


class Offered(NamedTuple):
    """A unit that a cohort can be taught: its title in the cohort's language, its minutes, its release."""

    uid: Uid
    title: str
    minutes: int
    release_id: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A session in the list: its units' titles, how many took part of how many that were marked."""

    session: CohortSession
    units: tuple[str, ...]
    took_part: int
    marked: int


def view(release: Release, language: str) -> reading.View:
    """A release as the people of a cohort read it, in the cohort's language where it has it."""
    edition = db.session.get_one(Edition, release.edition_id)
    found = language if language in edition.languages else edition.languages[0]
    return reading.View(edition, release, contents.state(release.revision), found)


def releases(cohort: Cohort) -> Sequence[Release]:
    """What a cohort was or is taught from, the present one last."""
    return db.session.scalars(
        select(Release)
        .join(CohortRelease, CohortRelease.release_id == Release.id)
        .where(CohortRelease.cohort_id == cohort.id)
        .order_by(CohortRelease.until.is_(None), CohortRelease.id)
    ).all()


def offered(cohort: Cohort) -> list[Offered]:
    """The units of the releases a cohort is taught from now, in their order."""
    now = set(
        db.session.scalars(
            select(CohortRelease.release_id).where(CohortRelease.cohort_id == cohort.id, CohortRelease.until.is_(None))
        )
    )
    found: dict[Uid, Offered] = {}
    for release in releases(cohort):
        if release.id in now:
            for _, lines in reading.lines(view(release, cohort.language)):
                found |= {line.uid: Offered(line.uid, line.title, line.minutes, release.id) for line in lines}
    return list(found.values())


def not_planned_yet(cohort: Cohort) -> list[Offered]:
    """The units offered that no session of this cohort is for, in their order."""
    used = set(
        db.session.scalars(
            select(SessionUnit.unit_uid)
            .join(CohortSession, CohortSession.id == SessionUnit.session_id)
            .where(CohortSession.cohort_id == cohort.id)
        )
    )
    return [one for one in offered(cohort) if one.uid not in used]


def harvest_months(cohort: Cohort) -> frozenset[int]:
    """The months in which the organisations of those enrolled harvest, as far as it is known."""
    ids = select(Enrolment.organisation_id).where(Enrolment.cohort_id == cohort.id).distinct()
    rows = db.session.execute(
        select(Organisation.region, Organisation.crops).where(
            or_(Organisation.id.in_(ids), Organisation.id == cohort.host_id)
        )
    ).all()
    (_, windows) = risk.settings([cohort.programme_id])[cohort.programme_id]
    return frozenset(
        month
        for month in range(1, 13)
        for region, crops in rows
        if harvest_on(windows, region or cohort.region, crops or (), date(2026, month, 1)) is not None
    )


def titles(cohort: Cohort) -> dict[Uid, str]:
    """The titles of all units that a cohort was ever taught from, by uid."""
    found: dict[Uid, str] = {}
    for release in releases(cohort):
        for _, lines in reading.lines(view(release, cohort.language)):
            found |= {line.uid: line.title for line in lines}
    return found


def months(cohort: Cohort) -> list[tuple[int, int, int]]:
    """Year, month and how many sessions there are in it, oldest first."""
    counts: dict[tuple[int, int], int] = {}
    for day in db.session.scalars(select(CohortSession.planned_on).where(CohortSession.cohort_id == cohort.id)):
        counts[day.year, day.month] = counts.get((day.year, day.month), 0) + 1
    return [(*month, count) for month, count in sorted(counts.items())]


def listed(
    cohort: Cohort, month: tuple[int, int] | None = None, state: SessionState | None = None, *, newest: bool = False
) -> list[Planned]:
    """The plan, or one month or state of it, in the order of its days; four queries."""
    conditions: list[ColumnElement[bool]] = [CohortSession.cohort_id == cohort.id]
    if month is not None:
        first = date(*month, 1)
        conditions += [
            CohortSession.planned_on >= first,
            CohortSession.planned_on < (first + timedelta(31)).replace(day=1),
        ]
    conditions += [CohortSession.state == state] if state is not None else []
    order = [CohortSession.planned_on, CohortSession.number]
    sessions = db.session.scalars(
        select(CohortSession).where(*conditions).order_by(*([one.desc() for one in order] if newest else order))
    ).all()
    ids = [one.id for one in sessions]
    units, came = units_of(ids), counts(ids)
    names = titles(cohort) if units else {}
    return [
        Planned(one, tuple(names.get(unit.unit_uid, unit.unit_uid) for unit in units.get(one.id, ())),
                *came.get(one.id, (0, 0)))
        for one in sessions
    ]  # fmt: skip


def units_of(session_ids: Collection[int]) -> dict[int, list[SessionUnit]]:
    """The units of these sessions in their order."""
    found: dict[int, list[SessionUnit]] = {}
    for unit in db.session.scalars(
        select(SessionUnit)
        .where(SessionUnit.session_id.in_(session_ids))
        .order_by(SessionUnit.session_id, SessionUnit.position, SessionUnit.id)
    ):
        found.setdefault(unit.session_id, []).append(unit)
    return found


def counts(session_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many took part in each of these sessions, and of how many something is known."""
    found: dict[int, tuple[int, int]] = {}
    for session_id, mark, count in db.session.execute(
        select(AttendanceMark.session_id, AttendanceMark.mark, func.count(AttendanceMark.id))
        .where(AttendanceMark.session_id.in_(session_ids))
        .group_by(AttendanceMark.session_id, AttendanceMark.mark)
    ):
        took_part, marked = found.get(session_id, (0, 0))
        found[session_id] = (took_part + (count if mark in TOOK_PART else 0), marked + count)
    return found


def teachers(cohort: Cohort) -> list[tuple[Person, CohortTrainer]]:
    """Who teaches or taught a cohort, those who do now first."""
    rows = db.session.execute(
        select(Person, CohortTrainer)
        .join(CohortTrainer, CohortTrainer.person_id == Person.id)
        .where(CohortTrainer.cohort_id == cohort.id)
        .order_by(CohortTrainer.until.is_not(None), CohortTrainer.id)
    )
    return [(person, trainer) for person, trainer in rows]


def taught_by(session: CohortSession) -> list[Person]:
    """Who taught a session, as its report says."""
    return list(
        db.session.scalars(
            select(Person)
            .join(SessionTrainer, SessionTrainer.person_id == Person.id)
            .where(SessionTrainer.session_id == session.id)
            .order_by(Person.family_names, Person.given_names, Person.id)
        )
    )


@dataclass(frozen=True, slots=True)
class Today:
    """What a trainer's first page shows: today's sessions, the next one, past ones of which nothing was noted."""

    today: list[tuple[CohortSession, Cohort, int]]
    following: tuple[CohortSession, Cohort] | None
    unmarked: list[tuple[CohortSession, Cohort]]
    more_unmarked: int


MOST_UNMARKED = 5


def today(actor: Actor, on: date) -> Today:
    """The sessions of the cohorts that somebody teaches, as they stand on a day; three queries."""
    own = actor.person_id
    mine = select(CohortTrainer.cohort_id).where(CohortTrainer.person_id == own, CohortTrainer.until.is_(None))
    marked = select(func.count(AttendanceMark.id)).where(AttendanceMark.session_id == CohortSession.id)
    there = (
        select(CohortSession, Cohort, marked.scalar_subquery())
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(
            Cohort.id.in_(mine),
            scopes.cohorts_visible(actor, Permission.TEACH),
            Cohort.state.in_([CohortState.PLANNED, CohortState.ACTIVE]),
            CohortSession.state.in_([SessionState.PLANNED, SessionState.HELD]),
        )
    )
    day = func.coalesce(CohortSession.held_on, CohortSession.planned_on)
    now = db.session.execute(there.where(day == on).order_by(CohortSession.starts_at, CohortSession.id)).all()
    after = db.session.execute(
        there.where(day > on, CohortSession.state == SessionState.PLANNED).order_by(day, CohortSession.id).limit(1)
    ).first()
    past = db.session.execute(
        there.where(day < on, marked.scalar_subquery() == 0)
        .order_by(day.desc(), CohortSession.id)
        .limit(MOST_UNMARKED + 100)
    ).all()
    return Today(
        today=[(session, cohort, count) for session, cohort, count in now],
        following=(after[0], after[1]) if after is not None else None,
        unmarked=[(session, cohort) for session, cohort, _ in past[:MOST_UNMARKED]],
        more_unmarked=max(0, len(past) - MOST_UNMARKED),
    )


def first_words(cohort: Cohort, units: Mapping[Uid, int]) -> dict[Uid, list[tuple[Uid, str]]]:
    """The paragraphs of these units (uid to release id), each with its text, for saying where a change was made."""
    from_release: dict[int, list[Uid]] = {}
    for uid, release_id in units.items():
        from_release.setdefault(release_id, []).append(uid)
    found: dict[Uid, list[tuple[Uid, str]]] = {}
    for release in db.session.scalars(select(Release).where(Release.id.in_(from_release)).order_by(Release.id)):
        seen = view(release, cohort.language)
        for uid in from_release[release.id]:
            at = reading.unit_of(seen.state.content, uid)
            if at is not None:
                texts = contents.texts_of(at[1].blocks, seen.language)
                found[uid] = [
                    (block.uid, text) for block, text in zip(at[1].blocks, texts, strict=True) if text is not None
                ]
    return found
