"""Curricula, their editions, and the immutable states an edition went through. Facts here are never updated.

Contents are named by digest: a `Text` is a block's words, a `Manifest` lists what an edition or a unit is made of. Only
`Edition.head_id` and the flags beside it ever change.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.db import Base, enum_column


class Curriculum(Base):
    """A named body of training, e.g. My.Coop."""

    __tablename__ = "curriculum"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    titles: Mapped[dict[str, Any]]
    summaries: Mapped[dict[str, Any]]
    source_language: Mapped[str]


class Edition(Base):
    """A curriculum as taught in one place. `titles` by language where it has a name of its own."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("curriculum_id", "region"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    curriculum_id: Mapped[int] = mapped_column(ForeignKey("curriculum.id"), index=True)
    region: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"), index=True)
    languages: Mapped[list[str]]
    licence: Mapped[str]
    credits: Mapped[list[str]]
    titles: Mapped[dict[str, Any]] = mapped_column(default=dict)
    public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True), index=True)

    curriculum: Mapped[Curriculum] = relationship(lazy="joined", innerjoin=True)
    parent: Mapped[Edition | None] = relationship(remote_side=[id])
    head: Mapped[Revision | None] = relationship(foreign_keys=[head_id], post_update=True)

    @property
    def slug(self) -> str:
        return self.curriculum.slug

    @property
    def name(self) -> str:
        """How commands and logs call it, e.g. `my-coop/PE-SAM`."""
        return f"{self.curriculum.slug}/{self.region}"


class Text(Base):
    """A block's words in one language, named by the SHA-256 of its canonical form."""

    __tablename__ = "text"

    digest: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class Manifest(Base):
    """What an edition, a unit or an edition's links are made of, as canonical JSON named by its SHA-256.

    `data` is that JSON packed (packing.py), against the manifest `base_digest` where that is given; a base has none.
    """

    __tablename__ = "manifest"

    digest: Mapped[str] = mapped_column(primary_key=True)
    base_digest: Mapped[str | None] = mapped_column(ForeignKey("manifest.digest"), index=True)
    data: Mapped[bytes]


class ActKind(StrEnum):
    """What somebody did."""

    LOAD = "load"
    FORK = "fork"
    EDIT = "edit"
    VARIABLES = "variables"
    LOCK = "lock"
    LINK = "link"
    COMPOSE = "compose"
    SYNC = "sync"
    IMPORT = "import"
    UNDO = "undo"
    RESTORE = "restore"
    RELEASE = "release"


class Act(Base):
    """Who, when, in which role, why, and what it stems from: one act, many blocks."""

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[ActKind] = mapped_column(enum_column(ActKind))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    role: Mapped[str]
    why: Mapped[str]
    stems_from: Mapped[str]


class Revision(Base):
    """An immutable state of an edition: its content, and how its blocks stand to their parents (`local`)."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("edition_id", "number"), Index(None, "act_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    number: Mapped[int]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    content_digest: Mapped[str] = mapped_column(ForeignKey("manifest.digest"), index=True)
    local_digest: Mapped[str] = mapped_column(ForeignKey("manifest.digest"), index=True)
    at: Mapped[datetime]

    act: Mapped[Act] = relationship(lazy="joined", innerjoin=True)


class Release(Base):
    """A revision named X.Y.Z and frozen."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("edition_id", "major", "minor", "patch"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    major: Mapped[int]
    minor: Mapped[int]
    patch: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    at: Mapped[datetime]

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    revision: Mapped[Revision] = relationship(lazy="joined", innerjoin=True)
    act: Mapped[Act] = relationship(lazy="joined", innerjoin=True, foreign_keys=[act_id])

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"
