"""Writing down what trainees promise to teach. Who teaches a cohort is said in actions/cohorts.py."""

from __future__ import annotations

from datetime import date

from app.core.errors import N_, Refused
from app.delivery.models import Cohort, Commitment, Enrolment
from app.delivery.queries import scopes
from app.delivery.rules.cohorts import EndsBeforeStart
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import line

MOST_COHORTS, MOST_PEOPLE = 200, 10_000


class OddPromise(Refused):
    text = N_("A promise names from 1 to %(cohorts)s groups and from 1 to %(people)s people.")
    status = 422


@transactional
def promise(
    actor: Actor, enrolment: Enrolment, *, cohorts: int, people: int, by: date, note: str = ""
) -> Commitment:  # fmt: skip
    """Keep how many groups and people somebody enrolled here wants to teach, by when; promises add up."""
    check(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, enrolment.cohort_id)))
    if not (1 <= cohorts <= MOST_COHORTS and 1 <= people <= MOST_PEOPLE):
        raise OddPromise(cohorts=MOST_COHORTS, people=MOST_PEOPLE)
    today = clock.now().date()
    if by < enrolment.enrolled_on:
        raise EndsBeforeStart
    made = Commitment(
        enrolment_id=enrolment.id, cohorts=cohorts, people=people, by=by, made_on=today, note=line(note)
    )  # fmt: skip
    db.session.add(made)
    record(actor.account_id, "enrolment.promised", enrolment, cohorts=cohorts, people=people)
    return made
