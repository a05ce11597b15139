"""Scoring a trainer who was watched at work. What a score means for a licence is rules/licences.py's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from app.delivery.models import Cohort, CohortSession, TrainerObservation
from app.delivery.queries import cohorts, scopes
from app.delivery.rules import observing as rules
from app.delivery.rules import programmes
from app.delivery.rules.sessions import NotInFuture
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Person
from app.people.permissions import Actor, Permission, check


@transactional
def observe(
    actor: Actor, cohort: Cohort, trainer: Person, scores: Mapping[str, int],
    *, on: date, solo: bool, session: CohortSession | None = None, note: str = "", rubric: str | None = None,
) -> TrainerObservation:  # fmt: skip
    """Keep how somebody taught a cohort, by the rubric; only observers do so, and nobody of themselves."""
    check(actor, Permission.OBSERVE_TRAINER, scopes.of_cohort(cohort))
    if actor.person_id == trainer.id:
        raise rules.ObservesSelf
    if cohorts.trainer(cohort, trainer) is None:
        raise rules.DoesNotTeach(name=trainer.name)
    if session is not None and session.cohort_id != cohort.id:
        raise rules.NotOfThisCohort
    if on > clock.now().date():
        raise NotInFuture
    held = rules.rubric(rubric) if rubric is not None else rules.current()
    rules.check_scores(held, scores)
    made = TrainerObservation(
        uid=str(uuid.uuid4()),
        person_id=trainer.id,
        cohort_id=cohort.id,
        session_id=session.id if session else None,
        on_date=on,
        solo=solo,
        rubric=held.version,
        scores=dict(scores),
        note=programmes.purpose(note),
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "trainer.observed", made, person=trainer.id, cohort=cohort.id)
    return made
