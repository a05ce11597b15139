"""Who fulfils a cohort's rule for completing, with the figures; a person decides, see actions/completing.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.delivery.kinds import EnrolmentState
from app.delivery.models import Cohort, Enrolment
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.learning.kinds import Standing
from app.learning.models import Assessment, CompletionDecision
from app.learning.rules import progress
from app.learning.rules.progress import Completion, Rule, UnitStanding
from app.people.models import Person
from app.people.queries.persons import by_name

from . import facts, units
from .facts import Place

IN_COHORT = frozenset({*OPEN, EnrolmentState.COMPLETED})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person of a cohort: whether they fulfil its rule, what lacks, where they stand, what was decided last."""

    enrolment_id: int
    person_id: int
    name: str
    state: EnrolmentState
    completion: Completion
    standings: dict[str, UnitStanding]
    decided: CompletionDecision | None


def rule_of(cohort: Cohort) -> Rule:
    """The cohort's rule; the default in what it does not say."""
    return progress.rule(cohort.completion)


def proposals(cohort: Cohort, enrolment_ids: Sequence[int] | None = None) -> list[Proposal]:
    """Everybody who is in a cohort or completed it, by name; the number of queries does not grow with them."""
    of = rule_of(cohort)
    statement = (
        select(Enrolment.id, Enrolment.cohort_id, Enrolment.person_id, Enrolment.enrolled_on, Enrolment.state,
               Person.given_names, Person.family_names)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(IN_COHORT))
        .order_by(*by_name(), Enrolment.id)
    )  # fmt: skip
    if enrolment_ids is not None:
        statement = statement.where(Enrolment.id.in_(enrolment_ids))
    rows = db.session.execute(statement).all()
    known = facts.of_people({row.person_id for row in rows})
    test_asked = _has_test(cohort)
    decided = decisions([row.id for row in rows])
    taught = units.releases_of([cohort.id])
    path = units.path(taught.taught.get(cohort.id, []), cohort.language, {}, taught)
    found = []
    for row in rows:
        place = Place(row.id, row.cohort_id, row.person_id, row.enrolled_on, row.state)
        standings = progress.standings(known.signs(row.person_id, of), of)
        done = sum(
            standings[one.uid].standing is Standing.DONE for one in path if one.uid in standings
        )  # fmt: skip
        completion = progress.completion(
            known.presences(place), known.test(place), test_asked=test_asked, done=done, units=len(path), of=of
        )
        name = f"{row.given_names} {row.family_names}".strip()
        found.append(Proposal(row.id, row.person_id, name, row.state, completion, standings, decided.get(row.id)))
    return found


def _has_test(cohort: Cohort) -> bool:
    """Whether the cohort is given a test that ends it: a pair or a quiz."""
    asked = select(Assessment.id).where(Assessment.cohort_id == cohort.id, Assessment.kind.in_(facts.ENDING))
    return db.session.scalar(asked.limit(1)) is not None


def figures(completion: Completion, of: Rule) -> dict[str, Any]:
    """The figures that lay before whoever decided, as they are kept."""
    found = completion.attendance
    return {
        "rule": progress.as_data(of),
        "expected": found.rate.expected,
        "attended": found.rate.attended,
        "by_mark": {mark.value: count for mark, count in found.rate.by_mark.items() if count},
        "unmarked": found.unmarked,
        "test": None if completion.test is None else float(completion.test),
        "units_done": completion.units_done,
        "units": completion.units,
        "lacks": [{"why": lack.why, **lack.parts} for lack in completion.lacks],
    }


def decisions(enrolment_ids: Sequence[int]) -> dict[int, CompletionDecision]:
    """What was decided last of each of these enrolments, where something was; one query."""
    rows = db.session.scalars(
        select(CompletionDecision)
        .where(CompletionDecision.enrolment_id.in_(enrolment_ids))
        .order_by(CompletionDecision.id)
    )
    return {row.enrolment_id: row for row in rows}
