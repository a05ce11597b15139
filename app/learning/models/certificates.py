"""Certificates, frozen when they are issued, and the keys that sign them as badges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.db import Base, enum_column
from app.learning.kinds import CertificateKind


class Certificate(Base):
    """What was certified to a person. `content` and its `digest` never change; the name stands beside them.

    The content holds the digest of name and code, not the name: erasing a person empties `name`, `initials` and `code`
    and leaves everything that can be checked.
    """

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CertificateKind] = mapped_column(enum_column(CertificateKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    language: Mapped[str]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]
    name: Mapped[str]
    initials: Mapped[str]
    code: Mapped[str]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(default="")
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)


class BadgeKey(Base):
    """A key that signs badges. The public half is published for good; the private one is locked with SECRET_KEY."""

    __tablename__ = "badge_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    kid: Mapped[str] = mapped_column(unique=True)
    public: Mapped[dict[str, Any]]
    private: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
