"""Organisations, what they belong to, and their figures, each with its date. Who may see which is in permissions.py."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base, enum_column
from app.people.kinds import Figure, OrganisationKind


class Organisation(Base):
    """A co-operative or whoever works with co-operatives. `region` is ISO 3166, of a country or a part of one."""

    __tablename__ = "organisation"
    __table_args__ = (Index(None, "region", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    region: Mapped[str]
    place: Mapped[str]
    crops: Mapped[list[str]]
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    closed_on: Mapped[date | None]

    @property
    def called(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


class OrganisationTie(Base):
    """`lower` belongs to `upper`, a federation or a network, from a day on and, where it left, up to one."""

    __tablename__ = "organisation_tie"

    id: Mapped[int] = mapped_column(primary_key=True)
    upper_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    lower_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


class OrganisationFigure(Base):
    """How many families or members an organisation had on a day, and who says so."""

    __tablename__ = "organisation_figure"
    __table_args__ = (Index(None, "organisation_id", "figure", "on_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    figure: Mapped[Figure] = mapped_column(enum_column(Figure))
    value: Mapped[int]
    on_date: Mapped[date]
    source: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
