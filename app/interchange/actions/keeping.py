"""The record of a file that came in: made when it is sent, and told how it ended."""

from __future__ import annotations

from app.core.content import Language
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.interchange import rules
from app.interchange.found import parts_of
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.people.permissions import Actor


@transactional
def keep(
    actor: Actor, kind: ImportKind, edition: Edition | None, filename: str, data: bytes, language: Language = ""
) -> Import:
    """Write down that somebody brought a file; what may be done with it, its own actions say."""
    row = Import(
        kind=kind,
        edition=edition,
        account_id=actor.account_id,
        actor_name=actor.name,
        filename=filename,
        digest=storage.put(data),
        size_bytes=len(data),
        language=language,
        state=ImportState.WAITING,
        found="",
        counts={},
        unplaced=[],
        settings={},
        problem={},
        created_at=clock.now(),
    )
    db.session.add(row)
    record(actor.account_id, "import.sent", row, file=filename)
    return row


@transactional
def fail_import(actor: Actor, number: int, why: Refused) -> None:
    """Note that a file could not be read, and why; nothing else was changed."""
    row = db.session.get_one(Import, number)
    if row.state is ImportState.WAITING and row.account_id == actor.account_id:
        row.state, row.finished_at = ImportState.FAILED, clock.now()
        row.problem = {"text": why.text, "parts": parts_of(why)}


@transactional
def discard_import(actor: Actor, row: Import) -> None:
    """Set a file aside that was not brought in; it stays in the list with what was found."""
    if row.account_id != actor.account_id:
        raise rules.NoSuchImport
    imports.hold(row)
    if row.state not in (ImportState.WAITING, ImportState.PREVIEWED):
        raise rules.NotNow
    row.state, row.finished_at = ImportState.DISCARDED, clock.now()
    record(actor.account_id, "import.discarded", row)
