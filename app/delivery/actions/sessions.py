"""Planning sessions, and reporting how they were: held, moved or cancelled, what was taught of which release."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import delete

from app.delivery.kinds import Extent, Mode, SessionState
from app.delivery.models import Cohort, CohortSession, SessionTrainer, SessionUnit
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
    """How a session was. `trainers` are person ids."""

    on: date
    minutes: int
    taught: tuple[Taught, ...] = ()
    trainers: tuple[int, ...] = ()
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
def report_session(actor: Actor, session: CohortSession, report: Report) -> None:
    """Say that a session was held, how long, who taught, and what of which unit; saying it again replaces it."""
    cohort = db.session.get_one(Cohort, session.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    rules.check_minutes(report.minutes)
    if report.on > clock.now().date():
        raise rules.NotInFuture
    teaches = queries.trainer_ids(cohort)
    offered = {**queries.units_offered(cohort), **queries.units_planned(session)}
    session.state, session.held_on, session.held_minutes = SessionState.HELD, report.on, report.minutes
    session.note, session.reason = line(report.note), ""
    session.place = session.place if report.place is None else line(report.place)
    session.mode = report.mode or session.mode
    session.received_at, session.reported_by_id = clock.now(), actor.account_id
    for part in (SessionUnit, SessionTrainer):
        db.session.execute(delete(part).where(part.session_id == session.id))
    for position, taught in enumerate(report.taught):
        if taught.unit_uid not in offered:
            raise rules.NotTaughtHere
        db.session.add(
            SessionUnit(
                session_id=session.id,
                release_id=offered[taught.unit_uid],
                unit_uid=taught.unit_uid,
                position=position,
                extent=taught.extent,
                minutes=taught.minutes,
                note=line(taught.note),
                block_uid=taught.block_uid,
            )
        )
    for person_id in report.trainers:
        if person_id in teaches:
            db.session.add(SessionTrainer(session_id=session.id, person_id=person_id))
    record(actor.account_id, "session.held", session, minutes=report.minutes)
