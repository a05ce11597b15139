"""Writing down contacts, what was agreed and what came of it, and that somebody has left. Nothing is altered."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import select

from app.delivery.actions import cohorts, messages
from app.delivery.kinds import ContactWay, EnrolmentState, Outcome
from app.delivery.models import (
    Cohort,
    Enrolment,
    FollowUpContact,
    Intervention,
    InterventionResult,
    VerifiedDesertion,
)
from app.delivery.queries import follow_up as queries
from app.delivery.queries import scopes, sessions
from app.delivery.rules import follow_up as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons


@transactional
def log_contact(
    actor: Actor, enrolment: Enrolment, way: ContactWay, *, reached: bool, on: date, reason: str = "", note: str = "",
    uid: str | None = None, recorded_at: datetime | None = None, answer: messages.Answered | None = None,
) -> FollowUpContact:  # fmt: skip
    """Keep a try to reach somebody; the same `uid` with the same content is kept once, with another it is refused.

    `answer` is what they said about calls and messages when they were asked.
    """
    _check(actor, enrolment)
    now = clock.now()
    rules.check_contact(on, reason, now.date())
    if answer is not None and not reached:
        raise rules.NobodyAnswered
    said = (enrolment.id, way, reached, on, reason, rules.note(note))
    held = db.session.scalar(select(FollowUpContact).where(FollowUpContact.uid == uid)) if uid else None
    if held is not None:
        if (held.enrolment_id, held.way, held.reached, held.on_date, held.reason, held.note) != said:
            raise rules.KnownContact
        return held
    made = FollowUpContact(
        uid=uid or str(uuid.uuid4()),
        enrolment_id=enrolment.id,
        way=way,
        reached=reached,
        on_date=on,
        reason=reason,
        note=said[-1],
        recorded_at=recorded_at or now,
        received_at=now,
        account_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record(actor.account_id, "enrolment.contacted", enrolment, way=way, reached=reached)
    if answer is not None:
        messages.note_answer(actor, enrolment, answer, on)
    return made


@transactional
def agree(
    actor: Actor, enrolment: Enrolment, owner: Person, what: str, *, on: date, due: date,
    contact: FollowUpContact | None = None,
) -> Intervention:  # fmt: skip
    """Keep what was agreed so that somebody stays, who sees to it, and by when."""
    cohort = _check(actor, enrolment)
    if owner.id != actor.person_id and owner.id not in sessions.trainer_ids(cohort):
        check(actor, Permission.SEE_PEOPLE, persons.scopes_of([owner.id])[owner.id])
    if contact is not None and contact.enrolment_id != enrolment.id:
        raise rules.OthersContact
    if due < on:
        raise rules.DueBeforeStart
    made = Intervention(
        uid=str(uuid.uuid4()),
        enrolment_id=enrolment.id,
        contact_id=contact.id if contact else None,
        owner_id=owner.id,
        agreed=rules.agreed(what),
        opened_on=on,
        due_on=due,
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record(actor.account_id, "enrolment.agreed", enrolment, owner=owner.id)
    return made


@transactional
def tell_result(
    actor: Actor, intervention: Intervention, outcome: Outcome, *, on: date, note: str = ""
) -> InterventionResult:  # fmt: skip
    """Keep what came of an agreement; it is closed by that, and told again the newest holds."""
    enrolment = db.session.get_one(Enrolment, intervention.enrolment_id)
    _check(actor, enrolment)
    if on < intervention.opened_on:
        raise rules.DueBeforeStart
    made = InterventionResult(
        intervention_id=intervention.id,
        outcome=outcome,
        on_date=on,
        note=rules.note(note),
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "enrolment.agreement_ended", enrolment, outcome=outcome)
    return made


@transactional
def desert(
    actor: Actor, enrolment: Enrolment, on: date, reason: str, *, contact: FollowUpContact | None = None, note: str = ""
) -> None:
    """Keep that somebody left without a word. With the contact that showed it, it is verified."""
    cohorts.put_state(actor, enrolment, EnrolmentState.DESERTED, on, reason=reason, note=rules.note(note))
    if contact is not None:
        verify(actor, enrolment, contact)


@transactional
def verify(actor: Actor, enrolment: Enrolment, contact: FollowUpContact) -> VerifiedDesertion:
    """Name the contact by which we know that somebody who deserted is gone for good; again changes nothing."""
    _check(actor, enrolment)
    if enrolment.state is not EnrolmentState.DESERTED:
        raise rules.NotDeserted
    if contact.enrolment_id != enrolment.id:
        raise rules.OthersContact
    rules.check_verifies(contact.reached, contact.on_date, queries.last_attended(enrolment))
    held = db.session.scalar(select(VerifiedDesertion).where(VerifiedDesertion.enrolment_id == enrolment.id))
    if held is not None:
        return held
    made = VerifiedDesertion(
        enrolment_id=enrolment.id, contact_id=contact.id, at=clock.now(), account_id=actor.account_id
    )
    db.session.add(made)
    record(actor.account_id, "enrolment.desertion_verified", enrolment)
    return made


def _check(actor: Actor, enrolment: Enrolment) -> Cohort:
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    check(actor, Permission.TEACH, scopes.of_cohort(cohort))
    return cohort
