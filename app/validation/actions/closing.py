"""Closing a workshop, which works out and keeps its results and minutes; reopening it, with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.validation.models import Phone, Workshop, WorkshopClosing
from app.validation.models.workshops import Verdict, WorkshopState
from app.validation.queries import minutes, remarks, results
from app.validation.queries import workshops as queries
from app.validation.rules import frozen
from app.validation.rules import workshops as rules

NOTES = ("opening", "agreements", "closing")
LONGEST_NOTE = 8_000


@transactional
def write_notes(actor: Actor, workshop: Workshop, notes: Mapping[str, str], *, seen: str = "") -> None:
    """Keep what the minutes say in free words: how it began, what was agreed, how it ended.

    `seen` is the mark of the words that the form showed; raises `NotesChanged` when there are others.
    """
    queries.hold(actor, workshop)
    if seen and seen != rules.mark_of_notes(workshop.notes):
        raise rules.NotesChanged
    workshop.notes = {name: rules.long_text(notes.get(name, ""), LONGEST_NOTE) for name in NOTES}
    record(actor.account_id, "workshop.notes", workshop)


@transactional
def close_workshop(actor: Actor, workshop: Workshop) -> WorkshopClosing:
    """Close a workshop: its results, pinned to what was tried, and its minutes are kept as they are now."""
    queries.hold(actor, workshop)
    waiting = remarks.verdicts(workshop).get(Verdict.OPEN, 0)
    if waiting:
        raise rules.UndecidedRemarks(count=waiting)
    before = queries.closings(workshop)
    closing = WorkshopClosing(
        workshop_id=workshop.id,
        number=(before[0].number if before else 0) + 1,
        at=clock.now(),
        account_id=actor.account_id,
        actor_name=actor.name,
        results=frozen.dump(results.live(workshop)),
        minutes=minutes.collect(workshop),
        reopened_by="",
        reopened_why="",
    )
    db.session.add(closing)
    workshop.state = WorkshopState.CLOSED
    db.session.execute(update(Phone).where(Phone.workshop_id == workshop.id).values(address=""))
    record(actor.account_id, "workshop.closed", workshop, closing=closing.number)
    return closing


@transactional
def reopen_workshop(actor: Actor, workshop: Workshop, why: str) -> None:
    """Open a closed workshop again; what was kept then stays readable and counts no more."""
    queries.hold(actor, workshop, closed=True)
    closing = queries.closing(workshop)
    if closing is None:
        raise rules.NotClosed
    reason = rules.long_text(why)
    if not reason:
        raise rules.NeedsReopenReason
    closing.reopened_at, closing.reopened_by, closing.reopened_why = clock.now(), actor.name, reason
    workshop.state = WorkshopState.PLANNED
    record(actor.account_id, "workshop.reopened", workshop, why=reason)
