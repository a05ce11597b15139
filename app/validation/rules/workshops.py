"""What a workshop needs, when it takes answers, and what is refused: answers twice, strange values, other people's."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.core.errors import N_, Refused

from .scales import STEPS, Scale

LONGEST_LINE, LONGEST_TEXT = 200, 4_000
MOST_DAYS = 10
MOST_PARTICIPANTS = 500
MOST_NAMELESS = 300  # phones and papers without a name
MOST_REMARKS = 2_000
MOST_HANDS = 1_000
TRIES, TRIES_WINDOW = 10, timedelta(minutes=15)
_MARK = re.compile(r"\bT([1-9]\d{0,8})-([1-9]\d{0,5})\b")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


class NoSuchWorkshop(Refused):
    text = N_("There is no such workshop, or it belongs to another edition.")
    status = 404


class NeedsTitle(Refused):
    text = N_("Please give the workshop a name of at most %(most)s letters.")
    status = 422


class NeedsDate(Refused):
    text = N_("Please write the day it begins, for example 2026-03-14.")
    status = 422


class BadDays(Refused):
    text = N_("A workshop takes from 1 to %(most)s days.")
    status = 422


class TooLong(Refused):
    text = N_("That is longer than %(most)s letters. Nothing was saved; please shorten it.")
    status = 422


class NoUnits(Refused):
    text = N_("Choose at least one unit to try.")
    status = 422


class NotInEdition(Refused):
    text = N_("That unit or paragraph is not in what this workshop tries.")
    status = 422


class Closed(Refused):
    text = N_("This workshop is closed: its results and minutes stay as they are. Reopen it to change something.")


class NotClosed(Refused):
    text = N_("This workshop is not closed, so there is nothing to reopen.")


class NotOpen(Refused):
    text = N_("This workshop takes no answers now. Please ask the people who facilitate it.")


class HasAnswers(Refused):
    text = N_("Somebody has answered already, so the questions and the scale stay as they are.")


class NeedsReopenReason(Refused):
    text = N_("Please say why it is opened again; it will stand in the minutes.")
    status = 422


class BadAnswer(Refused):
    text = N_("One of the answers is none of those offered.")
    status = 422


class NeedsComment(Refused):
    text = N_("Where the answer is low, please say in a few words why. Everything else you answered is kept.")
    status = 422


class NothingAnswered(Refused):
    text = N_("Nothing was answered yet.")
    status = 422


class AnsweredAlready(Refused):
    text = N_("This number has answered this unit already. Open that sheet to correct it.")


class NoSuchParticipant(Refused):
    text = N_("This workshop has nobody with that number.")
    status = 422


class WrongCode(Refused):
    text = N_("That is not the code of this workshop. It stands under the drawing to scan.")
    status = 422


class TooManyTries(Refused):
    text = N_("Too many tries. Please wait a quarter of an hour, or ask the people who facilitate.")
    status = 429


class TooMany(Refused):
    text = N_("This workshop cannot take more than %(most)s of these.")


class BadHands(Refused):
    text = N_("Please write how many hands went up as a number from 0 to %(most)s.")
    status = 422


class NeedsRemark(Refused):
    text = N_("Please write what should be different.")
    status = 422


class NoSuchRemark(Refused):
    text = N_("There is no such remark, or it belongs to another workshop.")
    status = 404


class NoSuchParagraph(Refused):
    text = N_("This unit has no paragraph number %(number)s.")
    status = 422


class NeedsDecisionReason(Refused):
    text = N_("Please say why: whoever made the remark will want to know.")
    status = 422


class UnknownVerdict(Refused):
    text = N_("Please choose what becomes of the remark.")
    status = 422


class DecidedMeanwhile(Refused):
    text = N_("%(who)s decided on this while you were writing; it stands above. If you see it otherwise, decide again.")


class NotesChanged(Refused):
    text = N_(
        "Somebody wrote in the minutes while you did; their words stand below. Join yours with them and save again."
    )


class UndecidedRemarks(Refused):
    text = N_("%(count)s remarks wait for a decision. Decide on them, or put them off, and then close the workshop.")


class NeedsName(Refused):
    text = N_("Please write the name as the person gives it, at most %(most)s letters.")
    status = 422


class Erased(Refused):
    text = N_("What we knew of this person has been erased; only the counts are left.")


class NoSuchStep(Refused):
    text = N_("This edition's history has no step with that number.")
    status = 422


class StaleAgenda(Refused):
    text = N_("Somebody changed the agenda while you were working. Look at it once more.")


def line(text: str, most: int = LONGEST_LINE) -> str:
    """A short text as one line; raises `TooLong`."""
    found = " ".join(text.split())
    if len(found) > most:
        raise TooLong(most=most)
    return found


def long_text(text: str, most: int = LONGEST_TEXT) -> str:
    """A text of several lines, trimmed; raises `TooLong`."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) > most:
        raise TooLong(most=most)
    return found


def title(text: str) -> str:
    """A workshop's name; raises `NeedsTitle`."""
    found = " ".join(text.split())
    if not found or len(found) > LONGEST_LINE:
        raise NeedsTitle(most=LONGEST_LINE)
    return found


def name(text: str) -> str:
    """A person's name; raises `NeedsName`."""
    found = " ".join(text.split())
    if not found or len(found) > LONGEST_LINE:
        raise NeedsName(most=LONGEST_LINE)
    return found


def day(text: str) -> date:
    """The date that was typed; raises `NeedsDate`."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise NeedsDate from None
    if not 1990 <= found.year <= 2200:
        raise NeedsDate
    return found


def check_days(days: int) -> None:
    """Raise `BadDays` unless a workshop can take so many days."""
    if not 1 <= days <= MOST_DAYS:
        raise BadDays(most=MOST_DAYS)


def new_token() -> str:
    """An address nobody guesses: 80 bits in letters that can be typed from paper."""
    return "".join(secrets.choice(_LETTERS) for _ in range(17))


def new_code() -> str:
    """A short code that is read out in the room."""
    return f"{secrets.randbelow(10**6):06d}"


def mark(workshop_id: int, number: int) -> str:
    """How an edit names the remark that it answers, in its evidence."""
    return f"T{workshop_id}-{number}"


def mark_of_decision(at: datetime | None) -> str:
    """A short name for a decision, by which a form tells whether it still is the one it showed."""
    return at.isoformat() if at is not None else "none"


def mark_of_notes(notes: Mapping[str, str]) -> str:
    """A short name for the free words of the minutes, by which a form tells whether they still are those it showed."""
    written = "\0".join(f"{name}={text}" for name, text in sorted(notes.items()) if text)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def marks_in(evidence: str) -> list[tuple[int, int]]:
    """The workshops and numbers of the remarks that a piece of evidence names."""
    return [(int(workshop), int(number)) for workshop, number in _MARK.findall(evidence)]


def check_values(
    scale: Scale, asked: set[int], values: dict[int, int | None], comments: dict[int, str], *, strict: bool = True
) -> None:
    """Raise unless every answer is one of the scale to a question that is asked, and low ones say why when `strict`."""
    steps = STEPS[scale]
    if not values:
        raise NothingAnswered
    if values.keys() - asked or any(value is not None and value not in steps.values for value in values.values()):
        raise BadAnswer
    for question, value in values.items():
        if strict and value is not None and value <= steps.comment_until and not comments.get(question, "").strip():
            raise NeedsComment
