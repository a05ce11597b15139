"""A validation workshop: its agenda, who takes part, what they answered and remarked, and how it was closed.

People's data stands in `Participant` alone and is erased there; answers and remarks point to it. A closing keeps its
results and minutes as they were; it is never changed, only followed by a reopening.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.curriculum.models import Edition, Release, Revision
from app.infra.db import Base, enum_column
from app.validation.rules.scales import Criterion, Scale


class WorkshopKind(StrEnum):
    """Who tries the edition: specialists first, then the people it is for."""

    TECHNICAL = "technical"
    POPULATION = "population"


class WorkshopState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class ItemKind(StrEnum):
    """What a line of the agenda is for."""

    OPENING = "opening"
    UNIT = "unit"
    BREAK = "break"
    ANSWERS = "answers"
    CLOSING = "closing"
    OTHER = "other"


class ParticipantRole(StrEnum):
    MEMBER = "member"
    BOARD = "board"
    YOUTH = "youth"
    TECHNICIAN = "technician"
    TRAINER = "trainer"
    OTHER = "other"


class Presence(StrEnum):
    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"


class Way(StrEnum):
    """How answers reached us."""

    PHONE = "phone"
    PAPER = "paper"


class Channel(StrEnum):
    """How an invitation goes out."""

    LETTER = "letter"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    EMAIL = "email"


class RemarkKind(StrEnum):
    WORDING = "wording"
    EXAMPLE = "example"
    FIGURE = "figure"
    LAW = "law"
    TIMING = "timing"
    IMAGE = "image"
    OTHER = "other"


class Verdict(StrEnum):
    """What was decided on a remark."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    DECLINED = "declined"
    LATER = "later"


class Workshop(Base):
    """Some people try some units of an edition as it stood at one revision.

    `token` opens the questionnaire on a phone, `code` lets somebody answer without a name. An answer of `top_from` or
    more is in the top band; a criterion passes when at least `threshold` per cent of the answers are.
    """

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    kind: Mapped[WorkshopKind] = mapped_column(enum_column(WorkshopKind))
    state: Mapped[WorkshopState] = mapped_column(enum_column(WorkshopState))
    title: Mapped[str]
    purpose: Mapped[str]
    place: Mapped[str]
    host: Mapped[str]
    facilitators: Mapped[list[str]]
    starts_on: Mapped[date]
    days: Mapped[int]
    starts_minute: Mapped[int]
    language: Mapped[str]
    scale: Mapped[Scale] = mapped_column(enum_column(Scale))
    top_from: Mapped[int]
    threshold: Mapped[int]
    token: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str]
    notes: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    revision: Mapped[Revision] = relationship(lazy="joined", innerjoin=True)
    release: Mapped[Release | None] = relationship(lazy="joined")

    @property
    def version(self) -> str:
        """What was tried, as people call it: a version, or the number of a state."""
        return self.release.version if self.release else f"r{self.revision.number}"


class AgendaItem(Base):
    """A line of the agenda; when it begins follows from those before it on the same day."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    day: Mapped[int]
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_column(ItemKind))
    unit_uid: Mapped[str | None]
    title: Mapped[str]
    minutes: Mapped[int]


class Question(Base):
    """What is asked about every unit on one criterion, by language."""

    __tablename__ = "workshop_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    criterion: Mapped[Criterion] = mapped_column(enum_column(Criterion))
    position: Mapped[int]
    texts: Mapped[dict[str, Any]]


class Participant(Base):
    """Somebody who is invited or takes part, as they told us. Erasing leaves number, sex, age group and role.

    `key` fingerprints the secret of the phone that answers for them.
    """

    __tablename__ = "workshop_participant"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    number: Mapped[int]
    name: Mapped[str]
    sex: Mapped[str]
    age: Mapped[int | None]
    birth_year: Mapped[int | None]
    age_group: Mapped[str]
    role: Mapped[ParticipantRole] = mapped_column(enum_column(ParticipantRole))
    organisation: Mapped[str]
    locality: Mapped[str]
    reads: Mapped[bool | None]
    phone: Mapped[str]
    email: Mapped[str]
    consent: Mapped[bool]
    key: Mapped[str | None]
    added_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Attendance(Base):
    """Whether somebody was there on a day of the workshop, counted from 1."""

    __tablename__ = "workshop_attendance"
    __table_args__ = (UniqueConstraint("participant_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("workshop_participant.id"), index=True)
    day: Mapped[int]
    presence: Mapped[Presence] = mapped_column(enum_column(Presence))


class Sent(Base):
    """An invitation that somebody says they sent."""

    __tablename__ = "workshop_invitation_sent"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("workshop_participant.id"), index=True)
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]


class Sheet(Base):
    """One person's answers on one unit. `respondent` names who is not among the participants: a phone, a paper.

    `key` is the phone that gave them, which alone may see and correct them; None for papers.
    """

    __tablename__ = "workshop_sheet"
    __table_args__ = (
        UniqueConstraint("workshop_id", "unit_uid", "participant_id"),
        UniqueConstraint("workshop_id", "unit_uid", "respondent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    unit_uid: Mapped[str]
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_participant.id"), index=True)
    respondent: Mapped[str | None]
    key: Mapped[str | None] = mapped_column(index=True)
    way: Mapped[Way] = mapped_column(enum_column(Way))
    at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    answers: Mapped[list[Answer]] = relationship(
        lambda: Answer, order_by=lambda: Answer.question_id, cascade="all, delete-orphan"
    )


class Answer(Base):
    """An answer to one question; no value means that it does not apply."""

    __tablename__ = "workshop_answer"
    __table_args__ = (UniqueConstraint("sheet_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("workshop_sheet.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("workshop_question.id"), index=True)
    value: Mapped[int | None]
    comment: Mapped[str]


class Tally(Base):
    """How many hands went up for one answer when a question was read aloud."""

    __tablename__ = "workshop_tally"
    __table_args__ = (UniqueConstraint("workshop_id", "unit_uid", "question_id", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    unit_uid: Mapped[str]
    question_id: Mapped[int] = mapped_column(ForeignKey("workshop_question.id"), index=True)
    value: Mapped[int]
    hands: Mapped[int]


class Remark(Base):
    """What somebody would change in a unit, or in one of its paragraphs as they read it, and what was decided.

    `text_digest` is the paragraph's text in the workshop's language at that moment. `act_id` is the step of the
    edition's history that answers it.
    """

    __tablename__ = "workshop_remark"
    __table_args__ = (UniqueConstraint("workshop_id", "number"), Index(None, "workshop_id", "verdict"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    number: Mapped[int]
    unit_uid: Mapped[str]
    block_uid: Mapped[str | None]
    text_digest: Mapped[str]
    text: Mapped[str]
    kind: Mapped[RemarkKind] = mapped_column(enum_column(RemarkKind))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_participant.id"), index=True)
    at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_by: Mapped[str]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)


class WorkshopClosing(Base):
    """Results and minutes as they were when the workshop was closed; `reopened_at` says that they do not count now."""

    __tablename__ = "workshop_closing"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    results: Mapped[dict[str, Any]]
    minutes: Mapped[dict[str, Any]]
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str]
    reopened_why: Mapped[str]
