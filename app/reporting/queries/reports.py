"""The report of a programme as somebody sees it: its figures, what was promised, its years, what was held, with whom.

Nobody's name stands in it. Whose figures these are is asked of `views` before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import func, select

from app.delivery.kinds import ActivityKind, ProgrammeRole, SessionState, TargetIndicator
from app.delivery.models import (
    Activity,
    ActivityProgramme,
    Cohort,
    CohortSession,
    ProgrammeOrganisation,
    ProgrammeTarget,
)
from app.delivery.queries import cascade, counting, counting_events, milestones, retention
from app.delivery.queries.counting_rows import Asked
from app.delivery.queries.milestones import Kept, Matrix, Progress
from app.delivery.queries.retention import Retention
from app.delivery.rules.cascade_records import Picture
from app.delivery.rules.counting import AgeGroup, By
from app.infra.db import db
from app.people.kinds import Sex
from app.people.models import Organisation
from app.reporting.rules import definitions, periods
from app.reporting.rules.definitions import Definition
from app.reporting.rules.figures import Figure
from app.reporting.rules.hiding import is_open_beside

from . import asking
from .asking import Question
from .desk import Desk
from .measures import all_of
from .views import View

_GROUPS = {
    TargetIndicator.WOMEN.value: (By.SEX, Sex.WOMAN.value),
    TargetIndicator.YOUNG.value: (By.AGE, AgeGroup.YOUNG.value),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised and what came of it; `reached` is None where it would show persons."""

    kept: Kept
    reached: int | None


@dataclass(frozen=True, slots=True)
class Year:
    """A reporting year of a programme in one line."""

    year: int
    people: int
    organisations: int
    events: int


@dataclass(frozen=True, slots=True)
class Held:
    """An event that was held: an activity, or the sessions of one cohort."""

    name: str
    kind: ActivityKind | None
    region: str
    since: date
    until: date
    times: int


@dataclass
class Report:
    """A programme's figures in a period. Its parts are read when they are asked for, each once."""

    view: View
    question: Question

    @cached_property
    def definitions(self) -> Sequence[Definition]:
        return definitions.holding(self.question.today)

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.question)

    @cached_property
    def figures(self) -> Sequence[tuple[Definition, Figure]]:
        """The figures that there are, in the order of the definitions."""
        found = all_of(self.desk, self.definitions)
        return [(one, found[one.code]) for one in self.definitions if one.code in found]

    @property
    def not_counted(self) -> Sequence[Definition]:
        """The indicators that nothing held here can answer, with what is missing."""
        return [one for one in self.definitions if one.measure is None]

    def figure(self, code: str) -> Figure | None:
        """One of its figures."""
        return next((figure for definition, figure in self.figures if definition.code == code), None)

    @cached_property
    def years(self) -> Sequence[Year]:
        """Each year in which something was held, oldest first, also outside of those that the programme was to last."""
        if self.view.organisations is not None:
            return [self._own_year(year) for year in sorted(self._years_held())]
        asked = self._whole
        people = {key[0]: count for key, count in counting.people_by(asked, By.YEAR).items()}
        organisations = counting_events.organisations_by(asked, By.YEAR)
        events = counting_events.activities_by(asked, By.YEAR)
        years = sorted(people.keys() | organisations.keys() | events.keys())
        return [Year(year, people.get(year, 0), organisations.get(year, 0), events.get(year, 0)) for year in years]

    @cached_property
    def promises(self) -> Sequence[Promise]:
        """What the programme promised, all its life long."""
        if self.view.organisations is not None:
            return []
        found = milestones.targets(self.view.programme)
        return [Promise(one, one.reached if self._may_be_told(one.target) else None) for one in found]

    @cached_property
    def steps(self) -> Sequence[Progress]:
        """How far the organisations are with each milestone at the end of the period."""
        if self.view.organisations is not None:
            return []
        return milestones.progress(self.view.programme, self.question.until)

    @cached_property
    def coverage(self) -> Matrix | None:
        """Which organisation was trained in which area, all the programme's life long; None without areas."""
        if self.view.organisations is not None:
            return None
        found = milestones.matrix(self.view.programme)
        return found if found.areas and found.organisations else None

    @cached_property
    def retention(self) -> Retention | None:
        """Who stayed, up to the end of the period; None without anybody enrolled, or for one organisation only."""
        if self.view.organisations is not None:
            return None
        until = self.question.until
        rows = retention.listed(Cohort.programme_id.in_(self.question.ids), until)
        return retention.retention(rows, until) if rows else None

    @cached_property
    def cascade(self) -> Picture | None:
        """The whole cascade; None where no cohort was taught, or for one organisation only."""
        if self.view.organisations is not None:
            return None
        found = cascade.picture_of(self.question.ids, self.question.until)
        return found if found.spots else None

    @cached_property
    def held(self) -> Sequence[Held]:
        """What was held in the period, by day; not for one organisation only."""
        return [] if self.view.organisations is not None else sorted(_held(self.question), key=lambda one: one.since)

    @cached_property
    def organisations(self) -> Sequence[Organisation]:
        """The organisations that took part in the period, by name."""
        ids = self.desk.reached
        return sorted(_organisations(ids), key=lambda one: (one.name.lower(), one.id))

    @property
    def donors(self) -> Sequence[Organisation]:
        """Who pays for the programme."""
        paying = select(ProgrammeOrganisation.organisation_id).where(
            ProgrammeOrganisation.programme_id == self.view.programme.id,
            ProgrammeOrganisation.role == ProgrammeRole.DONOR,
        )
        wanted = select(Organisation).where(Organisation.id.in_(paying)).order_by(Organisation.name, Organisation.id)
        return db.session.scalars(wanted).all()

    def _may_be_told(self, promised: ProgrammeTarget) -> bool:
        """Whether what was reached gives nobody away, by itself or beside the years, which are broken down."""
        if promised.indicator not in _GROUPS:
            return True
        by, key = _GROUPS[promised.indicator]
        asked = milestones.asked_of(self.view.programme, promised)
        years: dict[int, dict[str, int]] = {}
        for (year, group), people in counting.people_by(asked, By.YEAR, by).items():
            years.setdefault(year, {})[group] = people
        whole = {group: people for (group,), people in counting.people_by(asked, by).items()}
        return is_open_beside(key, whole, years.values())

    @property
    def _whole(self) -> Asked:
        """All that the programme has lasted."""
        return replace(self.question.asked(), since=None, until=None)

    def _years_held(self) -> set[int]:
        return set(counting_events.activities_by(self._whole, By.YEAR))

    def _own_year(self, year: int) -> Year:
        period = periods.of_year(year, self.view.programme.year_starts_in)
        desk = Desk(replace(self.question, period=period))
        return Year(year, len(desk.everybody.first), len(desk.reached), 0)


def of_view(view: View, year: int | None, today: date) -> Report:
    """The report of a programme in a reporting year, or in all of its years."""
    return Report(view, asking.of_view(view, year, today))


def newest_year(view: View, today: date) -> int | None:
    """The newest reporting year in which something was held; None for a programme that held nothing yet."""
    starts_in = view.programme.year_starts_in
    asked = Asked(programmes=(view.programme.id,), year_starts_in=starts_in)
    years = set(counting_events.activities_by(asked, By.YEAR)) & set(asking.years_of(view.programme, today))
    return max(years, default=None)


def _organisations(ids: frozenset[int]) -> Sequence[Organisation]:
    return db.session.scalars(select(Organisation).where(Organisation.id.in_(ids))).all()


def _held(question: Question) -> list[Held]:
    """Activities one by one, sessions together for each cohort; a session that is an activity is told as that."""
    period = question.period
    counted = select(ActivityProgramme.activity_id).where(ActivityProgramme.programme_id.in_(question.ids))
    activities = db.session.execute(
        select(Activity.name, Activity.kind, Activity.region, Activity.held_on, Activity.held_until)
        .where(
            Activity.id.in_(counted),
            Activity.state == SessionState.HELD,
            Activity.held_on.between(period.since, period.until),
        )
        .order_by(Activity.held_on, Activity.id)
    )
    found = [
        Held(name, kind, region, on, until or on, 1)
        for name, kind, region, on, until in activities
        if on is not None
    ]  # fmt: skip
    told = select(Activity.session_id).where(Activity.session_id.is_not(None), Activity.state == SessionState.HELD)
    sessions = db.session.execute(
        select(
            Cohort.name, Cohort.region, func.min(CohortSession.held_on), func.max(CohortSession.held_on), func.count()
        )
        .join(CohortSession, CohortSession.cohort_id == Cohort.id)
        .where(
            Cohort.programme_id.in_(question.ids),
            CohortSession.state == SessionState.HELD,
            CohortSession.held_on.between(period.since, period.until),
            CohortSession.id.not_in(told),
        )
        .group_by(Cohort.id, Cohort.name, Cohort.region)
        .order_by(Cohort.id)
    )
    return found + [
        Held(name, None, region, since, until, times)
        for name, region, since, until, times in sessions
        if since is not None and until is not None
    ]
