"""What a learner's home is made of, as plain values: a template shows them, queries/home.py fills them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from app.core.content import Language
from app.delivery.kinds import CohortState, EnrolmentState, Mark, TeachingRole
from app.delivery.rules.cohorts import OPEN
from app.learning.kinds import AssessmentKind, CertificateKind, Moment, Standing
from app.learning.rules.progress import Attendance
from app.people.kinds import ContactKind

from .units import Path

CAME = (Mark.PRESENT, Mark.LATE, Mark.PARTIAL)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A session that was held, and the learner's mark; None where there is none yet."""

    number: int
    title: str
    on: date
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Next:
    """The next session of a cohort."""

    number: int
    title: str
    on: date
    starts_at: time | None
    place: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What was right in one assessment at a moment; None while an answer waits to be read."""

    assessment_id: int
    assessment: str
    kind: AssessmentKind
    moment: Moment
    points: float | None
    out_of: int
    on: date

    @property
    def share(self) -> float | None:
        """From 0 to 1."""
        return None if self.points is None else self.points / self.out_of


@dataclass(frozen=True, slots=True)
class Asked:
    """An assessment that a learner can answer by themselves now; `answered` of `items`."""

    id: int
    title: str
    kind: AssessmentKind
    moment: Moment
    items: int
    answered: int

    @property
    def finished(self) -> bool:
        return self.answered >= self.items


@dataclass(frozen=True, slots=True)
class Trainer:
    """Who teaches, and how they wish to be reached."""

    name: str
    role: TeachingRole
    contacts: tuple[tuple[ContactKind, str], ...]


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate of the learner's."""

    serial: str
    kind: CertificateKind
    title: str
    issued_on: date
    revoked: bool


@dataclass(frozen=True, slots=True)
class MyCohort:
    """One enrolment on the learner's home. `due` is the first unit on the path that is not done."""

    enrolment_id: int
    slug: str
    name: str
    programme: str
    state: EnrolmentState
    language: Language
    path: tuple[Path, ...]
    due: Path | None
    coming: Next | None
    leaves: tuple[Leaf, ...]
    attendance: Attendance
    scores: tuple[Score, ...]
    asked: tuple[Asked, ...]
    trainers: tuple[Trainer, ...]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def modules(self) -> list[tuple[str, list[Path]]]:
        """The path by module, in its order."""
        return [(name, list(some)) for name, some in groupby(self.path, lambda one: one.module)]

    @property
    def came(self) -> int:
        """How many sessions they came to, late or for a part too; of how many, says `attendance`."""
        return sum(self.attendance.rate.by_mark.get(mark, 0) for mark in CAME)

    @property
    def done(self) -> int:
        return sum(one.standing.standing is Standing.DONE for one in self.path)


@dataclass(frozen=True, slots=True)
class Home:
    """All of it: running cohorts first, then those that ended, newest first."""

    person_id: int
    name: str
    cohorts: tuple[MyCohort, ...]
    certificates: tuple[Certified, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort, as far as its learners' home needs it."""

    id: int
    slug: str
    name: str
    state: CohortState
    language: Language
    completion: Mapping[str, Any]
    programme: str
