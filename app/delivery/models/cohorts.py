"""Cohorts, who teaches them, who is enrolled and how that ended. The cascade's true edge is `CohortTrainer`.

`Enrolment.state` is a view of the newest `EnrolmentChange`; changes are appended, never altered.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import CohortLevel, CohortState, EnrolmentState, TeachingRole
from app.infra.db import Base, enum_column


class Cohort(Base):
    """A group that is taught. `parent_id` is the cohort whose trainees teach this one; `join_code` lets people in."""

    __tablename__ = "cohort"
    __table_args__ = (Index(None, "programme_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    level: Mapped[CohortLevel] = mapped_column(enum_column(CohortLevel))
    state: Mapped[CohortState] = mapped_column(enum_column(CohortState))
    region: Mapped[str]
    place: Mapped[str]
    language: Mapped[str]
    capacity: Mapped[int | None]
    planned_learners: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    join_code: Mapped[str | None] = mapped_column(unique=True)
    completion: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class CohortRelease(Base):
    """A cohort is taught from a release, from a day on. Releases of one edition in two languages are the same one."""

    __tablename__ = "cohort_release"
    __table_args__ = (UniqueConstraint("cohort_id", "release_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]


class Enrolment(Base):
    """A person in a cohort, sent by an organisation. Coming back is a new enrolment that names the `previous` one."""

    __tablename__ = "enrolment"
    __table_args__ = (Index(None, "cohort_id", "state"), Index(None, "person_id", "cohort_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    enrolled_on: Mapped[date]
    state: Mapped[EnrolmentState] = mapped_column(enum_column(EnrolmentState))
    state_since: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    returns_on: Mapped[date | None]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    source: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class EnrolmentChange(Base):
    """Somebody's state in a cohort changed on a day, for a coded reason; who says so, and when we were told."""

    __tablename__ = "enrolment_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    state: Mapped[EnrolmentState] = mapped_column(enum_column(EnrolmentState))
    on_date: Mapped[date]
    reason: Mapped[str]
    note: Mapped[str]
    returns_on: Mapped[date | None]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class CohortTrainer(Base):
    """A person teaches a cohort; `qualified_by_id` is their own enrolment in the cohort that made them a trainer."""

    __tablename__ = "cohort_trainer"
    __table_args__ = (UniqueConstraint("cohort_id", "person_id"), Index(None, "person_id", "until"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[TeachingRole] = mapped_column(enum_column(TeachingRole))
    qualified_by_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]


class Commitment(Base):
    """How many cohorts and people somebody promised to teach, by when."""

    __tablename__ = "commitment"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    cohorts: Mapped[int]
    people: Mapped[int]
    by: Mapped[date]
    made_on: Mapped[date]
    note: Mapped[str]
