"""From a needs diagnosis to what is done about it: limitations found, lines of action, and the activities of each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class Diagnosis(Base):
    """A needs diagnosis with one group; `how` is the method, in the words of those who did it."""

    __tablename__ = "diagnosis"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    place: Mapped[str]
    how: Mapped[str]
    on_date: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class Limitation(Base):
    """Something that a diagnosis found to hold the group back."""

    __tablename__ = "limitation"
    __table_args__ = (UniqueConstraint("diagnosis_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    diagnosis_id: Mapped[int] = mapped_column(ForeignKey("diagnosis.id"))
    position: Mapped[int]
    text: Mapped[str]


class LineOfAction(Base):
    """What a programme sets out to do about limitations; its activities are its training plan."""

    __tablename__ = "line_of_action"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    name: Mapped[str]
    purpose: Mapped[str]


class LimitationLine(Base):
    """A line of action answers a limitation."""

    __tablename__ = "limitation_line"
    __table_args__ = (UniqueConstraint("limitation_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    limitation_id: Mapped[int] = mapped_column(ForeignKey("limitation.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("line_of_action.id"), index=True)


class ActivityLine(Base):
    """An activity belongs to a line of action."""

    __tablename__ = "activity_line"
    __table_args__ = (UniqueConstraint("activity_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("line_of_action.id"), index=True)
