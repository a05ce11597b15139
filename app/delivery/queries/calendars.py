"""Reading somebody's sessions for a calendar: those they teach and those they attend. Unchecked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select

from app.delivery.kinds import CohortState
from app.delivery.models import (
    CalendarAddress,
    Cohort,
    CohortSession,
    CohortTrainer,
    Enrolment,
    SessionChange,
    SessionReport,
)
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people import queries as accounts
from app.people.models import LearnerCard, Person
from app.people.permissions import Actor
from app.people.queries.persons import standing_for


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session in somebody's calendar. `sequence` grows with every change of it."""

    session: CohortSession
    cohort: Cohort
    teaches: bool
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is, in which language of the pages they read."""

    person: Person
    language: str | None


def address(address_id: int) -> CalendarAddress | None:
    """An address by its number."""
    return db.session.get(CalendarAddress, address_id)


def address_of(account_id: int | None, card: LearnerCard | None) -> CalendarAddress | None:
    """The address of an account, or of a learner's card."""
    if card is not None:
        return db.session.scalar(select(CalendarAddress).where(CalendarAddress.card_id == card.id))
    if account_id is None:
        return None
    return db.session.scalar(select(CalendarAddress).where(CalendarAddress.account_id == account_id))


def owner(found: CalendarAddress) -> Owner | None:
    """Whose calendar this is; None once the account is closed, the card has ended, or the person was erased."""
    person_id, language = None, None
    if found.account_id is not None:
        account = accounts.account_for_session(found.account_id)
        if account is not None and account.active:
            person_id, language = account.person_id, account.language
    elif found.card_id is not None:
        card = db.session.get(LearnerCard, found.card_id)
        person_id = card.person_id if card is not None and card.ended_at is None else None
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None:
        return None
    person = standing_for(person)
    return Owner(person, language) if person.erased_at is None else None


def meetings(person: Person, since: date) -> Sequence[Meeting]:
    """The sessions that somebody teaches or attends from a day on, by day; three queries."""
    teaches = select(CohortTrainer.cohort_id).where(
        CohortTrainer.person_id == person.id, or_(CohortTrainer.until.is_(None), CohortTrainer.until >= since)
    )
    attends = select(Enrolment.cohort_id).where(Enrolment.person_id == person.id, Enrolment.state.in_(OPEN))
    taught = set(db.session.scalars(teaches))
    rows = db.session.execute(
        select(CohortSession, Cohort)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(
            or_(Cohort.id.in_(taught), Cohort.id.in_(attends)),
            Cohort.state != CohortState.CANCELLED,
            func.coalesce(CohortSession.held_on, CohortSession.planned_on) >= since,
        )
        .order_by(CohortSession.planned_on, CohortSession.id)
    ).all()
    ids = [session.id for session, _ in rows]
    changes: dict[int, tuple[int, datetime]] = {}
    for table, moment in ((SessionChange, SessionChange.at), (SessionReport, SessionReport.received_at)):
        for session_id, count, last in db.session.execute(
            select(table.session_id, func.count(), func.max(moment))
            .where(table.session_id.in_(ids))
            .group_by(table.session_id)
        ):
            before, when = changes.get(session_id, (0, last))
            changes[session_id] = (before + count, max(when, last))
    return [
        Meeting(session, cohort, cohort.id in taught, *changes.get(session.id, (0, cohort.created_at)))
        for session, cohort in rows
    ]


def region_of_teacher(person_id: int) -> str | None:
    """The region of the newest cohort that somebody teaches now; None for who teaches none."""
    return db.session.scalar(
        select(Cohort.region)
        .join(CohortTrainer, CohortTrainer.cohort_id == Cohort.id)
        .where(CohortTrainer.person_id == person_id, CohortTrainer.until.is_(None))
        .order_by(CohortTrainer.id.desc())
        .limit(1)
    )


def person_of(actor: Actor) -> Person | None:
    """Who somebody is that is signed in, where we know it."""
    found = db.session.get(Person, actor.person_id) if actor.person_id is not None else None
    return standing_for(found) if found is not None else None
