"""Who answers on which phone: taking a number, leaving it, joining without a name, and what facilitators take back."""

from __future__ import annotations

from sqlalchemy import select, update

from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.validation.models import JoinAttempt, Participant, Phone, Remark, Sheet, Workshop
from app.validation.models.workshops import WorkshopState
from app.validation.queries import phones as queries
from app.validation.queries import workshops
from app.validation.rules import phones as rules
from app.validation.rules.workshops import TRIES, TRIES_WINDOW, NoSuchParticipant, NotOpen, TooMany, TooManyTries


@transactional
def claim_number(actor: Actor, workshop: Workshop, number: int, secret: str, address: str = "") -> None:
    """Let the phone with this secret answer for a number on the list, unless another phone does."""
    hold_open(workshop)
    participant = workshops.participant(workshop, number)
    if participant.erased_at is not None:
        raise NoSuchParticipant
    key = rules.fingerprint(secret)
    if participant.key not in (None, key):
        raise rules.TakenNumber
    phone = _phone(workshop, key, address)
    if participant.key is None:
        _check_room(workshop, phone)
        participant.key = key


@transactional
def leave_number(actor: Actor, workshop: Workshop, number: int, secret: str) -> None:
    """Give a number back that was taken by mistake; one that was answered for stays with its phone."""
    hold_open(workshop)
    participant, key = workshops.participant(workshop, number), rules.fingerprint(secret)
    answered = db.session.scalar(select(Sheet.id).where(Sheet.participant_id == participant.id, Sheet.key == key))
    remarked = db.session.scalar(select(Remark.id).where(Remark.participant_id == participant.id).limit(1))
    if participant.key == key and answered is None and remarked is None:
        participant.key = None


@transactional
def join_nameless(actor: Actor, workshop: Workshop, code: str, secret: str, address: str) -> int | None:
    """The seat on this phone of somebody without a name who gave the workshop's code; None for a wrong one.

    Every try is kept, and too many are refused. Whoever has not answered yet is given their seat again.
    """
    hold_open(workshop)
    now = clock.now()
    if queries.failures(address, now - TRIES_WINDOW) >= TRIES:
        raise TooManyTries
    right = code.strip() == workshop.code
    db.session.add(JoinAttempt(workshop_id=workshop.id, address=address, at=now, succeeded=right))
    if not right:
        return None
    phone = _phone(workshop, rules.fingerprint(secret), address)
    _check_room(workshop, phone)
    known = queries.respondents(workshop, phone.key)
    return next(seat for seat in range(rules.MOST_PEOPLE + 1) if rules.respondent(secret, seat) not in known)


@transactional
def allow_more(actor: Actor, workshop: Workshop, number: int) -> Phone:
    """Let another family answer on a phone."""
    workshops.hold(actor, workshop)
    phone = queries.by_number(workshop, number)
    phone.most = min(phone.most + rules.FAMILY, rules.MOST_PEOPLE)
    record(actor.account_id, "workshop.phone_more", workshop, phone=number, most=phone.most)
    return phone


@transactional
def shut_out(actor: Actor, workshop: Workshop, number: int) -> None:
    """Let a phone answer no more, free its numbers and drop what it answered; its remarks stay, without a name."""
    workshops.hold(actor, workshop)
    phone = queries.by_number(workshop, number)
    people = [one.id for one in queries.held(workshop, phone.key)]
    own = (Remark.participant_id.in_(people), Remark.entered_by_id.is_(None))
    db.session.execute(update(Remark).where(*own).values(participant_id=None))
    db.session.execute(update(Participant).where(Participant.id.in_(people)).values(key=None))
    sheets = db.session.scalars(select(Sheet).where(Sheet.workshop_id == workshop.id, Sheet.key == phone.key)).all()
    for sheet in sheets:
        db.session.delete(sheet)
    phone.shut_at = phone.shut_at or clock.now()
    record(actor.account_id, "workshop.phone_shut", workshop, phone=number, sheets=len(sheets), numbers=len(people))


def hold_open(workshop: Workshop) -> None:
    """Raise `NotOpen` unless the workshop takes answers from phones; hold it, so that it is not closed meanwhile."""
    workshops.hold_open(workshop)
    if workshop.state is not WorkshopState.OPEN:
        raise NotOpen


def check_phone(workshop: Workshop, secret: str) -> str:
    """The fingerprint of a phone; raises `ShutOut` for one that may answer no more."""
    key = rules.fingerprint(secret)
    phone = queries.by_key(workshop, key)
    if phone is not None and phone.shut_at is not None:
        raise rules.ShutOut
    return key


def _phone(workshop: Workshop, key: str, address: str) -> Phone:
    """The phone with this fingerprint, written down when it is new; raises `ShutOut` and `TooManyPhones`."""
    found = queries.by_key(workshop, key)
    if found is not None:
        if found.shut_at is not None:
            raise rules.ShutOut
        return found
    now, before = clock.now(), queries.count(workshop)
    if address and queries.joined_since(address, now - rules.JOINS_WINDOW) >= rules.JOINS:
        raise rules.TooManyPhones
    if before >= rules.MOST_PHONES:
        raise TooMany(most=rules.MOST_PHONES)
    made = Phone(
        workshop_id=workshop.id, number=before + 1, key=key, most=rules.FAMILY, address=address, at=now, shut_at=None
    )
    db.session.add(made)
    db.session.flush()
    return made


def _check_room(workshop: Workshop, phone: Phone) -> None:
    people = len(queries.held(workshop, phone.key)) + len(queries.respondents(workshop, phone.key))
    if people >= phone.most:
        raise rules.FullPhone(most=phone.most)
