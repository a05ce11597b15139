"""What people found out before they changed a text: needs, sources, what the law says, what members said, findings.

Nothing here is deleted: what is put away keeps its row, so that what cites it can still be read. Who may see a row is
decided by its edition, a need by its region.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.curriculum.models import Edition
from app.infra.db import Base, enum_column
from app.study.kinds import (
    Answer,
    CheckState,
    FindingStatus,
    Gap,
    InstrumentKind,
    NeedStatus,
    Priority,
    SourceKind,
    Strength,
)


class Need(Base):
    """Something people said at a forum or a workshop that no edition answers yet."""

    __tablename__ = "need"

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    said_by: Mapped[str]
    event: Mapped[str]
    place: Mapped[str]
    held_on: Mapped[date | None]
    conclusion: Mapped[str]
    document: Mapped[str]
    organisations: Mapped[str]
    women: Mapped[int | None]
    men: Mapped[int | None]
    young_women: Mapped[int | None]
    young_men: Mapped[int | None]
    priority: Mapped[Priority] = mapped_column(enum_column(Priority))
    status: Mapped[NeedStatus] = mapped_column(enum_column(NeedStatus))
    status_why: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    archived_at: Mapped[datetime | None]


class NeedEdition(Base):
    """An edition that was opened, or goes on, because of a need; `act_id` is the graft where there was one."""

    __tablename__ = "need_edition"
    __table_args__ = (UniqueConstraint("need_id", "edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)
    at: Mapped[datetime]

    need: Mapped[Need] = relationship(lazy="joined", innerjoin=True)
    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)


class Kept(Base):
    """What every row of an edition's study has: whose it is, who wrote it down, and whether it was put away."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    archived_at: Mapped[datetime | None]


class Source(Kept):
    """A document or a conversation that can be looked up or asked for again."""

    __tablename__ = "study_source"

    title: Mapped[str]
    kind: Mapped[SourceKind] = mapped_column(enum_column(SourceKind))
    organisation: Mapped[str]
    dated: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    found_at: Mapped[str]
    note: Mapped[str]


class Article(Kept):
    """A row of the review of statutes: what a unit says beside what a law or a statute says."""

    __tablename__ = "study_article"

    source_id: Mapped[int | None] = mapped_column(ForeignKey("study_source.id"), index=True)
    article: Mapped[str]
    topic: Mapped[str]
    unit_uid: Mapped[str]
    block_uid: Mapped[str]
    unit_says: Mapped[str]
    law_says: Mapped[str]
    gap: Mapped[Gap] = mapped_column(enum_column(Gap))
    action: Mapped[str]
    done: Mapped[bool]

    source: Mapped[Source | None] = relationship()


class Instrument(Kept):
    """A survey or a focus group: who was asked, when and where. Counts are None where nobody counted."""

    __tablename__ = "study_instrument"

    kind: Mapped[InstrumentKind] = mapped_column(enum_column(InstrumentKind))
    name: Mapped[str]
    place: Mapped[str]
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    asked: Mapped[int | None]
    women: Mapped[int | None]
    men: Mapped[int | None]
    young: Mapped[int | None]
    note: Mapped[str]

    questions: Mapped[list[SurveyQuestion]] = relationship(
        back_populates="instrument", order_by="SurveyQuestion.number"
    )
    quotes: Mapped[list[Quote]] = relationship(back_populates="instrument", order_by="Quote.id")


class SurveyQuestion(Kept):
    """A question of an instrument. `answers` are `{"label", "total", "women", "men"}`, numbers or None."""

    __tablename__ = "study_question"

    instrument_id: Mapped[int] = mapped_column(ForeignKey("study_instrument.id"), index=True)
    number: Mapped[int]
    asked: Mapped[str]
    answers: Mapped[list[Any]]
    note: Mapped[str]

    instrument: Mapped[Instrument] = relationship(back_populates="questions")


class Quote(Kept):
    """Somebody's own words; without consent only those who keep the study read them."""

    __tablename__ = "study_quote"

    instrument_id: Mapped[int] = mapped_column(ForeignKey("study_instrument.id"), index=True)
    words: Mapped[str]
    said_by: Mapped[str]
    consent: Mapped[Answer] = mapped_column(enum_column(Answer))

    instrument: Mapped[Instrument] = relationship(back_populates="quotes")


class Finding(Kept):
    """What the study comes to in one sentence; `code` (H1, H2 …) is its name within the edition."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("edition_id", "code"),)

    code: Mapped[str]
    statement: Mapped[str]
    strength: Mapped[Strength] = mapped_column(enum_column(Strength))
    status: Mapped[FindingStatus] = mapped_column(enum_column(FindingStatus))
    status_why: Mapped[str]
    note: Mapped[str]

    edition: Mapped[Edition] = relationship()


class Evidence(Base):
    """What a finding rests on: a source, a row of the review, an instrument or one of its questions; one of these."""

    __tablename__ = "finding_evidence"
    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("study_source.id"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("study_article.id"), index=True)
    instrument_id: Mapped[int | None] = mapped_column(ForeignKey("study_instrument.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("study_question.id"), index=True)
    note: Mapped[str]


class FindingBlock(Base):
    """A block that a finding speaks of."""

    __tablename__ = "finding_block"
    __table_args__ = (UniqueConstraint("finding_id", "block_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    unit_uid: Mapped[str]
    block_uid: Mapped[str] = mapped_column(index=True)


class Citation(Base):
    """An act that was done because of a finding."""

    __tablename__ = "citation"
    __table_args__ = (UniqueConstraint("act_id", "finding_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)


class Checked(Base):
    """An answer to a question of the checklist. `units` are uids of the units it was looked at in."""

    __tablename__ = "study_checked"
    __table_args__ = (UniqueConstraint("edition_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    item: Mapped[str]
    state: Mapped[CheckState] = mapped_column(enum_column(CheckState))
    note: Mapped[str]
    units: Mapped[list[str]]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    at: Mapped[datetime]


class CaseRecord(Kept):
    """How a case study was written with those it is about."""

    __tablename__ = "study_case"

    title: Mapped[str]
    unit_uid: Mapped[str]
    block_uid: Mapped[str] = mapped_column(index=True)
    organisation: Mapped[str]
    cleaned: Mapped[Answer] = mapped_column(enum_column(Answer))
    learning_question: Mapped[str]
    evidence: Mapped[str]
    notes: Mapped[str]
    version: Mapped[str]
    dated: Mapped[date | None]

    authors: Mapped[list[Author]] = relationship(back_populates="case", order_by="Author.id")


class Author(Kept):
    """Somebody who wrote a case; named on pages and in print only with consent."""

    __tablename__ = "study_author"

    case_id: Mapped[int] = mapped_column(ForeignKey("study_case.id"), index=True)
    name: Mapped[str]
    consent: Mapped[Answer] = mapped_column(enum_column(Answer))
    how: Mapped[str]
    agreed_on: Mapped[date | None]

    case: Mapped[CaseRecord] = relationship(back_populates="authors")
