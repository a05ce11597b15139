"""What goes into the picture of a cascade and what comes out: plain records. They are reckoned in cascade.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .cascade_figures import Part, Share

NOT_STATED = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort, with its sessions added up. Minutes are of the sessions held: as planned, and as they were.

    `alone` counts the held sessions with at most one person teaching; `level` and `state` are values of their kinds.
    """

    id: int
    name: str
    level: str
    state: str
    parent: int | None = None
    starts_on: date | None = None
    held: int = 0
    first_held: date | None = None
    last_held: date | None = None
    planned_minutes: int = 0
    held_minutes: int = 0
    alone: int = 0


class Learner(NamedTuple):
    """An enrolment. `since` is the day of its state; `age` a group, `organisation` what a breakdown calls it. One that
    `is_doubled` was a second record of somebody: they teach by it, and are no learner by it.

    A tuple, for there are many of them.
    """

    id: int
    cohort: int
    person: int
    state: str
    since: date | None = None
    sex: str = NOT_STATED
    age: str = NOT_STATED
    organisation: str = NOT_STATED
    is_doubled: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A person teaches a cohort; `qualified_by` is their enrolment above. Days of the sessions they taught there."""

    cohort: int
    person: int
    qualified_by: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What a trainee promised to teach."""

    enrolment: int
    cohorts: int
    people: int


@dataclass(frozen=True, slots=True)
class Told:
    """Inputs from elsewhere by cohort: (sum, count) of post-tests and of observers' ratings, each from 0 to 1."""

    tests: Mapping[int, tuple[float, int]] = field(default_factory=dict)
    ratings: Mapping[int, tuple[float, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cohort in the cascade: how deep it lies (0 on top), whom it reached itself and through those below it."""

    group: Group
    parent: int | None
    depth: int
    direct: int
    through: int
    below: int


@dataclass(frozen=True, slots=True)
class Losses:
    """From those enrolled to those who teach and still do, and from what was promised to what was held."""

    qualified: Share
    teaching: Share
    active: Share
    cohorts_opened: Share
    cohorts_held: Share
    people_reached: Share
    days_to_first: float | None


@dataclass(frozen=True, slots=True)
class Dilution:
    """How much of the training still arrives; `signals` names what has crossed its limit."""

    test: float | None
    tested: int
    rating: float | None
    rated: int
    minutes: Share
    alone: Share
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """All cohorts of one depth. `people` counts each once; `ratio` is people for each person who teaches them."""

    depth: int
    cohorts: int
    held: int
    people: int
    trainers: int
    ratio: float | None
    losses: Losses | None
    dilution: Dilution


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole cascade. `people` counts everybody once, however many cohorts they were in."""

    spots: tuple[Spot, ...]
    levels: tuple[Level, ...]
    people: int
    enrolments: int
    trainers: Share
    by_sex: tuple[Part, ...]
    by_age: tuple[Part, ...]
    by_organisation: tuple[Part, ...]
