"""Who did what to which thing, written in the same transaction as the deed. Nothing here is ever updated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, insert
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base, db


class AuditEntry(Base):
    """One deed. `account_id` is None for the command line and for visitors."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    details: Mapped[dict[str, Any]]


def record(account_id: int | None, action: str, subject: Any, **details: Any) -> None:
    """Note a deed on a model instance or on a table's name, e.g. `record(account_id, "edition.forked", edition)`."""
    kind = subject if isinstance(subject, str) else str(subject.__tablename__)
    if not isinstance(subject, str):
        db.session.flush()
    db.session.add(
        AuditEntry(
            at=clock.now(),
            account_id=account_id,
            action=action,
            subject_kind=kind,
            subject_id="" if isinstance(subject, str) else str(subject.id),
            details=details,
        )
    )


def record_all(account_id: int | None, action: str, deeds: Sequence[tuple[Any, Mapping[str, Any]]]) -> None:
    """Note the same deed on many model instances, each with its details: two statements for any number of them."""
    db.session.flush()
    rows = [
        {
            "at": clock.now(),
            "account_id": account_id,
            "action": action,
            "subject_kind": str(subject.__tablename__),
            "subject_id": str(subject.id),
            "details": dict(details),
        }
        for subject, details in deeds
    ]
    if rows:
        db.session.execute(insert(AuditEntry), rows)
