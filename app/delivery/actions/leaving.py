"""Proposing that somebody has left for good: those who teach say so, those who run the cohort decide."""

from __future__ import annotations

from app.delivery.models import Cohort, Enrolment, LeavingProposal
from app.delivery.queries import leaving, scopes
from app.delivery.rules import follow_up as rules
from app.delivery.rules.cohorts import OPEN, REASONS, NeedsReason, NotAfterThat
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check


@transactional
def propose(actor: Actor, enrolment: Enrolment, reason: str, *, note: str = "") -> LeavingProposal:
    """Keep that a trainer holds somebody to have left; one open proposal is enough, a second changes nothing."""
    check(actor, Permission.TEACH, _scope(enrolment))
    if enrolment.state not in OPEN:
        raise NotAfterThat
    if reason not in REASONS:
        raise NeedsReason
    held = leaving.of(enrolment)
    if held is not None:
        return held
    made = LeavingProposal(
        enrolment_id=enrolment.id,
        reason=reason,
        note=rules.note(note),
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "enrolment.leaving_proposed", enrolment, reason=reason)
    return made


@transactional
def set_aside(actor: Actor, enrolment: Enrolment) -> None:
    """Say that somebody has not left, although it was proposed."""
    check(actor, Permission.RUN_COHORT, _scope(enrolment))
    settle(actor, enrolment)
    record(actor.account_id, "enrolment.leaving_set_aside", enrolment)


def settle(actor: Actor, enrolment: Enrolment) -> None:
    """Close an open proposal within an action that decided it; whatever ends an enrolment does."""
    held = leaving.of(enrolment)
    if held is not None:
        held.settled_at, held.settled_by_id = clock.now(), actor.account_id


def _scope(enrolment: Enrolment) -> Scope:
    return scopes.of_cohort(db.session.get_one(Cohort, enrolment.cohort_id))
