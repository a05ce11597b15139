"""Rules on accounts: user names, passwords, and how guessing is slowed down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core.errors import N_, Refused

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}\Z")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


class BadUsername(Refused):
    text = N_("A user name has 2 to 40 small letters, digits, dots, hyphens or underscores, e.g. rosa.quispe.")
    status = 422


class UsernameTaken(Refused):
    text = N_("There is an account called %(username)s already.")


class ShortPassword(Refused):
    text = N_("A password needs at least %(count)s characters. Three or four words you remember make a good one.")
    status = 422


class GuessablePassword(Refused):
    text = N_("That password holds your user name or one letter over and over; please choose another.")
    status = 422


class WrongPassword(Refused):
    text = N_("User name and password do not match. Check both and try again.")
    status = 422


class LockedOut(Refused):
    text = N_("Too many wrong passwords for this account. Please wait %(minutes)s minutes, or ask an administrator.")
    status = 429


class LastAdministrator(Refused):
    text = N_("This is the last administrator; give the role to somebody else first.")


def check_username(username: str) -> None:
    """Raise unless this can be a user name."""
    if not USERNAME.match(username):
        raise BadUsername


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
