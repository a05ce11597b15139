"""Reading for those who take roll: who is on the list, what was marked, what waits to be put right, what a phone needs.

Unchecked except where an actor is asked for: `scopes` is asked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, or_, select

from app.delivery.models import AttendanceEvent, AttendanceMark, Cohort, CohortSession, Enrolment, Quarantined, WalkIn
from app.delivery.rules.attendance import Event, NoSuchItem
from app.delivery.rules.clocks import off_by
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, Scope, allows
from app.people.queries.persons import by_name

from . import arrivals, scopes


def enrolled_ids(cohort: Cohort) -> frozenset[int]:
    """The enrolments of a cohort, ended ones too: somebody may be marked for the time before they left."""
    return frozenset(db.session.scalars(select(Enrolment.id).where(Enrolment.cohort_id == cohort.id)))


def events(session: CohortSession, enrolment_ids: Collection[int]) -> dict[int, list[Event]]:
    """Every mark that was made of these persons in this session, by enrolment, superseded ones too."""
    found = defaultdict[int, list[Event]](list)
    for uid, _, enrolment_id, mark, minutes, reason, supersedes, recorded, received, clock, sent in (
        arrivals.to_settle({session.id}, enrolment_ids)
    ):  # fmt: skip
        at = min(recorded + off_by(clock, sent), received) if sent is not None else min(recorded, received)
        found[enrolment_id].append(Event(uid, mark, minutes, reason, frozenset(supersedes), at))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """One mark of a person in a session with who made it: for the history, and for choosing."""

    event: AttendanceEvent
    by: str


def history(session: CohortSession, enrolment: Enrolment) -> list[Said]:
    """Every mark of a person in a session in the order of its arrival, with who entered it."""
    found = db.session.scalars(
        select(AttendanceEvent)
        .outerjoin(WalkIn, WalkIn.id == AttendanceEvent.walk_in_id)
        .where(
            AttendanceEvent.session_id == session.id,
            or_(AttendanceEvent.enrolment_id == enrolment.id, WalkIn.enrolment_id == enrolment.id),
        )
        .order_by(AttendanceEvent.received_at, AttendanceEvent.uid)
    ).all()
    names = arrivals.accounts_of({one.account_id for one in found if one.account_id is not None})
    return [Said(one, names[one.account_id].name if one.account_id in names else "") for one in found]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A person in a session of whom marks disagree. `events` are those to choose from, the one that holds first."""

    session: CohortSession
    enrolment: Enrolment
    person: Person
    events: tuple[AttendanceEvent, ...]


def conflicts(cohort: Cohort) -> list[Conflict]:
    """The marks of a cohort that disagree, by session and name; two queries for any number."""
    rows = db.session.execute(
        select(AttendanceMark, CohortSession, Enrolment, Person)
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(CohortSession.cohort_id == cohort.id, cast(AttendanceMark.rivals, String) != "[]")
        .order_by(CohortSession.number, *by_name(), Enrolment.id)
    )
    held = [(mark, session, enrolment, person) for mark, session, enrolment, person in rows]
    uids = {uid for mark, *_ in held for uid in (mark.event_uid, *mark.rivals)}
    found = {one.uid: one for one in db.session.scalars(select(AttendanceEvent).where(AttendanceEvent.uid.in_(uids)))}
    return [
        Conflict(session, enrolment, person, tuple(found[uid] for uid in (mark.event_uid, *mark.rivals)))
        for mark, session, enrolment, person in held
    ]


def walk_ins(cohort: Cohort) -> Sequence[WalkIn]:
    """Who came to sessions of a cohort without being on its list, those not matched yet first."""
    return db.session.scalars(
        select(WalkIn)
        .join(CohortSession, CohortSession.id == WalkIn.session_id)
        .where(CohortSession.cohort_id == cohort.id)
        .order_by(WalkIn.enrolment_id.is_not(None), CohortSession.number, WalkIn.name, WalkIn.id)
    ).all()


def walk_ins_of(session: CohortSession) -> Sequence[WalkIn]:
    """Who came to one session without being on the list, in the order they were written down."""
    return db.session.scalars(select(WalkIn).where(WalkIn.session_id == session.id).order_by(WalkIn.id)).all()


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody on the list of a roll call, with what holds of them and the marks that the page must name as seen."""

    enrolment: Enrolment
    person: Person
    organisation: str
    mark: AttendanceMark | None

    @property
    def seen(self) -> str:
        return ",".join(self.mark.standing) if self.mark is not None else ""


def called(session: CohortSession) -> list[Called]:
    """Whom to call in a session, by name: who is enrolled now, and who was marked in it and has left; one query."""
    mark = (AttendanceMark.enrolment_id == Enrolment.id) & (AttendanceMark.session_id == session.id)
    rows = db.session.execute(
        select(Enrolment, Person, Organisation.name, AttendanceMark)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .outerjoin(AttendanceMark, mark)
        .where(Enrolment.cohort_id == session.cohort_id, or_(Enrolment.state.in_(OPEN), AttendanceMark.id.is_not(None)))
        .order_by(*by_name(), Enrolment.id)
    )
    return [Called(enrolment, person, name or "", mark) for enrolment, person, name, mark in rows]


def quarantine(actor: Actor, *, limit: int = 200, offset: int = 0) -> Sequence[Quarantined]:
    """What waits to be put right by this actor, oldest first: of cohorts they teach, and what they sent themselves."""
    visible = select(Cohort.id).where(scopes.cohorts_visible(actor, Permission.TEACH))
    mine = and_(Quarantined.cohort_id.is_(None), Quarantined.account_id == actor.account_id)
    parts: list[ColumnElement[bool]] = [Quarantined.cohort_id.in_(visible)]
    parts += [mine] if actor.account_id is not None else []
    parts += [Quarantined.cohort_id.is_(None)] if allows(actor, Permission.RUN_PROGRAMME, Scope()) else []
    return db.session.scalars(
        select(Quarantined)
        .where(Quarantined.resolved_at.is_(None), or_(*parts))
        .order_by(Quarantined.id)
        .limit(limit)
        .offset(offset)
    ).all()


def item(actor: Actor, item_id: int) -> Quarantined:
    """What did not fit, by its id, for somebody who may put it right."""
    found = db.session.get(Quarantined, item_id)
    if found is None or not may_repair(actor, found):
        raise NoSuchItem
    return found


def may_repair(actor: Actor, item: Quarantined) -> bool:
    """Whether the actor teaches the cohort that this is about; where it is about none, whether it is their own."""
    if item.cohort_id is not None:
        return allows(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, item.cohort_id)))
    own = actor.account_id is not None and item.account_id == actor.account_id
    return own or allows(actor, Permission.RUN_PROGRAMME, Scope())


def for_phone(cohort: Cohort) -> dict[str, Any]:
    """What a phone needs to take roll with no connection: the plan, the list with names only, and what was marked."""
    sessions = db.session.scalars(
        select(CohortSession).where(CohortSession.cohort_id == cohort.id).order_by(CohortSession.number)
    ).all()
    people = db.session.execute(
        select(Enrolment.id, Enrolment.uid, Enrolment.state, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(OPEN))
        .order_by(*by_name(), Enrolment.id)
    ).all()
    marked = db.session.execute(
        select(CohortSession.uid, Enrolment.uid, AttendanceMark.event_uid, AttendanceMark.mark, AttendanceMark.minutes,
               AttendanceMark.reason, AttendanceMark.rivals, AttendanceMark.alike)
        .join(CohortSession, CohortSession.id == AttendanceMark.session_id)
        .join(Enrolment, Enrolment.id == AttendanceMark.enrolment_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(OPEN))
        .order_by(CohortSession.number, Enrolment.id)
    )  # fmt: skip
    marks: dict[str, dict[str, Any]] = {}
    for session_uid, enrolment_uid, event_uid, mark, minutes, reason, rivals, alike in marked:
        said = {"event": event_uid, "mark": mark.value, "minutes": minutes, "reason": reason}
        marks.setdefault(session_uid, {})[enrolment_uid] = said | {"rivals": rivals, "alike": alike}
    return {
        "cohort": {"slug": cohort.slug, "name": cohort.name, "language": cohort.language},
        "sessions": [
            {
                "session": one.uid,
                "number": one.number,
                "title": one.title,
                "on": (one.held_on or one.planned_on).isoformat(),
                "starts_at": one.starts_at.isoformat("minutes") if one.starts_at else None,
                "minutes": one.held_minutes or one.planned_minutes,
                "place": one.place,
                "state": one.state.value,
            }
            for one in sessions
        ],
        "people": [{"enrolment": uid, "name": person.name, "state": state.value} for _, uid, state, person in people],
        "marks": marks,
    }
