"""What the pages on keeping people show together: agreements with their owners and days, and one person's story.

Unchecked beyond the selection it is given; who is at risk is risk.py's, contacts and agreements are follow_up.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select

from app.delivery.models import (
    Cohort,
    CohortTrainer,
    Enrolment,
    EnrolmentChange,
    Intervention,
    InterventionResult,
    Programme,
)
from app.delivery.rules.cohorts import OPEN
from app.delivery.rules.follow_up import Since
from app.infra.db import db
from app.people.models import Account, Organisation, Person
from app.people.permissions import Actor, Permission
from app.people.queries import persons

from . import follow_up, scopes
from .follow_up import Chosen


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something agreed with somebody: whose it is, how it went, and how the sessions after it went.

    `days_late` is how many days ago it was due while nobody has told the result; 0 where it is not late.
    """

    held: Intervention
    person: str
    slug: str
    owner: str
    result: InterventionResult | None
    since: tuple[Since, ...]
    days_late: int

    @property
    def asks_result(self) -> bool:
        """Whether nobody has told what came of it and the first fortnight is over, or the day it was due is past."""
        return self.result is None and (self.days_late > 0 or any(one.is_over for one in self.since[:1]))


def agreements(chosen: Chosen, today: date) -> list[Agreement]:
    """Everything agreed with these people: the open ones by the day they are due, then the ended ones, newest first."""
    rows = follow_up.interventions(chosen, today)
    people = persons.by_ids(sorted({one.owner_id for one, _, _ in rows}))
    of = {
        id_: (f"{given} {family}".strip(), slug)
        for id_, given, family, slug in db.session.execute(
            select(Enrolment.id, Person.given_names, Person.family_names, Cohort.slug)
            .join(Person, Person.id == Enrolment.person_id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .where(Enrolment.id.in_(chosen), Enrolment.id.in_(select(Intervention.enrolment_id)))
        )
    }
    made = [
        Agreement(
            held=one,
            person=of[one.enrolment_id][0],
            slug=of[one.enrolment_id][1],
            owner=people[one.owner_id].name,
            result=result,
            since=since,
            days_late=max((today - one.due_on).days, 0) if result is None else 0,
        )
        for one, result, since in rows
    ]
    return sorted((one for one in made if one.result is None), key=lambda one: (one.held.due_on, one.held.id)) + [
        one for one in made if one.result is not None
    ]


def changes(enrolment: Enrolment) -> Sequence[EnrolmentChange]:
    """How an enrolment went on, newest first."""
    return db.session.scalars(
        select(EnrolmentChange)
        .where(EnrolmentChange.enrolment_id == enrolment.id)
        .order_by(EnrolmentChange.on_date.desc(), EnrolmentChange.id.desc())
    ).all()


def owners(cohort: Cohort, also: int | None) -> list[Person]:
    """Who may see to something: those who teach the cohort now, and the person who asks."""
    teaching = select(CohortTrainer.person_id).where(
        CohortTrainer.cohort_id == cohort.id, CohortTrainer.until.is_(None)
    )
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_(teaching) | (Person.id == also))
            .order_by(Person.given_names, Person.family_names, Person.id)
        )
    )


def names_of_accounts(ids: Iterable[int | None]) -> dict[int, str]:
    """What the accounts that wrote something down are called."""
    wanted = sorted({one for one in ids if one is not None})
    return dict(db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted))).all())


def cohorts_of(actor: Actor, programme: Programme) -> Sequence[Row[int, str, str]]:
    """Id, short name and name of the cohorts of a programme whose people the actor sees, by name."""
    return db.session.execute(
        select(Cohort.id, Cohort.slug, Cohort.name)
        .where(Cohort.programme_id == programme.id, scopes.cohorts_visible(actor, Permission.SEE_PEOPLE))
        .order_by(Cohort.name, Cohort.id)
    ).all()


def number_open(chosen: Chosen) -> int:
    """How many of these enrolments have not ended."""
    counted = select(func.count(Enrolment.id)).where(Enrolment.id.in_(chosen), Enrolment.state.in_(OPEN))
    return db.session.scalar(counted) or 0


@dataclass(frozen=True, slots=True)
class Named:
    """An enrolment with its person, the organisation that sent them, and the enrolment by which they came back."""

    person: Person
    sent_by: Organisation | None
    later: int | None


def named(enrolment: Enrolment) -> Named:
    """Who an enrolment is about."""
    sent_by = db.session.get(Organisation, enrolment.organisation_id) if enrolment.organisation_id else None
    later = db.session.scalar(select(Enrolment.id).where(Enrolment.previous_id == enrolment.id))
    return Named(db.session.get_one(Person, enrolment.person_id), sent_by, later)
