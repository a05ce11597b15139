"""Keeping what somebody is still writing."""

from __future__ import annotations

from sqlalchemy import delete

from app.adaptation import queries
from app.adaptation.models import Draft
from app.core.content import Language, Uid
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra import clock
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def keep_draft(
    actor: Actor, edition: Edition, unit_uid: Uid, language: Language, body: str, *, why: str, based_on: int
) -> Draft | None:
    """Keep a person's unsaved text of a unit; it replaces the one kept before. The command line keeps none."""
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    if actor.account_id is None:
        return None
    editions.hold(edition)
    draft = queries.draft(actor, edition, unit_uid, language)
    if draft is None:
        draft = Draft(edition_id=edition.id, unit_uid=unit_uid, language=language, account_id=actor.account_id)
        db.session.add(draft)
    draft.body, draft.why, draft.based_on_id, draft.updated_at = body, why, based_on, clock.now()
    return draft


@transactional
def throw_draft_away(actor: Actor, edition: Edition, unit_uid: Uid, language: Language) -> None:
    """Forget a person's unsaved text of a unit."""
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    drop(actor, edition, unit_uid, language)


def drop(actor: Actor, edition: Edition, unit_uid: Uid, language: Language) -> None:
    """Remove the draft row, inside whatever action is running."""
    db.session.execute(
        delete(Draft).where(
            Draft.edition_id == edition.id,
            Draft.unit_uid == unit_uid,
            Draft.language == language,
            Draft.account_id == actor.account_id,
        )
    )
