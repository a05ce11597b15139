"""Files that people bring in: who sent which, what was read in it, what it became. The bytes are in the storage."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.curriculum.models import Edition
from app.infra.db import Base, enum_column
from app.infra.jobs import Job


class ImportKind(StrEnum):
    """What a file is brought in as."""

    REVIEW = "review"
    DRAFT = "draft"
    TRANSLATION = "translation"
    PACKAGE = "package"


class ImportState(StrEnum):
    """How far a file is. What failed or was discarded changed nothing."""

    WAITING = "waiting"
    PREVIEWED = "previewed"
    BRINGING = "bringing"
    BROUGHT = "brought"
    DISCARDED = "discarded"
    FAILED = "failed"


class Import(Base):
    """A file that somebody brought. Nobody else sees it; what it became is seen where it landed.

    `digest` names the file in the storage, `found` what was read in it (JSON, in the storage too). `edition` is the one
    it is for, or that was made of it. `language` is empty while the file has not said it. `base_revision_id` is the
    state it was compared with. `unplaced` lists what has no place, with what a person decided on each. `settings` is
    what a person said on the preview. `problem` is a refusal's sentence with its parts.
    """

    __tablename__ = "file_import"
    __table_args__ = (Index(None, "account_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(enum_column(ImportKind))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    filename: Mapped[str]
    digest: Mapped[str]
    size_bytes: Mapped[int]
    language: Mapped[str]
    base_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    state: Mapped[ImportState] = mapped_column(enum_column(ImportState), default=ImportState.WAITING)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    found: Mapped[str]
    counts: Mapped[dict[str, Any]]
    unplaced: Mapped[list[Any]]
    settings: Mapped[dict[str, Any]]
    problem: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    edition: Mapped[Edition | None] = relationship(lazy="joined")
    job: Mapped[Job | None] = relationship(lazy="joined")
