"""Rules on learners' cards: codes that can be read out and typed, PINs that are not the first guess."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise

from app.core.errors import N_, Refused

# Letters that neither look nor sound like another one on this list when printed small: no I, L, O, Q, S, U, V.
LETTERS = "ABCDEFGHJKMNPRTWXYZ"
LENGTH = 10
SHORTEST_PIN, LONGEST_PIN = 4, 6
MOST_FAILURES = 20
DEMO_PIN = "2580"  # of the sample card, shown in demo mode only


class NotACard(Refused):
    text = N_("That is not the code of a card. It has %(count)s letters; please look at it once more.")
    status = 422


class BadPin(Refused):
    text = N_("A PIN has %(shortest)s to %(longest)s digits.")
    status = 422


class GuessablePin(Refused):
    text = N_("That PIN is guessed at once: not all the same digit, not 1234, not your year of birth.")
    status = 422


class WrongPin(Refused):
    text = N_("Card and PIN do not match. Check both and try again.")
    status = 422


class PinsDiffer(Refused):
    text = N_("The two PINs are not the same. Please type both once more.")
    status = 422


class NotWithACard(Refused):
    text = N_("You are not signed in with a card, so there is no PIN to change.")
    status = 422


class NeedsPin(Refused):
    text = N_("This card has no PIN yet. Please choose one of %(shortest)s to %(longest)s digits.")


class CardLocked(Refused):
    text = N_("Too many wrong PINs. Please wait %(minutes)s minutes, or ask your trainer for a new PIN.")
    status = 429


class CardBlocked(Refused):
    text = N_("Too many wrong PINs for this card. Ask your trainer for a new PIN.")
    status = 429


class CardEnded(Refused):
    text = N_("This card has been ended already.")


def new_code(choose: Callable[[str], str]) -> str:
    """A new code of ten letters and one that checks them; `choose` takes one letter of a text by chance."""
    letters = "".join(choose(LETTERS) for _ in range(LENGTH))
    return letters + check_letter(letters)


def check_letter(letters: str) -> str:
    """The letter that makes one wrong letter, or two neighbours exchanged, be noticed: 19 is prime, weights differ."""
    return LETTERS[sum(place * LETTERS.index(letter) for place, letter in enumerate(letters, 2)) % len(LETTERS)]


def code(typed: str) -> str:
    """The code somebody typed or scanned, in small letters or with spaces too; raises `NotACard`."""
    found = "".join(typed.upper().replace("-", " ").split())
    if len(found) != LENGTH + 1 or set(found) - set(LETTERS) or check_letter(found[:-1]) != found[-1]:
        raise NotACard(count=LENGTH + 1)
    return found


def shown(card_code: str) -> str:
    """A code as it is printed, in groups that can be read out."""
    return f"{card_code[:4]}-{card_code[4:8]}-{card_code[8:]}"


def check_pin(pin: str, birth_year: int | None = None) -> None:
    """Raise unless this can be somebody's PIN."""
    if not (SHORTEST_PIN <= len(pin) <= LONGEST_PIN and pin.isascii() and pin.isdigit()):
        raise BadPin(shortest=SHORTEST_PIN, longest=LONGEST_PIN)
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise GuessablePin
    if birth_year is not None and pin == str(birth_year):
        raise GuessablePin


def name_of_attempt(card_id: int | None, told: str) -> str:
    """What is noted of a try with a card: the card and its stamp, so that a new PIN starts anew; of none, a digest."""
    if card_id is None:
        return f"card:{hashlib.sha256(told.encode()).hexdigest()}"
    return f"card:{card_id}:{told}"


def is_blocked(failures: Sequence[object]) -> bool:
    """Whether so many wrong PINs in a row that only a new one opens the card again."""
    return len(failures) >= MOST_FAILURES
