"""The phones that answer in a workshop without an account, and who tried to join.

A phone is known by the fingerprint of a secret that it keeps. Which numbers it answers for stands with the people on
the list; what it answered stands with their sheets.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class Phone(Base):
    """A phone that joined a workshop as its `number`-th; `most` people may answer on it, none once it is shut out.

    The network address is kept while the workshop runs, to slow down who comes with many phones at once.
    """

    __tablename__ = "workshop_phone"
    __table_args__ = (UniqueConstraint("workshop_id", "key"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    number: Mapped[int]
    key: Mapped[str]
    most: Mapped[int]
    address: Mapped[str]
    at: Mapped[datetime]
    shut_at: Mapped[datetime | None]


class JoinAttempt(Base):
    """One try to answer without a name, kept to slow down guessing of codes."""

    __tablename__ = "join_attempt"
    __table_args__ = (Index(None, "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    address: Mapped[str]
    at: Mapped[datetime]
    succeeded: Mapped[bool]
