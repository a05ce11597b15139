"""Reading what is under way: drafts, decisions on a parent's changes, plans of a sync."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.adaptation.models import Draft
from app.core.content import Content, Language, Uid
from app.core.editing import beginning
from app.core.variables import names
from app.curriculum.models import Edition
from app.curriculum.queries import contents, searching
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


@dataclass(frozen=True, slots=True)
class Use:
    """A paragraph that a variable stands in, and its first words."""

    unit: Uid
    block: Uid
    language: Language
    start: str


def uses(content: Content, variable: str, languages: Sequence[Language]) -> list[Use]:
    """Every paragraph that has the variable, once, in the first of these languages in which it does."""
    listed = list(content.blocks())
    bodies = contents.bodies(d for _, _, block in listed for d in block.texts.values())
    found = []
    for _, unit, block in listed:
        texts = {code: bodies.get(block.texts.get(code, ""), "") for code in dict.fromkeys([*languages, *block.texts])}
        code = next((code for code, text in texts.items() if variable in names(text)), None)
        if code is not None:
            found.append(Use(unit.uid, block.uid, code, beginning(searching.plain(texts[code]), 12)))
    return found
