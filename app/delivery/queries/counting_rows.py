"""Who was at what, row by row, for counting: named people in activities and in sessions, and their ages that day.

An activity that is a session is the same event as that session. What is counted of the rows is in counting.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Subquery,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from app.delivery.kinds import ActivityKind, Mark, ParticipationRole, SessionState
from app.delivery.models import (
    Activity,
    ActivityArea,
    ActivityLine,
    ActivityParticipation,
    ActivityProgramme,
    AttendanceMark,
    Cohort,
    CohortSession,
    Enrolment,
    Programme,
    SessionTrainer,
)
from app.delivery.rules.activities import LEARNING
from app.people.models import Person

THERE = (Mark.PRESENT, Mark.PARTIAL, Mark.LATE)
SESSION = "session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be counted: of which programmes (any of them), from which day to which, in which roles.

    `youth_until` and `year_starts_in` are the programme's own settings. Whatever narrows to certain activities
    (kinds, area, line, stage, some of them) leaves the sessions of cohorts out.
    """

    programmes: tuple[int, ...]
    since: date | None = None
    until: date | None = None
    youth_until: int = 29
    year_starts_in: int = 1
    roles: frozenset[ParticipationRole] = LEARNING
    with_sessions: bool = True
    kinds: frozenset[ActivityKind] | None = None
    area: int | None = None
    line: int | None = None
    stage: str | None = None
    activities: frozenset[int] | None = field(default=None)

    @property
    def counts_sessions(self) -> bool:
        """Whether sessions of cohorts are counted too."""
        narrowed = (self.kinds, self.area, self.line, self.stage, self.activities)
        return self.with_sessions and all(part is None for part in narrowed)


def of_programme(programme: Programme, **asked: Any) -> Asked:
    """What is asked of one programme, by its own youth limit and year."""
    plain = Asked(
        programmes=(programme.id,), youth_until=programme.youth_until, year_starts_in=programme.year_starts_in
    )
    return replace(plain, **asked)


def event_of_activity() -> ColumnElement[int]:
    """What names an activity as an event: itself, or the session that it is."""
    return case((Activity.session_id.is_not(None), Activity.session_id * 2 + 1), else_=Activity.id * 2)


def event_of_session() -> ColumnElement[int]:
    """What names a session as an event, apart from all activities."""
    return CohortSession.id * 2 + 1


def of_activities(asked: Asked) -> Sequence[ColumnElement[bool]]:
    """The conditions on held activities, but for whom they count for."""
    found: list[ColumnElement[bool]] = [Activity.state == SessionState.HELD]
    if asked.since is not None:
        found.append(Activity.held_on >= asked.since)
    if asked.until is not None:
        found.append(Activity.held_on <= asked.until)
    if asked.kinds is not None:
        found.append(Activity.kind.in_(asked.kinds))
    if asked.activities is not None:
        found.append(Activity.id.in_(asked.activities))
    if asked.area is not None:
        found.append(Activity.id.in_(select(ActivityArea.activity_id).where(ActivityArea.area_id == asked.area)))
    if asked.line is not None:
        found.append(Activity.id.in_(select(ActivityLine.activity_id).where(ActivityLine.line_id == asked.line)))
    if asked.stage is not None:
        staged = select(ActivityProgramme.activity_id).where(
            ActivityProgramme.stage == asked.stage, ActivityProgramme.programme_id.in_(asked.programmes)
        )
        found.append(Activity.id.in_(staged))
    return found


def of_sessions(asked: Asked) -> Sequence[ColumnElement[bool]]:
    """The conditions on held sessions of the programmes' cohorts; `Cohort` is joined."""
    found: list[ColumnElement[bool]] = [
        CohortSession.state == SessionState.HELD,
        Cohort.programme_id.in_(asked.programmes),
    ]
    if asked.since is not None:
        found.append(CohortSession.held_on >= asked.since)
    if asked.until is not None:
        found.append(CohortSession.held_on <= asked.until)
    return found


def year_of(day: ColumnElement[date], starts_in: int) -> ColumnElement[int]:
    """The reporting year of a day, as `rules.counting.reporting_year` says it."""
    return cast(extract("year", day), Integer) - case((extract("month", day) < starts_in, 1), else_=0)


def country_of(region: ColumnElement[str]) -> ColumnElement[str]:
    """The country of a region's code."""
    return func.substr(region, 1, 2)


def rows_of(asked: Asked) -> Subquery:
    """A row for each person at each event in each role; the person is who stands for merged records."""
    parts = [_in_activities(asked)]
    if asked.counts_sessions and ParticipationRole.PARTICIPANT in asked.roles:
        parts.append(_in_sessions(asked))
    if asked.counts_sessions and ParticipationRole.TRAINER in asked.roles:
        parts.append(_teaching(asked))
    there, stands_for = union_all(*parts).subquery(), _stands_for()
    return (
        select(
            *(there.c[name] for name in ("event", "day", "role", "organisation", "region", "kind", "capacity")),
            func.coalesce(stands_for.c.kept, there.c.person).label("person"),
        )
        .select_from(there)
        .outerjoin(stands_for, stands_for.c.id == there.c.person)
        .subquery()
    )


def _stands_for() -> Subquery:
    """For each record found to be somebody else's, the one that stands for it, through however many merges."""
    merged, above, last = (Person.__table__.alias() for _ in range(3))
    chain = (
        select(merged.c.id.label("id"), merged.c.merged_into_id.label("kept"))
        .where(merged.c.merged_into_id.is_not(None))
        .cte(recursive=True)
    )
    chain = chain.union(
        select(chain.c.id, above.c.merged_into_id)
        .join(above, above.c.id == chain.c.kept)
        .where(above.c.merged_into_id.is_not(None))
    )
    return (
        select(chain.c.id, chain.c.kept)
        .join(last, last.c.id == chain.c.kept)
        .where(last.c.merged_into_id.is_(None))
        .subquery()
    )


def _in_activities(asked: Asked) -> Select[*tuple[Any, ...]]:
    return (
        select(
            event_of_activity().label("event"),
            Activity.held_on.label("day"),
            ActivityParticipation.person_id.label("person"),
            type_coerce(ActivityParticipation.role, String).label("role"),
            ActivityParticipation.organisation_id.label("organisation"),
            Activity.region.label("region"),
            type_coerce(Activity.kind, String).label("kind"),
            type_coerce(ActivityParticipation.capacity, String).label("capacity"),
        )
        .join(Activity, Activity.id == ActivityParticipation.activity_id)
        .where(
            ActivityParticipation.removed_at.is_(None),
            ActivityParticipation.role.in_(asked.roles),
            ActivityParticipation.programme_id.in_(asked.programmes),
            *of_activities(asked),
        )
    )


def _in_sessions(asked: Asked) -> Select[*tuple[Any, ...]]:
    return (
        select(
            event_of_session().label("event"),
            CohortSession.held_on.label("day"),
            Enrolment.person_id.label("person"),
            literal(ParticipationRole.PARTICIPANT.value).label("role"),
            Enrolment.organisation_id.label("organisation"),
            Cohort.region.label("region"),
            literal(SESSION).label("kind"),
            cast(null(), String).label("capacity"),
        )
        .select_from(AttendanceMark)
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(AttendanceMark.mark.in_(THERE), *of_sessions(asked))
    )


def _teaching(asked: Asked) -> Select[*tuple[Any, ...]]:
    return (
        select(
            event_of_session().label("event"),
            CohortSession.held_on.label("day"),
            SessionTrainer.person_id.label("person"),
            literal(ParticipationRole.TRAINER.value).label("role"),
            cast(null(), Integer).label("organisation"),
            Cohort.region.label("region"),
            literal(SESSION).label("kind"),
            cast(null(), String).label("capacity"),
        )
        .select_from(SessionTrainer)
        .join(CohortSession, CohortSession.id == SessionTrainer.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(*of_sessions(asked))
    )


def age_on(person: Any, day: ColumnElement[date]) -> ColumnElement[int]:
    """Somebody's age on a day, as `people.rules.persons.age_on` reckons it."""
    born, told_on = type_coerce(person.c.birth_date, Date), type_coerce(person.c.age_told_on, Date)
    year = extract("year", day)
    not_yet = extract("month", day) * 100 + extract("day", day) < extract("month", born) * 100 + extract("day", born)
    return case(
        (born.is_not(None), year - extract("year", born) - case((not_yet, 1), else_=0)),
        (person.c.birth_year.is_not(None), year - person.c.birth_year),
        (
            person.c.age_told.is_not(None) & told_on.is_not(None),
            person.c.age_told + year - extract("year", told_on),
        ),
        else_=null(),
    )
