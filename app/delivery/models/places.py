"""Places on a programme's map: organisations, services, markets, routes, meeting places. Nobody's home stands here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import PlaceKind
from app.infra.db import Base, enum_column


class Place(Base):
    """A place, or a route with its points in order. `points` are [longitude, latitude] pairs, WGS 84."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[PlaceKind] = mapped_column(enum_column(PlaceKind))
    name: Mapped[str]
    note: Mapped[str]
    points: Mapped[list[Any]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    archived_at: Mapped[datetime | None]
