"""Rules on accounts: user names, passwords, who manages whom, and how guessing is slowed down."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from app.core.errors import N_, Refused
from app.people.permissions import Actor, Ids, NotAllowed, Permission, Scope, allows

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}\Z")
CURRICULUM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 200
SHORTEST_PHONE, LONGEST_PHONE = 8, 15
TRIES_PER_ADDRESS = 10  # times as many as for one account: a classroom shares one address
DEMO_PASSWORD = "semilla-de-prueba"  # noqa: S105 -- shown on the demo's sign-in page, useless elsewhere


class BadUsername(Refused):
    text = N_("A user name has 2 to 40 small letters, digits, dots, hyphens or underscores, e.g. rosa.quispe.")
    status = 422


class UsernameTaken(Refused):
    text = N_("There is an account called %(username)s already.")


class ShortPassword(Refused):
    text = N_("A password needs at least %(count)s characters. Three or four words you remember make a good one.")
    status = 422


class GuessablePassword(Refused):
    text = N_("That password contains your user name or one letter over and over; please choose another.")
    status = 422


class WrongPassword(Refused):
    text = N_("User name and password do not match. Check both and try again.")
    status = 422


class NotYourPassword(Refused):
    text = N_("That is not your current password.")
    status = 422


class PasswordsDiffer(Refused):
    text = N_("The two new passwords are not the same. Please type the second one again.")
    status = 422


class BadName(Refused):
    text = N_("A name has 1 to %(count)s characters on one line.")
    status = 422


class BadCurriculum(Refused):
    text = N_("A curriculum is named by small letters, digits and hyphens, e.g. my-coop; leave it empty for all.")
    status = 422


class BadRegion(Refused):
    text = N_(
        "There is no region %(region)s. Write e.g. PE for a country, PE-SAM for a part of one, 001 for the world."
    )
    status = 422


class BadLanguage(Refused):
    text = N_("The pages cannot be shown in that language.")
    status = 422


class LockedOut(Refused):
    text = N_("Too many wrong passwords for this account. Please wait %(minutes)s minutes, or ask an administrator.")
    status = 429


class AddressLockedOut(Refused):
    text = N_("Too many wrong passwords from your connection. Please wait %(minutes)s minutes.")
    status = 429


class LastAdministrator(Refused):
    text = N_("This is the last administrator; give the role to somebody else first.")


def check_username(username: str) -> None:
    """Raise unless this can be a user name."""
    if not USERNAME.match(username):
        raise BadUsername


def check_name(name: str) -> None:
    """Raise unless this can be what a person is called here."""
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise BadName(count=LONGEST_NAME)


class NoSuchPlace(Refused):
    text = N_("There is no such organisation or programme, or your account does not give roles there.")
    status = 422


class HasAccount(Refused):
    text = N_("%(name)s has an account already.")


class NobodysRecord(Refused):
    text = N_("That record stands for nobody any more. Choose the one that does.")


class BadScope(Refused):
    text = N_("A role holds in one organisation or one programme at a time.")
    status = 422


def only(ids: Ids | None) -> int | None:
    """The one id in a role's scope, None for any."""
    if ids is None:
        return None
    if len(ids) != 1:
        raise BadScope
    return next(iter(ids))


def told(scope: Scope) -> dict[str, str | int | None]:
    """A role's scope as the record of deeds keeps it."""
    found: dict[str, str | int | None] = {"curriculum": scope.curriculum, "region": scope.region}
    if scope.organisations is not None:
        found["organisation"] = only(scope.organisations)
    if scope.programmes is not None:
        found["programme"] = only(scope.programmes)
    return found


def check_scope(scope: Scope, region_exists: bool) -> None:
    """Raise unless a role can be given within this scope."""
    if scope.curriculum is not None and not CURRICULUM.match(scope.curriculum):
        raise BadCurriculum
    if not region_exists:
        raise BadRegion(region=(scope.region or "")[:20])


def manages(actor: Actor, held: Iterable[Scope]) -> bool:
    """Whether the actor may close an account and reset its password; `held` are the scopes of its present roles.

    Who manages Peru manages accounts whose roles all lie in Peru. An account that holds none belongs to no place, so
    only those who manage everything may touch it.
    """
    return all(allows(actor, Permission.MANAGE_ACCOUNTS, scope) for scope in list(held) or [Scope()])


def check_manages(actor: Actor, held: Iterable[Scope]) -> None:
    """Raise unless the actor `manages` an account whose present roles hold there."""
    if not manages(actor, held):
        raise NotAllowed


def may_sign_in(*, active: bool, demo: bool, demo_mode: bool) -> bool:
    """Whether an account is open; sample accounts, whose password everybody knows, are open in demo mode only."""
    return active and (demo_mode or not demo)


def phone_digits(typed: str) -> str | None:
    """The digits of what somebody typed as their user name, None where it is no whole telephone number."""
    digits = re.sub(r"[\s().+-]", "", typed)
    return digits if digits.isascii() and digits.isdigit() and SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE else None


def same_phone(kept: str, digits: str) -> bool:
    """Whether what was typed is a kept number, with or without the country's prefix."""
    known = kept.lstrip("+")
    return known == digits or known.endswith(digits) or digits.endswith(known)


def name_of_attempt(typed: str) -> str:
    """Return what is noted of the name somebody tried to sign in with.

    A name that nobody can have may be a password in the wrong field, so only its digest is kept.
    """
    name = typed.strip().lower()
    return name if USERNAME.match(name) else f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


def own_path(wanted: str, otherwise: str) -> str:
    """Return `wanted` when it is a path on this site, else `otherwise`; a form cannot send people elsewhere.

    Browsers read `//host`, `/\\host` and paths with control characters as other sites, so these are none of ours.
    """
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted or not wanted.isprintable():
        return otherwise
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else wanted


def check_twice(wanted: str, again: str) -> None:
    """Raise unless the new password was typed the same way twice."""
    if wanted != again:
        raise PasswordsDiffer


def check_password(password: str, username: str) -> None:
    """Raise unless this can be the password of `username`: long enough, and not plainly guessable."""
    if len(password) < SHORTEST_PASSWORD or len(password) > LONGEST_PASSWORD:
        raise ShortPassword(count=SHORTEST_PASSWORD)
    if username.lower() in password.lower() or len(set(password)) < 4:
        raise GuessablePassword


def minutes_locked(failures: Sequence[datetime], now: datetime, allowed: int, window_minutes: int) -> int:
    """Whole minutes an account is still locked after these failures, 0 when it is open.

    Locked once `allowed` failures fall within the window, until the window after the last of them has passed.
    """
    recent = [at for at in failures if now - at < timedelta(minutes=window_minutes)]
    if len(recent) < allowed:
        return 0
    left = recent[-1] + timedelta(minutes=window_minutes) - now
    return max(1, -(-int(left.total_seconds()) // 60))
