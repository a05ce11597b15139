"""Reading proposals that somebody has left; unchecked: the cohort is asked before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.delivery.models import Cohort, Enrolment, LeavingProposal
from app.infra.db import db
from app.people.models import Account, Person


@dataclass(frozen=True, slots=True)
class Proposed:
    """An open proposal, whom it is about and who made it."""

    held: LeavingProposal
    enrolment_id: int
    person: str
    by: str


def of(enrolment: Enrolment) -> LeavingProposal | None:
    """The open proposal about an enrolment."""
    return db.session.scalar(
        select(LeavingProposal)
        .where(LeavingProposal.enrolment_id == enrolment.id, LeavingProposal.settled_at.is_(None))
        .order_by(LeavingProposal.id.desc())
        .limit(1)
    )


def open_in(cohort: Cohort) -> list[Proposed]:
    """The open proposals of a cohort, oldest first."""
    rows = db.session.execute(
        select(LeavingProposal, Person, Account.name)
        .join(Enrolment, Enrolment.id == LeavingProposal.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Account, Account.id == LeavingProposal.account_id)
        .where(Enrolment.cohort_id == cohort.id, LeavingProposal.settled_at.is_(None))
        .order_by(LeavingProposal.id)
    )
    return [Proposed(held, held.enrolment_id, person.name, name or "") for held, person, name in rows]
