"""Who was there in a period, once each, with all that they are told apart by: one reading of all marks.

Marks are summed by enrolment in the database, which leaves one row for each person in a cohort; those are put together
here. An activity that is a session is the same event, and merged records are one person. Unchecked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import String, case, func, select, type_coerce

from app.delivery.kinds import Mark
from app.delivery.models import (
    Activity,
    ActivityParticipation,
    AttendanceMark,
    Cohort,
    CohortSession,
    Enrolment,
)
from app.delivery.queries.counting_rows import SESSION, THERE, event_of_activity, of_activities, of_sessions
from app.delivery.rules.activities import LEARNING
from app.delivery.rules.attendance import COUNTS, Counted
from app.delivery.rules.counting import AgeGroup
from app.infra.db import db
from app.people.models import Person
from app.people.rules.persons import Born, age_on
from app.reporting.kinds import Split

from .asking import Question

NOWHERE = ""
ACTIVITY = "activity"
CHUNK = 5_000

_YOUNG, _OLDER, _NOT_KNOWN = AgeGroup.YOUNG.value, AgeGroup.OLDER.value, AgeGroup.NOT_KNOWN.value
_PERSON = (Person.birth_date, Person.birth_year, Person.age_told, Person.age_told_on)


class Row(NamedTuple):
    """Somebody was at `times` events of a kind, sent by an organisation or by none, first on a day."""

    person: int
    organisation: int | None
    region: str
    level: str
    kind: str
    first: date
    times: int


class Who(NamedTuple):
    """What a person says of themselves: sex, and whatever is known of their age."""

    sex: str
    birth_date: date | None
    birth_year: int | None
    age_told: int | None
    age_told_on: date | None

    def age_on(self, day: date) -> int | None:
        """Their age on a day. Most are known by their year alone, and there may be a hundred thousand."""
        if self.birth_date is None and self.birth_year is not None:
            return day.year - self.birth_year
        return age_on(Born(self.birth_date, self.birth_year, self.age_told, self.age_told_on), day)


@dataclass(slots=True)
class Presence:
    """All rows of a question, and who the people in them are."""

    rows: list[Row] = field(default_factory=list)
    who: dict[int, Who] = field(default_factory=dict)

    def summed(self, youth_until: int, only: Collection[str] | None = None) -> Sum:
        """What follows from the rows of some kinds of events, or of all."""
        return _summed(self, youth_until, only)


@dataclass(slots=True)
class Sum:
    """People once each with the day they first came, how often they came, and both by each split."""

    first: dict[int, date] = field(default_factory=dict)
    attendances: int = 0
    people_by: dict[Split, dict[str, set[int]]] = field(default_factory=dict)
    times_by: dict[Split, Counter[str]] = field(default_factory=dict)


def presence(question: Question) -> Presence:
    """Read who was there; a handful of queries, whatever the number of people."""
    stands_for = _stand_for()
    found = Presence()
    _read_sessions(question, found, stands_for)
    _read_activities(question, found, stands_for)
    _name_the_kept(found, stands_for)
    return found


def rate(question: Question) -> tuple[float, int]:
    """Sessions attended, and sessions that people were expected at and marked for, by the law of `rules.attendance`."""
    part = AttendanceMark.minutes * 1.0 / func.coalesce(CohortSession.held_minutes, CohortSession.planned_minutes)
    of_it = case((part > 1.0, 1.0), else_=func.coalesce(part, 0.0))
    wanted = (
        select(
            AttendanceMark.mark,
            func.count(),
            func.sum(case((AttendanceMark.mark == Mark.PARTIAL, of_it), else_=0.0)),
        )
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(*of_sessions(question.asked()))
        .group_by(AttendanceMark.mark)
    )
    if question.organisations is not None:
        wanted = wanted.join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id).where(
            Enrolment.organisation_id.in_(question.organisations)
        )
    attended, expected = 0.0, 0
    for mark, count, parts in db.session.execute(wanted):
        if COUNTS[mark] is not Counted.LEFT_OUT:
            expected += count
        attended += count if COUNTS[mark] is Counted.WHOLE else float(parts or 0)
    return attended, expected


def _read_sessions(question: Question, found: Presence, stands_for: dict[int, int]) -> None:
    summed = (
        select(
            AttendanceMark.enrolment_id.label("enrolment"),
            func.min(CohortSession.held_on).label("first"),
            func.count().label("times"),
        )
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(AttendanceMark.mark.in_(THERE), *of_sessions(question.asked()))
        .group_by(AttendanceMark.enrolment_id)
        .subquery()
    )
    wanted = (
        select(
            Enrolment.id, Enrolment.person_id, Enrolment.organisation_id, Enrolment.cohort_id,
            summed.c.first, summed.c.times, type_coerce(Person.sex, String), *_PERSON,
        )
        .select_from(summed)
        .join(Enrolment, Enrolment.id == summed.c.enrolment)
        .join(Person, Person.id == Enrolment.person_id)
    )  # fmt: skip
    if question.organisations is not None:
        wanted = wanted.where(Enrolment.organisation_id.in_(question.organisations))
    cohorts = {
        id_: (region, level)
        for id_, region, level in db.session.execute(
            select(Cohort.id, Cohort.region, type_coerce(Cohort.level, String)).where(
                Cohort.programme_id.in_(question.ids)
            )
        )
    }
    rows, who = found.rows, found.who
    merged = stands_for.keys() | stands_for.values()
    twice: dict[int, int] = {}
    for enrolment, person, organisation, cohort, first, times, *about in db.session.connection().execute(wanted).all():
        region, level = cohorts[cohort]
        if person in merged:
            twice[enrolment] = len(rows)
        if person in stands_for:
            person = stands_for[person]
        else:
            who[person] = Who(*about)
        rows.append(Row(person, organisation, region, level, SESSION, first, times))
    _drop_repeats(question, rows, twice)


def _drop_repeats(question: Question, rows: list[Row], twice: dict[int, int]) -> None:
    """Two records of one person in one cohort may both be marked in a session: that is one attendance."""
    seen: set[tuple[int, int]] = set()
    for some in _chunks(twice):
        pairs = db.session.execute(
            select(AttendanceMark.session_id, AttendanceMark.enrolment_id)
            .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
            .join(Cohort, Cohort.id == CohortSession.cohort_id)
            .where(
                AttendanceMark.enrolment_id.in_(some), AttendanceMark.mark.in_(THERE), *of_sessions(question.asked())
            )
            .order_by(AttendanceMark.session_id, AttendanceMark.enrolment_id)
        )
        for session, enrolment in pairs:
            row = rows[twice[enrolment]]
            if (session, row.person) in seen:
                rows[twice[enrolment]] = row._replace(times=row.times - 1)
            seen.add((session, row.person))


def _read_activities(question: Question, found: Presence, stands_for: dict[int, int]) -> None:
    asked = question.asked()
    wanted = (
        select(
            event_of_activity(), Activity.session_id, Activity.held_on, Activity.region,
            type_coerce(Activity.kind, String), ActivityParticipation.person_id, ActivityParticipation.organisation_id,
            type_coerce(Cohort.level, String), type_coerce(Person.sex, String), *_PERSON,
        )
        .select_from(ActivityParticipation)
        .join(Activity, Activity.id == ActivityParticipation.activity_id)
        .outerjoin(CohortSession, CohortSession.id == Activity.session_id)
        .outerjoin(Cohort, Cohort.id == CohortSession.cohort_id)
        .join(Person, Person.id == ActivityParticipation.person_id)
        .where(
            ActivityParticipation.removed_at.is_(None),
            ActivityParticipation.role.in_(LEARNING),
            ActivityParticipation.programme_id.in_(question.ids),
            *of_activities(asked),
        )
        .order_by(ActivityParticipation.id)
    )  # fmt: skip
    if question.organisations is not None:
        wanted = wanted.where(ActivityParticipation.organisation_id.in_(question.organisations))
    rows = db.session.connection().execute(wanted).all()
    seen = _marked({row[1] for row in rows if row[1] is not None}, question, stands_for)
    for event, _, day, region, kind, person, organisation, level, *about in rows:
        if day is None:  # one that was held has its day
            continue
        kept = stands_for.get(person, person)
        times = 0 if (event, kept) in seen else 1
        seen.add((event, kept))
        found.rows.append(Row(kept, organisation, region, level or ACTIVITY, kind, day, times))
        if kept == person:
            found.who.setdefault(person, Who(*about))


def _marked(sessions: Collection[int], question: Question, stands_for: dict[int, int]) -> set[tuple[int, int]]:
    """Who was marked as there in sessions that are activities too, by event: they are not counted again."""
    seen: set[tuple[int, int]] = set()
    for some in _chunks(sessions):
        pairs = db.session.execute(
            select(CohortSession.id * 2 + 1, Enrolment.person_id)
            .select_from(AttendanceMark)
            .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
            .join(Cohort, Cohort.id == CohortSession.cohort_id)
            .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
            .where(CohortSession.id.in_(some), AttendanceMark.mark.in_(THERE), *of_sessions(question.asked()))
        )
        seen.update((event, stands_for.get(person, person)) for event, person in pairs)
    return seen


def _name_the_kept(found: Presence, stands_for: dict[int, int]) -> None:
    """Read sex and age of those who stand for merged records and were never there under their own."""
    missing = {row.person for row in found.rows} - found.who.keys() if stands_for else set()
    for some in _chunks(missing):
        wanted = select(Person.id, type_coerce(Person.sex, String), *_PERSON).where(Person.id.in_(some))
        for id_, sex, on, year, told, told_on in db.session.connection().execute(wanted):
            found.who[id_] = Who(sex, on, year, told, told_on)


def _stand_for() -> dict[int, int]:
    """For each record found to be somebody else's, the one that stands for it, through however many merges."""
    rows = db.session.execute(select(Person.id, Person.merged_into_id).where(Person.merged_into_id.is_not(None)))
    merged = {id_: into for id_, into in rows if into is not None}
    found = {}
    for one in merged:
        last = one
        while last in merged:
            last = merged[last]
        found[one] = last
    return found


def _summed(presence: Presence, youth_until: int, only: Collection[str] | None) -> Sum:
    """Put the rows together. Rows alike in all that groups are made of go together first: they are few, people many."""
    found = Sum()
    first, who = found.first, presence.who
    together: dict[tuple[Any, ...], list[int]] = {}
    times: dict[tuple[Any, ...], int] = {}
    for person, organisation, region, level, kind, day, count in presence.rows:
        if only is not None and kind not in only:
            continue
        known = first.get(person)
        if known is None or day < known:
            first[person] = day
        key = (organisation, region, level, who[person].sex)
        if key in together:
            together[key].append(person)
            times[key] += count
        else:
            together[key], times[key] = [person], count
    found.attendances = sum(times.values())
    for place, split in enumerate((Split.ORGANISATION, Split.COUNTRY, Split.LEVEL, Split.SEX)):
        people = found.people_by[split] = {}
        often = found.times_by[split] = Counter()
        for key, persons in together.items():
            name = _name(key[place])
            people.setdefault(name, set()).update(persons)
            often[name] += times[key]
    ages: dict[str, set[int]] = {}
    found.people_by[Split.AGE] = ages
    for person, day in first.items():
        age = who[person].age_on(day)
        group = _NOT_KNOWN if age is None else _YOUNG if age <= youth_until else _OLDER
        if group in ages:
            ages[group].add(person)
        else:
            ages[group] = {person}
    return found


def _name(key: Any) -> str:
    return NOWHERE if key is None else str(key)


def _chunks(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    listed = sorted(ids)
    return [listed[at : at + CHUNK] for at in range(0, len(listed), CHUNK)]
