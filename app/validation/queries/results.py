"""What was found in workshops: worked out while they run, as it was kept once they are closed; also by those below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Uid, Unit
from app.curriculum.manifests import digest_of
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.db import db
from app.people.permissions import Actor
from app.validation.models import Question, Workshop, WorkshopClosing
from app.validation.rules import results as rules
from app.validation.rules.frozen import DIMENSIONS, Results, UnitResult, load
from app.validation.rules.results import Given
from app.validation.rules.scales import Criterion

from . import answers, workshops


@dataclass(frozen=True, slots=True)
class Held:
    """A closed workshop with what was found in it."""

    workshop: Workshop
    closing: WorkshopClosing
    results: Results


@dataclass(frozen=True, slots=True)
class Below:
    """What an edition further down reports of a workshop of its own: counts, nothing about persons."""

    edition: Edition
    workshop: Workshop
    passed: int
    failed: int
    too_few: int
    remarks: int
    accepted: int


def live(workshop: Workshop) -> Results:
    """The results as they stand now; the number of queries does not grow with units, people or answers."""
    asked = workshops.questions(workshop)
    given = answers.givens(workshop, asked, workshops.participants(workshop))
    tried = {unit.uid: unit for _, unit in workshops.tried(workshop).units()}
    names = workshops.titles(workshop)
    uids = [uid for uid in workshops.unit_uids(workshops.agenda(workshop)) if uid in tried]
    units = [_unit(workshop, asked, tried[uid], names.get(uid, uid), given.get(uid, [])) for uid in uids]
    return Results(workshop.scale, workshop.top_from, workshop.threshold, tuple(units))


def _unit(
    workshop: Workshop, asked: Sequence[Question], unit: Unit, title: str, given: Sequence[Given]
) -> UnitResult:  # fmt: skip
    by_criterion = {c: [one for one in given if one.criterion is c] for c in Criterion}
    top, threshold = workshop.top_from, workshop.threshold
    scores = {c: rules.score(some, top, threshold) for c, some in by_criterion.items()}
    rows = complete([question.id for question in asked], given)
    return UnitResult(
        uid=unit.uid,
        title=title,
        digest=digest_of(unit),
        blocks={block.uid: dict(block.texts) for block in unit.blocks},
        standing=rules.standing(scores),
        people=rules.people(given),
        alpha=rules.alpha(rows) if len(rows) >= rules.FEWEST else None,
        scores=scores,
        groups={
            dimension: {c: rules.breakdown(some, dimension, top, threshold) for c, some in by_criterion.items() if some}
            for dimension in DIMENSIONS
        },
    )


def complete(questions: Sequence[int], given: Sequence[Given]) -> list[list[int]]:
    """The answers of everybody who answered every question, a row each."""
    by_person: dict[str, dict[int, int]] = {}
    for one in given:
        if one.respondent is not None:
            by_person.setdefault(one.respondent, {})[one.question] = one.value
    return [[row[q] for q in questions] for _, row in sorted(by_person.items()) if all(q in row for q in questions)]


def shown(workshop: Workshop, *, running: bool) -> Results | None:
    """What may be shown of a workshop: what was kept once it is closed; before that to those who run it alone."""
    closing = workshops.closing(workshop)
    if closing is not None:
        return load(closing.results)
    return live(workshop) if running else None


def workshop_results(edition: Edition) -> list[Held]:
    """Every closed workshop of an edition with its kept results, the one closed last first; one query."""
    return [Held(workshop, closing, load(closing.results)) for workshop, closing in _held([edition.id])]


def _held(edition_ids: Sequence[int]) -> list[tuple[Workshop, WorkshopClosing]]:
    rows = db.session.execute(
        select(Workshop, WorkshopClosing)
        .join(WorkshopClosing, WorkshopClosing.workshop_id == Workshop.id)
        .where(Workshop.edition_id.in_(edition_ids), WorkshopClosing.reopened_at.is_(None))
        .order_by(WorkshopClosing.at.desc(), WorkshopClosing.id.desc())
    )
    return [(workshop, closing) for workshop, closing in rows]


def below(actor: Actor, edition: Edition) -> list[Below]:
    """What the editions grown from this one, as far as the actor may know of them, report of their workshops."""
    links = db.session.execute(
        select(Edition.id, Edition.parent_id).where(Edition.curriculum_id == edition.curriculum_id)
    )
    children: dict[int | None, list[int]] = {}
    for child, parent in links:
        children.setdefault(parent, []).append(child)
    found: list[int] = []
    waiting = list(children.get(edition.id, []))
    while waiting:
        found.append(one := waiting.pop())
        waiting += children.get(one, [])
    known = {one.id for one in editions.visible(actor)} & set(found) if found else set()
    return [_below(workshop, closing) for workshop, closing in _held(sorted(known))] if known else []


def _below(workshop: Workshop, closing: WorkshopClosing) -> Below:
    results = load(closing.results)
    remarks = closing.minutes.get("remarks", [])
    return Below(
        workshop.edition,
        workshop,
        passed=results.count(rules.Standing.PASSED),
        failed=results.count(rules.Standing.FAILED),
        too_few=results.count(rules.Standing.TOO_FEW),
        remarks=len(remarks),
        accepted=sum(remark["verdict"] in ("accepted", "partly") for remark in remarks),
    )


def unit_result(results: Results, uid: Uid) -> UnitResult | None:
    """What was found of one unit."""
    return next((unit for unit in results.units if unit.uid == uid), None)
