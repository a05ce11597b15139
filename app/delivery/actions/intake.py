"""Taking in what phones send: each event is judged against what is known, accepted once, or kept with what is odd.

The caller's transaction holds it all. Whatever the order of arrival, the same events are accepted: what names something
that has not arrived waits, and is judged again when it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert

from app.delivery.kinds import Fault, Receipt, Repair, Source
from app.delivery.models import AttendanceEvent, Quarantined, SyncBatch, WalkIn
from app.delivery.queries import arrivals
from app.delivery.queries.arrivals import Came
from app.delivery.rules import incoming
from app.delivery.rules.incoming import MarkTold, WalkInTold
from app.infra import clock
from app.infra.db import db
from app.people.permissions import Actor

from . import views
from .ground import Ground, Item, Parcel
from .judging import Judge


class Intake:
    """Judges events, writes what became of them, and computes what holds."""

    def __init__(self) -> None:
        self._ground = Ground()
        self._judge = Judge(self._ground)
        self._first: dict[tuple[str, str], Item] = {}
        self._claimed: dict[str, Item] = {}
        self._of_row: dict[int, Item] = {}
        self._senders: dict[int | None, Actor] = {}

    def read(self, raws: Iterable[Any], parcel: Parcel) -> list[Item]:
        """Events as items, one for each; the second of two with the same uid and content is its twin's."""
        made = []
        for raw in raws:
            told = incoming.read(raw, parcel.received_at, parcel.device_clock)
            item = Item(raw, incoming.uid_of(raw), incoming.digest(raw), parcel, told)
            item.twin = self._first.setdefault((item.uid, item.digest), item)
            made.append(item)
        return made

    def again(self, row: Quarantined, raw: Any, parcel: Parcel) -> Item:
        """What did not fit, as an item: to be judged once more, as it came or as it was put right."""
        told = incoming.read(raw, parcel.received_at, parcel.device_clock)
        item = Item(raw, incoming.uid_of(raw), row.digest, parcel, told, row=row, cohort_id=row.cohort_id)
        self._of_row[row.id] = item
        return item

    def wake(self, uid: str) -> None:
        """Judge again what waited for this one, whatever became of it."""
        self.take_in(self._woken({uid} - {""}))

    def take_in(self, items: list[Item]) -> None:
        """Judge these, and whatever waited for them, until nothing changes any more; then compute the views."""
        queue = [item for item in items if item.twin is None or item.twin is item]
        while queue:
            self._ground.look_up(queue)
            new = [item for item in queue if not self._is_known(item)]
            before = frozenset(self._ground.sessions)
            self._judge.sessions(new)
            self._judge.walk_ins(new)
            self._write_walk_ins(new)
            self._judge.marks(new)
            self._write_marks(new)
            self._keep_odd(queue)
            arrived = {item.uid for item in new if item.uid and not item.awaits}
            queue = self._woken(arrived | (self._ground.sessions.keys() - before))
        views.fold(self._judge.reported)
        settled = views.settle(self._judge.pairs)
        for item in items:
            self._answer(item, settled)

    def _answer(self, item: Item, settled: Mapping[tuple[int, int], Any]) -> None:
        twin = item.twin
        if twin is not None and twin is not item:
            item.fault, item.awaits, item.pair = twin.fault, twin.awaits, twin.pair
            is_odd = twin.receipt is Receipt.QUARANTINED
            item.receipt = Receipt.QUARANTINED if is_odd else Receipt.REPEATED
        elif item.receipt is Receipt.ACCEPTED and item.pair is not None:
            now = settled.get(item.pair)
            standing = [event.uid for event in now.standing] if now else []
            if now is not None and item.uid in standing:
                beside = tuple(uid for uid in standing if uid != item.uid)
                if now.rivals:
                    item.receipt, item.rivals = Receipt.CONFLICT, beside
                else:
                    item.alike = beside

    def _is_known(self, item: Item) -> bool:
        """Whether nothing is left to judge: it was accepted before, put right, set aside, or its uid is another's."""
        if item.row is not None and item.row.resolved_at is None and item.row.id in self._of_row:
            return False
        accepted = self._ground.accepted(item.uid) if item.uid else None
        if accepted == item.digest:
            item.receipt = Receipt.REPEATED
            return True
        rows = self._ground.odd.get(item.uid, [])
        mine = next((row for row in rows if row.digest == item.digest), None)
        item.row = mine
        if mine is not None and mine.resolved_at is not None:
            item.fault = Fault(mine.reason)
            item.receipt = Receipt.QUARANTINED if mine.resolution == Repair.SET_ASIDE else Receipt.REPEATED
            return True
        if not item.uid:
            return False
        is_taken = accepted is not None or bool(rows and rows[0] is not mine)
        if is_taken or self._claimed.setdefault(item.uid, item) is not item:
            item.refuse(Fault.OTHER_CONTENT)
            return True
        return False

    def _write_walk_ins(self, items: list[Item]) -> None:
        made = []
        for item in items:
            told = item.told
            if not isinstance(told, WalkInTold) or item.receipt is not Receipt.ACCEPTED:
                continue
            made.append(
                WalkIn(
                    uid=told.uid,
                    session_id=self._ground.sessions[told.session].id,
                    name=told.name,
                    organisation=told.organisation,
                    sex=told.sex.value,
                    age=told.age,
                    phone=told.phone,
                    recorded_at=told.recorded_at,
                    received_at=item.parcel.received_at,
                    account_id=item.parcel.account_id,
                    digest=item.digest,
                )
            )
        db.session.add_all(made)
        db.session.flush()
        self._ground.walk_ins |= {one.uid: Came(one.id, one.session_id, None, one.digest) for one in made}

    def _write_marks(self, items: list[Item]) -> None:
        rows = []
        for item in items:
            told, parcel = item.told, item.parcel
            if not isinstance(told, MarkTold) or item.receipt is not Receipt.ACCEPTED:
                continue
            lying = self._ground.events[told.uid]
            rows.append(
                {
                    "uid": told.uid,
                    "session_id": lying.session_id,
                    "enrolment_id": lying.enrolment_id if told.enrolment else None,
                    "walk_in_id": lying.walk_in_id,
                    "mark": told.mark,
                    "minutes": told.minutes,
                    "reason": told.reason,
                    "supersedes": sorted(told.supersedes),
                    "occurred_at": told.occurred_at,
                    "recorded_at": told.recorded_at,
                    "received_at": parcel.received_at,
                    "account_id": parcel.account_id,
                    "device": parcel.device,
                    "source": parcel.source,
                    "batch_id": parcel.batch_id,
                    "digest": item.digest,
                }
            )
        if rows:
            db.session.execute(insert(AttendanceEvent), rows)

    def _keep_odd(self, items: list[Item]) -> None:
        """Keep what does not fit as it came; what was kept and fits by now is taken from the list.

        Sent again by somebody who teaches there it is theirs; by anybody else it stays as it is.
        """
        new = []
        for item in items:
            row, is_odd = item.row, item.receipt is Receipt.QUARANTINED
            if row is None and is_odd:
                row = item.row = self._kept(item)
                new.append(item)
            if row is None:
                continue
            if is_odd and item.fault is not None and (item.fault is not Fault.NOT_YOUR_COHORT or not row.reason):
                row.reason, row.awaits, row.cohort_id = item.fault.value, item.awaits, item.cohort_id
                row.account_id, row.batch_id = item.parcel.account_id, item.parcel.batch_id
                row.received_at = item.parcel.received_at
            elif not is_odd and row.resolved_at is None:
                row.resolved_at, row.resolution, row.awaits = clock.now(), Repair.AGAIN.value, ""
        db.session.add_all(item.row for item in new)
        db.session.flush()
        for item in items:
            if item.row is not None:
                self._of_row[item.row.id] = item

    def _kept(self, item: Item) -> Quarantined:
        return Quarantined(
            event_uid=item.uid,
            digest=item.digest,
            payload=item.raw,
            reason="",
            awaits="",
            cohort_id=item.cohort_id,
            batch_id=item.parcel.batch_id,
            account_id=item.parcel.account_id,
            received_at=item.parcel.received_at,
        )

    def _woken(self, uids: set[str]) -> list[Item]:
        """What waited for one of these."""
        return [self._again(row, batch) for row, batch in arrivals.waiting_for(uids)]

    def _again(self, row: Quarantined, batch: SyncBatch | None) -> Item:
        item = self._of_row.get(row.id)
        if item is None:
            parcel = Parcel(
                actor=self._sender(row.account_id),
                account_id=row.account_id,
                device=batch.device if batch else "",
                source=Source.PHONE,
                device_clock=batch.device_clock if batch else None,
                received_at=row.received_at,
                batch_id=row.batch_id,
            )
            item = self.again(row, row.payload, parcel)
        return item

    def _sender(self, account_id: int | None) -> Actor:
        """Whoever sent something earlier; looked up once for all that waited."""
        if account_id not in self._senders:
            self._senders[account_id] = arrivals.sender(account_id)
        return self._senders[account_id]
