"""Assessments, their items, and answers as immutable events. `AssessmentResult` is a view of the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import Source
from app.infra.db import Base, enum_column
from app.learning.kinds import AnswerMode, AssessmentKind, ItemKind, Moment


class Assessment(Base):
    """What a cohort is asked; its items never change once they are made. Closed, it takes what was answered before."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    kind: Mapped[AssessmentKind] = mapped_column(enum_column(AssessmentKind))
    title: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    closed_at: Mapped[datetime | None]


class AssessmentItem(Base):
    """One thing asked. Of a unit's question: the block, the release, and the digest of its text in each language.

    Of a survey or a rubric, `asked` holds the words by language and, for a criterion, its levels.
    """

    __tablename__ = "assessment_item"
    __table_args__ = (UniqueConstraint("assessment_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_column(ItemKind))
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    unit_uid: Mapped[str] = mapped_column(default="")
    block_uid: Mapped[str] = mapped_column(default="")
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Answer(Base):
    """What somebody answered to an item at a moment, as it was given. Times: told, device's clock, ours."""

    __tablename__ = "assessment_answer"
    __table_args__ = (Index(None, "enrolment_id", "assessment_id", "moment"), Index(None, "assessment_id", "moment"))

    uid: Mapped[str] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("assessment_item.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    moment: Mapped[Moment] = mapped_column(enum_column(Moment))
    value: Mapped[dict[str, Any]]
    language: Mapped[str]
    mode: Mapped[AnswerMode] = mapped_column(enum_column(AnswerMode))
    assisted_by: Mapped[str]
    supersedes: Mapped[list[str]]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    device: Mapped[str]
    source: Mapped[Source] = mapped_column(enum_column(Source))


class AnswerPoints(Base):
    """What a person gave for an open answer, and why; appended, and corrected by naming what it supersedes."""

    __tablename__ = "answer_points"

    uid: Mapped[str] = mapped_column(primary_key=True)
    answer_uid: Mapped[str] = mapped_column(ForeignKey("assessment_answer.uid"), index=True)
    points: Mapped[int]
    out_of: Mapped[int]
    comment: Mapped[str]
    supersedes: Mapped[list[str]]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class AssessmentResult(Base):
    """What follows from somebody's answers at a moment, of one unit's items ("" for those of none): a view.

    `waiting` answers are open and not scored yet; `rivals` are items of which several answers stand and disagree.
    """

    __tablename__ = "assessment_result"
    __table_args__ = (UniqueConstraint("enrolment_id", "assessment_id", "moment", "unit_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    moment: Mapped[Moment] = mapped_column(enum_column(Moment))
    unit_uid: Mapped[str]
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    points: Mapped[float]
    out_of: Mapped[int]
    answered: Mapped[int]
    waiting: Mapped[int]
    rivals: Mapped[int]
    in_group: Mapped[bool]
    answered_at: Mapped[datetime]
