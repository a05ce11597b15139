"""Licences of trainers. A renewal is a new licence that names the one before; a revoked one stays, with its reason."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.delivery.kinds import LicenceKind
from app.infra.db import Base, enum_column


class TrainerLicence(Base):
    """A person may teach in a programme, from a day up to and including another one."""

    __tablename__ = "trainer_licence"
    __table_args__ = (Index(None, "person_id", "programme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[LicenceKind] = mapped_column(enum_column(LicenceKind))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("trainer_licence.id"), index=True)
    granted_despite: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
