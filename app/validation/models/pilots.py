"""A pilot: a group that is taught an edition before it is released, what each sitting took, and what was learned.

People's data stands in `PilotLearner` alone and is erased there; scores point to it. A closing keeps its results as
they were; it is never changed, only followed by a reopening.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.curriculum.models import Edition, Release, Revision
from app.infra.db import Base, enum_column

from .workshops import Verdict


class PilotState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Moment(StrEnum):
    """When questions are asked: before and after the unit."""

    PRE = "pre"
    POST = "post"


class Severity(StrEnum):
    """How much something hindered the sitting."""

    SLIGHT = "slight"
    HINDERED = "hindered"
    STOPPED = "stopped"


class Pilot(Base):
    """Some people are taught some units of an edition as it stood at one revision."""

    __tablename__ = "pilot"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    state: Mapped[PilotState] = mapped_column(enum_column(PilotState))
    title: Mapped[str]
    place: Mapped[str]
    host: Mapped[str]
    facilitators: Mapped[list[str]]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    language: Mapped[str]
    notes: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)

    edition: Mapped[Edition] = relationship(lazy="joined", innerjoin=True)
    revision: Mapped[Revision] = relationship(lazy="joined", innerjoin=True)
    release: Mapped[Release | None] = relationship(lazy="joined")


class PilotLearner(Base):
    """Somebody who is taught, as they told us. Erasing leaves number, sex and age group."""

    __tablename__ = "pilot_learner"
    __table_args__ = (UniqueConstraint("pilot_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    number: Mapped[int]
    name: Mapped[str]
    sex: Mapped[str]
    age: Mapped[int | None]
    age_group: Mapped[str]
    organisation: Mapped[str]
    added_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class PilotSession(Base):
    """How the sitting of one unit went. `planned` are the unit's minutes; `used` and `attended` None until told."""

    __tablename__ = "pilot_session"
    __table_args__ = (UniqueConstraint("pilot_id", "unit_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    position: Mapped[int]
    unit_uid: Mapped[str]
    held_on: Mapped[date | None]
    planned: Mapped[int]
    used: Mapped[int | None]
    attended: Mapped[int | None]
    left_out: Mapped[str]


class PilotScore(Base):
    """What one person had right on one question of a unit, or on all of them together where `question_uid` is empty."""

    __tablename__ = "pilot_score"
    __table_args__ = (UniqueConstraint("learner_id", "unit_uid", "moment", "question_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("pilot_learner.id"), index=True)
    unit_uid: Mapped[str]
    moment: Mapped[Moment] = mapped_column(enum_column(Moment))
    question_uid: Mapped[str]
    points: Mapped[int]
    out_of: Mapped[int]


class PilotObservation(Base):
    """What somebody saw at a paragraph, or in a unit, while it was taught, and what was decided.

    `act_id` is the step of the edition's history that answers it.
    """

    __tablename__ = "pilot_observation"
    __table_args__ = (UniqueConstraint("pilot_id", "number"), Index(None, "pilot_id", "verdict"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    number: Mapped[int]
    unit_uid: Mapped[str]
    block_uid: Mapped[str | None]
    text_digest: Mapped[str]
    text: Mapped[str]
    observer: Mapped[str]
    severity: Mapped[Severity] = mapped_column(enum_column(Severity))
    at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    reason: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_by: Mapped[str]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"), index=True)


class PilotClosing(Base):
    """Results as they were when the pilot was closed; `reopened_at` says that they do not count now."""

    __tablename__ = "pilot_closing"
    __table_args__ = (UniqueConstraint("pilot_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pilot_id: Mapped[int] = mapped_column(ForeignKey("pilot.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[str]
    results: Mapped[dict[str, Any]]
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str]
    reopened_why: Mapped[str]
