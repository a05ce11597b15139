"""Reading cohorts: who is enrolled, who teaches, from which release. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from app.curriculum.models import Release
from app.delivery.models import Cohort, CohortRelease, CohortTrainer, Enrolment, EnrolmentChange
from app.delivery.rules.cohorts import DOUBLED, OPEN
from app.delivery.rules.retention import Change
from app.infra.db import db
from app.people.models import Person


def known(slug: str) -> bool:
    """Whether some cohort has this short name."""
    return db.session.scalar(select(Cohort.id).where(Cohort.slug == slug)) is not None


def hold(*cohorts: Cohort) -> None:
    """Let no other transaction that asks for it change these cohorts' lists until this one ends.

    Whoever needs several asks for them at once: they are held in one order, so that no two wait for each other.
    """
    ids = [cohort.id for cohort in cohorts]
    db.session.execute(select(Cohort.id).where(Cohort.id.in_(ids)).order_by(Cohort.id).with_for_update())


def not_doubled() -> ColumnElement[bool]:
    """Enrolments but those that turned out to be a second record of somebody: whatever counts people passes over them.

    They are passed over on every day, also those before the two records were joined.
    """
    return Enrolment.reason != DOUBLED


def enrolled(cohort: Cohort, person: Person) -> Enrolment | None:
    """The open enrolment of this person, None when there is none."""
    return db.session.scalar(
        select(Enrolment).where(
            Enrolment.cohort_id == cohort.id, Enrolment.person_id == person.id, Enrolment.state.in_(OPEN)
        )
    )


def last_enrolment(cohort: Cohort, person: Person) -> Enrolment | None:
    """The newest enrolment of this person here, open or ended."""
    return db.session.scalar(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.person_id == person.id, not_doubled())
        .order_by(Enrolment.id.desc())
        .limit(1)
    )


def count_open(cohort: Cohort) -> int:
    """How many are enrolled and have not ended."""
    counted = select(func.count(Enrolment.id)).where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(OPEN))
    return db.session.scalar(counted) or 0


def trainer(cohort: Cohort, person: Person) -> CohortTrainer | None:
    """This person as a trainer of the cohort, now or before."""
    return db.session.scalar(
        select(CohortTrainer).where(CohortTrainer.cohort_id == cohort.id, CohortTrainer.person_id == person.id)
    )


def releases_used(cohort: Cohort) -> Sequence[CohortRelease]:
    """The releases a cohort was taught from, oldest first."""
    return db.session.scalars(
        select(CohortRelease).where(CohortRelease.cohort_id == cohort.id).order_by(CohortRelease.id)
    ).all()


def same_edition(release_id: int, release: Release) -> bool:
    """Whether these are releases of one edition."""
    return db.session.scalar(select(Release.edition_id).where(Release.id == release_id)) == release.edition_id


def history(enrolment: Enrolment) -> Sequence[EnrolmentChange]:
    """What was written down of an enrolment's state, in the order of writing."""
    return db.session.scalars(
        select(EnrolmentChange).where(EnrolmentChange.enrolment_id == enrolment.id).order_by(EnrolmentChange.id)
    ).all()


def changes(enrolment: Enrolment) -> list[Change]:
    """The same as the rules know it."""
    return [Change(one.on_date, one.state, one.reason) for one in history(enrolment)]


def line_above(cohort: Cohort) -> set[int]:
    """The ids of a cohort and of those planned above it."""
    found: set[int] = set()
    here: Cohort | None = cohort
    while here is not None and here.id not in found:
        found.add(here.id)
        here = db.session.get(Cohort, here.parent_id) if here.parent_id is not None else None
    return found
