"""Freezing figures: one person prepares them, another approves them or turns them down."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import select

from app.delivery.models import Programme
from app.delivery.queries import scopes
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.reporting.kinds import SnapshotState
from app.reporting.models import Snapshot, SnapshotFigure, SnapshotProgramme
from app.reporting.queries import asking, measures
from app.reporting.queries.asking import Question
from app.reporting.queries.desk import Desk
from app.reporting.rules import definitions, periods
from app.reporting.rules import snapshots as rules
from app.reporting.rules.figures import groups_to_json
from app.reporting.rules.periods import Period


@transactional
def prepare(actor: Actor, programmes: Sequence[Programme], year: int | None, note: str = "") -> Snapshot:
    """Count the figures of these programmes in a reporting year, or in all of theirs, and freeze them as they are."""
    if not programmes:
        raise rules.NeedsProgramme
    for programme in programmes:
        check(actor, Permission.APPROVE_FIGURES, scopes.of_programme(programme))
    note = rules.check_note(note)
    now = clock.now()
    period = _period(programmes, year)
    desk = Desk(Question(tuple(programmes), period, now.date()))
    figures = measures.all_of(desk, definitions.holding(now.date()))
    made = Snapshot(
        uid=str(uuid4()),
        year=period.year,
        since=period.since,
        until=period.until,
        state=SnapshotState.WAITING,
        note=note,
        prepared_at=now,
        prepared_by_id=actor.account_id,
        prepared_by=actor.name,
        decided_by="",
        answer="",
    )
    db.session.add(made)
    db.session.flush()
    for programme in programmes:
        db.session.add(SnapshotProgramme(snapshot_id=made.id, programme_id=programme.id, name=programme.name))
    for figure in figures.values():
        db.session.add(
            SnapshotFigure(
                snapshot_id=made.id,
                code=figure.code,
                version=figure.version,
                value=figure.value,
                of=figure.of,
                missing=figure.missing,
                groups=groups_to_json(figure.groups),
                people=list(figure.people),
                organisations=list(figure.organisations),
            )
        )
        db.session.flush()
    record(actor.account_id, "figures.prepared", made, year=period.year)
    return made


@transactional
def approve(actor: Actor, snapshot: Snapshot) -> None:
    """Agree to frozen figures that somebody else prepared; from then on donors see them."""
    _decide(actor, snapshot, SnapshotState.APPROVED, "")


@transactional
def turn_down(actor: Actor, snapshot: Snapshot, why: str) -> None:
    """Say what is wrong with frozen figures; new ones are prepared."""
    why = rules.check_note(why)
    if not why:
        raise rules.NeedsReason
    _decide(actor, snapshot, SnapshotState.TURNED_DOWN, why)


def _decide(actor: Actor, snapshot: Snapshot, state: SnapshotState, answer: str) -> None:
    for programme in _programmes(snapshot):
        check(actor, Permission.APPROVE_FIGURES, scopes.of_programme(programme))
    locked = db.session.get_one(Snapshot, snapshot.id, with_for_update=True, populate_existing=True)
    rules.check_decision(locked.state, locked.prepared_by_id, actor.account_id)
    locked.state, locked.answer = state, answer
    locked.decided_at, locked.decided_by_id, locked.decided_by = clock.now(), actor.account_id, actor.name
    record(actor.account_id, f"figures.{state.value}", snapshot)


def _programmes(snapshot: Snapshot) -> Sequence[Programme]:
    return db.session.scalars(
        select(Programme)
        .join(SnapshotProgramme, SnapshotProgramme.programme_id == Programme.id)
        .where(SnapshotProgramme.snapshot_id == snapshot.id)
        .order_by(Programme.id)
    ).all()


def _period(programmes: Sequence[Programme], year: int | None) -> Period:
    """The period of all of them; of several the years must begin in the same month, for they are one year then."""
    today = clock.now().date()
    found = [asking.period_of(one, year, today) for one in programmes]
    if len(found) == 1:
        return found[0]
    if year is not None and len({one.since for one in found}) > 1:
        raise periods.NoSuchYear
    return Period(year, min(one.since for one in found), max(one.until for one in found))
