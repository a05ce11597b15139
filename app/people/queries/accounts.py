"""Reading accounts, roles, sign-in attempts and what was done to an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people.kinds import ContactKind
from app.people.models import Account, ContactPoint, Person, PersonContact, PersonKey, RoleAssignment, SignInAttempt
from app.people.permissions import WORLD, Actor, Grant, Role, Scope, own_grants
from app.people.rules import duplicates
from app.people.rules.accounts import phone_digits, same_phone

from .persons import scopes_of, standing_for


def actor_of(account: Account) -> Actor:
    """The account as an actor, with the roles that have not ended. Of a person whose record was joined with another one
    it is the account of who stayed, so that two accounts of one person see the same.
    """
    person_id = None if account.person is None else standing_for(account.person).id
    return Actor(
        account_id=account.id,
        name=account.name,
        username=account.username,
        language=account.language,
        person_id=person_id,
        grants=(
            *(Grant(role.role, scope_of_role(role)) for role in account.roles if role.ended_at is None),
            *own_grants(person_id),
        ),
    )


def scope_of_role(role: RoleAssignment) -> Scope:
    """Where this role holds."""
    return Scope(
        role.curriculum,
        role.region,
        organisations=None if role.organisation_id is None else frozenset({role.organisation_id}),
        programmes=None if role.programme_id is None else frozenset({role.programme_id}),
    )


def account_for_session(account_id: int) -> Account | None:
    """The account with its roles, in one query."""
    wanted = (
        select(Account).options(joinedload(Account.roles), joinedload(Account.person)).where(Account.id == account_id)
    )
    return db.session.scalars(wanted).unique().one_or_none()


def account_by_username(username: str) -> Account | None:
    """The account that signs in by this name; case does not matter."""
    return db.session.scalar(
        select(Account).options(selectinload(Account.roles)).where(Account.username == username.strip().lower())
    )


def account_by_phone(typed: str) -> Account | None:
    """The account of the one person whose own telephone this is; of none where several share it, or nobody says that it
    is theirs. The country's prefix may be missing.
    """
    digits = phone_digits(typed)
    if digits is None:
        return None
    rows = db.session.execute(
        select(PersonContact.person_id, PersonContact.own, ContactPoint.value, Account)
        .join(PersonKey, PersonKey.person_id == PersonContact.person_id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
        .join(Person, Person.id == PersonContact.person_id)
        .outerjoin(Account, Account.person_id == PersonContact.person_id)
        .where(PersonKey.key == f"{duplicates.STRONG}p:{duplicates.phone_end(digits)}")
        .where(ContactPoint.kind.in_((ContactKind.PHONE, ContactKind.WHATSAPP)))
        .where(Person.merged_into_id.is_(None), Person.erased_at.is_(None))
    ).all()
    having = [row for row in rows if same_phone(row.value, digits)]
    owners = {row.person_id for row in having}
    if len(owners) != 1 or not all(row.own for row in having):
        return None
    return next((row.Account for row in having), None)


def accounts(search: str = "", *, offset: int = 0, limit: int | None = None) -> Sequence[Account]:
    """The accounts whose name or user name has `search` in it, by name, with their roles."""
    return db.session.scalars(
        select(Account)
        .options(selectinload(Account.roles))
        .where(_has(search))
        .order_by(func.lower(Account.name), Account.id)
        .offset(offset)
        .limit(limit)
    ).all()


def count_accounts(search: str = "") -> int:
    """How many accounts have `search` in their name or user name."""
    return db.session.scalar(select(func.count(Account.id)).where(_has(search))) or 0


def _has(search: str) -> ColumnElement[bool]:
    wanted = search.strip().lower()
    if not wanted:
        return true()
    return or_(
        func.lower(Account.name).contains(wanted, autoescape=True),
        Account.username.contains(wanted, autoescape=True),
    )


def demo_accounts() -> Sequence[Account]:
    """The sample accounts of the demo, in the order they were made."""
    return db.session.scalars(
        select(Account).options(selectinload(Account.roles)).where(Account.demo, Account.active).order_by(Account.id)
    ).all()


def role(account_id: int, role_id: int) -> RoleAssignment | None:
    """One role of this account, ended or not."""
    return db.session.scalar(
        select(RoleAssignment).where(RoleAssignment.id == role_id, RoleAssignment.account_id == account_id)
    )


def role_held(account: Account, wanted: Role, scope: Scope) -> RoleAssignment | None:
    """The role as this account holds it now within exactly this scope."""
    held = db.session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.account_id == account.id, RoleAssignment.role == wanted, RoleAssignment.ended_at.is_(None)
        )
    )
    return next((one for one in held if scope_of_role(one) == scope), None)


def scopes_held(account: Account) -> list[Scope]:
    """Where the present roles of this account hold, and where the person lies whose account it is: whoever manages it
    could sign in as them.
    """
    held = db.session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.account_id == account.id, RoleAssignment.ended_at.is_(None))
        .order_by(RoleAssignment.id)
    )
    scopes = [scope_of_role(one) for one in held]
    return scopes if account.person_id is None else [*scopes, *scopes_of([account.person_id]).values()]


def lock_administrators() -> Sequence[Account]:
    """The open accounts that manage everything, locked until the transaction ends."""
    manages_everything: ColumnElement[bool] = Account.roles.any(
        (RoleAssignment.role == Role.ADMINISTRATOR)
        & RoleAssignment.ended_at.is_(None)
        & RoleAssignment.curriculum.is_(None)
        & (RoleAssignment.region.is_(None) | (RoleAssignment.region == WORLD))
        & RoleAssignment.organisation_id.is_(None)
        & RoleAssignment.programme_id.is_(None)
    )
    db.session.execute(select(Account.id).where(Account.active, manages_everything).with_for_update()).all()
    return db.session.scalars(  # asked again, for what we waited for may have changed the answer
        select(Account).where(Account.active, manages_everything).order_by(Account.id)
    ).all()


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
            .order_by(SignInAttempt.at, SignInAttempt.id)
        )
    )


def failures_from(address: str, since: datetime) -> list[datetime]:
    """When signing in from this network address failed since then, oldest first, whoever was tried."""
    return list(
        db.session.scalars(
            select(SignInAttempt.at)
            .where(SignInAttempt.address == address, SignInAttempt.at > since, ~SignInAttempt.succeeded)
            .order_by(SignInAttempt.at, SignInAttempt.id)
        )
    )


def history(account: Account, limit: int = 30) -> list[tuple[AuditEntry, str | None]]:
    """What was done to this account and the name of who did it (None: the command line), newest first."""
    rows = db.session.execute(
        select(AuditEntry, Account.name)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.subject_kind == Account.__tablename__, AuditEntry.subject_id == str(account.id))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(limit)
    )
    return [(entry, name) for entry, name in rows]
