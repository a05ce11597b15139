"""Milestones that organisations reach in a programme's training areas, planned and with evidence."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class Milestone(Base):
    """A step in a training area that organisations take; `wanted` is how many of them are to reach it, by a day."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("training_area.id"), index=True)
    name: Mapped[str]
    wanted: Mapped[int | None]
    by: Mapped[date | None]


class OrganisationMilestone(Base):
    """When an organisation plans to reach a milestone, when it did, and what shows it."""

    __tablename__ = "organisation_milestone"
    __table_args__ = (UniqueConstraint("milestone_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    planned_for: Mapped[date | None]
    reached_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
