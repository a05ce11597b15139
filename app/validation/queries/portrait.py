"""Everything that is kept of one person who took part, for handing it to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.infra.db import db
from app.validation.models import Attendance, Participant, Question, Remark, Sent, Sheet, Workshop


def of(workshop: Workshop, participant: Participant) -> dict[str, Any]:
    """What stands in every table about this person, as JSON."""
    own = participant.id
    asked = {
        one.id: one.texts for one in db.session.scalars(select(Question).where(Question.workshop_id == workshop.id))
    }
    sheets = db.session.scalars(
        select(Sheet).where(Sheet.participant_id == own).options(selectinload(Sheet.answers)).order_by(Sheet.id)
    )
    remarks = db.session.scalars(select(Remark).where(Remark.participant_id == own).order_by(Remark.number))
    days = db.session.scalars(select(Attendance).where(Attendance.participant_id == own).order_by(Attendance.day))
    sent = db.session.scalars(select(Sent).where(Sent.participant_id == own).order_by(Sent.at, Sent.id))
    kept = ("number", "name", "sex", "age", "birth_year", "age_group", "organisation", "locality", "reads", "phone")
    return {
        "workshop": {"title": workshop.title, "starts_on": workshop.starts_on.isoformat(), "place": workshop.place},
        "person": {name: getattr(participant, name) for name in kept}
        | {
            "email": participant.email,
            "role": participant.role.value,
            "consent": participant.consent,
            "added_at": participant.added_at.isoformat(),
            "erased_at": participant.erased_at.isoformat() if participant.erased_at else None,
        },
        "attendance": [{"day": one.day, "presence": one.presence.value} for one in days],
        "invitations": [{"channel": one.channel.value, "at": one.at.isoformat()} for one in sent],
        "answers": [
            {
                "unit": sheet.unit_uid,
                "way": sheet.way.value,
                "at": sheet.at.isoformat(),
                "answers": [
                    {"question": asked.get(one.question_id), "value": one.value, "comment": one.comment}
                    for one in sheet.answers
                ],
            }
            for sheet in sheets
        ],
        "remarks": [{"unit": one.unit_uid, "text": one.text, "verdict": one.verdict.value} for one in remarks],
    }
