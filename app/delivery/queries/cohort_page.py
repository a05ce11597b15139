"""Reading what stands on a cohort's own page, apart from its attendance sheet. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.curriculum.models import Edition, Release
from app.curriculum.queries import editions
from app.delivery.kinds import EnrolmentState, SessionState
from app.delivery.models import Cohort, CohortRelease, CohortSession, CohortTrainer, Enrolment, Output, Programme
from app.delivery.rules.cascade_figures import Part, broken_down
from app.delivery.rules.counting import AgeGroup
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor
from app.people.rules import persons as ages
from app.people.rules.persons import Born

from . import cohorts

COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.PAUSED, EnrolmentState.COMPLETED)


@dataclass(frozen=True, slots=True)
class Taught:
    """A release that a cohort is taught from, and the newer one of its edition where there is one."""

    used: CohortRelease
    release: Release
    newer: Release | None


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a cohort, and what hangs on it."""

    programme: Programme
    host: Organisation | None
    parent: Cohort | None
    children: int
    outputs: int
    next_session: CohortSession | None
    held: int
    planned: int
    taught: tuple[Taught, ...]
    trainers: tuple[tuple[CohortTrainer, Person], ...]


@dataclass(frozen=True, slots=True)
class Makeup:
    """Who takes part or has completed, a person once; groups too small to be shown have no number."""

    people: int
    by_sex: tuple[Part, ...]
    by_age: tuple[Part, ...]
    by_organisation: tuple[Part, ...]


def head(cohort: Cohort, today: date) -> Head:
    """What stands above the attendance sheet; nine queries."""
    sessions = Counter(
        dict(
            db.session.execute(
                select(CohortSession.state, func.count())
                .where(CohortSession.cohort_id == cohort.id)
                .group_by(CohortSession.state)
            ).all()
        )
    )
    return Head(
        programme=db.session.get_one(Programme, cohort.programme_id),
        host=db.session.get(Organisation, cohort.host_id) if cohort.host_id else None,
        parent=db.session.get(Cohort, cohort.parent_id) if cohort.parent_id else None,
        children=db.session.scalar(select(func.count(Cohort.id)).where(Cohort.parent_id == cohort.id)) or 0,
        outputs=db.session.scalar(select(func.count(Output.id)).where(Output.cohort_id == cohort.id)) or 0,
        next_session=next_session(cohort, today),
        held=sessions[SessionState.HELD],
        planned=sum(sessions.values()) - sessions[SessionState.CANCELLED],
        taught=taught(cohort),
        trainers=trainers(cohort),
    )


def next_session(cohort: Cohort, today: date) -> CohortSession | None:
    """The next session that is planned from today on."""
    return db.session.scalars(
        select(CohortSession)
        .where(
            CohortSession.cohort_id == cohort.id,
            CohortSession.state == SessionState.PLANNED,
            CohortSession.planned_on >= today,
        )
        .order_by(CohortSession.planned_on, CohortSession.starts_at, CohortSession.number)
        .limit(1)
    ).first()


def taught(cohort: Cohort) -> tuple[Taught, ...]:
    """The releases a cohort is taught from now, oldest first."""
    rows = db.session.execute(
        select(CohortRelease, Release)
        .join(Release, Release.id == CohortRelease.release_id)
        .where(CohortRelease.cohort_id == cohort.id, CohortRelease.until.is_(None))
        .order_by(CohortRelease.id)
    ).all()
    newest = editions.latest_releases([release.edition_id for _, release in rows])
    return tuple(
        Taught(used, release, newer if (newer := newest[release.edition_id]).id != release.id else None)
        for used, release in rows
    )


def releases_offered(actor: Actor) -> list[Release]:
    """The newest release of each edition that the actor may read, for teaching from."""
    seen: list[Edition] = editions.visible(actor)
    newest = editions.latest_releases([one.id for one in seen])
    return [newest[one.id] for one in seen if one.id in newest and editions.may_read_release(actor, one)]


def trainers(cohort: Cohort) -> tuple[tuple[CohortTrainer, Person], ...]:
    """Those who teach a cohort now, by name."""
    rows = db.session.execute(
        select(CohortTrainer, Person)
        .join(Person, Person.id == CohortTrainer.person_id)
        .where(CohortTrainer.cohort_id == cohort.id, CohortTrainer.until.is_(None))
        .order_by(Person.family_names, Person.given_names, Person.id)
    )
    return tuple((held, person) for held, person in rows)


def standing(cohort: Cohort) -> Counter[EnrolmentState]:
    """How many enrolments stand how."""
    counted = (
        select(Enrolment.state, func.count())
        .where(Enrolment.cohort_id == cohort.id, cohorts.not_doubled())
        .group_by(Enrolment.state)
    )
    return Counter(dict(db.session.execute(counted).all()))


def makeup(cohort: Cohort, youth_until: int) -> Makeup:
    """Who a cohort is made of, with nobody to be picked out; the age is that of its first day; one query."""
    rows = db.session.execute(
        select(Person.id, Person.sex, Organisation.name, Person.birth_date, Person.birth_year, Person.age_told,
               Person.age_told_on)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Enrolment.organisation_id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(COUNTED))
        .order_by(Enrolment.id)
    )  # fmt: skip
    last = {
        id_: (sex.value, organisation or "", Born(on, year, age, told_on))
        for id_, sex, organisation, on, year, age, told_on in rows
    }
    return Makeup(
        people=len(last),
        by_sex=broken_down(Counter(sex for sex, _, _ in last.values())),
        by_age=broken_down(Counter(_age(born, youth_until, cohort.starts_on) for _, _, born in last.values())),
        by_organisation=broken_down(Counter(organisation for _, organisation, _ in last.values())),
    )


def _age(born: Born, youth_until: int, day: date) -> str:
    young = ages.is_young(ages.age_on(born, day), youth_until)
    return (AgeGroup.NOT_KNOWN if young is None else AgeGroup.YOUNG if young else AgeGroup.OLDER).value
