"""Messages to people: what was prepared for whom, by whom, and what became of it. One row is one person's message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import MessageState, MessageWay
from app.infra.db import Base, enum_column


class Message(Base):
    """A text for one person, as it was prepared: by e-mail through the server, or to be sent from somebody's own phone.

    `address` is the number or e-mail address it is for, frozen; `problem` why an e-mail could not be sent.
    """

    __tablename__ = "message"
    __table_args__ = (Index(None, "cohort_id", "prepared_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    way: Mapped[MessageWay] = mapped_column(enum_column(MessageWay))
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    address: Mapped[str]
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState))
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(default="")
    prepared_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
