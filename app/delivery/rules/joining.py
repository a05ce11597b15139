"""Rules on joining a cohort with its code: what a code looks like, how often somebody may try, what they must say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import N_, Refused
from app.people.rules.cards import LETTERS

LENGTH = 6
TRIES, TRIES_MINUTES = 30, 15  # a classroom shares one address
MOST_WAITING = 200


class NoSuchCode(Refused):
    text = N_("There is no cohort with this code, or nobody can join it now. Please ask the trainer for the code.")
    status = 404


class TooManyTries(Refused):
    text = N_("Too many people have tried to join from your connection. Please wait %(minutes)s minutes.")
    status = 429


class TooManyWaiting(Refused):
    text = N_("Many people wait for an answer in this cohort. Please ask the trainer to look at them first.")
    status = 429


class Decided(Refused):
    text = N_("Somebody has answered this already.")


class NeedsTelephoneOrPlace(Refused):
    text = N_("Please give a telephone, or say where you live, so that the trainer knows who you are.")
    status = 422


class NeedsConsent(Refused):
    text = N_("Please read what is kept of you, and tick that you agree. Without that nobody may write you down.")
    status = 422


class OddSex(Refused):
    text = N_("Please choose one of those shown.")
    status = 422


class NotAmongThem(Refused):
    text = N_("That person cannot be chosen here.")
    status = 422


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody tells who wants to join. `consent` is the version of the text they ticked, read in `language`; a
    guardian ticks for somebody under age.
    """

    given_names: str
    family_names: str = ""
    phone: str = ""
    organisation: str = ""
    place: str = ""
    sex: str = ""
    age: int | None = None
    consent: str = ""
    language: str = "es"
    guardian: str = ""
    guardian_tie: str = ""


def new_code(choose: Callable[[str], str]) -> str:
    """A new code that lets people into a cohort; `choose` takes one letter of a text by chance."""
    return "".join(choose(LETTERS) for _ in range(LENGTH))


def code(typed: str) -> str:
    """The code somebody typed, in small letters or with spaces too; raises `NoSuchCode`."""
    found = "".join(typed.upper().replace("-", " ").split())
    if len(found) != LENGTH or set(found) - set(LETTERS):
        raise NoSuchCode
    return found


def minutes_to_wait(tries: Sequence[datetime], now: datetime) -> int:
    """Whole minutes until somebody may try again from a connection, 0 when they may now; oldest try first."""
    recent = [at for at in tries if now - at < timedelta(minutes=TRIES_MINUTES)]
    if len(recent) < TRIES:
        return 0
    left = recent[-TRIES] + timedelta(minutes=TRIES_MINUTES) - now
    return max(1, -(-int(left.total_seconds()) // 60))
