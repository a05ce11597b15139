"""What a phone may do in a workshop without an account: for how many it answers, and what is refused to it.

A link that anybody can pass on proves nothing of who opens it. So a number belongs to the phone that took it first,
a phone belongs to a family and not to a village, and those who facilitate can take both back.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from app.core.errors import N_, Refused

from .workshops import MOST_NAMELESS, MOST_PARTICIPANTS

FAMILY = 4  # people who answer on one phone before those who facilitate are asked
MOST_PEOPLE = 60  # on one phone, however often it was asked
MOST_PHONES = 2 * (MOST_PARTICIPANTS + MOST_NAMELESS)
JOINS, JOINS_WINDOW = 20, timedelta(minutes=1)  # a room behind one network joins within minutes, a machine does not


class TakenNumber(Refused):
    text = N_("Another phone is answering for this number. If it is yours, ask the people who facilitate to free it.")


class AnsweredElsewhere(Refused):
    text = N_("This was answered on paper or on another phone. The people who facilitate can correct it for you.")


class FullPhone(Refused):
    text = N_("%(most)s people answer on this phone already. The people who facilitate can allow more.")


class ShutOut(Refused):
    text = N_("This phone cannot answer here any more. Please ask the people who facilitate.")
    status = 403


class TooManyPhones(Refused):
    text = N_("Many phones joined from here just now. Please wait a minute and try again.")
    status = 429


class NoSuchPhone(Refused):
    text = N_("No phone with that number answers in this workshop.")
    status = 422


def fingerprint(secret: str) -> str:
    """What is kept of a phone's secret: enough to know it again, not enough to be it."""
    return hashlib.sha256(secret.encode()).hexdigest()[:40]


def respondent(secret: str, seat: int) -> str:
    """How somebody without a name is known who answers on a phone as one of several; the first is the phone itself."""
    return fingerprint(f"{secret}-{seat}" if seat else secret)
