"""What is known of how people learned, read in a handful of queries for any number of people: the ground of progress.

Rows are read as plain columns: this is asked for whole cohorts, and for a learner's home on every visit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select

from app.core.content import Uid
from app.delivery.kinds import EnrolmentState, Extent, Mark, SessionState
from app.delivery.models import AttendanceMark, CohortSession, Enrolment, SessionUnit
from app.infra.db import db
from app.learning.kinds import AssessmentKind, Evidence, Moment
from app.learning.models import Assessment, AssessmentItem, AssessmentResult, UnitReading
from app.learning.rules import progress
from app.learning.rules.progress import Presence, Rule, Sign

ENDING = frozenset({AssessmentKind.PAIR, AssessmentKind.QUIZ})  # what a cohort may be ended with


@dataclass(frozen=True, slots=True)
class Place:
    """An enrolment, as far as progress needs it."""

    id: int
    cohort_id: int
    person_id: int
    enrolled_on: date
    state: EnrolmentState


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session of a cohort with its units: uid, extent (None while planned), release.

    `minutes` are those it took, and those planned where it is not held yet or nobody told.
    """

    id: int
    cohort_id: int
    number: int
    title: str
    on: date
    starts_at: time | None
    place: str
    state: SessionState
    minutes: int
    units: list[tuple[Uid, Extent | None, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody has of one unit's items of an assessment at a moment."""

    assessment_id: int
    cohort_id: int
    title: str
    kind: AssessmentKind
    moment: Moment
    unit_uid: Uid
    release_id: int | None
    points: float
    out_of: int
    waiting: int
    answered: int
    in_group: bool
    on: date

    @property
    def ends(self) -> bool:
        """Whether it is what a cohort is ended with: a pair afterwards, a quiz."""
        return (self.kind, self.moment) in ((AssessmentKind.PAIR, Moment.POST), (AssessmentKind.QUIZ, Moment.ONCE))

    @property
    def share(self) -> Fraction | None:
        if self.waiting or not self.out_of:
            return None
        return Fraction(self.points).limit_denominator(100_000) / self.out_of


@dataclass(frozen=True, slots=True)
class Test:
    """An assessment of a cohort, and how many items it has."""

    id: int
    title: str
    kind: AssessmentKind
    items: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of some people: `marks` by enrolment and session, `readings` by person, `results` by enrolment.

    `asked` are the assessments of their cohorts.
    """

    places: Sequence[Place]
    meetings: Mapping[int, Sequence[Meeting]]
    marks: Mapping[tuple[int, int], tuple[Mark, int | None]]
    readings: Mapping[int, Sequence[tuple[Uid, int, date]]]
    results: Mapping[int, Sequence[Result]]
    asked: Mapping[int, Sequence[Test]]

    def presences(self, place: Place) -> list[Presence]:
        """The held sessions of an enrolment since it began, or that it has a mark of."""
        return [presence for _, presence in self.seen(place)]

    def seen(self, place: Place) -> list[tuple[Meeting, Presence]]:
        """The same with the session of each."""
        found = []
        for meeting in self.meetings.get(place.cohort_id, ()):
            mark = self.marks.get((place.id, meeting.id))
            if meeting.state is SessionState.HELD and (mark or meeting.on >= place.enrolled_on):
                kind, minutes = mark or (None, None)
                found.append((meeting, Presence(kind, minutes, meeting.minutes)))
        return found

    def signs(self, person_id: int, of: Rule) -> list[Sign]:
        """Everything that says that a person has been through a unit, in all of their cohorts."""
        found = [
            Sign(unit, Evidence.READ, on, release) for unit, release, on in self.readings.get(person_id, ())
        ]  # fmt: skip
        for place in self.places:
            if place.person_id != person_id:
                continue
            for meeting, presence in self.seen(place):
                taught = [(uid, extent, release, meeting.on) for uid, extent, release in meeting.units]
                found += progress.attended_units(taught, presence, of)
            found += self._assessed(place.id, of)
        return found

    def _assessed(self, enrolment_id: int, of: Rule) -> Iterable[Sign]:
        for result in self.results.get(enrolment_id, ()):
            if result.unit_uid and result.moment is not Moment.PRE and not result.in_group:
                enough = result.share is not None and result.share >= of.test
                yield Sign(result.unit_uid, Evidence.ASSESSED, result.on, result.release_id, enough)

    def test(self, place: Place) -> Fraction | None:
        """What somebody had right in all tests that end their cohort: pairs afterwards, quizzes.

        None while one was not taken or an answer waits; what a group answered says nothing of any one of them.
        """
        due = {one.id for one in self.asked.get(place.cohort_id, ()) if one.kind in ENDING}
        found = [
            result
            for result in self.results.get(place.id, ())
            if result.cohort_id == place.cohort_id and result.ends and not result.in_group
        ]
        out_of = sum(result.out_of for result in found)
        if not out_of or {one.assessment_id for one in found} != due or any(one.waiting for one in found):
            return None
        return sum((Fraction(result.points).limit_denominator(100_000) for result in found), Fraction(0)) / out_of


# Statements are built once: building one anew for each visit costs more than asking the database.
_people: BindParameter[Any] = bindparam("people", expanding=True)
_cohorts: BindParameter[Any] = bindparam("cohorts", expanding=True)
_places: BindParameter[Any] = bindparam("places", expanding=True)
_PLACES = (
    select(Enrolment.id, Enrolment.cohort_id, Enrolment.person_id, Enrolment.enrolled_on, Enrolment.state)
    .where(Enrolment.person_id.in_(_people))
    .order_by(Enrolment.enrolled_on, Enrolment.id)
)
_MEETINGS = (
    select(
        CohortSession.id, CohortSession.cohort_id, CohortSession.number, CohortSession.title,
        func.coalesce(CohortSession.held_on, CohortSession.planned_on), CohortSession.starts_at,
        CohortSession.place, CohortSession.state,
        func.coalesce(CohortSession.held_minutes, CohortSession.planned_minutes),
        SessionUnit.unit_uid, SessionUnit.extent, SessionUnit.release_id,
    )
    .outerjoin(SessionUnit, SessionUnit.session_id == CohortSession.id)
    .where(
        CohortSession.cohort_id.in_(_cohorts),
        CohortSession.state.in_((SessionState.PLANNED, SessionState.HELD)),
    )
    .order_by(CohortSession.id, SessionUnit.position, SessionUnit.id)
)  # fmt: skip
_MARKS = select(
    AttendanceMark.enrolment_id, AttendanceMark.session_id, AttendanceMark.mark, AttendanceMark.minutes
).where(AttendanceMark.enrolment_id.in_(_places))
_READINGS = (
    select(UnitReading.person_id, UnitReading.unit_uid, UnitReading.release_id, UnitReading.occurred_at)
    .where(UnitReading.person_id.in_(_people))
    .order_by(UnitReading.occurred_at, UnitReading.uid)
)
_RESULTS = (
    select(
        Assessment.id, Assessment.cohort_id, Assessment.title, Assessment.kind, Assessment.closed_at,
        select(func.count()).where(AssessmentItem.assessment_id == Assessment.id).scalar_subquery(),
        AssessmentResult.enrolment_id, AssessmentResult.moment, AssessmentResult.unit_uid,
        AssessmentResult.release_id, AssessmentResult.points, AssessmentResult.out_of, AssessmentResult.waiting,
        AssessmentResult.answered, AssessmentResult.in_group, AssessmentResult.answered_at,
    )
    .outerjoin(
        AssessmentResult,
        (AssessmentResult.assessment_id == Assessment.id) & AssessmentResult.enrolment_id.in_(_places),
    )
    .where(Assessment.cohort_id.in_(_cohorts))
    .order_by(Assessment.id, AssessmentResult.id)
)  # fmt: skip


def rows(statement: Select[*tuple[Any, ...]], **given: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """The plain columns of a statement; what this session has pending is written first, as for any other question.

    It goes past the layer that makes objects: a home asks eight times, and that layer takes as long as the database.
    """
    db.session.flush()
    return db.session.connection().execute(statement, given).all()


def places_of(person_ids: Collection[int]) -> list[Place]:
    """Every enrolment of these people, oldest first; one query."""
    return [Place(*row) for row in rows(_PLACES, people=list(person_ids))]


def of_people(person_ids: Collection[int], places: Sequence[Place] | None = None) -> Facts:
    """The facts of these people: five queries, one less with their enrolments at hand."""
    places = places_of(person_ids) if places is None else places
    asked, results = _results(places)
    return Facts(
        places,
        meetings_of({place.cohort_id for place in places}),
        _marks([place.id for place in places]),
        _readings(person_ids),
        results,
        asked,
    )


def meetings_of(cohort_ids: Collection[int]) -> dict[int, list[Meeting]]:
    """The sessions of these cohorts that were not cancelled or moved, by day, with their units; one query."""
    read = rows(_MEETINGS, cohorts=list(cohort_ids))
    found: dict[int, Meeting] = {}
    for id_, cohort_id, number, title, on, starts_at, place, state, minutes, unit, extent, release_id in read:
        if id_ not in found:
            found[id_] = Meeting(id_, cohort_id, number, title, on, starts_at, place, state, minutes)
        if unit is not None:
            found[id_].units.append((unit, extent, release_id))
    by_cohort: dict[int, list[Meeting]] = {}
    for meeting in sorted(found.values(), key=lambda one: (one.on, one.number, one.id)):
        by_cohort.setdefault(meeting.cohort_id, []).append(meeting)
    return by_cohort


def _marks(ids: Collection[int]) -> dict[tuple[int, int], tuple[Mark, int | None]]:
    read = rows(_MARKS, places=list(ids))
    return {(enrolment, session): (mark, minutes) for enrolment, session, mark, minutes in read}


def _readings(person_ids: Collection[int]) -> dict[int, list[tuple[Uid, int, date]]]:
    found: dict[int, list[tuple[Uid, int, date]]] = {}
    for person_id, unit, release_id, at in rows(_READINGS, people=list(person_ids)):
        found.setdefault(person_id, []).append((unit, release_id, at.date()))
    return found


def _results(places: Sequence[Place]) -> tuple[dict[int, list[Test]], dict[int, list[Result]]]:
    """What these people's cohorts are asked, by cohort, and the results of it, by enrolment; one query."""
    asked: dict[int, dict[int, Test]] = {}
    found: dict[int, list[Result]] = {}
    read = rows(_RESULTS, places=[place.id for place in places], cohorts=list({place.cohort_id for place in places}))
    for id_, cohort, title, kind, closed_at, items, place_id, *rest in read:
        asked.setdefault(cohort, {})[id_] = Test(id_, title, kind, items, closed_at is not None)
        if place_id is not None:
            moment, unit, release, points, out_of, waiting, answered, in_group, at = rest
            result = Result(
                id_, cohort, title, kind, moment, unit, release, points, out_of, waiting, answered, in_group, at.date()
            )  # fmt: skip
            found.setdefault(place_id, []).append(result)
    return {cohort: list(some.values()) for cohort, some in asked.items()}, found
