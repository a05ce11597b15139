"""What became of one cohort's trainees: who went on to teach which cohort, what they promised, and what was held.

The whole cascade is cascade.py's. Unchecked: the cohort is asked before; six queries, whatever its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.delivery.kinds import CohortState, EnrolmentState, SessionState
from app.delivery.models import Cohort, CohortSession, CohortTrainer, Commitment, Enrolment
from app.delivery.rules.cascade_figures import Share
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import Actor, Permission

from . import scopes


@dataclass(frozen=True, slots=True)
class Child:
    """A cohort taught by somebody who learned in this one: when it first met, how often, and whom it reaches."""

    id: int
    slug: str
    name: str
    state: CohortState
    first: date | None
    held: int
    people: int


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody who learned here, what they promised and which cohorts they teach. `days` until the first session."""

    enrolment_id: int
    name: str
    state: EnrolmentState
    promised_cohorts: int
    promised_people: int
    by: date | None
    teaches: tuple[Child, ...]
    days: int | None

    @property
    def reached(self) -> int:
        """How many people their cohorts reach, each cohort by itself."""
        return sum(one.people for one in self.teaches if one.held)

    def is_late(self, today: date) -> bool:
        """Whether the day of a promise is past and fewer cohorts were held than promised."""
        held = sum(1 for one in self.teaches if one.held)
        return self.by is not None and self.by < today and held < self.promised_cohorts


@dataclass(frozen=True, slots=True)
class Replicas:
    """A cohort in the cascade. `replicated` are those who held a session of their own, out of those qualified."""

    parent: Cohort | None
    children: tuple[Child, ...]
    trainees: tuple[Trainee, ...]
    replicated: Share
    cohorts: Share
    people: Share


def of(cohort: Cohort) -> Replicas:
    """What became of this cohort's trainees: those who promised or teach first, then by name."""
    parent = db.session.get(Cohort, cohort.parent_id) if cohort.parent_id else None
    rows = db.session.execute(
        select(Enrolment.id, Enrolment.state, Enrolment.state_since, Person.given_names, Person.family_names)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Person.family_names, Person.given_names, Enrolment.id)
    ).all()
    mine = select(Enrolment.id).where(Enrolment.cohort_id == cohort.id)
    edges = db.session.execute(
        select(CohortTrainer.qualified_by_id, CohortTrainer.cohort_id).where(CohortTrainer.qualified_by_id.in_(mine))
    ).all()
    children = _children(cohort, {below for _, below in edges})
    promises: dict[int, list[Commitment]] = {}
    for one in db.session.scalars(
        select(Commitment).where(Commitment.enrolment_id.in_(mine)).order_by(Commitment.by, Commitment.id)
    ):
        promises.setdefault(one.enrolment_id, []).append(one)
    taught: dict[int, list[Child]] = {}
    for qualified_by, below in edges:
        if qualified_by is not None and below in children:
            taught.setdefault(qualified_by, []).append(children[below])
    trainees = [_trainee(row, promises.get(row.id, ()), taught.get(row.id, ())) for row in rows]
    fit = [one for one in trainees if one.state is EnrolmentState.COMPLETED or one.teaches]
    promised = [one for one in trainees if one.promised_cohorts]
    return Replicas(
        parent=parent,
        children=tuple(sorted(children.values(), key=lambda one: (one.name, one.id))),
        trainees=tuple(sorted(trainees, key=lambda one: not (one.teaches or one.promised_cohorts))),
        replicated=Share(sum(1 for one in fit if any(each.held for each in one.teaches)), len(fit)),
        cohorts=Share(
            len({each.id for one in promised for each in one.teaches if each.held}),
            sum(one.promised_cohorts for one in promised),
        ),
        people=Share(
            sum(each.people for each in {each.id: each for one in promised for each in one.teaches}.values()),
            sum(one.promised_people for one in promised),
        ),
    )


def _children(cohort: Cohort, taught: Iterable[int]) -> dict[int, Child]:
    """The cohorts planned under this one and those that its trainees teach."""
    below = (Cohort.parent_id == cohort.id) | Cohort.id.in_(sorted(taught))
    rows = db.session.scalars(select(Cohort).where(below, Cohort.state != CohortState.CANCELLED)).all()
    ids = [one.id for one in rows]
    held = {
        id_: (number, first)
        for id_, number, first in db.session.execute(
            select(CohortSession.cohort_id, func.count(), func.min(CohortSession.held_on))
            .where(CohortSession.cohort_id.in_(ids), CohortSession.state == SessionState.HELD)
            .group_by(CohortSession.cohort_id)
        )
    }
    people = dict(
        db.session.execute(
            select(Enrolment.cohort_id, func.count(func.distinct(Enrolment.person_id)))
            .where(Enrolment.cohort_id.in_(ids))
            .group_by(Enrolment.cohort_id)
        ).all()
    )
    return {
        one.id: Child(
            one.id,
            one.slug,
            one.name,
            one.state,
            held.get(one.id, (0, None))[1],
            held.get(one.id, (0, None))[0],
            people.get(one.id, 0),
        )
        for one in rows
    }


def _trainee(row: Any, promises: Sequence[Commitment], teaches: Sequence[Child]) -> Trainee:
    id_, state, since, given, family = row
    firsts = [one.first for one in teaches if one.first is not None]
    ready = since if state is EnrolmentState.COMPLETED else None
    return Trainee(
        enrolment_id=id_,
        name=f"{given} {family}".strip(),
        state=state,
        promised_cohorts=sum(one.cohorts for one in promises),
        promised_people=sum(one.people for one in promises),
        by=max((one.by for one in promises), default=None),
        teaches=tuple(teaches),
        days=max((min(firsts) - ready).days, 0) if firsts and ready else None,
    )


def to_open(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """The short names of those of these cohorts that the actor may open."""
    rows = db.session.execute(
        select(Cohort.id, Cohort.slug).where(
            Cohort.id.in_(sorted(ids)), scopes.cohorts_visible(actor, Permission.SEE_COHORT)
        )
    )
    return dict(rows.all())
