"""Reading to whom messages of a cohort may go, what is ready to be sent, and what was sent by whom. Unchecked: the
cohort is asked before; a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from app.core.errors import N_, Refused
from app.delivery.kinds import EnrolmentState, Mark, MessageState, MessageWay, SessionState
from app.delivery.models import AttendanceMark, Cohort, CohortSession, Enrolment, Message
from app.delivery.rules.cohorts import OPEN
from app.infra import clock
from app.infra.db import db
from app.people.kinds import ContactKind
from app.people.models import Account, Person
from app.people.queries import consents
from app.people.queries.persons import by_name
from app.people.rules.consents import Deed

from . import risk

REMINDER, MISSED, CERTIFICATE = "reminder", "missed", "certificate"
KINDS = (REMINDER, MISSED, CERTIFICATE)
PER_PAGE = 40


class NoSuchMessage(Refused):
    text = N_("There is no such message, or your account does not show it.")
    status = 404


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the cohort: whether they agreed to messages, and where each way reaches them (own contacts only)."""

    enrolment_id: int
    person_id: int
    name: str
    called: str
    language: str
    agreed: bool
    addresses: dict[MessageWay, str]
    is_meant: bool


def readers(cohort: Cohort, kind: str, today: date) -> list[Reader]:
    """Everybody a message of this kind may be for, by name; `is_meant` are those it is about.

    Reminders are for all who take part, "we missed you" for those absent last time, certificates for who completed.
    """
    states = (EnrolmentState.COMPLETED,) if kind == CERTIFICATE else tuple(OPEN)
    rows = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(states), Person.erased_at.is_(None))
        .order_by(*by_name(), Enrolment.id)
    ).all()
    ids = [person.id for _, person in rows]
    allowed = consents.who_allow(ids, Deed.SEND_MESSAGE, today)
    reach = risk.reach(ids)
    missed = _missed_last(cohort) if kind == MISSED else frozenset[int]()
    return [
        Reader(
            enrolment_id=enrolment.id,
            person_id=person.id,
            name=person.name,
            called=person.known_as or person.given_names,
            language=(person.languages or [""])[0],
            agreed=person.id in allowed,
            addresses=_addresses(reach.get(person.id, ())),
            is_meant=kind != MISSED or enrolment.id in missed,
        )
        for enrolment, person in rows
    ]


def _addresses(reach: Sequence[risk.Reach]) -> dict[MessageWay, str]:
    own = [one for one in reach if one.own]
    kinds = {
        MessageWay.EMAIL: (ContactKind.EMAIL,),
        MessageWay.WHATSAPP: (ContactKind.WHATSAPP, ContactKind.PHONE),
        MessageWay.SMS: (ContactKind.PHONE, ContactKind.WHATSAPP),
    }
    found: dict[MessageWay, str] = {}
    for way, wanted in kinds.items():
        for kind in wanted:
            value = next((one.value for one in own if one.kind is kind), None)
            if value is not None:
                found.setdefault(way, value)
    return found


def _missed_last(cohort: Cohort) -> frozenset[int]:
    last = db.session.scalar(
        select(CohortSession.id)
        .where(CohortSession.cohort_id == cohort.id, CohortSession.state == SessionState.HELD)
        .order_by(CohortSession.held_on.desc(), CohortSession.number.desc())
        .limit(1)
    )
    marks = select(AttendanceMark.enrolment_id).where(
        AttendanceMark.session_id == last, AttendanceMark.mark == Mark.ABSENT
    )
    return frozenset(db.session.scalars(marks))


def next_session(cohort: Cohort, today: date) -> CohortSession | None:
    """The next session that is planned; one that was moved is on another day, and planned anew for it."""
    return db.session.scalar(
        select(CohortSession)
        .where(
            CohortSession.cohort_id == cohort.id,
            CohortSession.planned_on >= today,
            CohortSession.state == SessionState.PLANNED,
        )
        .order_by(CohortSession.planned_on, CohortSession.number)
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class Logged:
    """A message, whom it is for, and who prepared it."""

    held: Message
    name: str
    by: str


def ready(cohort: Cohort) -> list[Logged]:
    """What is prepared for somebody's own phone and not sent yet, oldest first; not to who has said no since."""
    mine = Message.cohort_id == cohort.id, Message.state == MessageState.PREPARED
    found = _logged(select(Message).where(*mine).order_by(Message.id))
    readers = [one.held.person_id for one in found]
    allowed = consents.who_allow(readers, Deed.SEND_MESSAGE, clock.now().date())
    return [one for one in found if one.held.person_id in allowed]


def log(cohort: Cohort, page: int) -> tuple[list[Logged], int]:
    """What was prepared and sent, newest first, and how many pages there are."""
    number = db.session.scalar(select(func.count(Message.id)).where(Message.cohort_id == cohort.id)) or 0
    asked = (
        select(Message).where(Message.cohort_id == cohort.id).order_by(Message.prepared_at.desc(), Message.id.desc())
    )
    return _logged(asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)), max(-(-number // PER_PAGE), 1)


def _logged(asked: Select[Message]) -> list[Logged]:
    rows = db.session.scalars(asked).all()
    people = {
        one.id: one.name
        for one in db.session.scalars(select(Person).where(Person.id.in_({each.person_id for each in rows})))
    }
    ids = {each.sent_by_id or each.account_id for each in rows} - {None}
    names = dict(db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
    return [
        Logged(one, people.get(one.person_id, ""), names.get(one.sent_by_id or one.account_id or 0, "")) for one in rows
    ]


def message(cohort: Cohort, uid: str) -> Message:
    """A message of this cohort."""
    found = db.session.scalar(select(Message).where(Message.uid == uid, Message.cohort_id == cohort.id))
    if found is None:
        raise NoSuchMessage
    return found
