"""Working results out anew from the answers: `AssessmentResult` is a view, made by actions after every event."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from sqlalchemy import delete, insert

from app.infra.db import db
from app.learning.kinds import AnswerMode, Moment
from app.learning.models import AssessmentResult
from app.learning.queries.assessments import Held, holding
from app.learning.queries.papers import Paper
from app.learning.rules import items


def renew(paper: Paper, moment: Moment, enrolment_ids: Collection[int]) -> None:
    """Make the results of these people at a moment follow from their answers, whatever stood there before."""
    asked: dict[str, set[int]] = {}
    for item in paper.scored:
        asked.setdefault(item.unit_uid, set()).add(item.id)
    held: dict[int, dict[str, list[Held]]] = {}
    for (enrolment_id, item_id), one in holding(paper, moment, enrolment_ids).items():
        held.setdefault(enrolment_id, {}).setdefault(paper.by_id[item_id].unit_uid, []).append(one)
    db.session.execute(
        delete(AssessmentResult).where(
            AssessmentResult.assessment_id == paper.assessment.id,
            AssessmentResult.moment == moment,
            AssessmentResult.enrolment_id.in_(enrolment_ids),
        )
    )
    rows = []
    for enrolment_id, by_unit in held.items():
        for unit_uid in sorted(asked.keys() | by_unit.keys()):
            rows.append(_row(paper, moment, enrolment_id, unit_uid, asked.get(unit_uid, set()), by_unit))
    if rows:
        db.session.execute(insert(AssessmentResult), rows)


def _row(
    paper: Paper, moment: Moment, enrolment_id: int, unit_uid: str, asked: set[int],
    by_unit: dict[str, list[Held]],
) -> dict[str, Any]:  # fmt: skip
    here = by_unit.get(unit_uid, [])
    all_of_them = [one for some in by_unit.values() for one in some]
    points: list[Fraction | None] = [one.points for one in here if one.answer.item_id in asked]
    tally = items.tally(points, len(asked), sum(one.disagree for one in here))
    return {
        "assessment_id": paper.assessment.id,
        "enrolment_id": enrolment_id,
        "moment": moment,
        "unit_uid": unit_uid,
        "release_id": next((item.release_id for item in paper.items if item.unit_uid == unit_uid), None),
        "points": float(tally.points),
        "out_of": tally.out_of,
        "answered": len(here),
        "waiting": tally.waiting,
        "rivals": tally.rivals,
        "in_group": any(one.answer.mode is AnswerMode.GROUP for one in all_of_them),
        "answered_at": max(one.answer.occurred_at for one in all_of_them),
    }
