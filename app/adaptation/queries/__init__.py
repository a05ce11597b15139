"""Reading what is under way: drafts, decisions on a parent's changes, plans of a sync."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.adaptation.models import Draft
from app.core.content import Language, Uid
from app.curriculum.models import Edition
from app.infra.db import db
from app.people.permissions import Actor


def draft(actor: Actor, edition: Edition, unit_uid: Uid, language: Language) -> Draft | None:
    """What this person has written of a unit and not saved yet."""
    return db.session.scalar(
        select(Draft).where(
            Draft.edition_id == edition.id,
            Draft.unit_uid == unit_uid,
            Draft.language == language,
            Draft.account_id == actor.account_id,
        )
    )


def drafts(actor: Actor) -> Sequence[Draft]:
    """Everything this person has written and not saved yet, newest first."""
    return db.session.scalars(
        select(Draft).where(Draft.account_id == actor.account_id).order_by(Draft.updated_at.desc(), Draft.id)
    ).all()
