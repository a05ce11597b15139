"""What finds records that may be one person: keys that look alike share, and pairs that somebody told apart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class PersonKey(Base):
    """Something that two records of one person would share; made by `rules.duplicates.keys`, made anew at any time.

    A `strong` one (a document, a telephone, all names) makes a pair by itself.
    """

    __tablename__ = "person_key"
    __table_args__ = (Index(None, "key", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str]
    strong: Mapped[bool]


class NotSamePerson(Base):
    """Somebody looked at two records and said that they are two persons; the smaller id comes first."""

    __tablename__ = "not_same_person"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
