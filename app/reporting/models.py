"""Snapshots: figures as they were frozen, with who prepared and who approved them. Nothing here follows the data.

Ids of people and organisations are plain lists, not references: erasing somebody changes no figure.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base, enum_column
from app.reporting.kinds import SnapshotState


class Snapshot(Base):
    """The figures of some programmes in a period. `year` is a reporting year, None for all that the period holds.

    Names are those that people went by then. An approved one never changes again.
    """

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int | None]
    since: Mapped[date]
    until: Mapped[date]
    state: Mapped[SnapshotState] = mapped_column(enum_column(SnapshotState))
    note: Mapped[str]
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    prepared_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    decided_by: Mapped[str]
    answer: Mapped[str]


class SnapshotProgramme(Base):
    """A snapshot is of this programme, called so then."""

    __tablename__ = "snapshot_programme"
    __table_args__ = (UniqueConstraint("snapshot_id", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str]


class SnapshotFigure(Base):
    """A frozen figure by the version of its definition, with the groups that were told and the ids behind it."""

    __tablename__ = "snapshot_figure"
    __table_args__ = (UniqueConstraint("snapshot_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    code: Mapped[str]
    version: Mapped[int]
    value: Mapped[float | None]
    of: Mapped[float | None]
    missing: Mapped[int]
    groups: Mapped[dict[str, Any]]
    people: Mapped[list[Any]]
    organisations: Mapped[list[Any]]
