"""Lists of people that were brought in from a file, and people who asked to join with a cohort's code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import JoinState
from app.infra.db import Base, enum_column


class RosterImport(Base):
    """One file that was brought into a cohort. What it did is in its changes, so that it can be undone."""

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    file_name: Mapped[str]
    digest: Mapped[str]
    counts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class RosterChange(Base):
    """One thing that a row of a file made or changed. The ids are no foreign keys: what was made may be taken back."""

    __tablename__ = "roster_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    line: Mapped[int]
    kind: Mapped[str]
    person_ref: Mapped[int] = mapped_column(index=True)
    thing_ref: Mapped[int | None]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class JoinRequest(Base):
    """Somebody asks to join a cohort with its code; a trainer accepts or declines. `details` go when it is decided."""

    __tablename__ = "join_request"
    __table_args__ = (Index(None, "cohort_id", "state"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    details: Mapped[dict[str, Any]]
    state: Mapped[JoinState] = mapped_column(enum_column(JoinState))
    address: Mapped[str]
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
