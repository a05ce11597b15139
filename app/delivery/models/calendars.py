"""The secret addresses of personal calendars, and how often a planned session was changed, which calendars ask for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class CalendarAddress(Base):
    """The address of somebody's calendar, of an account or of a learner's card. A new `stamp` ends the old address."""

    __tablename__ = "calendar_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("learner_card.id"), unique=True)
    stamp: Mapped[str]
    made_at: Mapped[datetime]


class SessionChange(Base):
    """What is planned of a session was changed; programs of calendars take the newest by the number of changes."""

    __tablename__ = "session_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("cohort_session.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
