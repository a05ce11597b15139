"""Reading accounts, roles and sign-in attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from app.infra.db import db

from .models import Account, SignInAttempt
from .permissions import Actor, Grant, Scope


def actor_of(account: Account) -> Actor:
    """The account as an actor, with the roles that have not ended."""
    return Actor(
        account_id=account.id,
        name=account.name,
        username=account.username,
        language=account.language,
        grants=tuple(
            Grant(role.role, Scope(role.curriculum, role.region)) for role in account.roles if role.ended_at is None
        ),
    )


def account_for_session(account_id: int) -> Account | None:
    """The account with its roles, in one query."""
    return db.session.scalar(select(Account).options(selectinload(Account.roles)).where(Account.id == account_id))


def account_by_username(username: str) -> Account | None:
    """The account that signs in by this name; case does not matter."""
    return db.session.scalar(
        select(Account).options(selectinload(Account.roles)).where(Account.username == username.strip().lower())
    )


def accounts(search: str = "") -> Sequence[Account]:
    """Every account whose name or user name has `search` in it, by name."""
    statement = select(Account).options(selectinload(Account.roles)).order_by(func.lower(Account.name), Account.id)
    if search:
        like = f"%{search.strip().lower()}%"
        statement = statement.where(or_(func.lower(Account.name).like(like), Account.username.like(like)))
    return db.session.scalars(statement).all()


def demo_accounts() -> Sequence[Account]:
    """The sample accounts of the demo, in the order they were made."""
    return db.session.scalars(select(Account).where(Account.demo, Account.active).order_by(Account.id)).all()


def failures_since(username: str, since: datetime) -> list[datetime]:
    """When signing in as `username` failed since then and since it last succeeded, oldest first."""
    last_success = db.session.scalar(
        select(func.max(SignInAttempt.at)).where(SignInAttempt.username == username, SignInAttempt.succeeded)
    )
    start = max(since, last_success) if last_success else since
    return list(
        db.session.scalars(
            select(SignInAttempt.at)
            .where(SignInAttempt.username == username, SignInAttempt.at > start, ~SignInAttempt.succeeded)
            .order_by(SignInAttempt.at)
        )
    )
