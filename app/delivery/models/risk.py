"""What a programme sets of its own on who is at risk: thresholds, and when its harvests are. Defaults are in data/."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base


class RiskSetting(Base):
    """The thresholds in which a programme differs from the defaults, by name."""

    __tablename__ = "risk_setting"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), unique=True)
    thresholds: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class HarvestWindow(Base):
    """The harvest of a crop in a region as a programme knows it: from month to month, both included, over New Year too.

    It stands in place of every default of this crop in this region and the parts of it.
    """

    __tablename__ = "harvest_window"
    __table_args__ = (Index(None, "programme_id", "region", "crop"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    region: Mapped[str]
    crop: Mapped[str]
    from_month: Mapped[int]
    until_month: Mapped[int]
    source: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
