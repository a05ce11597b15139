"""Observations of trainers at work. The rubric is data (data/rubric.toml); what follows from scores is a rule."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class TrainerObservation(Base):
    """Somebody watched a trainer teach and scored each criterion of a rubric; appended, never changed.

    `solo` is whether the trainer taught alone. `rubric` names the version whose criteria are scored.
    """

    __tablename__ = "trainer_observation"
    __table_args__ = (Index(None, "person_id", "on_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("cohort_session.id"), index=True)
    on_date: Mapped[date]
    solo: Mapped[bool]
    rubric: Mapped[str]
    scores: Mapped[dict[str, Any]]
    note: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
