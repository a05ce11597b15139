"""Judging events that arrive: whether what they name exists, fits together, and may be said by their sender.

What fits becomes known at once, so that what names it fits too; what names something unknown waits for it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Any

from app.delivery.kinds import Fault, Mode, Receipt, SessionState
from app.delivery.models import Cohort, CohortSession, SessionReport
from app.delivery.queries import sessions as queries
from app.delivery.queries.arrivals import Known, Lying
from app.delivery.rules.incoming import MarkTold, SessionTold, Told, WalkInTold
from app.delivery.rules.sessions import MOST_SESSIONS
from app.infra.db import db

from .ground import Ground, Item

PLANNED_MINUTES = 90  # of a session that nobody had planned and whose minutes nobody told


class Judge:
    """Judges items on one ground; notes what they touch: `pairs` of session and enrolment, and `reported` sessions."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.pairs: set[tuple[int, int]] = set()
        self.reported: set[int] = set()

    def sessions(self, items: list[Item]) -> None:
        """Judge what is said of sessions, and what cannot be read at all."""
        for item in items:
            if isinstance(item.told, Fault):
                item.refuse(item.told)
                if item.uid:
                    self._ground.unfit[item.uid] = item.raw
        self._judge(items, SessionTold, self._session)

    def walk_ins(self, items: list[Item]) -> None:
        """Judge those who came without being on the list."""
        self._judge(items, WalkInTold, self._walk_in)

    def marks(self, items: list[Item]) -> None:
        """Judge marks; sessions and walk-ins come before them."""
        self._judge(items, MarkTold, self._mark)

    def _judge(self, items: list[Item], kind: type[Told], judge: Callable[[Item], None]) -> None:
        """Judge those of one kind, and again those that wait for one of them."""
        waiting = defaultdict[str, list[Item]](list)
        todo = deque(item for item in items if isinstance(item.told, kind))
        while todo:
            item = todo.popleft()
            item.forget()
            judge(item)
            if item.awaits:
                waiting[item.awaits].append(item)
                continue
            if item.receipt is Receipt.QUARANTINED and item.uid and item.fault is not Fault.NOT_YOUR_COHORT:
                self._ground.unfit[item.uid] = item.raw
            todo.extend(waiting.pop(item.uid, ()))
            if isinstance(item.told, SessionTold):
                todo.extend(waiting.pop(item.told.session, ()))

    def _place(self, item: Item, session: Lying | None) -> bool:
        """Find the session of an event and whether its sender may speak of it."""
        assert isinstance(item.told, Told)  # noqa: S101 - for mypy; the callers sort by kind
        if session is None:
            item.refuse(Fault.UNKNOWN_SESSION, item.told.session)
            return False
        item.cohort_id = session.cohort_id  # one that nobody had planned is in no table yet
        if not self._ground.may(item.parcel.actor, session.cohort_id):
            item.refuse(Fault.NOT_YOUR_COHORT)
            return False
        return True

    def _session(self, item: Item) -> None:
        told = item.told
        assert isinstance(told, SessionTold)  # noqa: S101
        session = self._ground.sessions.get(told.session)
        cohort_id = self._ground.cohorts.get(told.cohort) if session is None else session.cohort_id
        known = session or (None if cohort_id is None or not told.title else Lying(0, cohort_id))
        if not self._place(item, known):
            return
        assert cohort_id is not None  # noqa: S101
        taught = None
        if told.taught is not None:
            offered = dict(self._ground.offered(cohort_id))
            if session is not None:
                offered |= queries.units_planned(db.session.get_one(CohortSession, session.id))
            if any(one["unit"] not in offered for one in told.taught):
                item.refuse(Fault.NOT_TAUGHT_HERE)
                return
            taught = [one | {"release": offered[one["unit"]]} for one in told.taught]
        if session is None:
            session = self._unplanned(told, cohort_id)
            if session is None:
                item.refuse(Fault.TOO_MANY_SESSIONS)
                return
        self._write_report(item, told, session, taught)
        item.receipt = Receipt.ACCEPTED

    def _unplanned(self, told: SessionTold, cohort_id: int) -> Lying | None:
        """A session that took place though nobody had planned it."""
        cohort = db.session.get_one(Cohort, cohort_id)
        number = queries.next_number(cohort)
        if number > MOST_SESSIONS:
            return None
        made = CohortSession(
            uid=told.session,
            cohort_id=cohort_id,
            number=number,
            title=told.title,
            planned_on=told.on or told.recorded_at.date(),
            planned_minutes=told.minutes or PLANNED_MINUTES,
            place=told.place,
            mode=Mode.IN_PERSON,
            state=SessionState.PLANNED,
        )
        db.session.add(made)
        db.session.flush()
        self._ground.sessions[told.session] = Lying(made.id, cohort_id)
        return self._ground.sessions[told.session]

    def _write_report(self, item: Item, told: SessionTold, session: Lying, taught: list[Any] | None) -> None:
        parcel, cohort_id = item.parcel, session.cohort_id
        person_id = parcel.actor.person_id if parcel.actor.account_id == parcel.account_id else None
        db.session.add(
            SessionReport(
                uid=told.uid,
                session_id=session.id,
                state=told.state,
                held_on=told.on,
                minutes=told.minutes,
                reason=told.reason,
                note=told.note,
                place=told.place,
                mode=None,
                taught=taught,
                trainers=[person_id] if person_id in self._ground.trainers(cohort_id) else None,
                recorded_at=told.recorded_at,
                received_at=parcel.received_at,
                account_id=parcel.account_id,
                device=parcel.device,
                source=parcel.source,
                batch_id=parcel.batch_id,
                digest=item.digest,
            )
        )
        self._ground.reports[told.uid] = item.digest
        self.reported.add(session.id)

    def _walk_in(self, item: Item) -> None:
        assert isinstance(item.told, WalkInTold)  # noqa: S101
        if self._place(item, self._ground.sessions.get(item.told.session)):
            item.receipt = Receipt.ACCEPTED

    def _mark(self, item: Item) -> None:
        told, ground = item.told, self._ground
        assert isinstance(told, MarkTold)  # noqa: S101
        session = ground.sessions.get(told.session)
        if not self._place(item, session):
            return
        assert session is not None  # noqa: S101
        enrolment_id, walk_in = None, None
        if told.enrolment:
            enrolment = ground.enrolments.get(told.enrolment)
            if enrolment is None or enrolment.cohort_id != session.cohort_id:
                item.refuse(Fault.UNKNOWN_ENROLMENT if enrolment is None else Fault.OTHER_COHORT)
                return
            enrolment_id = enrolment.id
        else:
            walk_in = ground.walk_ins.get(told.walk_in)
            if walk_in is None:
                item.refuse(Fault.UNKNOWN_WALK_IN, told.walk_in)
                return
            if walk_in.session_id != session.id:
                item.refuse(Fault.OTHER_SESSION)
                return
            enrolment_id = walk_in.enrolment_id
        found = Known(session.id, enrolment_id, walk_in.id if walk_in else None, item.digest)
        for uid in sorted(told.supersedes):
            self._check_superseded(item, told, found, uid)
        if item.receipt is not None:
            return
        ground.events[told.uid] = found
        item.receipt = Receipt.ACCEPTED
        if enrolment_id is not None:
            item.pair = (session.id, enrolment_id)
            self.pairs.add(item.pair)

    def _check_superseded(self, item: Item, told: MarkTold, found: Known, uid: str) -> None:
        """What is corrected must be of the same person and session; also where it is kept as odd."""
        ground, earlier = self._ground, self._ground.events.get(uid)
        if earlier is not None:
            same = earlier.walk_in_id == found.walk_in_id and found.walk_in_id is not None
            same = same or (earlier.enrolment_id == found.enrolment_id and found.enrolment_id is not None)
            if not (same and earlier.session_id == found.session_id):
                item.refuse(Fault.SUPERSEDES_OTHER)
        elif uid in ground.walk_ins or uid in ground.reports:
            item.refuse(Fault.SUPERSEDES_OTHER)
        elif (odd := ground.odd_now(uid)) is not None:
            said = odd if isinstance(odd, Mapping) else {}
            pairs = (("session", told.session), ("enrolment", told.enrolment), ("walk_in", told.walk_in))
            if any((said.get(name) or mine) != mine for name, mine in pairs):
                item.refuse(Fault.SUPERSEDES_OTHER)
        elif item.fault is None:
            item.refuse(Fault.UNKNOWN_SUPERSEDED, uid)
