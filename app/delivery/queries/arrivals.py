"""Looking up, many at a time, what arriving events name: sessions, enrolments, walk-ins, other events. Unchecked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from app.delivery.models import (
    AttendanceEvent,
    AttendanceMark,
    Cohort,
    CohortSession,
    Enrolment,
    Quarantined,
    SessionReport,
    SyncBatch,
    WalkIn,
)
from app.infra.db import db
from app.people import queries as accounts
from app.people.models import Account
from app.people.permissions import VISITOR, Actor, Permission

from .scopes import cohorts_visible

MOST_AT_ONCE = 5_000
"""How many values one statement names; databases take no more than some ten thousand."""


class Lying(NamedTuple):
    """A session or an enrolment, and the cohort it lies in."""

    id: int
    cohort_id: int


class Came(NamedTuple):
    """A walk-in: in which session, and whom it was matched to."""

    id: int
    session_id: int
    enrolment_id: int | None
    digest: str


class Known(NamedTuple):
    """An event that was accepted. `enrolment_id` is the person's, also where the event is of a matched walk-in."""

    session_id: int
    enrolment_id: int | None
    walk_in_id: int | None
    digest: str


def _rows(values: Collection[Any], statement: Any) -> Iterator[Any]:
    """The rows of a statement made for some of the values at a time."""
    listed = sorted(values)
    for start in range(0, len(listed), MOST_AT_ONCE):
        made: Select[Any] = statement(listed[start : start + MOST_AT_ONCE])
        yield from db.session.execute(made)


def sessions(uids: Collection[str]) -> dict[str, Lying]:
    """Sessions by uid."""
    found = _rows(uids, lambda some: select(CohortSession.uid, CohortSession.id, CohortSession.cohort_id)
                  .where(CohortSession.uid.in_(some)))  # fmt: skip
    return {uid: Lying(id_, cohort_id) for uid, id_, cohort_id in found}


def enrolments(uids: Collection[str]) -> dict[str, Lying]:
    """Enrolments by uid, ended ones too: what is told late is told of the time before."""
    found = _rows(uids, lambda some: select(Enrolment.uid, Enrolment.id, Enrolment.cohort_id)
                  .where(Enrolment.uid.in_(some)))  # fmt: skip
    return {uid: Lying(id_, cohort_id) for uid, id_, cohort_id in found}


def cohorts(slugs: Collection[str]) -> dict[str, int]:
    """Ids of cohorts by slug."""
    found = _rows(slugs, lambda some: select(Cohort.slug, Cohort.id).where(Cohort.slug.in_(some)))
    return {slug: id_ for slug, id_ in found}  # noqa: C416 - a row is no pair to a type checker


def walk_ins(uids: Collection[str]) -> dict[str, Came]:
    """Walk-ins by uid."""
    found = _rows(uids, lambda some: select(WalkIn.uid, WalkIn.id, WalkIn.session_id, WalkIn.enrolment_id,
                                            WalkIn.digest).where(WalkIn.uid.in_(some)))  # fmt: skip
    return {uid: Came(*rest) for uid, *rest in found}


def events(uids: Collection[str]) -> dict[str, Known]:
    """Accepted marks by uid."""
    event = AttendanceEvent
    found = _rows(uids, lambda some: select(event.uid, event.session_id, event.enrolment_id, WalkIn.enrolment_id,
                                            event.walk_in_id, event.digest)
                  .outerjoin(WalkIn, WalkIn.id == event.walk_in_id).where(event.uid.in_(some)))  # fmt: skip
    return {
        uid: Known(session_id, own if own is not None else matched, walk_in_id, digest)
        for uid, session_id, own, matched, walk_in_id, digest in found
    }


def reports(uids: Collection[str]) -> dict[str, str]:
    """The fingerprints of accepted reports by uid."""
    return dict(
        tuple(row)
        for row in _rows(
            uids, lambda some: select(SessionReport.uid, SessionReport.digest).where(SessionReport.uid.in_(some))
        )
    )


def quarantined(uids: Collection[str], digests: Collection[str]) -> dict[str, list[Quarantined]]:
    """What did not fit, by uid, oldest first; what has no uid is found by its fingerprint, under the empty one."""
    found: dict[str, list[Quarantined]] = {}
    named = _rows(uids, lambda some: select(Quarantined).where(Quarantined.event_uid.in_(some)))
    nameless = _rows(digests, lambda some: select(Quarantined)
                     .where(Quarantined.event_uid == "", Quarantined.digest.in_(some)))  # fmt: skip
    for (row,) in [*named, *nameless]:
        found.setdefault(row.event_uid, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.id)
    return found


def waiting_for(uids: Collection[str]) -> list[tuple[Quarantined, SyncBatch | None]]:
    """What waits for one of these to arrive, oldest first, with the batch it came in."""
    found = _rows(uids, lambda some: select(Quarantined, SyncBatch)
                  .outerjoin(SyncBatch, SyncBatch.id == Quarantined.batch_id)
                  .where(Quarantined.awaits.in_(some), Quarantined.resolved_at.is_(None)))  # fmt: skip
    return sorted((tuple(row) for row in found), key=lambda row: row[0].id)


def batch(uid: str) -> SyncBatch | None:
    """The batch of this uid."""
    return db.session.scalar(select(SyncBatch).where(SyncBatch.uid == uid))


def taught_by(actor: Actor, ids: Collection[int]) -> set[int]:
    """Those of these cohorts that the actor teaches or runs."""
    if not ids:
        return set()
    visible = cohorts_visible(actor, Permission.TEACH)
    return {id_ for (id_,) in _rows(ids, lambda some: select(Cohort.id).where(Cohort.id.in_(some), visible))}


def hold(ids: Collection[int]) -> None:
    """Let no other transaction that asks for it take events of these cohorts in until this one ends."""
    if ids:
        db.session.execute(select(Cohort.id).where(Cohort.id.in_(ids)).order_by(Cohort.id).with_for_update()).all()


def sender(account_id: int | None) -> Actor:
    """Whoever sent something earlier, with what they may do today; nobody where no account is known."""
    account = None if account_id is None else accounts.account_for_session(account_id)
    return VISITOR if account is None or not account.active else accounts.actor_of(account)


def to_settle(session_ids: Collection[int], enrolment_ids: Collection[int]) -> Iterator[Any]:
    """The marks of these persons in these sessions, also as walk-ins: uid, session, enrolment, what and when."""
    event = AttendanceEvent
    what = (event.mark, event.minutes, event.reason, event.supersedes)
    when = (event.recorded_at, event.received_at, SyncBatch.device_clock, SyncBatch.received_at)
    in_these = event.session_id.in_(sorted(session_ids))
    yield from _rows(
        enrolment_ids,
        lambda some: (
            select(event.uid, event.session_id, event.enrolment_id, *what, *when)
            .outerjoin(SyncBatch, SyncBatch.id == event.batch_id)
            .where(in_these, event.enrolment_id.in_(some))
        ),
    )
    yield from _rows(
        enrolment_ids,
        lambda some: (
            select(event.uid, event.session_id, WalkIn.enrolment_id, *what, *when)
            .join(WalkIn, WalkIn.id == event.walk_in_id)
            .outerjoin(SyncBatch, SyncBatch.id == event.batch_id)
            .where(in_these, WalkIn.enrolment_id.in_(some))
        ),
    )


def marks(session_ids: Collection[int], enrolment_ids: Collection[int]) -> dict[tuple[int, int], AttendanceMark]:
    """What holds now for these persons in these sessions."""
    in_these = AttendanceMark.session_id.in_(sorted(session_ids))
    found = _rows(
        enrolment_ids, lambda some: select(AttendanceMark).where(in_these, AttendanceMark.enrolment_id.in_(some))
    )
    return {(mark.session_id, mark.enrolment_id): mark for (mark,) in found}


def to_fold(session_ids: Collection[int]) -> Sequence[tuple[SessionReport, SyncBatch | None]]:
    """The reports of these sessions, with the batch they came in."""
    found = _rows(session_ids, lambda some: select(SessionReport, SyncBatch)
                  .outerjoin(SyncBatch, SyncBatch.id == SessionReport.batch_id)
                  .where(SessionReport.session_id.in_(some)))  # fmt: skip
    return [tuple(row) for row in found]


def accounts_of(ids: Collection[int]) -> dict[int, Account]:
    """Accounts by id."""
    return {one.id: one for (one,) in _rows(ids, lambda some: select(Account).where(Account.id.in_(some)))}
