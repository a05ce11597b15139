"""Signing in, and making, changing and closing accounts."""

from __future__ import annotations

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional

from . import queries, rules
from .models import Account, RoleAssignment, SignInAttempt
from .permissions import Actor, Permission, Role, Scope, check

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_DUMMY = _hasher.hash(secrets.token_hex(16))


def try_password(username: str, password: str, address: str) -> Account:
    """Return the account when the password is right; note the try either way, so it must be kept even when it fails.

    Raises `LockedOut` or `WrongPassword`. An unknown name takes as long as a wrong password and says the same.
    """
    outcome = _try_password(username.strip().lower(), password, address)
    if isinstance(outcome, Account):
        return outcome
    raise outcome


@transactional
def _try_password(username: str, password: str, address: str) -> Account | rules.Refused:
    """The try itself: what fails is returned, not raised, because raising would roll its record back."""
    now = clock.now()
    window = current_app.config["LOCKOUT_MINUTES"]
    failures = queries.failures_since(username, now - timedelta(minutes=window))
    locked = rules.minutes_locked(failures, now, current_app.config["LOCKOUT_FAILURES"], window)
    if locked:
        return rules.LockedOut(minutes=locked)
    account = queries.account_by_username(username)
    right = _matches(account.password_hash if account else _DUMMY, password) and account is not None
    succeeded = right and account is not None and account.active
    db.session.add(SignInAttempt(username=username, address=address, at=now, succeeded=succeeded))
    if not succeeded or account is None:
        return rules.WrongPassword()
    record(account.id, "account.signed_in", account)
    return account


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerificationError:
        return False


@transactional
def create_account(
    actor: Actor,
    username: str,
    password: str,
    *,
    name: str,
    role: Role,
    scope: Scope,
    language: str | None = None,
    must_change_password: bool = True,
    demo: bool = False,
) -> Account:
    """Make an account with its first role."""
    check(actor, Permission.MANAGE_ACCOUNTS, scope)
    username = username.strip().lower()
    rules.check_username(username)
    rules.check_password(password, username)
    if queries.account_by_username(username):
        raise rules.UsernameTaken(username=username)
    account = Account(
        username=username,
        name=name.strip() or username,
        password_hash=_hasher.hash(password),
        stamp=secrets.token_hex(8),
        must_change_password=must_change_password,
        demo=demo,
        language=language,
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    grant_role(actor, account, role, scope)
    record(actor.account_id, "account.created", account)
    return account


@transactional
def grant_role(actor: Actor, account: Account, role: Role, scope: Scope) -> RoleAssignment:
    """Give an account a role within a scope."""
    check(actor, Permission.MANAGE_ACCOUNTS, scope)
    assignment = RoleAssignment(
        account=account,
        role=role,
        curriculum=scope.curriculum,
        region=scope.region,
        granted_at=clock.now(),
        granted_by_id=actor.account_id,
    )
    db.session.add(assignment)
    record(actor.account_id, "role.granted", account, role=role, curriculum=scope.curriculum, region=scope.region)
    return assignment


@transactional
def end_role(actor: Actor, assignment: RoleAssignment) -> None:
    """End a role from now on; the record of it stays."""
    check(actor, Permission.MANAGE_ACCOUNTS, Scope(assignment.curriculum, assignment.region))
    if assignment.role is Role.ADMINISTRATOR:
        _keep_one_administrator(assignment.account)
    assignment.ended_at = clock.now()
    record(actor.account_id, "role.ended", assignment.account, role=assignment.role)


@transactional
def change_password(actor: Actor, account: Account, current: str, wanted: str) -> None:
    """Change one's own password; every other session of the account ends."""
    if actor.account_id != account.id:
        check(Actor(), Permission.OWN_ACCOUNT)
    if not _matches(account.password_hash, current):
        raise rules.WrongPassword
    _set_password(account, wanted)
    account.must_change_password = False
    record(actor.account_id, "account.password_changed", account)


@transactional
def reset_password(actor: Actor, account: Account) -> str:
    """Give an account a new password that must be changed at the next sign-in, and return it to be passed on."""
    check(actor, Permission.MANAGE_ACCOUNTS, Scope())
    wanted = "-".join(secrets.token_hex(2) for _ in range(4))
    _set_password(account, wanted)
    account.must_change_password = True
    db.session.add(
        SignInAttempt(username=account.username, address="reset", at=clock.now(), succeeded=True)
    )  # a reset opens a locked account
    record(actor.account_id, "account.password_reset", account)
    return wanted


@transactional
def set_active(actor: Actor, account: Account, active: bool) -> None:
    """Close an account or open it again. Nothing of it is deleted."""
    check(actor, Permission.MANAGE_ACCOUNTS, Scope())
    if not active:
        _keep_one_administrator(account)
    account.active = active
    account.stamp = secrets.token_hex(8)
    record(actor.account_id, "account.opened" if active else "account.closed", account)


@transactional
def set_language(actor: Actor, account: Account, language: str) -> None:
    """Remember the interface language a person chose."""
    check(actor, Permission.OWN_ACCOUNT)
    if actor.account_id == account.id:
        account.language = language


def _set_password(account: Account, wanted: str) -> None:
    rules.check_password(wanted, account.username)
    account.password_hash = _hasher.hash(wanted)
    account.stamp = secrets.token_hex(8)


def _keep_one_administrator(leaving: Account) -> None:
    others = [
        account
        for account in queries.accounts()
        if account.id != leaving.id
        and account.active
        and any(r.role is Role.ADMINISTRATOR and r.ended_at is None for r in account.roles)
    ]
    if not others:
        raise rules.LastAdministrator
