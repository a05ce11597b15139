"""What a level of the cascade loses and how much of the training still arrives there. Levels: cascade.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from app.delivery.kinds import CohortLevel, EnrolmentState

from .cascade_figures import Share
from .cascade_records import Dilution, Edge, Group, Learner, Level, Losses, Promise, Told

ACTIVE_DAYS = 365
TRAINING = frozenset({CohortLevel.MASTER.value, CohortLevel.TRAINERS.value})

# From which point a figure tells of dilution. Post-test means and ratings are shares of the most that can be scored.
DROP = 0.10
LEAST_MINUTES = 0.80
MOST_ALONE = 0.50


class Work:
    """What the levels are reckoned from, put in order once."""

    def __init__(
        self, groups: Mapping[int, Group], learners: Mapping[int, Learner], edges: Sequence[Edge],
        promises: Sequence[Promise], people: Mapping[int, set[int]], today: date,
    ) -> None:  # fmt: skip
        self.groups, self.learners, self.people, self.today = groups, learners, people, today
        self.taught: dict[int, list[Edge]] = {}
        self.of_cohort: dict[int, set[int]] = {}
        self.last: dict[int, date] = {}
        self.qualifies: set[int] = set()
        for edge in edges:
            self.of_cohort.setdefault(edge.cohort, set()).add(edge.person)
            if edge.last is not None:
                self.last[edge.person] = max(edge.last, self.last.get(edge.person, edge.last))
            one = learners.get(edge.qualified_by) if edge.qualified_by is not None else None
            if one is not None and one.person == edge.person and one.cohort != edge.cohort:
                self.qualifies.add(one.id)
                self.taught.setdefault(one.id, []).append(edge)
        self.promised: dict[int, tuple[int, int]] = {}
        for promise in promises:
            cohorts, number = self.promised.get(promise.enrolment, (0, 0))
            self.promised[promise.enrolment] = (cohorts + promise.cohorts, number + promise.people)
        self.members: dict[int, list[Learner]] = {}
        self.fit: set[int] = set(self.qualifies)  # completed, or teaches by this enrolment: then found fit for it
        for one in learners.values():
            self.members.setdefault(one.cohort, []).append(one)
            if one.state == EnrolmentState.COMPLETED:
                self.fit.add(one.id)

    def trains(self, id_: int) -> bool:
        """Whether a cohort is one that makes trainers: by its level, by a promise, or because somebody went on."""
        return self.groups[id_].level in TRAINING or any(
            one.id in self.promised or one.id in self.qualifies for one in self.members.get(id_, ())
        )

    def qualified(self, ids: Iterable[int]) -> set[int]:
        """The persons qualified in those of these cohorts that make trainers."""
        return {
            one.person for id_ in ids if self.trains(id_) for one in self.members.get(id_, ()) if one.id in self.fit
        }

    def active(self, persons: set[int]) -> Share:
        """How many of them taught a session within the last twelve months."""
        since = self.today - timedelta(days=ACTIVE_DAYS)
        return Share(sum(1 for one in persons if one in self.last and self.last[one] >= since), len(persons))

    def level(self, depth: int, ids: Sequence[int], told: Told, upper: Level | None) -> Level:
        """One depth of the cascade; `upper` is what it is compared with."""
        groups = [self.groups[id_] for id_ in ids]
        everybody: set[int] = set().union(*(self.people.get(id_, set()) for id_ in ids))
        trainers: set[int] = set().union(*(self.of_cohort.get(id_, set()) for id_ in ids))
        return Level(
            depth=depth,
            cohorts=len(groups),
            held=sum(1 for group in groups if group.held),
            people=len(everybody),
            trainers=len(trainers),
            ratio=len(everybody) / len(trainers) if trainers else None,
            losses=self._losses([id_ for id_ in ids if self.trains(id_)]),
            dilution=_dilution(groups, told, upper.dilution if upper else None),
        )

    def _losses(self, ids: Sequence[int]) -> Losses | None:
        trainees = [one for id_ in ids for one in self.members.get(id_, ()) if one.person in self.people.get(id_, ())]
        if not trainees:
            return None
        fit = [one for one in trainees if one.id in self.fit]
        persons = {one.person for one in fit}
        teaching = {one.person for one in fit if one.id in self.taught and any(e.first for e in self.taught[one.id])}
        promised = [(one, *self.promised[one.id]) for one in trainees if one.id in self.promised]
        opened = {edge.cohort for one, _, _ in promised for edge in self.taught.get(one.id, ())}
        held = {id_ for id_ in opened if self.groups[id_].held}
        reached: set[int] = set().union(*(self.people.get(id_, set()) for id_ in held))
        cohorts, people = sum(row[1] for row in promised), sum(row[2] for row in promised)
        waits = [days for one in fit if (days := self._days_to_first(one)) is not None]
        return Losses(
            qualified=Share(len(persons), len({one.person for one in trainees})),
            teaching=Share(len(teaching), len(persons)),
            active=self.active(persons),
            cohorts_opened=Share(len(opened), cohorts),
            cohorts_held=Share(len(held), cohorts),
            people_reached=Share(len(reached), people),
            days_to_first=median(waits) if waits else None,
        )

    def _days_to_first(self, one: Learner) -> int | None:
        """From the day somebody completed, or else of the last session above, to the first they taught; at least 0."""
        if one.id not in self.taught:
            return None
        first = min((edge.first for edge in self.taught[one.id] if edge.first), default=None)
        ready = one.since if one.state == EnrolmentState.COMPLETED else self.groups[one.cohort].last_held
        return None if first is None or ready is None else max((first - ready).days, 0)


def _dilution(groups: Sequence[Group], told: Told, upper: Dilution | None) -> Dilution:
    test, tested = _mean(groups, told.tests)
    rating, rated = _mean(groups, told.ratings)
    minutes = Share(sum(group.held_minutes for group in groups), sum(group.planned_minutes for group in groups))
    alone = Share(sum(group.alone for group in groups), sum(group.held for group in groups))
    crossed = {
        "test": upper is not None and _dropped(upper.test, test),
        "rating": upper is not None and _dropped(upper.rating, rating),
        "minutes": minutes.value is not None and minutes.value < LEAST_MINUTES,
        "alone": alone.value is not None and alone.value > MOST_ALONE,
    }
    return Dilution(
        test, tested, rating, rated, minutes, alone, tuple(name for name, is_so in crossed.items() if is_so)
    )


def _mean(groups: Sequence[Group], told: Mapping[int, tuple[float, int]]) -> tuple[float | None, int]:
    rows = [told[group.id] for group in groups if group.id in told]
    number = sum(count for _, count in rows)
    return (sum(total for total, _ in rows) / number if number else None), number


def _dropped(above: float | None, here: float | None) -> bool:
    return above is not None and here is not None and above - here >= DROP - 1e-9
