"""Putting right what did not fit: events in quarantine, and people who came without being on the list. Reversibly."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from app.delivery.kinds import Fault, Receipt, Repair, Source
from app.delivery.models import Cohort, CohortSession, Enrolment, Quarantined, SyncBatch, WalkIn
from app.delivery.queries import arrivals, rollcall, scopes
from app.delivery.rules import attendance as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from . import views
from .ground import Parcel
from .intake import Intake


@transactional
def resolve(
    actor: Actor, item: Quarantined, how: Repair, changes: Mapping[str, Any] | None = None, *, note: str = ""
) -> None:
    """Take in what did not fit, as it came or with `changes`, or set it aside.

    The changes are fields of the event, as a phone says them. What still does not fit raises `StillOdd`, and
    nothing is changed. What is set aside is kept, with who did so.
    """
    if not rollcall.may_repair(actor, item):
        raise rules.NoSuchItem
    if item.cohort_id is not None:
        arrivals.hold({item.cohort_id})
        db.session.refresh(item)
    if item.resolved_at is not None:
        raise rules.RepairedAlready
    if how is not Repair.SET_ASIDE:
        _take_in(actor, item, how, changes or {})
    item.resolved_at, item.resolved_by_id = clock.now(), actor.account_id
    item.resolution, item.awaits = how.value, ""
    db.session.flush()
    Intake().wake(item.event_uid)
    record(actor.account_id, "quarantine.resolved", item, how=how.value, note=note[:500], changes=dict(changes or {}))


def _take_in(actor: Actor, item: Quarantined, how: Repair, changes: Mapping[str, Any]) -> None:
    raw: Any = item.payload
    rules.check_mendable(raw)
    if how is Repair.CHANGED and isinstance(raw, Mapping):
        raw = {**raw, **changes}
        if item.reason == Fault.OTHER_CONTENT or not item.event_uid:
            raw["uid"] = str(uuid.uuid4())
    elif item.reason == Fault.OTHER_CONTENT and isinstance(raw, Mapping):
        raw = {**raw, "uid": str(uuid.uuid4())}
    batch = db.session.get(SyncBatch, item.batch_id) if item.batch_id is not None else None
    parcel = Parcel(
        actor=actor,
        account_id=actor.account_id if how is Repair.CHANGED else item.account_id,
        device=batch.device if batch else "",
        source=Source.WEB if how is Repair.CHANGED else Source.PHONE,
        device_clock=batch.device_clock if batch else None,
        received_at=item.received_at,
        batch_id=item.batch_id,
    )
    intake = Intake()
    judged = intake.again(item, raw, parcel)
    intake.take_in([judged])
    rules.check_fits(judged.fault if judged.receipt is Receipt.QUARANTINED else None)


@transactional
def match(actor: Actor, walk_in: WalkIn, enrolment: Enrolment) -> None:
    """Say who somebody was that came without being on the list; their marks then count for that person."""
    session = _checked(actor, walk_in)
    if enrolment.cohort_id != session.cohort_id:
        raise rules.NotOnThisList
    if walk_in.enrolment_id is not None:
        raise rules.MatchedAlready(name=walk_in.name)
    walk_in.enrolment_id, walk_in.matched_at, walk_in.matched_by_id = enrolment.id, clock.now(), actor.account_id
    db.session.flush()
    views.settle({(session.id, enrolment.id)})
    record(actor.account_id, "walk_in.matched", walk_in, enrolment=enrolment.id)


@transactional
def unmatch(actor: Actor, walk_in: WalkIn) -> None:
    """Undo a match; what was marked of the walk-in counts for nobody again, and what is the person's own stays."""
    session, before = _checked(actor, walk_in), walk_in.enrolment_id
    if before is None:
        raise rules.NotMatched(name=walk_in.name)
    walk_in.enrolment_id = walk_in.matched_at = walk_in.matched_by_id = None
    db.session.flush()
    views.settle({(session.id, before)})
    record(actor.account_id, "walk_in.unmatched", walk_in, enrolment=before)


def _checked(actor: Actor, walk_in: WalkIn) -> CohortSession:
    session = db.session.get_one(CohortSession, walk_in.session_id)
    check(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, session.cohort_id)))
    arrivals.hold({session.cohort_id})
    db.session.refresh(walk_in)
    return session
