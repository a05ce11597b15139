"""Activities of programmes beside the sessions of cohorts: who held them, who was there. People and heads stay apart.

Whoever is known by name is a participation; where only numbers are known they are headcounts. Neither is made into
the other, and no query adds them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import ActivityKind, ActivityOrganisationRole, Mode, ParticipationRole, SessionState
from app.infra.db import Base, enum_column
from app.people.kinds import Capacity, Sex


class Activity(Base):
    """An event of one programme, which other programmes may be guests at. A moved one names its `follow_up`.

    `session_id` says that this event and a session of a cohort are the same one, so that it is counted once.
    """

    __tablename__ = "activity"
    __table_args__ = (Index(None, "programme_id", "planned_on"), Index(None, "state", "held_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("cohort_session.id"), unique=True)
    name: Mapped[str]
    kind: Mapped[ActivityKind] = mapped_column(enum_column(ActivityKind))
    mode: Mapped[Mode] = mapped_column(enum_column(Mode))
    region: Mapped[str]
    place: Mapped[str]
    planned_on: Mapped[date]
    planned_until: Mapped[date]
    state: Mapped[SessionState] = mapped_column(enum_column(SessionState))
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    held_on: Mapped[date | None]
    held_until: Mapped[date | None]
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    reported_at: Mapped[datetime | None]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class ActivityProgramme(Base):
    """An activity counts for a programme, its own or a guest; `stage` is where it stands in that programme's plan."""

    __tablename__ = "activity_programme"
    __table_args__ = (UniqueConstraint("activity_id", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    stage: Mapped[str] = mapped_column(default="")


class ActivityArea(Base):
    """An activity trains in an area of one of its programmes."""

    __tablename__ = "activity_area"
    __table_args__ = (UniqueConstraint("activity_id", "area_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("training_area.id"), index=True)


class ActivityOrganisation(Base):
    """An organisation in an activity, and through which of its programmes it came."""

    __tablename__ = "activity_organisation"
    __table_args__ = (UniqueConstraint("activity_id", "organisation_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    role: Mapped[ActivityOrganisationRole] = mapped_column(enum_column(ActivityOrganisationRole))


class ActivityParticipation(Base):
    """A person was at an activity, in one role, for an organisation, through one of its programmes.

    `capacity` is what they were in the organisation then. One entered by mistake is taken off, and stays as a record.
    """

    __tablename__ = "activity_participation"
    __table_args__ = (UniqueConstraint("activity_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    role: Mapped[ParticipationRole] = mapped_column(enum_column(ParticipationRole))
    capacity: Mapped[Capacity | None] = mapped_column(enum_column(Capacity))
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    removed_why: Mapped[str] = mapped_column(default="")


class ActivityHeadcount(Base):
    """How many people without names were there, of one organisation or of none known, of one sex and ages."""

    __tablename__ = "activity_headcount"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    role: Mapped[ParticipationRole] = mapped_column(enum_column(ParticipationRole))
    sex: Mapped[Sex] = mapped_column(enum_column(Sex))
    age_from: Mapped[int | None]
    age_to: Mapped[int | None]
    people: Mapped[int]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
