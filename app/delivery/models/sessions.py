"""Sessions: what is planned, what was held, what was taught of which release. Attendance is in attendance.py."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import Extent, Mode, SessionState, Source
from app.infra.db import Base, enum_column


class CohortSession(Base):
    """A meeting of a cohort: as planned, and, once somebody reports it, as it was. `uid` may come from a phone.

    A moved one names its `follow_up`; nothing is deleted.
    """

    __tablename__ = "cohort_session"
    __table_args__ = (UniqueConstraint("cohort_id", "number"), Index(None, "cohort_id", "planned_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    number: Mapped[int]
    title: Mapped[str]
    planned_on: Mapped[date]
    starts_at: Mapped[time | None]
    planned_minutes: Mapped[int]
    place: Mapped[str]
    mode: Mapped[Mode] = mapped_column(enum_column(Mode))
    state: Mapped[SessionState] = mapped_column(enum_column(SessionState))
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    held_on: Mapped[date | None]
    held_minutes: Mapped[int | None]
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("cohort_session.id"), index=True)
    occurred_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class SessionReport(Base):
    """How somebody says a session was. Reports are kept; what stands in the session is computed from all of them.

    None, or an empty text, says nothing and overwrites nothing. `batch_id` tells by how much a phone's clock was off.
    """

    __tablename__ = "session_report"

    uid: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"), index=True)
    state: Mapped[SessionState] = mapped_column(enum_column(SessionState))
    held_on: Mapped[date | None]
    minutes: Mapped[int | None]
    reason: Mapped[str]
    note: Mapped[str]
    place: Mapped[str]
    mode: Mapped[Mode | None] = mapped_column(enum_column(Mode))
    taught: Mapped[list[Any] | None]
    trainers: Mapped[list[Any] | None]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    source: Mapped[Source] = mapped_column(enum_column(Source))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("sync_batch.id"), index=True)
    digest: Mapped[str] = mapped_column(default="", server_default="")


class SessionUnit(Base):
    """A unit that a session is for; once held: how much of it was taught, of which release, and what was changed."""

    __tablename__ = "session_unit"
    __table_args__ = (UniqueConstraint("session_id", "unit_uid"), Index(None, "release_id", "unit_uid"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"))
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    unit_uid: Mapped[str]
    position: Mapped[int]
    extent: Mapped[Extent | None] = mapped_column(enum_column(Extent))
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    block_uid: Mapped[str | None]


class SessionTrainer(Base):
    """Who taught a session."""

    __tablename__ = "session_trainer"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class FieldNote(Base):
    """What was changed of a unit in a session, as the finding that its designers read; the words as last handed on."""

    __tablename__ = "field_note"
    __table_args__ = (UniqueConstraint("session_id", "unit_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"))
    unit_uid: Mapped[str]
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    words: Mapped[str]
