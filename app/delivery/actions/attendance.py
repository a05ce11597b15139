"""Taking roll: a page's roll call, what phones send in batches, and choosing between marks that disagree.

What did not fit and who was not on the list are put right in repairs.py.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from app.delivery.kinds import Extent, Fault, Mark, Receipt, SessionState, Source
from app.delivery.models import AttendanceEvent, Cohort, CohortSession, Enrolment, SyncBatch, WalkIn
from app.delivery.queries import arrivals, rollcall, scopes
from app.delivery.queries import sessions as session_queries
from app.delivery.rules import attendance as rules
from app.delivery.rules import clocks, incoming
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.kinds import Sex
from app.people.permissions import Actor, Permission, check
from app.people.rules import persons

from . import views
from .ground import Item, Parcel
from .intake import Intake
from .sessions import Report, Taught, report_session


@dataclass(frozen=True, slots=True)
class Batch:
    """What a device sends together. `device_clock` is its clock at the moment of sending, not of recording."""

    uid: str
    events: Sequence[Any]
    device: str = ""
    device_clock: datetime | None = None
    source: Source = Source.PHONE


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one event, in the place it had in its batch.

    `rivals` are the marks that stand beside it where marks disagree, `alike` where all say the same.
    """

    uid: str
    receipt: Receipt
    fault: Fault | None
    rivals: tuple[str, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a batch. `off_by` is how far the device's clock is behind ours, where it matters."""

    said: tuple[Said, ...]
    off_by: timedelta


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a roll call. No mark: nothing is said. `seen` are the marks its page showed, what held first."""

    enrolment_id: int
    mark: Mark | None
    minutes: int | None = None
    reason: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came without being on the list, as written down there."""

    name: str
    organisation: str = ""
    sex: Sex = Sex.NOT_STATED
    phone: str = ""


@transactional
def receive(actor: Actor, batch: Batch) -> Answer:
    """Take in what a phone or a form sends; the same thing sent again is answered again and changes nothing.

    Nothing is dropped: what does not fit is kept in quarantine with the reason.
    """
    check(actor, Permission.TEACH)
    if len(batch.events) > incoming.MOST_EVENTS:
        raise incoming.TooManyEvents(most=incoming.MOST_EVENTS)
    sent = _batch(actor, batch)
    parcel = Parcel(actor, actor.account_id, batch.device, batch.source, batch.device_clock, sent.received_at, sent.id)
    intake = Intake()
    items = intake.read(batch.events, parcel)
    intake.take_in(items)
    sent.counts = dict(Counter(_said(item).receipt.value for item in items))
    return Answer(tuple(_said(item) for item in items), clocks.off_by(batch.device_clock, sent.received_at))


def _said(item: Item) -> Said:
    if item.receipt is None:
        raise RuntimeError("an event was not judged")
    fault = item.fault if item.receipt is Receipt.QUARANTINED else None
    return Said(item.uid, item.receipt, fault, item.rivals, item.alike)


def _batch(actor: Actor, batch: Batch) -> SyncBatch:
    """The batch as it was sent before by this account with this clock, or a new one."""
    uid = f"{actor.account_id or 0}:{batch.uid if incoming.UID.match(batch.uid) else uuid.uuid4()}"
    earlier = arrivals.batch(uid)
    if earlier is not None and earlier.device_clock == batch.device_clock:
        return earlier
    made = SyncBatch(
        uid=uid if earlier is None else f"{uid}:{uuid.uuid4()}",
        account_id=actor.account_id,
        device=batch.device,
        device_clock=batch.device_clock,
        received_at=clock.now(),
        counts={},
    )
    db.session.add(made)
    db.session.flush()
    return made


@transactional
def roll_call(
    actor: Actor, session: CohortSession, marks: Sequence[Marked], *, source: Source = Source.WEB
) -> int:  # fmt: skip
    """Note who took part, all of it or nothing; returns how many marks are new.

    A line without a mark says nothing. A changed one supersedes what its page showed, and nothing that came since:
    where somebody else has said something different meanwhile, both stand until a person chooses.
    """
    cohort = db.session.get_one(Cohort, session.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    arrivals.hold({cohort.id})
    said = [one for one in marks if one.mark is not None]
    listed = rollcall.enrolled_ids(cohort)
    if any(one.enrolment_id not in listed for one in said):
        raise rules.NotOnThisList
    held = rollcall.events(session, {one.enrolment_id for one in said})
    rows = []
    for one in said:
        assert one.mark is not None  # noqa: S101 - for mypy; those without were left out
        rules.check_mark(one.mark, one.minutes, one.reason)
        events = {event.uid: event for event in held.get(one.enrolment_id, ())}
        seen = [uid for uid in one.seen if uid in events]
        shown = [events[uid] for uid in seen[:1]] or rules.standing(events.values())
        says = (one.mark, one.minutes, one.reason)
        if says not in [event.says for event in shown]:
            rows.append(_row(actor, session, one.enrolment_id, says, seen, source))
    if rows:
        db.session.execute(insert(AttendanceEvent), rows)
        views.settle({(session.id, row["enrolment_id"]) for row in rows})
        record(actor.account_id, "attendance.taken", session, count=len(rows))
    return len(rows)


@transactional
def take(
    actor: Actor, session: CohortSession, marks: Sequence[Marked], came: Sequence[Came], *,
    source: Source = Source.WEB, as_planned: bool = False,
) -> int:  # fmt: skip
    """Note a roll call with those who came without being on its list; all of it or nothing, returns how many are new.

    `as_planned` says of a session that was only a plan that it was held on its day, for its minutes, with its units.
    Whoever is on the list of walk-ins of this session already, under the same name, is not written down again.
    """
    new = roll_call(actor, session, marks, source=source)
    known = {one.name.casefold() for one in rollcall.walk_ins_of(session)}
    rows = []
    for one in came:
        name = persons.line(one.name)
        if not name or name.casefold() in known:
            continue
        known.add(name.casefold())
        now = clock.now()
        walk_in = WalkIn(
            uid=str(uuid.uuid4()),
            session_id=session.id,
            name=name,
            organisation=persons.line(one.organisation),
            sex=one.sex.value,
            age=None,
            phone=persons.line(one.phone),
            recorded_at=now,
            received_at=now,
            account_id=actor.account_id,
        )
        db.session.add(walk_in)
        db.session.flush()
        record(actor.account_id, "walk_in.noted", walk_in)
        row = _row(actor, session, None, (Mark.PRESENT, None, ""), [], source)
        rows.append({**row, "walk_in_id": walk_in.id})
    if rows:
        db.session.execute(insert(AttendanceEvent), rows)
    if as_planned and session.state is SessionState.PLANNED:
        units = tuple(Taught(uid, Extent.FULLY) for uid in session_queries.units_planned(session))
        report_session(actor, session, Report(session.planned_on, session.planned_minutes, units or None))
    return new + len(rows)


@transactional
def choose(actor: Actor, session: CohortSession, enrolment: Enrolment, event_uid: str) -> None:
    """Say which of several marks that disagree is right; the others stay in the record, superseded."""
    cohort = db.session.get_one(Cohort, session.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    if enrolment.cohort_id != cohort.id:
        raise rules.NotOnThisList
    arrivals.hold({cohort.id})
    events = rules.standing(rollcall.events(session, {enrolment.id}).get(enrolment.id, []))
    chosen = next((event for event in events if event.uid == event_uid), None)
    if chosen is None:
        raise rules.NothingToChoose
    row = _row(actor, session, enrolment.id, chosen.says, [event.uid for event in events], Source.WEB)
    db.session.execute(insert(AttendanceEvent), [row])
    views.settle({(session.id, enrolment.id)})
    record(actor.account_id, "attendance.chosen", session, enrolment=enrolment.id, event=event_uid)


def _row(
    actor: Actor, session: CohortSession, enrolment_id: int | None, says: tuple[Mark, int | None, str],
    supersedes: list[str], source: Source,
) -> dict[str, Any]:  # fmt: skip
    now, day = clock.now(), session.held_on or session.planned_on
    mark, minutes, reason = says
    return {
        "uid": str(uuid.uuid4()),
        "session_id": session.id,
        "enrolment_id": enrolment_id,
        "mark": mark,
        "minutes": minutes,
        "reason": reason,
        "supersedes": sorted(supersedes),
        "occurred_at": min(now, datetime.combine(day, session.starts_at or time(12), UTC)),
        "recorded_at": now,
        "received_at": now,
        "account_id": actor.account_id,
        "device": "",
        "source": source,
        "batch_id": None,
    }
