"""Accounts, the roles they hold, and tries to sign in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.db import Base, enum_column
from app.people.permissions import Role

from .persons import Person


class Account(Base):
    """A way to sign in, of a person where we know whose. `stamp` changes with the password and ends older sessions."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    password_hash: Mapped[str]
    stamp: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None]
    created_at: Mapped[datetime]
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], viewonly=True)
    roles: Mapped[list[RoleAssignment]] = relationship(
        back_populates="account", order_by="RoleAssignment.id", foreign_keys="RoleAssignment.account_id"
    )


class RoleAssignment(Base):
    """A role within a scope; each part of the scope is None for "any". Ended, never deleted."""

    __tablename__ = "role_assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    curriculum: Mapped[str | None]
    region: Mapped[str | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    ended_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship(back_populates="roles", foreign_keys=[account_id])


class SignInAttempt(Base):
    """One try to sign in, kept to slow down guessing. `username` as typed, for it may belong to nobody."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    succeeded: Mapped[bool]
