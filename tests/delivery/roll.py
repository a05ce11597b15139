"""Attendance for tests of what follows from it: one event and one mark each, as a roll call leaves them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, time

from app.delivery.actions import sessions
from app.delivery.actions.sessions import Report
from app.delivery.kinds import Mark, Source
from app.delivery.models import AttendanceEvent, AttendanceMark, CohortSession, Enrolment
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import COMMAND_LINE

LETTERS = {"p": Mark.PRESENT, "l": Mark.LATE, "h": Mark.PARTIAL, "e": Mark.EXCUSED, "a": Mark.ABSENT}


def hold(session: CohortSession, *trainers: Person, minutes: int = 90) -> None:
    """Report a session as held on the day it was planned for."""
    report = Report(session.planned_on, minutes, trainers=tuple(one.id for one in trainers))
    sessions.report_session(COMMAND_LINE, session, report)


def call(session: CohortSession, marks: Mapping[Enrolment, Mark]) -> None:
    """Mark these people in a session."""
    at = datetime.combine(session.planned_on, time(12), UTC)
    uids = {enrolment: str(uuid.uuid4()) for enrolment in marks}
    db.session.add_all(
        AttendanceEvent(
            uid=uids[enrolment],
            session_id=session.id,
            enrolment_id=enrolment.id,
            mark=mark,
            minutes=None,
            reason="",
            supersedes=[],
            occurred_at=at,
            recorded_at=at,
            received_at=at,
            device="",
            source=Source.WEB,
        )
        for enrolment, mark in marks.items()
    )
    db.session.flush()
    db.session.add_all(
        AttendanceMark(
            session_id=session.id,
            enrolment_id=enrolment.id,
            event_uid=uids[enrolment],
            mark=mark,
            minutes=None,
            reason="",
            rivals=[],
        )
        for enrolment, mark in marks.items()
    )
    db.session.commit()


def season(meetings: list[CohortSession], rows: Mapping[Enrolment, str], *trainers: Person) -> None:
    """Hold sessions and mark each person by letters, one a session: p, l(ate), h(alf), e(xcused), a(bsent), `.`."""
    for place, session in enumerate(meetings):
        hold(session, *trainers)
        found = {one: letters[place] for one, letters in rows.items() if place < len(letters)}
        call(session, {one: LETTERS[letter] for one, letter in found.items() if letter != "."})
