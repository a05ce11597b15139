"""Reading attendance: the sheet of a cohort, one learner's attendance, the lines of a sign-in sheet.

Unchecked: `scopes` is asked before. A constant number of queries, however many learners and sessions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import String, cast, func, select, type_coerce

from app.delivery.kinds import EnrolmentState, Mark, SessionState
from app.delivery.models import AttendanceMark, Cohort, CohortSession, Enrolment
from app.delivery.rules.attendance import TOOK_PART, NobodyHere, Rate, Taken, rate
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.queries.persons import by_name


class Cell(NamedTuple):
    """What holds of a person in a session; `in_conflict` where a person must choose."""

    mark: Mark
    minutes: int | None
    reason: str
    in_conflict: bool
    event_uid: str


class Spot(NamedTuple):
    """What a sheet shows of a person in a session."""

    mark: Mark
    minutes: int | None
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A learner on the sheet. `cells` by session id; a session without one was not marked."""

    enrolment_id: int
    name: str
    state: EnrolmentState
    cells: Mapping[int, Spot]
    rate: Rate
    unmarked: int


@dataclass(frozen=True, slots=True)
class Column:
    """A session on the sheet, with how many took part and how many marks there are."""

    id: int
    number: int
    title: str
    state: SessionState
    on: str
    took_part: int
    marked: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Attendance of a cohort. Learners who left stay on it: what they attended is a fact."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


# Thousands of marks are read at once: what the database can say plainly is not turned into objects one by one.
_MARKS = {mark.value: mark for mark in Mark}
_MARK = type_coerce(AttendanceMark.mark, String)
_IN_CONFLICT = cast(AttendanceMark.rivals, String) != "[]"
_MINUTES = func.coalesce(CohortSession.held_minutes, CohortSession.planned_minutes)


def sheet(cohort: Cohort) -> Sheet:
    """The attendance sheet of a cohort, sessions by number, learners by name; three queries."""
    sessions = db.session.execute(
        select(CohortSession.id, CohortSession.number, CohortSession.title, CohortSession.state,
               func.coalesce(CohortSession.held_on, CohortSession.planned_on), _MINUTES)
        .where(CohortSession.cohort_id == cohort.id)
        .order_by(CohortSession.number)
    ).all()  # fmt: skip
    people = db.session.execute(
        select(Enrolment.id, Enrolment.state, Person.given_names, Person.family_names)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(*by_name(), Enrolment.id)
    ).all()
    minutes = {row[0]: row[5] for row in sessions}
    marks = db.session.connection().execute(
        select(AttendanceMark.enrolment_id, AttendanceMark.session_id, _MARK, AttendanceMark.minutes, _IN_CONFLICT)
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .where(CohortSession.cohort_id == cohort.id)
    )  # fmt: skip
    cells: dict[int, dict[int, Spot]] = {row[0]: {} for row in people}
    marked, took_part = dict.fromkeys(minutes, 0), dict.fromkeys(minutes, 0)
    for enrolment_id, session_id, said, told, in_conflict in marks:
        mark = _MARKS[said]
        cells[enrolment_id][session_id] = Spot(mark, told, in_conflict)
        marked[session_id] += 1
        took_part[session_id] += mark in TOOK_PART
    held = [row[0] for row in sessions if row[3] is SessionState.HELD]
    return Sheet(
        columns=tuple(
            Column(id_, number, title, state, str(on), took_part[id_], marked[id_])
            for id_, number, title, state, on, _ in sessions
        ),
        lines=tuple(
            Line(id_, f"{given} {family}".strip(), state, own := cells[id_], _rate(own, minutes),
                 sum(session_id not in own for session_id in held))
            for id_, state, given, family in people
        ),
    )  # fmt: skip


def _rate(cells: Mapping[int, Spot], minutes: Mapping[int, int]) -> Rate:
    return rate(Taken(cell.mark, cell.minutes, minutes[session_id]) for session_id, cell in cells.items())


def rates(enrolment_ids: Sequence[int]) -> dict[int, Rate]:
    """The rates of these learners, by enrolment; one query."""
    found: dict[int, list[Taken]] = {id_: [] for id_ in enrolment_ids}
    for enrolment_id, mark, told, minutes in db.session.execute(
        select(AttendanceMark.enrolment_id, AttendanceMark.mark, AttendanceMark.minutes, _MINUTES)
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .where(AttendanceMark.enrolment_id.in_(enrolment_ids))
    ):
        found[enrolment_id].append(Taken(mark, told, minutes))
    return {id_: rate(taken) for id_, taken in found.items()}


@dataclass(frozen=True, slots=True)
class Attended:
    """A session of one learner's cohort and what holds of them in it; None where nothing was marked."""

    session: CohortSession
    cell: Cell | None


def of_learner(enrolment: Enrolment) -> tuple[list[Attended], Rate]:
    """One learner's attendance, session by session, and their rate; one query."""
    rows = db.session.execute(
        select(CohortSession, AttendanceMark)
        .outerjoin(
            AttendanceMark,
            (AttendanceMark.session_id == CohortSession.id) & (AttendanceMark.enrolment_id == enrolment.id),
        )
        .where(CohortSession.cohort_id == enrolment.cohort_id)
        .order_by(CohortSession.number)
    ).all()
    found = [
        Attended(
            session,
            None if mark is None else Cell(mark.mark, mark.minutes, mark.reason, bool(mark.rivals), mark.event_uid),
        )
        for session, mark in rows
    ]
    taken = [
        Taken(one.cell.mark, one.cell.minutes, one.session.held_minutes or one.session.planned_minutes)
        for one in found
        if one.cell is not None
    ]
    return found, rate(taken)


@dataclass(frozen=True, slots=True)
class SignInLine:
    """A line of a printed sheet to sign: nothing on it that others at the table need not read."""

    number: int
    name: str
    organisation: str
    enrolment_uid: str


def sign_in_sheet(cohort: Cohort) -> list[SignInLine]:
    """The lines to print for a session of a cohort, by name: those who are enrolled and have not left."""
    rows = db.session.execute(
        select(Person.given_names, Person.family_names, Organisation.name, Enrolment.uid)
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(OPEN))
        .order_by(*by_name(), Enrolment.id)
    )
    return [
        SignInLine(number, f"{given} {family}".strip(), organisation or "", uid)
        for number, (given, family, organisation, uid) in enumerate(rows, 1)
    ]


def enrolment_of(cohort: Cohort, enrolment_id: int) -> tuple[Enrolment, Person]:
    """An enrolment of this cohort with its person, ended ones too; raises `NobodyHere`."""
    found = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.cohort_id == cohort.id)
    ).first()
    if found is None:
        raise NobodyHere
    return found[0], found[1]
