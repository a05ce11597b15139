"""What contacts, agreements, observations and messages take away when somebody is erased: the words, not the facts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from app.delivery.kinds import MessageState
from app.delivery.models import (
    Commitment,
    Enrolment,
    FollowUpContact,
    Intervention,
    InterventionResult,
    LeavingProposal,
    Message,
    TrainerObservation,
)
from app.infra.db import db
from app.people.actions import erasing


def install() -> None:
    """Tell the layer of people."""
    erasing.also("keeping", _erase)


def _erase(ids: Sequence[int]) -> None:
    """Take notes, texts and addresses; what was not sent yet is not sent any more."""
    enrolments = select(Enrolment.id).where(Enrolment.person_id.in_(ids))
    agreed = select(Intervention.id).where(Intervention.enrolment_id.in_(enrolments))
    for model in (FollowUpContact, LeavingProposal, Commitment):
        db.session.execute(update(model).where(model.enrolment_id.in_(enrolments)).values(note=""))
    db.session.execute(
        update(InterventionResult).where(InterventionResult.intervention_id.in_(agreed)).values(note="")
    )  # fmt: skip
    db.session.execute(update(Intervention).where(Intervention.enrolment_id.in_(enrolments)).values(agreed=""))
    db.session.execute(update(TrainerObservation).where(TrainerObservation.person_id.in_(ids)).values(note=""))
    mine = Message.person_id.in_(ids)
    waiting = Message.state.in_((MessageState.PREPARED, MessageState.QUEUED))
    db.session.execute(update(Message).where(mine, waiting).values(state=MessageState.FAILED, problem="consent"))
    db.session.execute(update(Message).where(mine).values(text="", subject="", address=""))
