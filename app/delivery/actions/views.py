"""Computing what holds from the facts: marks of persons in sessions, and how sessions were. Run after every writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, insert, select

from app.delivery.kinds import Extent, SessionState
from app.delivery.models import AttendanceMark, CohortSession, SessionReport, SessionTrainer, SessionUnit
from app.delivery.queries import arrivals
from app.delivery.rules import attendance as rules
from app.delivery.rules import sessions as session_rules
from app.delivery.rules.clocks import off_by, set_right
from app.infra.db import db

from . import field_notes


def settle(pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], rules.Settled]:
    """Compute the marks of these persons (enrolment ids) in these sessions anew, and return what holds."""
    if not pairs:
        return {}
    session_ids, enrolment_ids = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    wanted = frozenset(pairs)
    found = defaultdict[tuple[int, int], list[rules.Event]](list)
    for uid, session_id, enrolment_id, mark, minutes, reason, supersedes, recorded, received, clock, sent in (
        arrivals.to_settle(session_ids, enrolment_ids)
    ):  # fmt: skip
        if (session_id, enrolment_id) in wanted:
            at = min(recorded + off_by(clock, sent), received) if sent is not None else min(recorded, received)
            event = rules.Event(uid, mark, minutes, reason, frozenset(supersedes), at)
            found[session_id, enrolment_id].append(event)
    settled = {pair: rules.settle(events) for pair, events in found.items()}
    _write(wanted, settled, arrivals.marks(session_ids, enrolment_ids))
    return settled


def _write(
    wanted: Collection[tuple[int, int]],
    settled: dict[tuple[int, int], rules.Settled],
    held: dict[tuple[int, int], AttendanceMark],
) -> None:
    new = []
    for pair in sorted(wanted):
        mark, now = held.get(pair), settled.get(pair)
        if now is None:
            if mark is not None:
                db.session.delete(mark)
            continue
        says: dict[str, Any] = {
            "event_uid": now.holds.uid,
            "mark": now.holds.mark,
            "minutes": now.holds.minutes,
            "reason": now.holds.reason,
            "rivals": [rival.uid for rival in now.rivals],
            "alike": [one.uid for one in now.alike],
        }
        if mark is None:
            new.append({"session_id": pair[0], "enrolment_id": pair[1], **says})
            continue
        for name, value in says.items():
            if getattr(mark, name) != value:
                setattr(mark, name, value)
    db.session.flush()
    if new:
        db.session.execute(insert(AttendanceMark), new)


def fold(session_ids: Collection[int]) -> None:
    """Compute anew how these sessions were, from all reports of them."""
    found = defaultdict[int, list[session_rules.Reported]](list)
    facts: dict[str, SessionReport] = {}
    for report, batch in arrivals.to_fold(session_ids):
        clock, sent = (batch.device_clock, batch.received_at) if batch else (None, report.received_at)
        facts[report.uid] = report
        found[report.session_id].append(
            session_rules.Reported(
                uid=report.uid,
                made_at=set_right(report.recorded_at, clock, sent),
                state=report.state,
                on=report.held_on,
                minutes=report.minutes,
                reason=report.reason,
                note=report.note,
                place=report.place,
                mode=report.mode,
                taught=report.taught,
                trainers=report.trainers,
            )
        )
    sessions = db.session.scalars(select(CohortSession).where(CohortSession.id.in_(found)))
    for session in sessions:
        now = session_rules.fold(found[session.id])
        _show(session, now, facts[now.uid])
    field_notes.hand_on(found)


def _show(session: CohortSession, now: session_rules.Reported, newest: SessionReport) -> None:
    is_held = now.state is SessionState.HELD
    session.state, session.reason, session.note = now.state, now.reason, now.note
    session.held_on, session.held_minutes = (now.on, now.minutes) if is_held else (None, None)
    session.place, session.mode = now.place or session.place, now.mode or session.mode
    session.recorded_at, session.received_at = newest.recorded_at, newest.received_at
    session.reported_by_id = newest.account_id
    if is_held and now.taught is not None:
        _put_units(session, now.taught)
    if is_held and now.trainers is not None:
        db.session.execute(delete(SessionTrainer).where(SessionTrainer.session_id == session.id))
        db.session.add_all(SessionTrainer(session_id=session.id, person_id=one) for one in now.trainers)


def _put_units(session: CohortSession, taught: list[Any]) -> None:
    db.session.execute(delete(SessionUnit).where(SessionUnit.session_id == session.id))
    for position, one in enumerate(taught):
        db.session.add(
            SessionUnit(
                session_id=session.id,
                release_id=one["release"],
                unit_uid=one["unit"],
                position=position,
                extent=Extent(one["extent"]),
                minutes=one["minutes"],
                note=one["note"],
                block_uid=one["block"],
            )
        )
