"""Joining a cohort by its code: opening the door, asking to come in, and a trainer's answer.

Who asks learns nothing of who is in the cohort or on any list; until a trainer accepts, nobody is written down.
"""

from __future__ import annotations

import contextlib
import secrets
import uuid
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from app.core.errors import Refused
from app.delivery.kinds import JoinState
from app.delivery.models import Cohort, Enrolment, JoinRequest
from app.delivery.queries import joining as queries
from app.delivery.queries import scopes
from app.delivery.rules import joining as rules
from app.delivery.rules.joining import Wish
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import consent_texts
from app.people.actions import consents, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind, Sex
from app.people.models import Organisation, Person, SignInAttempt
from app.people.permissions import Actor, NotAllowed, Permission, allows, check
from app.people.queries import duplicates
from app.people.queries import persons as person_queries
from app.people.rules import accounts as account_rules
from app.people.rules import persons as person_rules
from app.people.rules.persons import Born

from . import cohorts


@transactional
def open_door(actor: Actor, cohort: Cohort) -> str:
    """Give a cohort a new code to join it with; the one it had lets nobody in any more."""
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    code = rules.new_code(secrets.choice)
    while queries.by_code(code) is not None:
        code = rules.new_code(secrets.choice)
    cohort.join_code = code
    record(actor.account_id, "cohort.door_opened", cohort)
    return code


@transactional
def close_door(actor: Actor, cohort: Cohort) -> None:
    """Let nobody ask to join any more; who waits keeps waiting."""
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    cohort.join_code = None
    record(actor.account_id, "cohort.door_closed", cohort)


def knock(actor: Actor, code: str, address: str) -> Cohort:
    """The cohort that a code leads to, for the page that asks who is there. A wrong code is noted as a try, so that
    nobody finds one by trying. Raises `NoSuchCode`, `TooManyTries`.
    """
    found, minutes = None, _minutes_to_wait(address)
    if minutes:
        raise rules.TooManyTries(minutes=minutes)
    with contextlib.suppress(rules.NoSuchCode):
        found = queries.by_code(rules.code(code))
    if found is None:
        _note_try(address)
        raise rules.NoSuchCode
    return found


@transactional
def _note_try(address: str) -> None:
    db.session.add(SignInAttempt(username=queries.TRIED, address=address, at=clock.now(), succeeded=True))


def _minutes_to_wait(address: str) -> int:
    now = clock.now()
    return rules.minutes_to_wait(queries.tries(address, now - timedelta(minutes=rules.TRIES_MINUTES)), now)


def join(actor: Actor, code: str, wish: Wish | None, address: str) -> JoinRequest:
    """Ask to join the cohort of this code; a visitor tells who they are by `wish`, somebody signed in as a person need
    not. Asked twice, it is one wish. The try is noted even when it fails. Raises `NoSuchCode`, `TooManyTries`,
    `TooManyWaiting`, and what is wrong with the wish.
    """
    outcome = _join(actor, code, wish, address)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@transactional
def _join(actor: Actor, typed: str, wish: Wish | None, address: str) -> JoinRequest | Refused:
    """The try itself: what fails is returned, not raised, because raising would roll its record back."""
    now = clock.now()
    if minutes := _minutes_to_wait(address):
        return rules.TooManyTries(minutes=minutes)
    db.session.add(SignInAttempt(username=queries.TRIED, address=address, at=now, succeeded=True))
    try:
        cohort = queries.by_code(rules.code(typed))
        details = {} if actor.person_id is not None else _told(wish or Wish(""))
    except Refused as refused:
        return refused
    if cohort is None:
        return rules.NoSuchCode()
    waiting = queries.waiting(cohort)
    for held in waiting:
        if (actor.person_id is not None and held.person_id == actor.person_id) or (details and held.details == details):
            return held
    if len(waiting) >= rules.MOST_WAITING:
        return rules.TooManyWaiting()
    made = JoinRequest(
        uid=str(uuid.uuid4()),
        cohort_id=cohort.id,
        person_id=actor.person_id,
        details=details,
        state=JoinState.PENDING,
        address=address,
        at=now,
    )
    db.session.add(made)
    record(actor.account_id, "cohort.asked_to_join", cohort)
    return made


@transactional
def accept(
    actor: Actor, wish: JoinRequest, *, person: Person | None = None, organisation: Organisation | None = None
) -> Enrolment:
    """Take somebody in who asked: as the `person` they are found to be, or written down anew; then they are enrolled.
    Those who teach the cohort decide.
    """
    cohort = _decide(actor, wish, JoinState.ACCEPTED)
    if wish.person_id is not None:
        who = person_queries.standing_for(db.session.get_one(Person, wish.person_id))
    elif person is not None:
        if not allows(actor, Permission.SEE_PEOPLE, person_queries.scopes_of([person.id])[person.id]):
            raise rules.NotAmongThem
        who = person
    else:
        details = PersonDetails(
            wish.details["given_names"],
            wish.details["family_names"],
            sex=Sex(wish.details.get("sex") or Sex.NOT_STATED),
            born=_born(wish),
            region=cohort.region,
            place=wish.details["place"],
        )
        who = persons.put_person(actor, details, organisation)
    if number := wish.details.get("phone"):
        _keep_number(actor, who, number, known=person is not None)
    _keep_consent(actor, who, wish)
    day = max(cohort.starts_on, clock.now().date())
    made = cohorts.put_on_list(actor, cohort, who, day, organisation=organisation, source="code")
    wish.person_id, wish.details, wish.address = who.id, {}, ""
    return made


def _keep_number(actor: Actor, who: Person, number: str, *, known: bool) -> None:
    """Keep the telephone that was given at the door. What somebody `known` has already stays as it is; and a number
    that others have too does not become theirs alone, so that nobody reads what is written to them.
    """
    digits = account_rules.phone_digits(number)
    held = duplicates.phones([who.id]).get(who.id, frozenset())
    if number in held or (digits is not None and any(account_rules.same_phone(one, digits) for one in held)):
        return
    own = not known or not queries.is_anothers(number, who)
    persons.put_contact(actor, who, ContactKind.PHONE, number, own=own)


def _born(wish: JoinRequest) -> Born:
    age = wish.details.get("age")
    return Born() if age is None else Born(age=age, age_on=wish.at.date())


def _keep_consent(actor: Actor, who: Person, wish: JoinRequest) -> None:
    """Keep what was ticked when they asked. For somebody who turns out to be under age only a guardian's tick holds."""
    version, guardian = wish.details.get("consent", ""), wish.details.get("guardian", "")
    day = wish.at.date()
    age = person_rules.age_on(person_queries.born(who), day)
    if not version or (age is not None and age < person_rules.OF_AGE and not guardian):
        return
    consents.put_agreement(
        actor, who, ConsentPurpose.TRAINING_RECORD, ConsentHow.TICK, language=wish.details["language"], on=day,
        version=version, guardian=guardian, guardian_tie=wish.details.get("guardian_tie", ""),
    )  # fmt: skip


@transactional
def decline(actor: Actor, wish: JoinRequest) -> None:
    """Turn somebody down who asked; what they told of themselves is not kept."""
    _decide(actor, wish, JoinState.DECLINED)
    wish.details, wish.address = {}, ""


def _decide(actor: Actor, wish: JoinRequest, state: JoinState) -> Cohort:
    cohort = db.session.get(Cohort, wish.cohort_id)
    if cohort is None:
        raise NotAllowed
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    db.session.refresh(wish, with_for_update=True)
    if wish.state is not JoinState.PENDING:
        raise rules.Decided
    wish.state, wish.decided_at, wish.decided_by_id = state, clock.now(), actor.account_id
    record(actor.account_id, f"cohort.wish_{state.value}", cohort, wish=wish.id)
    return cohort


def _told(wish: Wish) -> dict[str, Any]:
    """A wish as it is kept until it is answered; raises what is wrong with it."""
    checked = Wish(
        person_rules.name(wish.given_names),
        person_rules.name(wish.family_names, needed=False),
        person_rules.contact(ContactKind.PHONE, wish.phone) if wish.phone.strip() else "",
        person_rules.line(wish.organisation),
        person_rules.line(wish.place),
        wish.sex,
        wish.age,
        wish.consent,
        wish.language if wish.language in ("es", "en") else "es",
        person_rules.name(wish.guardian, needed=False),
        person_rules.line(wish.guardian_tie),
    )
    if not checked.phone and not checked.place:
        raise rules.NeedsTelephoneOrPlace
    if checked.sex and checked.sex not in set(Sex):
        raise rules.OddSex
    if checked.age is not None:
        today = clock.now().date()
        person_rules.check_born(Born(age=checked.age, age_on=today), today)
    person_rules.check_guardian(checked.age, checked.guardian)
    if checked.consent != consent_texts.newest(ConsentPurpose.TRAINING_RECORD).version:
        raise rules.NeedsConsent
    return asdict(checked)
