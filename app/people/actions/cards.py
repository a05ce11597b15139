"""Learners' cards: handing them out, the PIN, signing in with them, ending a lost one."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import current_app

from app.core.errors import Refused
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import passwords, queries
from app.people.models import LearnerCard, Person, SignInAttempt
from app.people.permissions import Actor, Permission, check
from app.people.queries import cards as card_queries
from app.people.queries import persons
from app.people.rules import accounts
from app.people.rules import cards as rules


@transactional
def issue_card(actor: Actor, person: Person, pin: str | None = None) -> LearnerCard:
    """Hand somebody a new card; one they had is ended. Without a PIN they choose it the first time they use it."""
    _check(actor, person)
    for held in card_queries.open_cards(person):
        _end(held)
    made = LearnerCard(
        person_id=person.id,
        code=rules.new_code(secrets.choice),
        pin_hash=_hashed(person, pin) if pin is not None else "",
        stamp=passwords.stamp(),
        issued_at=clock.now(),
        issued_by_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "card.issued", made, person=person.id)
    return made


@transactional
def end_card(actor: Actor, card: LearnerCard) -> None:
    """End a card that is lost; whoever is signed in with it is signed out."""
    _check(actor, db.session.get_one(Person, card.person_id))
    if card.ended_at is not None:
        raise rules.CardEnded
    _end(card)
    record(actor.account_id, "card.ended", card)


@transactional
def forget_pin(actor: Actor, card: LearnerCard, pin: str | None = None) -> None:
    """Take a forgotten PIN off a card, which also opens one that was blocked; give a new one, or let them choose."""
    person = db.session.get_one(Person, card.person_id)
    _check(actor, person)
    if card.ended_at is not None:
        raise rules.CardEnded
    card.pin_hash = _hashed(person, pin) if pin is not None else ""
    card.stamp = passwords.stamp()
    record(actor.account_id, "card.pin_forgotten", card)


def sign_in_with_card(code: str, pin: str, address: str, *, chosen: bool = False) -> LearnerCard:
    """Return the card when its PIN is right; note the try either way, so it must be kept even when it fails.

    A card that has no PIN yet raises `NeedsPin`, unless `chosen` says that `pin` is the one its owner has just chosen.
    Raises `CardLocked`, `CardBlocked`, `AddressLockedOut`, `WrongPin`, `NotACard`. An unknown card and a wrong PIN say
    the same and take as long.
    """
    outcome = _sign_in(rules.code(code), pin, address, chosen)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@transactional
def _sign_in(code: str, pin: str, address: str, chosen: bool) -> LearnerCard | Refused:
    """The try itself: what fails is returned, not raised, because raising would roll its record back."""
    now = clock.now()
    window, allowed = current_app.config["LOCKOUT_MINUTES"], current_app.config["LOCKOUT_FAILURES"]
    since = now - timedelta(minutes=window)
    failures = queries.failures_from(address, since)
    if minutes := accounts.minutes_locked(failures, now, allowed * accounts.TRIES_PER_ADDRESS, window):
        return accounts.AddressLockedOut(minutes=minutes)
    card = card_queries.by_code(code)
    name = rules.name_of_attempt(None, code) if card is None else rules.name_of_attempt(card.id, card.stamp)
    if minutes := accounts.minutes_locked(queries.failures_since(name, since), now, allowed, window):
        return rules.CardLocked(minutes=minutes)
    if rules.is_blocked(queries.failures_since(name, card.issued_at if card else since)):
        return rules.CardBlocked()
    if card is not None and not card.pin_hash:
        return _first_use(card, pin) if chosen else rules.NeedsPin(
            shortest=rules.SHORTEST_PIN, longest=rules.LONGEST_PIN
        )  # fmt: skip
    right = passwords.matches(card.pin_hash if card else None, pin)
    db.session.add(SignInAttempt(username=name, address=address, at=now, succeeded=right))
    if card is None or not right:
        return rules.WrongPin()
    record(None, "card.signed_in", card)
    return card


def _first_use(card: LearnerCard, pin: str) -> LearnerCard:
    person = db.session.get_one(Person, card.person_id)
    card.pin_hash = _hashed(person, pin)
    record(None, "card.pin_chosen", card)
    return card


def change_pin(actor: Actor, card: LearnerCard, old: str, new: str, address: str) -> None:
    """Let somebody change the PIN of their own card, who knows the old one; a wrong one counts as a try to sign in."""
    check(actor, Permission.LEARN, persons.scopes_of([card.person_id])[card.person_id])
    sign_in_with_card(card.code, old, address)
    _change_pin(actor, card, new)


@transactional
def _change_pin(actor: Actor, card: LearnerCard, pin: str) -> None:
    card.pin_hash = _hashed(db.session.get_one(Person, card.person_id), pin)
    record(actor.account_id, "card.pin_changed", card)


def _hashed(person: Person, pin: str) -> str:
    rules.check_pin(pin, person.birth_date.year if person.birth_date else person.birth_year)
    return passwords.hashed(pin)


def _end(card: LearnerCard) -> None:
    card.ended_at, card.stamp = clock.now(), passwords.stamp()


def _check(actor: Actor, person: Person) -> None:
    """Those who teach somebody hand out cards, and those who manage their record."""
    if person.erased_at is not None:
        raise persons.NoSuchPerson
    scope = persons.scopes_of([person.id])[person.id]
    check(actor, Permission.SEE_PEOPLE, scope)
    check(actor, Permission.TEACH, scope)
