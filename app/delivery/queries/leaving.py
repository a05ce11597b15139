"""Reading proposals that somebody has left; unchecked but for `to_decide`: the cohort is asked before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.delivery.models import Cohort, Enrolment, LeavingProposal, Programme
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people.models import Account, Person
from app.people.permissions import Actor, Permission

from . import scopes


@dataclass(frozen=True, slots=True)
class Proposed:
    """An open proposal, whom it is about, who made it, and the cohort it lies in."""

    held: LeavingProposal
    enrolment_id: int
    person: str
    by: str
    slug: str
    cohort: str


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
    return _open(Cohort.id == cohort.id)


def to_decide(actor: Actor, programme: Programme) -> list[Proposed]:
    """The open proposals of a programme in the cohorts that the actor runs, oldest first; one query."""
    return _open(Cohort.programme_id == programme.id, scopes.cohorts_visible(actor, Permission.RUN_COHORT))


def _open(*where: ColumnElement[bool]) -> list[Proposed]:
    """Proposals that nobody decided about people who have not left in another way."""
    rows = db.session.execute(
        select(LeavingProposal, Person, Account.name, Cohort.slug, Cohort.name)
        .join(Enrolment, Enrolment.id == LeavingProposal.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Account, Account.id == LeavingProposal.account_id)
        .where(LeavingProposal.settled_at.is_(None), Enrolment.state.in_(OPEN), *where)
        .order_by(LeavingProposal.id)
    )
    return [
        Proposed(held, held.enrolment_id, person.name, name or "", slug, cohort)
        for held, person, name, slug, cohort in rows
    ]
