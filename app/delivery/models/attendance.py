"""Attendance: immutable events as they came, the marks that follow from them, and what did not fit.

`AttendanceEvent` is appended only. `AttendanceMark` is a view of the events, made anew at any time, never by a screen.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import Mark, Source
from app.infra.db import Base, enum_column


class SyncBatch(Base):
    """Events that a device sent together, as it numbered them; the same one sent twice is answered the same way."""

    __tablename__ = "sync_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    device_clock: Mapped[datetime | None]
    received_at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]


class AttendanceEvent(Base):
    """One mark as somebody made it, of an enrolled person or of a walk-in. Times: told, device's clock, ours.

    `digest` is the fingerprint of what a phone sent; empty for what was entered here.
    """

    __tablename__ = "attendance_event"
    __table_args__ = (Index(None, "session_id", "enrolment_id"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    walk_in_id: Mapped[int | None] = mapped_column(ForeignKey("walk_in.id"), index=True)
    mark: Mapped[Mark] = mapped_column(enum_column(Mark))
    minutes: Mapped[int | None]
    reason: Mapped[str]
    supersedes: Mapped[list[str]]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    source: Mapped[Source] = mapped_column(enum_column(Source))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("sync_batch.id"), index=True)
    digest: Mapped[str] = mapped_column(default="", server_default="")


class AttendanceMark(Base):
    """What holds now for a person in a session; `rivals` are other marks that stand, and a person must choose from.

    `alike` are marks that stand and say the same, as of a roll that two people took; a correction has to name them too.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (UniqueConstraint("session_id", "enrolment_id"), Index(None, "enrolment_id", "mark"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    event_uid: Mapped[str] = mapped_column(ForeignKey("attendance_event.uid"), index=True)
    mark: Mapped[Mark] = mapped_column(enum_column(Mark))
    minutes: Mapped[int | None]
    reason: Mapped[str]
    rivals: Mapped[list[str]]
    alike: Mapped[list[str]] = mapped_column(default=list, server_default="[]")

    @property
    def standing(self) -> list[str]:
        """All marks that stand, what holds first: what a correction names as seen."""
        return [self.event_uid, *self.rivals, *self.alike]


class WalkIn(Base):
    """Somebody who came without being on the list, as written down there; matched to a person later, reversibly."""

    __tablename__ = "walk_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"), index=True)
    name: Mapped[str]
    organisation: Mapped[str]
    sex: Mapped[str]
    age: Mapped[int | None]
    phone: Mapped[str]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    matched_at: Mapped[datetime | None]
    matched_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(default="", server_default="")


class Quarantined(Base):
    """What arrived and did not fit, exactly as it came, why, and what a person made of it.

    `awaits` is the uid of what it needs; when that arrives, it is taken in without anybody.
    """

    __tablename__ = "quarantined"
    __table_args__ = (Index(None, "cohort_id", "resolved_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_uid: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    payload: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str]
    awaits: Mapped[str] = mapped_column(default="", index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("sync_batch.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    received_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    resolution: Mapped[str] = mapped_column(default="")
