"""Making assessments from units' questions or of one's own, keeping answers whatever arrives, giving points."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.core.content import Block, Kind, Uid
from app.core.errors import Refused
from app.curriculum.models import Release
from app.curriculum.queries import contents
from app.delivery.kinds import Source
from app.delivery.models import Cohort, Enrolment, Quarantined
from app.delivery.queries import cohorts, scopes, sessions
from app.delivery.rules.cohorts import title as title_rule
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.learning.kinds import AnswerMode, AssessmentKind, ItemKind, Moment
from app.learning.models import Answer, AnswerPoints, Assessment, AssessmentItem
from app.learning.queries import assessments as queries
from app.learning.queries.papers import Paper
from app.learning.rules import assessments as rules
from app.learning.rules import questions, scoring
from app.learning.rules.assessments import OwnItem
from app.people.permissions import Actor, NotAllowed, Permission, Scope, allows, check
from app.people.rules.persons import line

from .resulting import renew


class Outcome(StrEnum):
    """What became of an answer that arrived."""

    KEPT = "kept"
    REPEATED = "repeated"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as it arrives; uids of the item and the enrolment. `recorded_at` is the device's clock."""

    uid: str
    item: str
    enrolment: str
    moment: Moment
    value: dict[str, Any]
    occurred_at: datetime
    recorded_at: datetime
    mode: AnswerMode = AnswerMode.SELF
    assisted_by: str = ""
    language: str = "es"
    supersedes: tuple[str, ...] = ()
    device: str = ""
    source: Source = Source.WEB


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one answer, and why it waits for a person if it does."""

    uid: str
    outcome: Outcome
    fault: Refused | None = None


@transactional
def create_assessment(
    actor: Actor, cohort: Cohort, kind: AssessmentKind, title: str,
    *, units: Sequence[Uid] = (), blocks: Collection[Uid] | None = None, own: Sequence[OwnItem] = (),
) -> Assessment:  # fmt: skip
    """Make a pair or a quiz of the questions of units that the cohort is taught, or a survey or rubric of one's own.

    A pair takes the questions that are asked before and after; `blocks` keeps these questions alone.
    """
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    made = Assessment(
        uid=str(uuid.uuid4()),
        cohort_id=cohort.id,
        kind=kind,
        title=title_rule(title),
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    if kind in rules.FROM_UNITS:
        items = _from_units(cohort, kind, units, blocks)
    else:
        rules.check_own(kind, own)
        items = [AssessmentItem(kind=one.kind, asked=_own(one)) for one in own]
    for position, item in enumerate(items):
        item.uid, item.assessment_id, item.position = str(uuid.uuid4()), made.id, position
        db.session.add(item)
    record(actor.account_id, "assessment.made", made, kind=kind, items=len(items))
    return made


@transactional
def close_assessment(actor: Actor, assessment: Assessment, *, again: bool = False) -> None:
    """Take no more answers but those given before now; `again` opens it once more."""
    check(actor, Permission.TEACH, scopes.of_cohort(queries.cohort_of(assessment)))
    if (assessment.closed_at is None) is again:
        return
    assessment.closed_at = None if again else clock.now()
    record(actor.account_id, "assessment.opened" if again else "assessment.closed", assessment)


@transactional
def keep_answers(actor: Actor, assessment: Assessment, given: Sequence[Response]) -> list[Kept]:
    """Keep every answer once, whatever order they come in; what does not fit waits in quarantine with its reason.

    Who teaches the cohort answers for all of its people, anybody else for themselves alone.
    """
    if len(given) > rules.MOST_ANSWERS:
        raise rules.TooManyAnswers(most=rules.MOST_ANSWERS)
    cohort = queries.cohort_of(assessment)
    enrolled = queries.enrolments(cohort.id, {one.enrolment for one in given})
    _check_answering(actor, cohort, assessment, given, enrolled)
    cohorts.hold(cohort)
    paper = Paper(assessment)
    named = {one.uid for one in given} | {uid for one in given for uid in one.supersedes}
    known = queries.known({uid for uid in named if "\x00" not in uid})
    coming = {one.uid: one for one in given}
    kept: list[Kept] = []
    touched: dict[Moment, set[int]] = {}
    for one in given:
        try:
            row = _row(actor, paper, one, enrolled, known, coming)
        except Refused as fault:
            _quarantine(actor, cohort, one, fault)
            kept.append(Kept(one.uid, Outcome.QUARANTINED, fault))
            continue
        before = known.get(row.uid)
        if before is not None:
            kept.append(Kept(one.uid, Outcome.REPEATED))
            continue
        db.session.add(row)
        known[row.uid] = row
        touched.setdefault(row.moment, set()).add(row.enrolment_id)
        kept.append(Kept(one.uid, Outcome.KEPT))
    db.session.flush()
    for moment, ids in touched.items():
        renew(paper, moment, ids)
    record(actor.account_id, "assessment.answered", assessment, kept=sum(one.outcome is Outcome.KEPT for one in kept))
    return kept


@transactional
def answer(actor: Actor, assessment: Assessment, given: Response) -> Answer:
    """Keep one answer from a page, where somebody can correct it at once; raises what does not fit."""
    cohort = queries.cohort_of(assessment)
    enrolled = queries.enrolments(cohort.id, {given.enrolment})
    _check_answering(actor, cohort, assessment, [given], enrolled)
    cohorts.hold(cohort)
    paper, known = Paper(assessment), queries.known([given.uid, *given.supersedes])
    row = _row(actor, paper, given, enrolled, known, {given.uid: given})
    if given.uid in known:
        return known[given.uid]
    db.session.add(row)
    db.session.flush()
    renew(paper, row.moment, {row.enrolment_id})
    record(actor.account_id, "assessment.answered", assessment, kept=1)
    return row


@transactional
def give_points(
    actor: Actor, given: Answer, points: int, out_of: int,
    *, comment: str = "", uid: str | None = None, supersedes: Sequence[str] = (), recorded_at: datetime | None = None,
) -> AnswerPoints:  # fmt: skip
    """Say what an open answer is worth; what was said before stays, and is corrected by naming it."""
    assessment = db.session.get_one(Assessment, given.assessment_id)
    cohort = queries.cohort_of(assessment)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    rules.check_points(points, out_of)
    cohorts.hold(cohort)
    paper = Paper(assessment)
    if paper.by_id[given.item_id].kind is not ItemKind.OPEN or assessment.kind not in rules.FROM_UNITS:
        raise rules.NotOpen
    uid = uid or str(uuid.uuid4())
    rules.check_uid(uid)
    others = db.session.scalars(select(AnswerPoints).where(AnswerPoints.uid.in_([uid, *supersedes]))).all()
    if any(one.answer_uid != given.uid for one in others):
        raise rules.SupersedesOther
    same = next((one for one in others if one.uid == uid), None)
    if same is not None:
        if (same.points, same.out_of, same.comment) != (points, out_of, line(comment)):
            raise rules.OtherContent
        return same
    made = AnswerPoints(
        uid=uid,
        answer_uid=given.uid,
        points=points,
        out_of=out_of,
        comment=line(comment),
        supersedes=list(supersedes),
        recorded_at=recorded_at or clock.now(),
        received_at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    renew(paper, given.moment, {given.enrolment_id})
    record(actor.account_id, "assessment.points", assessment, answer=given.uid, points=points, out_of=out_of)
    return made


def _from_units(
    cohort: Cohort, kind: AssessmentKind, units: Sequence[Uid], blocks: Collection[Uid] | None
) -> list[AssessmentItem]:
    offered = sessions.units_offered(cohort)
    releases = {
        release.id: release
        for release in db.session.scalars(select(Release).where(Release.id.in_(set(offered.values()))))
    }
    found: list[tuple[int, Uid, Block]] = []
    for uid in dict.fromkeys(units):
        if uid not in offered:
            raise rules.NoQuestions
        release = releases[offered[uid]]
        tree = contents.state(release.revision).content
        unit = next(unit for _, unit in tree.units() if unit.uid == uid)
        found += [(release.id, uid, block) for block in unit.blocks if block.kind is Kind.QUESTION]
    found = [one for one in found if blocks is None or one[2].uid in blocks]
    bodies = contents.bodies(digest for _, _, block in found for digest in block.texts.values())
    made = []
    for release_id, uid, block in found:
        read = questions.question(block.uid, next((bodies[d] for d in block.texts.values() if d in bodies), ""))
        asked_then = not read.uses or set(questions.USES) <= read.uses
        if kind is AssessmentKind.PAIR and not asked_then:
            continue
        made.append(
            AssessmentItem(
                kind=read.kind, release_id=release_id, unit_uid=uid, block_uid=block.uid, texts=dict(block.texts)
            )
        )
    if not made:
        raise rules.NoQuestions
    return made


def _own(item: OwnItem) -> dict[str, Any]:
    return {"words": dict(item.words), "levels": [dict(level) for level in item.levels]}


def _check_answering(
    actor: Actor, cohort: Cohort, assessment: Assessment, given: Sequence[Response], enrolled: dict[str, Enrolment]
) -> None:
    """Raise `NotAllowed` unless the actor may enter all of these."""
    where = scopes.of_cohort(cohort)
    if allows(actor, Permission.TEACH, where):
        return
    if assessment.kind is AssessmentKind.RUBRIC:
        check(actor, Permission.OBSERVE_TRAINER, where)
        return
    for one in given:
        enrolment = enrolled.get(one.enrolment)
        if enrolment is None or enrolment.person_id != actor.person_id or one.mode is not AnswerMode.SELF:
            raise NotAllowed
        check(actor, Permission.LEARN, Scope(persons=frozenset({enrolment.person_id})))


def _row(
    actor: Actor, paper: Paper, given: Response, enrolled: dict[str, Enrolment], known: dict[str, Answer],
    coming: dict[str, Response],
) -> Answer:  # fmt: skip
    """The answer as it is kept; raises what does not fit."""
    rules.check_uid(given.uid)
    item, enrolment = paper.by_uid.get(given.item), enrolled.get(given.enrolment)
    if item is None:
        raise rules.NoSuchItem
    if enrolment is None:
        raise rules.NotInCohort
    if given.moment not in rules.MOMENTS[paper.assessment.kind]:
        raise rules.NotAskedThen
    closed = paper.assessment.closed_at
    if closed is not None and given.occurred_at > closed:
        raise rules.Closed
    for uid in given.supersedes:
        rules.check_uid(uid)
        row, other = known.get(uid), coming.get(uid)
        here = (item.id, enrolment.id, given.moment)
        if row is not None and (row.item_id, row.enrolment_id, row.moment) != here:
            raise rules.SupersedesOther
        if other is not None and (other.item, other.enrolment, other.moment) != (
            given.item, given.enrolment, given.moment,
        ):  # fmt: skip
            raise rules.SupersedesOther
    made = Answer(
        uid=given.uid,
        assessment_id=paper.assessment.id,
        item_id=item.id,
        enrolment_id=enrolment.id,
        moment=given.moment,
        value=scoring.check_value(item.kind, given.value, paper.offered(item, given.language)),
        language=line(given.language)[:20],
        mode=given.mode,
        assisted_by=line(given.assisted_by),
        supersedes=sorted(given.supersedes),
        occurred_at=given.occurred_at,
        recorded_at=given.recorded_at,
        received_at=clock.now(),
        account_id=actor.account_id,
        device=line(given.device),
        source=given.source,
    )
    before = known.get(given.uid)
    if before is not None and _content(before) != _content(made):
        raise rules.OtherContent
    return made


def _content(row: Answer) -> tuple[object, ...]:
    """What makes two arrivals of one uid the same."""
    return (
        row.assessment_id, row.item_id, row.enrolment_id, row.moment, row.value, row.mode, row.assisted_by,
        row.supersedes, row.occurred_at, row.recorded_at,
    )  # fmt: skip


def _quarantine(actor: Actor, cohort: Cohort, given: Response, fault: Refused) -> None:
    payload = json.loads(json.dumps(asdict(given), default=str).replace("\\u0000", ""))
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    uid = given.uid.replace("\x00", "")[:100]
    seen = select(Quarantined.id).where(Quarantined.event_uid == uid, Quarantined.digest == digest)
    if db.session.scalar(seen) is not None:
        return
    db.session.add(
        Quarantined(
            event_uid=uid,
            digest=digest,
            payload={"kind": "answer", **payload},
            reason=type(fault).__name__,
            cohort_id=cohort.id,
            account_id=actor.account_id,
            received_at=clock.now(),
        )
    )
