"""Preparing messages to people of a cohort, sending those that are e-mail, and noting what was sent from a phone.

Each message is one person's: nobody sees another's address. Only those get one whose consent stands, when it is
prepared and again when it is sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from app.core.errors import N_, Refused
from app.delivery.kinds import MessageState, MessageWay
from app.delivery.models import Cohort, Enrolment, Message
from app.delivery.queries import messages as queries
from app.delivery.queries import scopes
from app.delivery.queries.messages import Reader
from app.delivery.rules import messages as rules
from app.infra import clock, jobs, mail
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import consent_texts
from app.people.actions import consents as agreeing
from app.people.kinds import ConsentHow, ConsentPurpose
from app.people.models import Consent, Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import consents
from app.people.rules.consents import Deed, agreed

JOB = "message"
RETRY_SECONDS = (60, 600, 3_600, 21_600)
Parts = Callable[[Reader, str], Mapping[str, str]]


class NoReaders(Refused):
    text = N_("Nobody was chosen who agreed to messages and can be reached that way.")
    status = 422


class NoNextSession(Refused):
    text = N_("No session is planned, so there is nothing to remind of. Plan the next one first.")
    status = 422


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said when the text was read to them: how they agreed, or None for a no; who spoke for a child."""

    how: ConsentHow | None
    language: str
    version: str
    guardian: str = ""
    guardian_tie: str = ""


class SentAlready(Refused):
    text = N_("This message has been sent already.")


@transactional
def prepare(
    actor: Actor, cohort: Cohort, kind: str, way: MessageWay, enrolments: Collection[int], parts: Parts, otherwise: str
) -> list[Message]:
    """Write a message for each of these people, in their language (`otherwise` the sender's); e-mail leaves by itself.

    `parts` says what is filled into the text for somebody in a language. Whoever has not agreed, or cannot be reached
    this way, is passed over.
    """
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    if way is MessageWay.EMAIL and not mail.is_set_up():
        raise mail.NoMailServer
    today = clock.now().date()
    planned = queries.next_session(cohort, today)
    if kind == queries.REMINDER and planned is None:
        raise NoNextSession
    text = "missed_without_date" if kind == queries.MISSED and planned is None else kind
    made = [
        _message(actor, cohort, text, way, one, parts, otherwise)
        for one in queries.readers(cohort, kind, today)
        if one.enrolment_id in enrolments and one.agreed and way in one.addresses
    ]
    if not made:
        raise NoReaders
    db.session.add_all(made)
    db.session.flush()
    record(actor.account_id, "cohort.messages", cohort, kind=kind, way=way, people=len(made))
    if way is MessageWay.EMAIL:
        for one in made:
            jobs.start(actor.account_id, JOB, message=one.id)
    return made


def _message(
    actor: Actor, cohort: Cohort, text: str, way: MessageWay, one: Reader, parts: Parts, otherwise: str
) -> Message:  # fmt: skip
    code = rules.language_for(one.language, otherwise)
    told = {"name": one.called, "sender": actor.name, "cohort": cohort.name, **parts(one, code)}
    words = rules.filled(text, code, **told)
    is_mail = way is MessageWay.EMAIL
    return Message(
        uid=str(uuid.uuid4()),
        cohort_id=cohort.id,
        enrolment_id=one.enrolment_id,
        person_id=one.person_id,
        kind=text,
        way=way,
        language=code,
        subject=rules.subject(text, code, **told) if is_mail else "",
        text=f"{words}\n\n-- \n{rules.filled('stop', code)}\n" if is_mail else words,
        address=one.addresses[way],
        state=MessageState.QUEUED if is_mail else MessageState.PREPARED,
        prepared_at=clock.now(),
        account_id=actor.account_id,
    )


@transactional
def say_sent(actor: Actor, message: Message) -> None:
    """Note that somebody sent a prepared message from their own phone."""
    check(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, message.cohort_id)))
    if message.state is not MessageState.PREPARED:
        raise SentAlready
    message.state, message.sent_at, message.sent_by_id = MessageState.SENT, clock.now(), actor.account_id
    record(actor.account_id, "message.sent", message, way=message.way)


@transactional
def drop(actor: Actor, message: Message) -> None:
    """Say that a prepared message will not be sent; it stays on the log as not sent."""
    check(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, message.cohort_id)))
    if message.state is not MessageState.PREPARED:
        raise SentAlready
    message.state, message.problem = MessageState.FAILED, "dropped"
    record(actor.account_id, "message.dropped", message)


@transactional
def stop(actor: Actor, enrolment: Enrolment, on: date) -> None:
    """Keep that somebody wants no more calls and messages: their consent is withdrawn, nothing prepared is sent."""
    check(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, enrolment.cohort_id)))
    _stop(actor, enrolment, on)


@transactional
def note_answer(actor: Actor, enrolment: Enrolment, said: Answered, on: date) -> None:
    """Keep what somebody said about calls and messages when they were asked; what they said later than that stands.

    A no of somebody who never agreed is kept as a consent that ended on the day it began: it held on no day, and they
    have been asked.
    """
    check(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, enrolment.cohort_id)))
    given = consents.given([enrolment.person_id])[enrolment.person_id]
    mine = [one for one in given if one.purpose is ConsentPurpose.MESSAGES]
    holds = agreed(mine, ConsentPurpose.MESSAGES, on)
    if said.how is not None and not holds:
        person = db.session.get_one(Person, enrolment.person_id)
        made = agreeing.put_agreement(
            actor, person, ConsentPurpose.MESSAGES, said.how, language=said.language, on=on, version=said.version,
            guardian=said.guardian, guardian_tie=said.guardian_tie,
        )  # fmt: skip
        later = [one.withdrawn_on for one in mine if one.withdrawn_on is not None and one.withdrawn_on > on]
        made.withdrawn_on = min(later, default=None)
    elif said.how is None and holds:
        _stop(actor, enrolment, on)
    elif said.how is None and not any(one.on <= on for one in mine):
        _keep_no(actor, enrolment, said, on)


def _keep_no(actor: Actor, enrolment: Enrolment, said: Answered, on: date) -> None:
    text = consent_texts.find(ConsentPurpose.MESSAGES, said.version)
    text.text(said.language)
    made = Consent(
        person_id=enrolment.person_id,
        purpose=ConsentPurpose.MESSAGES,
        text_version=text.version,
        language=said.language,
        how=ConsentHow.VOICE,
        guardian_name="",
        guardian_tie="",
        given_on=on,
        withdrawn_on=on,
        recorded_at=clock.now(),
        recorded_by_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "enrolment.messages_stopped", enrolment)


def _stop(actor: Actor, enrolment: Enrolment, on: date) -> None:
    db.session.execute(
        update(Consent)
        .where(
            Consent.person_id == enrolment.person_id,
            Consent.purpose == ConsentPurpose.MESSAGES,
            Consent.given_on <= on,
            Consent.withdrawn_on.is_(None),
        )
        .values(withdrawn_on=on)
    )
    db.session.execute(
        update(Message)
        .where(
            Message.person_id == enrolment.person_id,
            Message.state.in_((MessageState.PREPARED, MessageState.QUEUED)),
        )
        .values(state=MessageState.FAILED, problem="consent")
    )
    record(actor.account_id, "enrolment.messages_stopped", enrolment)


@jobs.job(JOB)
def send(job_id: int, message: int) -> None:
    """Send one e-mail; a server that cannot be reached is tried again after a minute, ten, an hour and six."""
    if (told := _to_send(message)) is None:
        jobs.finish(job_id)
        return
    try:
        mail.send(*told)
    except mail.MailLater as later:
        _again(message, str(later))
    except Refused as refused:
        _ended(message, MessageState.FAILED, str(refused))
    else:
        _ended(message, MessageState.SENT, "")
    jobs.finish(job_id)


@transactional
def _to_send(message_id: int) -> tuple[str, str, str] | None:
    """Address, subject and text of a message that may still be sent; whoever took their consent back gets none."""
    held = db.session.scalar(select(Message).where(Message.id == message_id).with_for_update())
    if held is None or held.state is not MessageState.QUEUED:
        return None
    if held.person_id not in consents.who_allow([held.person_id], Deed.SEND_MESSAGE, clock.now().date()):
        held.state, held.problem = MessageState.FAILED, "consent"
        return None
    held.tries += 1
    return held.address, held.subject, held.text


@transactional
def _again(message_id: int, why: str) -> None:
    held = db.session.get_one(Message, message_id)
    held.problem = why
    if held.tries > len(RETRY_SECONDS):
        held.state = MessageState.FAILED
        return
    jobs.start(held.account_id, JOB, after_seconds=RETRY_SECONDS[held.tries - 1], message=message_id)


@transactional
def _ended(message_id: int, state: MessageState, why: str) -> None:
    held = db.session.get_one(Message, message_id)
    held.state, held.problem = state, why
    if state is MessageState.SENT:
        held.sent_at = clock.now()
