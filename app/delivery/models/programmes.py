"""Programmes: who pays, who takes part, what is aimed at. What happens in them is in the other modules."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import ProgrammeRole
from app.infra.db import Base, enum_column


class Programme(Base):
    """A project with dates and donors. `youth_until` is the last age that counts as young; years start in a month."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    purpose: Mapped[str]
    region: Mapped[str]
    languages: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    youth_until: Mapped[int] = mapped_column(default=29)
    year_starts_in: Mapped[int] = mapped_column(default=1)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    closed_on: Mapped[date | None]


class ProgrammeOrganisation(Base):
    """An organisation has a role in a programme, from a day on and, where it left, up to one."""

    __tablename__ = "programme_organisation"
    __table_args__ = (UniqueConstraint("programme_id", "organisation_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[ProgrammeRole] = mapped_column(enum_column(ProgrammeRole))
    since: Mapped[date | None]
    until: Mapped[date | None]


class TrainingArea(Base):
    """What a programme trains in, e.g. access to finance."""

    __tablename__ = "training_area"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    name: Mapped[str]


class ProgrammeTarget(Base):
    """How many of an indicator a programme promised, in all or in one training area, by a day."""

    __tablename__ = "programme_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("training_area.id"), index=True)
    indicator: Mapped[str]
    value: Mapped[int]
    by: Mapped[date | None]
    note: Mapped[str]
