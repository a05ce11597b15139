"""Answers: from phones that hold a workshop's token, from papers that somebody types in, from hands that went up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.content import Uid
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.validation.models import Answer, Sheet, Tally, Workshop
from app.validation.models.workshops import Way
from app.validation.queries import answers as queries
from app.validation.queries import workshops
from app.validation.rules import workshops as rules
from app.validation.rules.phones import AnsweredElsewhere, TakenNumber, respondent

from .phones import check_phone, hold_open

LONGEST_COMMENT = 600
MOST_PAPERS = 100


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper sheet: a participant's number, or none when nobody's name stands on it; answers by question."""

    number: int | None
    values: Mapping[int, int | None]
    comments: Mapping[int, str] = field(default_factory=dict)


@transactional
def answer_by_phone(
    actor: Actor,
    workshop: Workshop,
    unit: Uid,
    values: Mapping[int, int | None],
    comments: Mapping[int, str],
    *,
    secret: str,
    number: int | None = None,
    seat: int = 0,
) -> Sheet:
    """Keep one person's answers on a unit, the first time or corrected; `secret` is what their phone holds.

    Without a number `seat` tells apart those who answer on one phone without a name.
    """
    hold_open(workshop)
    key = check_phone(workshop, secret)
    if number is not None:
        participant = workshops.participant(workshop, number)
        if participant.key != key:
            raise TakenNumber
        return _keep(workshop, unit, values, comments, Way.PHONE, key=key, participant_id=participant.id)
    who = respondent(secret, seat)
    if queries.sheet(workshop, unit, respondent=who) is None:
        _check_room(workshop)
    return _keep(workshop, unit, values, comments, Way.PHONE, key=key, respondent=who)


@transactional
def enter_papers(
    actor: Actor, workshop: Workshop, unit: Uid, papers: Sequence[Paper], *, correcting: bool = False
) -> int:
    """Type in paper sheets on a unit, a row each; returns how many. A number that has answered is refused unless
    `correcting`. Comments are asked for on paper and not enforced here.
    """
    workshops.hold(actor, workshop)
    if len(papers) > MOST_PAPERS:
        raise rules.TooMany(most=MOST_PAPERS)
    for paper in papers:
        if paper.number is None:
            _check_room(workshop)
            name = f"paper-{rules.new_token()}"
            _keep(workshop, unit, paper.values, paper.comments, Way.PAPER, actor=actor, respondent=name)
            continue
        participant = workshops.participant(workshop, paper.number)
        if not correcting and queries.sheet(workshop, unit, participant_id=participant.id) is not None:
            raise rules.AnsweredAlready
        _keep(workshop, unit, paper.values, paper.comments, Way.PAPER, actor=actor, participant_id=participant.id)
    record(actor.account_id, "workshop.papers", workshop, unit=unit, papers=len(papers))
    return len(papers)


@transactional
def tally(actor: Actor, workshop: Workshop, unit: Uid, hands: Mapping[tuple[int, int], int]) -> None:
    """Keep how many hands went up on a unit, by question and answer; what was there before is replaced."""
    workshops.hold(actor, workshop)
    workshops.tried_unit(workshop, unit)
    asked = {question.id for question in workshops.questions(workshop)}
    for (question, value), count in hands.items():
        rules.check_values(workshop.scale, asked, {question: value}, {}, strict=False)
        if not 0 <= count <= rules.MOST_HANDS:
            raise rules.BadHands(most=rules.MOST_HANDS)
    db.session.query(Tally).filter(Tally.workshop_id == workshop.id, Tally.unit_uid == unit).delete()
    for (question, value), count in hands.items():
        if count:
            db.session.add(
                Tally(workshop_id=workshop.id, unit_uid=unit, question_id=question, value=value, hands=count)
            )
    record(actor.account_id, "workshop.hands", workshop, unit=unit)


def _check_room(workshop: Workshop) -> None:
    db.session.flush()
    if queries.nameless(workshop) >= rules.MOST_NAMELESS:
        raise rules.TooMany(most=rules.MOST_NAMELESS)


def _keep(
    workshop: Workshop,
    unit: Uid,
    values: Mapping[int, int | None],
    comments: Mapping[int, str],
    way: Way,
    *,
    actor: Actor | None = None,
    key: str | None = None,
    participant_id: int | None = None,
    respondent: str | None = None,
) -> Sheet:
    """Write a sheet of answers, or what it says now."""
    workshops.tried_unit(workshop, unit)
    asked = {question.id for question in workshops.questions(workshop)}
    said = {question: rules.line(text, LONGEST_COMMENT) for question, text in comments.items() if question in values}
    rules.check_values(workshop.scale, asked, dict(values), said, strict=way is Way.PHONE)
    sheet = queries.sheet(workshop, unit, participant_id=participant_id, respondent=respondent)
    if sheet is None:
        sheet = Sheet(workshop_id=workshop.id, unit_uid=unit, participant_id=participant_id, respondent=respondent)
        db.session.add(sheet)
    elif key is not None and sheet.key != key:
        raise AnsweredElsewhere
    sheet.way, sheet.key = way, key
    sheet.at, sheet.entered_by_id = clock.now(), actor.account_id if actor else None
    known = {answer.question_id: answer for answer in sheet.answers}
    for question, value in values.items():
        answer = known.get(question)
        if answer is None:
            answer = Answer(question_id=question)
            sheet.answers.append(answer)
        answer.value, answer.comment = value, said.get(question, "")
    for question, answer in known.items():
        if question not in values:
            sheet.answers.remove(answer)
    db.session.flush()
    return sheet
