"""What learning lets go of when somebody is erased: names on certificates, words of their own, words about them.

Points, results and the frozen contents of certificates stay: they name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from app.delivery.models import Enrolment
from app.infra.db import db
from app.learning.kinds import ItemKind
from app.learning.models import Answer, AnswerPoints, AssessmentItem, Certificate, CompletionDecision
from app.people.actions import erasing


def install() -> None:
    """Tell the layer of people."""
    erasing.also("learning", erase)


def erase(ids: Sequence[int]) -> None:
    """Take names, codes and free words of these persons; whoever holds a certificate can still have it checked."""
    enrolments = select(Enrolment.id).where(Enrolment.person_id.in_(ids))
    mine = select(Answer.uid).where(Answer.enrolment_id.in_(enrolments))
    open_items = select(AssessmentItem.id).where(AssessmentItem.kind == ItemKind.OPEN)
    everywhere = {"synchronize_session": "fetch"}
    for statement in (
        update(Certificate).where(Certificate.person_id.in_(ids)).values(name="", initials="", code=""),
        update(AnswerPoints).where(AnswerPoints.answer_uid.in_(mine)).values(comment=""),
        update(Answer).where(Answer.enrolment_id.in_(enrolments)).values(assisted_by=""),
        update(Answer)
        .where(Answer.enrolment_id.in_(enrolments), Answer.item_id.in_(open_items))
        .values(value={"text": ""}),
        update(CompletionDecision).where(CompletionDecision.enrolment_id.in_(enrolments)).values(note=""),
    ):
        db.session.execute(statement, execution_options=everywhere)
