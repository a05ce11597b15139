"""What cohorts and activities leave behind: records, evidence, proposals, power maps; who made them, for whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import OutputKind
from app.infra.db import Base, enum_column


class Output(Base):
    """Something made in a cohort or an activity; `need_id` is the need of a new edition that it gave rise to."""

    __tablename__ = "output"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"), index=True)
    kind: Mapped[OutputKind] = mapped_column(enum_column(OutputKind))
    title: Mapped[str]
    summary: Mapped[str]
    made_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class OutputPerson(Base):
    """Somebody made an output; `part` says what they did in it, e.g. drew the map."""

    __tablename__ = "output_person"
    __table_args__ = (UniqueConstraint("output_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    output_id: Mapped[int] = mapped_column(ForeignKey("output.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[str]


class OutputOrganisation(Base):
    """An output is of an organisation."""

    __tablename__ = "output_organisation"
    __table_args__ = (UniqueConstraint("output_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    output_id: Mapped[int] = mapped_column(ForeignKey("output.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
