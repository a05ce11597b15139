"""What is under way while an edition is adapted: unsaved drafts, and choices made on a parent's changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.db import Base
from app.study.models import Finding


class Draft(Base):
    """One person's text of a unit in one language, kept until it is saved as a revision or thrown away."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("edition_id", "unit_uid", "language", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    unit_uid: Mapped[str]
    language: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    body: Mapped[str]
    why: Mapped[str]
    based_on_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    updated_at: Mapped[datetime]


class Decision(Base):
    """A choice somebody made on one change of the parent's. Choices are appended; the newest one counts.

    `subject` is a block's uid with its language (`uid:es`), or with `:` alone for structure. `basis` fingerprints what
    the person was looking at, so that a choice made on other texts is shown again and not applied. `overtaken` marks a
    choice made without having seen somebody else's: it is kept and shown, and counts when it is taken up again.
    """

    __tablename__ = "decision"
    __table_args__ = (Index(None, "edition_id", "release_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), index=True)
    subject: Mapped[str]
    choice: Mapped[str]
    written: Mapped[str | None]
    why: Mapped[str]
    basis: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    at: Mapped[datetime]
    overtaken: Mapped[bool] = mapped_column(default=False)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)

    cites: Mapped[list[DecisionFinding]] = relationship(lazy="selectin", order_by="DecisionFinding.finding_id")

    @property
    def findings(self) -> list[int]:
        """The numbers of the findings it was made for."""
        return [one.finding_id for one in self.cites]


class DecisionFinding(Base):
    """A finding that a choice was made for; the act that carries the choice out then cites it."""

    __tablename__ = "decision_finding"
    __table_args__ = (UniqueConstraint("decision_id", "finding_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)

    finding: Mapped[Finding] = relationship(lazy="joined", innerjoin=True)
