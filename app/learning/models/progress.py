"""What was read, and who was found to have completed a cohort. How far somebody is, is worked out from facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import Source
from app.infra.db import Base, enum_column


class UnitReading(Base):
    """A person read a unit of a release, in a language: an event. The unit's uid is the same in all of them."""

    __tablename__ = "unit_reading"
    __table_args__ = (UniqueConstraint("person_id", "unit_uid", "release_id", "language"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    unit_uid: Mapped[str]
    language: Mapped[str]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    source: Mapped[Source] = mapped_column(enum_column(Source))


class CompletionDecision(Base):
    """Somebody decided whether an enrolment is completed; `figures` are those that lay before them then."""

    __tablename__ = "completion_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    completed: Mapped[bool]
    proposed: Mapped[bool]
    figures: Mapped[dict[str, Any]]
    note: Mapped[str]
    on_date: Mapped[date]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
