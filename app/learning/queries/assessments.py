"""Reading assessments and answers: who was asked what, what waits for a person, gain, how each item did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select

from app.core.content import Uid
from app.core.events import settle, standing
from app.core.gains import FEWEST
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import scopes
from app.infra.db import db
from app.learning.kinds import AnswerMode, ItemKind, Moment
from app.learning.models import Answer, AnswerPoints, Assessment, AssessmentResult
from app.learning.rules import assessments as rules
from app.learning.rules import items
from app.learning.rules.items import Given, ItemFigures, PairedGain, Said, Worth
from app.people.permissions import Actor, Permission, allows

from .papers import Paper

Standing = Mapping[tuple[int, int], "Held"]  # enrolment's and item's id → what holds


@dataclass(frozen=True, slots=True)
class Held:
    """The answer that holds of one person and item, and its points.

    `stand` are all answers that stand, which a correction names; `disagree`: they do not say the same. `worth` is what
    a person said of it, who alone can say it of an open one.
    """

    answer: Answer
    stand: tuple[str, ...]
    disagree: bool
    points: Fraction | None
    worth: Worth | None = None


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """How many chose each level of a survey's item; hidden (None) for fewer than five."""

    takers: int
    levels: tuple[int, ...] | None


def get(actor: Actor, uid: str, permission: Permission) -> Assessment:
    """The assessment of this name, for somebody who has this permission on its cohort; else `NoSuchAssessment`."""
    found = db.session.scalar(select(Assessment).where(Assessment.uid == uid))
    if found is None or not allows(actor, permission, scopes.of_cohort(cohort_of(found))):
        raise rules.NoSuchAssessment
    return found


def answer_in(assessment: Assessment, uid: str) -> Answer:
    """An answer of this assessment by its uid; raises `NoSuchAssessment`."""
    found = db.session.get(Answer, uid)
    if found is None or found.assessment_id != assessment.id:
        raise rules.NoSuchAssessment
    return found


def cohort_of(assessment: Assessment) -> Cohort:
    """The cohort that is asked."""
    return db.session.get_one(Cohort, assessment.cohort_id)


def of_cohort(cohort: Cohort) -> Sequence[Assessment]:
    """The assessments of a cohort, oldest first."""
    return db.session.scalars(select(Assessment).where(Assessment.cohort_id == cohort.id).order_by(Assessment.id)).all()


def enrolments(cohort_id: int, uids: Collection[str]) -> dict[str, Enrolment]:
    """The enrolments of a cohort by uid, of those asked for, ended ones too."""
    rows = db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == cohort_id, Enrolment.uid.in_(uids)))
    return {row.uid: row for row in rows}


def known(uids: Collection[str]) -> dict[str, Answer]:
    """The answers kept under these uids."""
    return {row.uid: row for row in db.session.scalars(select(Answer).where(Answer.uid.in_(uids)))}


def holding(paper: Paper, moment: Moment, enrolment_ids: Collection[int] | None = None) -> Standing:
    """What holds of each person and item at a moment; two queries for any number of them."""
    asked = select(Answer).where(Answer.assessment_id == paper.assessment.id, Answer.moment == moment)
    if enrolment_ids is not None:
        asked = asked.where(Answer.enrolment_id.in_(enrolment_ids))
    by_place: dict[tuple[int, int], list[Answer]] = {}
    for row in db.session.scalars(asked):
        by_place.setdefault((row.enrolment_id, row.item_id), []).append(row)
    by_a_person = _by_a_person([row.uid for rows in by_place.values() for row in rows], paper)
    found = {}
    for place, rows in by_place.items():
        by_uid = {row.uid: row for row in rows}
        said = [Said(row.uid, row.value, frozenset(row.supersedes), row.recorded_at) for row in rows]
        holds, rivals = settle(said)
        answer, item = by_uid[holds.uid], paper.by_id[place[1]]
        worth = by_a_person.get(answer.uid)
        points = worth.points if worth else None
        if item.kind is not ItemKind.OPEN:
            points = paper.score(item, answer.value, answer.language).points
        found[place] = Held(answer, tuple(one.uid for one in standing(said)), bool(rivals), points, worth)
    return found


def _by_a_person(uids: Sequence[str], paper: Paper) -> dict[str, Worth]:
    if not any(item.kind is ItemKind.OPEN for item in paper.items):
        return {}
    given: dict[str, list[Given]] = {}
    for row in db.session.scalars(select(AnswerPoints).where(AnswerPoints.answer_uid.in_(uids))):
        one = Given(row.uid, row.points, row.out_of, row.comment, frozenset(row.supersedes), row.recorded_at)
        given.setdefault(row.answer_uid, []).append(one)
    return {uid: items.worth(some) for uid, some in given.items()}


def open_answers(paper: Paper) -> list[Held]:
    """What people wrote in their own words, oldest first; two queries for each moment at which it was asked."""
    found = [
        held
        for moment in rules.MOMENTS[paper.assessment.kind]
        for (_, item_id), held in holding(paper, moment).items()
        if paper.by_id[item_id].kind is ItemKind.OPEN
    ]
    return sorted(found, key=lambda held: (held.answer.occurred_at, held.answer.uid))


def shares(assessment: Assessment, moment: Moment, unit_uid: Uid | None = None) -> dict[int, Fraction]:
    """What each enrolled person had right, by enrolment; of one unit's items when asked.

    Left out are those of whom an answer waits for a person, and who answered in a group: that says nothing of one.
    """
    where = [
        AssessmentResult.assessment_id == assessment.id,
        AssessmentResult.moment == moment,
        AssessmentResult.in_group.is_(False),
    ]
    if unit_uid is not None:
        where.append(AssessmentResult.unit_uid == unit_uid)
    rows = db.session.execute(
        select(
            AssessmentResult.enrolment_id,
            func.sum(AssessmentResult.points),
            func.sum(AssessmentResult.out_of),
        )
        .where(*where)
        .group_by(AssessmentResult.enrolment_id)
        .having(func.sum(AssessmentResult.waiting) == 0, func.sum(AssessmentResult.out_of) > 0)
    )
    return {id_: Fraction(points).limit_denominator(100_000) / out_of for id_, points, out_of in rows}


def gain(assessment: Assessment, unit_uid: Uid | None = None) -> PairedGain:
    """What was gained between before and after, over those who did both, with both numbers; two queries."""
    before, after = (shares(assessment, moment, unit_uid) for moment in (Moment.PRE, Moment.POST))
    return items.paired(before, after)


def item_figures(paper: Paper, moment: Moment) -> dict[str, ItemFigures]:
    """How hard each item was and how well it tells, by its uid; two queries.

    Groups are left out, and of an item those whose answer nobody has read yet.
    """
    takers: dict[int, dict[int, float | None]] = {}
    for (enrolment_id, item_id), held in holding(paper, moment).items():
        if held.answer.mode is not AnswerMode.GROUP:
            points = None if held.points is None else float(held.points)
            takers.setdefault(enrolment_id, {})[item_id] = points
    listed = list(takers.values())
    return {item.uid: items.figures(listed, item.id) for item in paper.scored}


def scale_figures(paper: Paper) -> dict[str, ScaleFigures]:
    """How a survey was answered, by item's uid; hidden for fewer than five."""
    counted = {item.id: [0] * len(item.asked.get("levels", [])) for item in paper.items if item.kind is ItemKind.SCALE}
    for (_, item_id), held in holding(paper, Moment.ONCE).items():
        if item_id in counted:
            counted[item_id][held.answer.value["level"]] += 1
    found = {paper.by_id[id_].uid: levels for id_, levels in counted.items()}
    return {
        uid: ScaleFigures(sum(levels), tuple(levels) if sum(levels) >= FEWEST else None)
        for uid, levels in found.items()
    }
