"""Where an edition is on its way to a release, how weighty its adjustments are, and who signed which state of it.

Moves, adjustments and signatures are facts: they stay. What changes is where an edition stands, how an adjustment is
graded, and whether a signature was withdrawn.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.curriculum.models import Act, Edition, Revision
from app.infra.db import Base, enum_column
from app.validation.rules.adjustments import Grade
from app.validation.rules.stages import MoveKind, SignRole


class EditionStage(Base):
    """The process an edition follows and the stage it stands at; an edition without a row follows the default one."""

    __tablename__ = "edition_stage"
    __table_args__ = (UniqueConstraint("edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    process: Mapped[str]
    stage: Mapped[str]
    skipped: Mapped[list[str]]

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)


class StageMove(Base):
    """Who moved an edition to which stage, when and why."""

    __tablename__ = "stage_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    role: Mapped[str]
    kind: Mapped[MoveKind] = mapped_column(enum_column(MoveKind))
    process: Mapped[str]
    stage_from: Mapped[str]
    stage_to: Mapped[str]
    why: Mapped[str]


class Adjustment(Base):
    """A change of one unit made while the edition is being tried. `stems` are marks such as T3-12 or P2-4.

    `computed` follows from what changed (`reasons`), `grade` is what holds; `graded_at` None: nobody said yes to it.
    """

    __tablename__ = "adjustment"
    __table_args__ = (UniqueConstraint("act_id", "unit_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    unit_uid: Mapped[str]
    blocks: Mapped[list[str]]
    stems: Mapped[list[str]]
    reasons: Mapped[list[str]]
    computed: Mapped[Grade] = mapped_column(enum_column(Grade))
    grade: Mapped[Grade] = mapped_column(enum_column(Grade))
    why: Mapped[str]
    graded_at: Mapped[datetime | None]
    graded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    graded_by: Mapped[str]

    act: Mapped[Act] = relationship(lazy="joined", innerjoin=True)
    revision: Mapped[Revision] = relationship(lazy="joined", innerjoin=True)


class Signature(Base):
    """Somebody answers for a state of an edition in one role, with the sentence they saw."""

    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    role: Mapped[SignRole] = mapped_column(enum_column(SignRole))
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    statement: Mapped[str]
    note: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str]
    withdrawn_why: Mapped[str]

    revision: Mapped[Revision] = relationship(lazy="joined", innerjoin=True)
