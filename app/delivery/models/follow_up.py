"""Seeking out those who stay away: contacts, what was agreed with whom, what came of it. All of it is appended."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import ContactWay, Outcome
from app.infra.db import Base, enum_column


class FollowUpContact(Base):
    """A try to reach an enrolled person; `reached` is whether they, or somebody who could speak for them, answered.

    `reason` is the coded reason heard there, empty where none was. Its `uid` may come from a phone.
    """

    __tablename__ = "follow_up_contact"
    __table_args__ = (Index(None, "enrolment_id", "on_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    way: Mapped[ContactWay] = mapped_column(enum_column(ContactWay))
    reached: Mapped[bool]
    on_date: Mapped[date]
    reason: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class Intervention(Base):
    """What was agreed so that somebody stays: who sees to it (a person), by when."""

    __tablename__ = "intervention"
    __table_args__ = (Index(None, "owner_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up_contact.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agreed: Mapped[str]
    opened_on: Mapped[date]
    due_on: Mapped[date]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class InterventionResult(Base):
    """What somebody says came of an intervention; the newest holds, and any result closes it."""

    __tablename__ = "intervention_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(ForeignKey("intervention.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    on_date: Mapped[date]
    note: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class VerifiedDesertion(Base):
    """The contact by which we know that somebody has left for good; a desertion without one is unverified."""

    __tablename__ = "verified_desertion"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("follow_up_contact.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class LeavingProposal(Base):
    """Somebody who teaches says that a person has left for good; those who run the cohort decide. Settled, it stays."""

    __tablename__ = "leaving_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    reason: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
