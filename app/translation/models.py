"""How translations stand: which text was made of which, in what state, and the words agreed upon.

The texts themselves are in the editions' states (app/curriculum). Rows of pairs, states and decisions are facts: they
are added and never changed. Glossary terms are changed in place, with an audit entry.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.checks.terms import Status
from app.core.language import Style
from app.core.translating import Origin, State
from app.infra.db import Base, enum_column


class TranslationPair(Base):
    """This target text was made of this source text: freshness and exact memory at once, for every edition.

    `edition_id` is where it was seen, which says who may be shown it; None for an imported memory. `place` names
    either: `edition 7`, or the scope that a memory is for (`my-coop/PE`, `*/PE`). `source_key` leads to the index.
    """

    __tablename__ = "translation_pair"
    __table_args__ = (
        UniqueConstraint("target_digest", "source_digest", "target_language", "place", name="uq_translation_pair"),
        Index(None, "source_key", "target_language"),
        Index(None, "edition_id", "target_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[int] = mapped_column(BigInteger)
    source_digest: Mapped[str] = mapped_column(ForeignKey("text.digest"), index=True)
    target_digest: Mapped[str] = mapped_column(ForeignKey("text.digest"))
    source_language: Mapped[str]
    target_language: Mapped[str]
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    place: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    note: Mapped[str]
    at: Mapped[datetime]


class MemoryGram(Base):
    """By which numbers a source text is found when one much like it is translated (core/translating/memory.py)."""

    __tablename__ = "memory_gram"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- SQLAlchemy reads it as it is

    gram: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    source_key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class TranslationState(Base):
    """What somebody said of a block in a language. The newest row counts while the target text is the same."""

    __tablename__ = "translation_state"
    __table_args__ = (Index(None, "edition_id", "language", "uid"), Index(None, "edition_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    uid: Mapped[str]
    language: Mapped[str]
    state: Mapped[State] = mapped_column(enum_column(State))
    target_digest: Mapped[str]  # "" where there is no text
    source_digest: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]


class TranslationDirection(Base):
    """From which language an edition translates a language; the newest row counts, in editions below too."""

    __tablename__ = "translation_direction"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    target: Mapped[str]
    source: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]


class GlossaryTerm(Base):
    """A word for a concept in a region and those within it. `curriculum` "" is any, `region` "" everywhere."""

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("curriculum", "region", "language", "concept", "term"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    curriculum: Mapped[str]
    region: Mapped[str] = mapped_column(index=True)
    concept: Mapped[str]
    language: Mapped[str]
    term: Mapped[str]
    status: Mapped[Status] = mapped_column(enum_column(Status))
    definition: Mapped[str]
    note: Mapped[str]
    source: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]


class LanguagePolicy(Base):
    """How an edition wants people named, with its own words and exceptions; the newest row counts, below too.

    `style` None leaves the style of the edition above.
    """

    __tablename__ = "language_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    style: Mapped[Style | None] = mapped_column(enum_column(Style))
    words: Mapped[dict[str, Any]]
    exceptions: Mapped[list[str]]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]


class Verdict(StrEnum):
    """What became of a remark on wording."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXCEPTED = "excepted"  # the phrase became an exception of the edition's policy


class RemarkVerdict(Base):
    """What somebody did with a remark on a block's wording; the newest row on a fingerprint counts."""

    __tablename__ = "remark_verdict"
    __table_args__ = (Index(None, "edition_id", "language", "uid"), Index(None, "edition_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    uid: Mapped[str]
    language: Mapped[str]
    fingerprint: Mapped[str]
    rule: Mapped[str]
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    at: Mapped[datetime]
