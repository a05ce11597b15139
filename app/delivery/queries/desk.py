"""Reading what waits to be put right: walk-ins with whom they may be, what was kept aside in readable form; and what
became of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, and_, func, or_, select

from app.delivery.models import Cohort, CohortSession, Enrolment, Quarantined, WalkIn
from app.delivery.rules import incoming
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.models import Account, Person
from app.people.permissions import Actor, Permission, Scope, allows
from app.people.rules.duplicates import plain

from . import arrivals, scopes

ALIKE = 60  # of 100; below that nobody is suggested
MOST_SUGGESTED = 3
MOST_SESSIONS = 400  # offered for an event that names none we know


@dataclass(frozen=True, slots=True)
class Visitor:
    """A walk-in with its session, whom it was matched to, and whom it may be, nearest first."""

    walk_in: WalkIn
    session: CohortSession
    matched: Person | None
    suggestions: tuple[tuple[Enrolment, Person], ...]


def people(cohort: Cohort) -> list[tuple[Enrolment, Person]]:
    """Everybody who is or was enrolled in a cohort, by name."""
    rows = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Person.family_names, Person.given_names, Enrolment.id)
    )
    return [(enrolment, person) for enrolment, person in rows]


def visitors(
    cohort: Cohort, listed: Sequence[tuple[Enrolment, Person]], *, matched: bool, limit: int, offset: int
) -> list[Visitor]:
    """Who came without being on the list, by session and name; those who are matched by now, or those who are not."""
    rows = db.session.execute(
        select(WalkIn, CohortSession)
        .join(CohortSession, CohortSession.id == WalkIn.session_id)
        .where(_of(cohort, matched))
        .order_by(CohortSession.number, WalkIn.name, WalkIn.id)
        .limit(limit)
        .offset(offset)
    ).all()
    names = {enrolment.id: person for enrolment, person in listed}
    return [
        Visitor(one, session, names.get(one.enrolment_id or 0), () if matched else _like(one.name, listed))
        for one, session in rows
    ]


def count_visitors(cohort: Cohort, *, matched: bool) -> int:
    """How many came without being on the list."""
    counted = select(func.count(WalkIn.id)).join(CohortSession, CohortSession.id == WalkIn.session_id)
    return db.session.scalar(counted.where(_of(cohort, matched))) or 0


def _of(cohort: Cohort, matched: bool) -> ColumnElement[bool]:
    is_matched = WalkIn.enrolment_id.is_not(None)
    return and_(CohortSession.cohort_id == cohort.id, is_matched if matched else ~is_matched)


def _like(name: str, listed: Sequence[tuple[Enrolment, Person]]) -> tuple[tuple[Enrolment, Person], ...]:
    wanted = plain(name)
    scored = [(fuzz.token_set_ratio(wanted, plain(person.name)), n) for n, (_, person) in enumerate(listed)]
    near = sorted((-score, n) for score, n in scored if score >= ALIKE)[:MOST_SUGGESTED]
    return tuple(listed[n] for _, n in near)


def visitor(cohort: Cohort, walk_in_id: int) -> WalkIn | None:
    """A walk-in of this cohort."""
    return db.session.scalar(
        select(WalkIn)
        .join(CohortSession, CohortSession.id == WalkIn.session_id)
        .where(WalkIn.id == walk_in_id, CohortSession.cohort_id == cohort.id)
    )


@dataclass(frozen=True, slots=True)
class Aside:
    """What was kept aside, with the words for what it names: session, person or visitor, who sent it."""

    item: Quarantined
    cohort: Cohort | None
    session: CohortSession | None
    whom: str
    by: str

    @property
    def said(self) -> Mapping[str, Any]:
        """What was sent, as far as it is fields with values; halves of letters are question marks."""
        if not isinstance(self.item.payload, dict):
            return {}
        shown: dict[str, Any] = json.loads(sendable(json.dumps(self.item.payload, ensure_ascii=False)))
        return shown


def sendable(text: str) -> str:
    """A text in which halves of letters, which no page can be made of, are question marks."""
    return text.encode("utf-8", "replace").decode()


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Quarantined` for what the actor may put right or did, as in `rollcall.may_repair`."""
    visible = select(Cohort.id).where(scopes.cohorts_visible(actor, Permission.TEACH))
    parts: list[ColumnElement[bool]] = [Quarantined.cohort_id.in_(visible)]
    if actor.account_id is not None:
        parts += [and_(Quarantined.cohort_id.is_(None), Quarantined.account_id == actor.account_id)]
    if allows(actor, Permission.RUN_PROGRAMME, Scope()):
        parts += [Quarantined.cohort_id.is_(None)]
    return or_(*parts)


def count_aside(actor: Actor, cohort: Cohort | None = None) -> int:
    """How much was kept aside that this actor may put right, of one cohort or of all."""
    return db.session.scalar(select(func.count(Quarantined.id)).where(_wanted(actor, cohort))) or 0


def _wanted(actor: Actor, cohort: Cohort | None) -> ColumnElement[bool]:
    waiting = and_(Quarantined.resolved_at.is_(None), _within_reach(actor))
    return waiting if cohort is None else and_(waiting, Quarantined.cohort_id == cohort.id)


def aside(actor: Actor, cohort: Cohort | None = None, *, limit: int, offset: int = 0) -> list[Aside]:
    """What was kept aside that this actor may put right, oldest first; a constant number of queries."""
    items = db.session.scalars(
        select(Quarantined).where(_wanted(actor, cohort)).order_by(Quarantined.id).limit(limit).offset(offset)
    ).all()
    return readable(items)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of something that was kept aside: how, when, and why where somebody said so. `by` is empty where it
    came in by itself.
    """

    aside: Aside
    how: str
    at: datetime
    by: str
    why: str


def settled(actor: Actor, *, limit: int) -> list[Settled]:
    """What was set aside or put right of what this actor may put right, newest first; a constant number of queries."""
    items = db.session.scalars(
        select(Quarantined)
        .where(Quarantined.resolved_at.is_not(None), _within_reach(actor))
        .order_by(Quarantined.resolved_at.desc(), Quarantined.id.desc())
        .limit(limit)
    ).all()
    return became_of(items)


def became_of(items: Sequence[Quarantined]) -> list[Settled]:
    """What became of these; those that still wait are left out. The reason stands in the record of deeds only."""
    done = [(item, item.resolved_at) for item in items if item.resolved_at is not None]
    asides = readable([item for item, _ in done])
    names = arrivals.accounts_of({item.resolved_by_id for item, _ in done if item.resolved_by_id is not None})
    entries = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_kind == Quarantined.__tablename__,
            AuditEntry.subject_id.in_([str(item.id) for item, _ in done]),
            AuditEntry.action == "quarantine.resolved",
        )
        .order_by(AuditEntry.id)
    )
    why = {entry.subject_id: str(entry.details.get("note", "")) for entry in entries}
    return [
        Settled(
            aside,
            item.resolution,
            at,
            names[item.resolved_by_id].name if item.resolved_by_id in names else "",
            why.get(str(item.id), ""),
        )
        for aside, (item, at) in zip(asides, done, strict=True)
    ]


def readable(items: Sequence[Quarantined]) -> list[Aside]:
    """These with the words for what they name."""
    told = [item.payload if isinstance(item.payload, dict) else {} for item in items]

    def named(field: str) -> set[str]:
        return {incoming.uid_of({"uid": one.get(field)}) for one in told} - {""}  # no database takes just any text

    sessions = _by_uid(CohortSession, named("session"))
    enrolled = db.session.execute(
        select(Enrolment.cohort_id, Enrolment.uid, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.uid.in_(named("enrolment")))
    )
    came = db.session.execute(
        select(CohortSession.cohort_id, WalkIn.uid, WalkIn)
        .join(CohortSession, CohortSession.id == WalkIn.session_id)
        .where(WalkIn.uid.in_(named("walk_in")))
    )
    names: dict[tuple[int | None, str], str] = {
        (cohort_id, uid): who.name for rows in (enrolled, came) for cohort_id, uid, who in rows
    }
    cohort_ids = {item.cohort_id for item in items if item.cohort_id is not None}
    cohorts = {one.id: one for one in db.session.scalars(select(Cohort).where(Cohort.id.in_(cohort_ids)))}
    accounts: dict[int, Account] = arrivals.accounts_of({one.account_id for one in items if one.account_id is not None})
    found = []
    for item, one in zip(items, told, strict=True):
        session = sessions.get(str(one.get("session")))
        own = session is not None and session.cohort_id == item.cohort_id  # nothing of other cohorts is shown
        whose = [names.get((item.cohort_id or 0, str(one.get(field))), "") for field in ("enrolment", "walk_in")]
        found.append(
            Aside(
                item,
                cohorts.get(item.cohort_id or 0),
                session if own else None,
                (whose[0] or whose[1]) if own else "",
                accounts[item.account_id].name if item.account_id in accounts else "",
            )
        )
    return found


def sessions_taught(actor: Actor, cohort: Cohort | None) -> list[tuple[CohortSession, Cohort]]:
    """The sessions that an event may be of: of its cohort, or, where that is not known, of those the actor teaches."""
    rows = db.session.execute(
        select(CohortSession, Cohort)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(
            scopes.cohorts_visible(actor, Permission.TEACH) if cohort is None else Cohort.id == cohort.id,
        )
        .order_by(CohortSession.planned_on.desc(), CohortSession.id.desc())
        .limit(MOST_SESSIONS)
    )
    return [(session, of) for session, of in rows]


def _by_uid(kind: Any, uids: set[str]) -> dict[str, Any]:
    return {one.uid: one for one in db.session.scalars(select(kind).where(kind.uid.in_(uids)))}
