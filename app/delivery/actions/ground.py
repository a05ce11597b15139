"""Events on their way in, and what is known of what they name. Judging them is in judging.py, writing in intake.py."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.delivery.kinds import Fault, Receipt, Repair, Source
from app.delivery.models import Cohort, Quarantined
from app.delivery.queries import arrivals
from app.delivery.queries import sessions as queries
from app.delivery.queries.arrivals import Came, Known, Lying
from app.delivery.rules import incoming
from app.delivery.rules.incoming import MarkTold, SessionTold, Told
from app.infra.db import db
from app.people.permissions import Actor


@dataclass(frozen=True, slots=True)
class Parcel:
    """Where events came from and when. `account_id` is who entered them, `actor` who sends them or puts them right."""

    actor: Actor
    account_id: int | None
    device: str
    source: Source
    device_clock: datetime | None
    received_at: datetime
    batch_id: int | None


@dataclass(slots=True, eq=False)
class Item:
    """One event on its way. `row` is where it is kept as odd.

    `rivals` are all marks that stand beside it where it is in conflict; `alike` where all of them say the same.
    """

    raw: Any
    uid: str
    digest: str
    parcel: Parcel
    told: Told | Fault
    row: Quarantined | None = None
    receipt: Receipt | None = None
    fault: Fault | None = None
    awaits: str = ""
    cohort_id: int | None = None
    pair: tuple[int, int] | None = None
    rivals: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    twin: Item | None = None

    def forget(self) -> None:
        """Take back what was judged, before judging it again."""
        self.receipt, self.fault, self.awaits = None, None, ""

    def refuse(self, fault: Fault, awaits: str = "") -> None:
        """Note what is odd, and what would have to arrive for it not to be."""
        self.receipt, self.fault, self.awaits = Receipt.QUARANTINED, fault, awaits


class Ground:
    """What is known of sessions, people and earlier events, looked up for many events at a time."""

    def __init__(self) -> None:
        self.sessions: dict[str, Lying] = {}
        self.enrolments: dict[str, Lying] = {}
        self.cohorts: dict[str, int] = {}
        self.walk_ins: dict[str, Came] = {}
        self.events: dict[str, Known] = {}
        self.reports: dict[str, str] = {}
        self.odd: dict[str, list[Quarantined]] = {}
        self.unfit: dict[str, Any] = {}
        self._held: set[int] = set()
        self._taught: dict[tuple[int | None, int | None], set[int]] = {}
        self._asked: dict[tuple[int | None, int | None], set[int]] = defaultdict(set)
        self._offered: dict[int, dict[str, int]] = {}
        self._trainers: dict[int, frozenset[int]] = {}

    def accepted(self, uid: str) -> str | None:
        """The fingerprint of what was accepted under this uid."""
        if uid in self.events:
            return self.events[uid].digest
        return self.walk_ins[uid].digest if uid in self.walk_ins else self.reports.get(uid)

    def odd_now(self, uid: str) -> Any:
        """What was sent under this uid and does not fit for good; None where it is unknown or may fit yet.

        It may where it waits for something, or for somebody who teaches there to send it.
        """
        if uid in self.unfit:
            return self.unfit[uid]
        rows = self.odd.get(uid)
        if not rows:
            return None
        first = rows[0]
        if first.resolved_at is not None:
            return first.payload if first.resolution == Repair.SET_ASIDE else None
        return None if first.awaits or first.reason == Fault.NOT_YOUR_COHORT else first.payload

    def look_up(self, items: list[Item]) -> None:
        """Find what these name, and let nobody else take events of their cohorts in meanwhile."""
        told = [item.told for item in items if isinstance(item.told, Told)]
        marks = [one for one in told if isinstance(one, MarkTold)]
        self.sessions |= arrivals.sessions({incoming.session_of(item.raw) for item in items} - {""})
        self.enrolments |= arrivals.enrolments({one.enrolment for one in marks if one.enrolment})
        self.cohorts |= arrivals.cohorts({one.cohort for one in told if isinstance(one, SessionTold) and one.cohort})
        self._hold()
        uids = {item.uid for item in items if item.uid}
        named = uids | {uid for one in marks for uid in one.supersedes}
        self.walk_ins |= arrivals.walk_ins(named | {one.walk_in for one in marks if one.walk_in})
        self.events |= arrivals.events(named)
        self.reports |= arrivals.reports(named)
        self.odd |= arrivals.quarantined(named, {item.digest for item in items if not item.uid})
        for item in items:
            session = self.sessions.get(incoming.session_of(item.raw))
            item.cohort_id = session.cohort_id if session else item.cohort_id

    def _hold(self) -> None:
        cohort_ids = {one.cohort_id for one in self.sessions.values()} | set(self.cohorts.values())
        arrivals.hold(cohort_ids - self._held)
        self._held |= cohort_ids

    def may(self, actor: Actor, cohort_id: int) -> bool:
        """Whether whoever sent this teaches or runs the cohort; asked once for all cohorts known by now."""
        who = (actor.account_id, id(actor) if actor.account_id is None else None)
        if cohort_id not in self._asked[who]:
            unasked = self._held - self._asked[who] | {cohort_id}
            self._taught[who] = self._taught.get(who, set()) | arrivals.taught_by(actor, unasked)
            self._asked[who] |= unasked
        return cohort_id in self._taught[who]

    def offered(self, cohort_id: int) -> dict[str, int]:
        """The units that may be taught in a cohort, with their releases."""
        if cohort_id not in self._offered:
            self._offered[cohort_id] = queries.units_offered(db.session.get_one(Cohort, cohort_id))
        return self._offered[cohort_id]

    def trainers(self, cohort_id: int) -> frozenset[int]:
        """The persons who teach or taught a cohort."""
        if cohort_id not in self._trainers:
            self._trainers[cohort_id] = queries.trainer_ids(db.session.get_one(Cohort, cohort_id))
        return self._trainers[cohort_id]
