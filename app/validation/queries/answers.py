"""What was answered in a workshop: sheets, shows of hands, and both as the givens that results are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.core.content import Uid
from app.infra.db import db
from app.validation.models import Answer, Participant, Question, Sheet, Tally, Workshop
from app.validation.rules.results import Given


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside an answer; no name goes with it."""

    unit_uid: Uid
    question_id: int
    value: int | None
    text: str


def sheets(workshop: Workshop, unit: Uid | None = None) -> Sequence[Sheet]:
    """The sheets of a workshop, or those on one unit, oldest first, with their answers."""
    statement = select(Sheet).where(Sheet.workshop_id == workshop.id).options(selectinload(Sheet.answers))
    if unit is not None:
        statement = statement.where(Sheet.unit_uid == unit)
    return db.session.scalars(statement.order_by(Sheet.id)).all()


def sheet(
    workshop: Workshop, unit: Uid, *, participant_id: int | None = None, respondent: str | None = None
) -> Sheet | None:
    """One person's sheet on a unit, with its answers."""
    who = Sheet.participant_id == participant_id if participant_id is not None else Sheet.respondent == respondent
    return db.session.scalar(
        select(Sheet)
        .where(Sheet.workshop_id == workshop.id, Sheet.unit_uid == unit, who)
        .options(selectinload(Sheet.answers))
    )


def answered(workshop: Workshop, *, participant_id: int | None = None, respondent: str | None = None) -> set[Uid]:
    """The units that one person has answered."""
    who = Sheet.participant_id == participant_id if participant_id is not None else Sheet.respondent == respondent
    return set(db.session.scalars(select(Sheet.unit_uid).where(Sheet.workshop_id == workshop.id, who)))


def counts(workshop: Workshop) -> dict[Uid, int]:
    """How many sheets there are on each unit."""
    rows = db.session.execute(
        select(Sheet.unit_uid, func.count(Sheet.id)).where(Sheet.workshop_id == workshop.id).group_by(Sheet.unit_uid)
    )
    return {row[0]: row[1] for row in rows}


def nameless(workshop: Workshop) -> int:
    """How many answer without being on the list."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(Sheet.respondent))).where(
                Sheet.workshop_id == workshop.id, Sheet.respondent.is_not(None)
            )
        )
        or 0
    )


def tallies(workshop: Workshop, unit: Uid | None = None) -> dict[tuple[Uid, int, int], int]:
    """Hands by unit, question and value."""
    statement = select(Tally).where(Tally.workshop_id == workshop.id)
    if unit is not None:
        statement = statement.where(Tally.unit_uid == unit)
    return {(one.unit_uid, one.question_id, one.value): one.hands for one in db.session.scalars(statement)}


def comments(workshop: Workshop) -> list[Comment]:
    """What was written beside answers, by unit and question; for those who run the workshop."""
    rows = db.session.execute(
        select(Sheet.unit_uid, Answer.question_id, Answer.value, Answer.comment)
        .join(Sheet, Sheet.id == Answer.sheet_id)
        .where(Sheet.workshop_id == workshop.id, Answer.comment != "")
        .order_by(Sheet.unit_uid, Answer.question_id, Answer.id)
    )
    return [Comment(*row) for row in rows]


def givens(
    workshop: Workshop, asked: Sequence[Question], people: Sequence[Participant]
) -> dict[Uid, list[Given]]:  # fmt: skip
    """Every answer with a value by unit, in three queries for any number of them."""
    criteria = {question.id: question.criterion for question in asked}
    groups = {one.id: {"sex": one.sex, "age": one.age_group, "role": one.role.value} for one in people}
    found: dict[Uid, list[Given]] = {}
    for one in sheets(workshop):
        who = f"p{one.participant_id}" if one.participant_id is not None else f"r{one.respondent}"
        of = groups.get(one.participant_id or 0, {})
        for answer in one.answers:
            if answer.value is not None and answer.question_id in criteria:
                given = Given(who, criteria[answer.question_id], answer.question_id, answer.value, of)
                found.setdefault(one.unit_uid, []).append(given)
    for (uid, question, value), hands in tallies(workshop).items():
        if question in criteria and hands:
            found.setdefault(uid, []).append(Given(None, criteria[question], question, value, {}, hands))
    return found
