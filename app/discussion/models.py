"""What people say about paragraphs, what they propose, and urgent notices that an edition sends to those below it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.curriculum.models import Edition, Release
from app.infra.db import Base, enum_column


class Source(StrEnum):
    """Where something was said or proposed."""

    SCREEN = "screen"
    WORD = "word"
    FILE = "file"
    WORKSHOP = "workshop"
    PILOT = "pilot"
    UPWARD = "upward"
    SIBLING = "sibling"


class ProposalKind(StrEnum):
    """What is proposed for a paragraph."""

    CHANGE = "change"
    INSERT = "insert"
    REMOVE = "remove"
    MOVE = "move"
    UNIT = "unit"


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CHANGED = "changed_and_accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class Comment(Base):
    """Something said about a block; a thread is a comment without `thread_id` and those that name it.

    `quote` are the words it is about, found again by text in whatever stands there now; `quote_at` is where they stood.
    `settled_*` say who last resolved or reopened a thread. `import_key` keeps a file from saying the same thing twice.
    """

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("edition_id", "source", "import_key"),
        Index(None, "edition_id", "block_uid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    block_uid: Mapped[str]
    unit_uid: Mapped[str]
    language: Mapped[str | None]
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    body: Mapped[str]
    quote: Mapped[str]
    quote_at: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    author_name: Mapped[str]
    said_at: Mapped[datetime]
    added_at: Mapped[datetime]
    source: Mapped[Source] = mapped_column(enum_column(Source))
    import_key: Mapped[str | None]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    resolved: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    settled_by_name: Mapped[str]


class CommentWording(Base):
    """What a comment said before it was edited."""

    __tablename__ = "comment_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    body: Mapped[str]
    until: Mapped[datetime]


class Proposal(Base):
    """Another text for a block, or one to insert, to remove or to move, or a whole unit, that people decide on.

    `texts` are the proposed texts by language, `bases` the digests of those they were written against. `block_uid` is
    the block it is about. One to be inserted after it will be called `new_uid`; `anchors` are the blocks that this one,
    or one that is to be moved, may stand after, the nearest first. What speaks for it (`why`, `evidence`, `findings`)
    is a copy: it stays as it was when the proposal was made. `origin_name` names the edition and version that the words
    come from, as in `my-coop/PE-SAM@1.0.0`. A whole unit is its own `block_uid`; `structure` is what it is made of
    (module, minutes, blocks with their texts' digests), `anchors` are units, and `texts` are the whole unit's.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("edition_id", "source", "import_key"),
        Index(None, "edition_id", "state"),
        Index(None, "edition_id", "block_uid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    block_uid: Mapped[str]
    new_uid: Mapped[str | None]
    unit_uid: Mapped[str]
    anchors: Mapped[list[str]]
    kind: Mapped[ProposalKind] = mapped_column(enum_column(ProposalKind))
    language: Mapped[str]
    texts: Mapped[dict[str, Any]]
    bases: Mapped[dict[str, Any]]
    structure: Mapped[dict[str, Any] | None]
    why: Mapped[str]
    evidence: Mapped[str]
    findings: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    author_name: Mapped[str]
    proposed_at: Mapped[datetime]
    added_at: Mapped[datetime]
    source: Mapped[Source] = mapped_column(enum_column(Source))
    import_key: Mapped[str | None]
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"), index=True)
    origin_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    origin_name: Mapped[str]
    state: Mapped[ProposalState] = mapped_column(enum_column(ProposalState), default=ProposalState.OPEN)
    look_again: Mapped[bool] = mapped_column(default=False)
    put_off: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_by_name: Mapped[str]
    decision_why: Mapped[str]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)

    edition: Mapped[Edition] = relationship(foreign_keys=[edition_id], lazy="joined", innerjoin=True)
    origin: Mapped[Edition | None] = relationship(foreign_keys=[origin_id], lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state is ProposalState.OPEN

    @property
    def title(self) -> str:
        """The title of a whole unit that is proposed, in the first of its languages; empty for all else."""
        text = next(iter(self.texts.values()), "") if self.kind is ProposalKind.UNIT else ""
        return str(text).partition("\n")[0].lstrip("# ").strip()


class Notice(Base):
    """A release that every edition below has to look at by a day, and why; withdrawn, never deleted."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    why: Mapped[str]
    due_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    author_name: Mapped[str]
    sent_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_name: Mapped[str]
    withdrawn_why: Mapped[str]

    release: Mapped[Release] = relationship(lazy="joined", innerjoin=True)

    @property
    def edition(self) -> Edition:
        """The edition that sent it."""
        return self.release.edition

    @property
    def deadline(self) -> date:
        """The last day on which an answer is in time."""
        return self.due_at.date()


class NoticeAnswer(Base):
    """An edition's people saying that a notice does not concern them, and why; the newest answer counts."""

    __tablename__ = "notice_answer"
    __table_args__ = (Index(None, "notice_id", "edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    why: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    author_name: Mapped[str]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
