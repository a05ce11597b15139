"""Planning sessions, and reporting how they were: held, moved or cancelled, what was taught of which release."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from sqlalchemy import delete

from app.delivery.kinds import Extent, Mode, SessionState, Source
from app.delivery.models import Cohort, CohortSession, SessionChange, SessionReport, SessionUnit
from app.delivery.queries import scopes
from app.delivery.queries import sessions as queries
from app.delivery.rules import cohorts as cohort_rules
from app.delivery.rules import sessions as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import line

from . import views

MOST_UNITS = 30  # of one session


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """What is planned of a session. `units` are uids in the releases that the cohort is taught from."""

    title: str
    on: date
    minutes: int = 90
    starts_at: time | None = None
    place: str = ""
    mode: Mode = Mode.IN_PERSON
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taught:
    """How much of a unit was taught, in how many minutes, and what was changed, at which paragraph if at one."""

    unit_uid: str
    extent: Extent
    minutes: int | None = None
    note: str = ""
    block_uid: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """How a session was. `trainers` are person ids; None says nothing of what was taught, or of who taught."""

    on: date
    minutes: int
    taught: tuple[Taught, ...] | None = None
    trainers: tuple[int, ...] | None = None
    note: str = ""
    place: str | None = None
    mode: Mode | None = field(default=None)


@transactional
def plan_sessions(actor: Actor, cohort: Cohort, wanted: Sequence[SessionDetails]) -> list[CohortSession]:
    """Add sessions to a cohort's plan, numbered on from the last; all of them or none."""
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    queries.hold(cohort)
    first = queries.next_number(cohort)
    if first + len(wanted) - 1 > rules.MOST_SESSIONS:
        raise rules.TooManySessions(most=rules.MOST_SESSIONS)
    offered = queries.units_offered(cohort)
    made = []
    for number, details in enumerate(wanted, first):
        rules.check_minutes(details.minutes)
        session = CohortSession(
            uid=str(uuid.uuid4()),
            cohort_id=cohort.id,
            number=number,
            title=cohort_rules.title(details.title),
            planned_on=details.on,
            starts_at=details.starts_at,
            planned_minutes=details.minutes,
            place=line(details.place),
            mode=details.mode,
            state=SessionState.PLANNED,
        )
        db.session.add(session)
        db.session.flush()
        for position, unit in enumerate(details.units):
            if unit not in offered:
                raise rules.NotTaughtHere
            db.session.add(
                SessionUnit(session_id=session.id, release_id=offered[unit], unit_uid=unit, position=position)
            )
        made.append(session)
    record(actor.account_id, "cohort.sessions_planned", cohort, count=len(made))
    return made


@transactional
def plan_weekly(
    actor: Actor, cohort: Cohort, first: date, weekdays: Collection[int], count: int, pattern: SessionDetails,
    *, skip: Collection[date] = (), titles: Sequence[str] = (),
) -> list[CohortSession]:  # fmt: skip
    """Plan `count` sessions on these weekdays (0 is Monday) from a day on, each as the pattern, e.g. 15 Fridays.

    `titles` and then the pattern's title with a number name them.
    """
    days = rules.by_weekdays(first, weekdays, count, skip)
    if len(days) < count:
        raise rules.NoDays
    named = [*titles[:count], *(f"{pattern.title} {n}" for n in range(len(titles) + 1, count + 1))]
    wanted = [replace(pattern, title=title, on=day) for title, day in zip(named, days, strict=True)]
    return plan_sessions(actor, cohort, wanted)


@transactional
def change_session(actor: Actor, session: CohortSession, wanted: SessionDetails) -> None:
    """Say anew what is planned of a session that nobody has reported yet."""
    cohort = db.session.get_one(Cohort, session.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    queries.hold(cohort)
    db.session.refresh(session)
    if session.state is not SessionState.PLANNED:
        raise rules.NotPlanned
    rules.check_minutes(wanted.minutes)
    offered = {**queries.units_offered(cohort), **queries.units_planned(session)}
    if not offered.keys() >= set(wanted.units):
        raise rules.NotTaughtHere
    session.title, session.planned_on, session.starts_at = cohort_rules.title(wanted.title), wanted.on, wanted.starts_at
    session.planned_minutes, session.place, session.mode = wanted.minutes, line(wanted.place), wanted.mode
    db.session.execute(delete(SessionUnit).where(SessionUnit.session_id == session.id))
    for position, unit in enumerate(dict.fromkeys(wanted.units)):
        db.session.add(SessionUnit(session_id=session.id, release_id=offered[unit], unit_uid=unit, position=position))
    _changed(actor, session)
    record(actor.account_id, "session.changed", session)


def _changed(actor: Actor, session: CohortSession) -> None:
    db.session.add(SessionChange(session_id=session.id, account_id=actor.account_id, at=clock.now()))


@transactional
def report_session(actor: Actor, session: CohortSession, report: Report) -> None:
    """Say that a session was held, how long, who taught, and what of which unit.

    Saying it again corrects what is said; what is left blank then stays as it was said before.
    """
    cohort = db.session.get_one(Cohort, session.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    rules.check_minutes(report.minutes)
    if report.on > clock.now().date():
        raise rules.NotInFuture
    queries.hold(cohort)
    taught, trainers = None, None
    if report.taught is not None:
        offered = {**queries.units_offered(cohort), **queries.units_planned(session)}
        if any(one.unit_uid not in offered for one in report.taught):
            raise rules.NotTaughtHere
        taught = [_taught(one, offered[one.unit_uid]) for one in report.taught]
    if report.trainers is not None:
        teaches = queries.trainer_ids(cohort)
        trainers = [one for one in dict.fromkeys(report.trainers) if one in teaches]
    said = SessionReport(
        state=SessionState.HELD,
        held_on=report.on,
        minutes=report.minutes,
        reason="",
        note=rules.note(report.note, rules.LONGEST_MINUTES_TEXT),
        place=line(report.place or ""),
        mode=report.mode,
        taught=taught,
        trainers=trainers,
    )
    _append(actor, session, said)
    record(actor.account_id, "session.held", session, minutes=report.minutes)


@transactional
def cancel_session(actor: Actor, session: CohortSession, reason: str, note: str = "") -> None:
    """Say that a session did not take place and why; with attendance on it or not, nothing is deleted."""
    _called_off(actor, session, SessionState.CANCELLED, reason, note)
    record(actor.account_id, "session.cancelled", session, reason=reason)


@transactional
def move_session(
    actor: Actor, session: CohortSession, to: date, reason: str, *, starts_at: time | None = None, note: str = ""
) -> CohortSession:
    """Say that a session did not take place as planned, and plan the one that takes its place, with its units."""
    _called_off(actor, session, SessionState.MOVED, reason, note)
    if session.follow_up_id is not None:
        follow_up = db.session.get_one(CohortSession, session.follow_up_id)
        follow_up.planned_on, follow_up.starts_at = to, starts_at or follow_up.starts_at
        _changed(actor, follow_up)
    else:
        units = tuple(queries.units_planned(session))
        details = SessionDetails(
            title=session.title,
            on=to,
            minutes=session.planned_minutes,
            starts_at=starts_at or session.starts_at,
            place=session.place,
            mode=session.mode,
        )
        (follow_up,) = plan_sessions(actor, db.session.get_one(Cohort, session.cohort_id), [details])
        releases = queries.units_planned(session)
        for position, unit in enumerate(units):
            db.session.add(
                SessionUnit(session_id=follow_up.id, release_id=releases[unit], unit_uid=unit, position=position)
            )
        session.follow_up_id = follow_up.id
    record(actor.account_id, "session.moved", session, to=to.isoformat(), reason=reason)
    return follow_up


def _called_off(actor: Actor, session: CohortSession, state: SessionState, reason: str, note: str) -> None:
    cohort = db.session.get_one(Cohort, session.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    queries.hold(cohort)
    if session.state is SessionState.HELD and queries.has_marks(session):
        raise rules.Held
    if reason not in cohort_rules.REASONS:
        raise rules.NeedsWhy
    said = SessionReport(
        state=state, held_on=None, minutes=None, reason=reason, note=rules.note(note), place="", mode=None
    )
    _append(actor, session, said)


def _taught(taught: Taught, release_id: int) -> dict[str, Any]:
    if taught.minutes is not None:
        rules.check_minutes(taught.minutes)
    return {
        "unit": taught.unit_uid,
        "release": release_id,
        "extent": taught.extent.value,
        "minutes": taught.minutes,
        "note": rules.note(taught.note),
        "block": taught.block_uid,
    }


def _append(actor: Actor, session: CohortSession, said: SessionReport) -> None:
    said.uid, said.session_id, said.account_id = str(uuid.uuid4()), session.id, actor.account_id
    said.recorded_at = said.received_at = clock.now()
    said.device, said.source, said.batch_id = "", Source.WEB, None
    db.session.add(said)
    db.session.flush()
    views.fold([session.id])
