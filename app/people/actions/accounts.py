"""Signing in, and making, changing and closing accounts."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.errors import Refused
from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import passwords, queries, rules
from app.people.models import Account, Person, RoleAssignment, SignInAttempt
from app.people.permissions import Actor, NotAllowed, Permission, Role, Scope, check
from app.people.queries import organisations, persons, programmes


def try_password(username: str, password: str, address: str) -> Account:
    """Return the account when the password is right; note the try either way, so it must be kept even when it fails.

    Raises `LockedOut`, `AddressLockedOut` or `WrongPassword`. An unknown name, a closed account and a wrong password
    take as long and say the same.
    """
    outcome = _try_password(username, password, address, "account.signed_in")
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@transactional
def _try_password(username: str, password: str, address: str, deed: str) -> Account | Refused:
    """The try itself: what fails is returned, not raised, because raising would roll its record back."""
    now = clock.now()
    window = current_app.config["LOCKOUT_MINUTES"]
    allowed = current_app.config["LOCKOUT_FAILURES"]
    account = queries.account_by_username(rules.name_of_attempt(username)) or queries.account_by_phone(username)
    name = rules.name_of_attempt(username) if account is None else account.username
    since = now - timedelta(minutes=window)
    if minutes := rules.minutes_locked(queries.failures_since(name, since), now, allowed, window):
        return rules.LockedOut(minutes=minutes)
    failures = queries.failures_from(address, since)
    if minutes := rules.minutes_locked(failures, now, allowed * rules.TRIES_PER_ADDRESS, window):
        return rules.AddressLockedOut(minutes=minutes)
    right = passwords.matches(account.password_hash if account else None, password)
    opened = account is not None and rules.may_sign_in(
        active=account.active, demo=account.demo, demo_mode=current_app.config["DEMO"]
    )
    db.session.add(SignInAttempt(username=name, address=address, at=now, succeeded=right and opened))
    if account is None or not right or not opened:
        return rules.WrongPassword()
    record(account.id, deed, account)
    return account


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
    person: Person | None = None,
) -> Account:
    """Make an account with its first role; of a person, where it is known whose."""
    check(actor, Permission.MANAGE_ACCOUNTS, scope)
    if person is not None:
        _check_person(actor, person)
    username = username.strip().lower()
    name = name.strip() or username
    rules.check_username(username)
    rules.check_name(name)
    rules.check_password(password, username)
    _check_language(language)
    if queries.account_by_username(username):
        raise rules.UsernameTaken(username=username)
    account = Account(
        username=username,
        name=name,
        person_id=None if person is None else person.id,
        password_hash=passwords.hashed(password),
        stamp=passwords.stamp(),
        must_change_password=must_change_password,
        demo=demo,
        language=language,
        created_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError as taken:  # somebody made it since we looked
        raise rules.UsernameTaken(username=username) from taken
    record(actor.account_id, "account.created", account)
    grant_role(actor, account, role, scope)
    return account


@transactional
def grant_role(actor: Actor, account: Account, role: Role, scope: Scope) -> RoleAssignment:
    """Give an account a role within a scope; a role it holds already stays as it is."""
    check(actor, Permission.MANAGE_ACCOUNTS, scope)
    _check_places(actor, scope)
    rules.check_scope(scope, region_exists=scope.region is None or i18n.is_region(scope.region))
    held = queries.role_held(account, role, scope)
    if held is not None:
        return held
    assignment = RoleAssignment(
        account=account,
        role=role,
        curriculum=scope.curriculum,
        region=scope.region,
        organisation_id=rules.only(scope.organisations),
        programme_id=rules.only(scope.programmes),
        granted_at=clock.now(),
        granted_by_id=actor.account_id,
    )
    db.session.add(assignment)
    record(actor.account_id, "role.granted", account, role=role, **rules.told(scope))
    return assignment


@transactional
def end_role(actor: Actor, assignment: RoleAssignment) -> None:
    """End a role from now on; the record of it stays."""
    scope = queries.scope_of_role(assignment)
    check(actor, Permission.MANAGE_ACCOUNTS, scope)
    if assignment.ended_at is not None:
        return
    if assignment.role is Role.ADMINISTRATOR and scope.covers(Scope()):
        _keep_one_administrator(assignment.account)
    assignment.ended_at = clock.now()
    record(
        actor.account_id,
        "role.ended",
        assignment.account,
        role=assignment.role,
        **rules.told(scope),
    )


def change_password(actor: Actor, account: Account, current: str, wanted: str, *, address: str) -> None:
    """Change one's own password; every other session of the account ends.

    A wrong present password counts as a try to sign in, so that an open screen cannot be used to guess it.
    """
    _check_own(actor, account)
    outcome = _try_password(account.username, current, address, "account.password_confirmed")
    if isinstance(outcome, rules.WrongPassword):
        raise rules.NotYourPassword
    if isinstance(outcome, Refused):
        raise outcome
    _change_password(actor, account, wanted)


@transactional
def _change_password(actor: Actor, account: Account, wanted: str) -> None:
    _set_password(account, wanted)
    account.must_change_password = False
    record(actor.account_id, "account.password_changed", account)


@transactional
def reset_password(actor: Actor, account: Account) -> str:
    """Give an account a new password that must be changed at the next sign-in, and return it to be passed on."""
    _check_manages(actor, account)
    wanted = passwords.fresh()
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
    _check_manages(actor, account)
    if account.active == active:
        return
    if not active:
        _keep_one_administrator(account)
    account.active = active
    account.stamp = passwords.stamp()
    record(actor.account_id, "account.opened" if active else "account.closed", account)


@transactional
def set_language(actor: Actor, account: Account, language: str) -> None:
    """Remember the interface language a person chose for themselves."""
    _check_own(actor, account)
    _check_language(language)
    account.language = language


@transactional
def link_person(actor: Actor, account: Account, person: Person) -> None:
    """Say whose account this is; from then on it may do what that person may because of who they are."""
    _check_manages(actor, account)
    _check_person(actor, person)
    if account.person_id is not None:
        raise rules.HasAccount(name=account.name)
    account.person_id = person.id
    account.stamp = passwords.stamp()
    record(actor.account_id, "account.linked", account, person=person.id)


def _check_person(actor: Actor, person: Person) -> None:
    """Raise unless the actor may give this person an account, who has none."""
    check(actor, Permission.MANAGE_PEOPLE, persons.scopes_of([person.id])[person.id])
    if person.merged_into_id is not None or person.erased_at is not None:
        raise rules.NobodysRecord
    if db.session.scalar(select(Account.id).where(Account.person_id == person.id)) is not None:
        raise rules.HasAccount(name=person.name)


def _check_places(actor: Actor, scope: Scope) -> None:
    """Raise unless the organisation and the programme of a role are there, and the actor gives roles in them."""
    organisation, programme = rules.only(scope.organisations), rules.only(scope.programmes)
    wanted = Permission.MANAGE_ACCOUNTS
    if organisation is not None:
        try:
            organisations.get(actor, organisation, wanted)
        except organisations.NoSuchOrganisation as missing:
            raise rules.NoSuchPlace from missing
    if programme is not None and programme not in {one.id for one in programmes.offered(actor, wanted)}:
        raise rules.NoSuchPlace


def _check_own(actor: Actor, account: Account) -> None:
    check(actor, Permission.OWN_ACCOUNT)
    if actor.account_id != account.id:
        raise NotAllowed


def _check_manages(actor: Actor, account: Account) -> None:
    rules.check_manages(actor, queries.scopes_held(account))


def _check_language(language: str | None) -> None:
    if language is not None and language not in i18n.LANGUAGES:
        raise rules.BadLanguage


def _set_password(account: Account, wanted: str) -> None:
    rules.check_password(wanted, account.username)
    account.password_hash = passwords.hashed(wanted)
    account.stamp = passwords.stamp()


def _keep_one_administrator(leaving: Account) -> None:
    """Raise when nobody else would manage everything; two who leave at the same time wait for each other."""
    administrators = {account.id for account in queries.lock_administrators()}
    if administrators == {leaving.id}:
        raise rules.LastAdministrator
