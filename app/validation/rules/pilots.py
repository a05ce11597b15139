"""What a pilot needs: who is taught what and when, minutes, observations and what is decided on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.core import overtaken
from app.core.content import Uid
from app.core.errors import N_, Refused

MOST_LEARNERS = 300
MOST_OBSERVATIONS = 2_000
MOST_MINUTES = 1_440
LONGEST_LEFT_OUT = 2_000
LONGEST_OBSERVATION = 2_000
_MARK = re.compile(r"\bP([1-9]\d{0,8})-([1-9]\d{0,5})\b")


class NoSuchPilot(Refused):
    text = N_("There is no such pilot, or it belongs to another edition.")
    status = 404


class PilotClosed(Refused):
    text = N_("This pilot is closed: its results stay as they are. Reopen it to change something.")


class PilotNotClosed(Refused):
    text = N_("This pilot is not closed, so there is nothing to reopen.")


class BadDates(Refused):
    text = N_("The last day cannot be before the first, nor more than two years after it.")
    status = 422


class TooManyLearners(Refused):
    text = N_("A pilot has at most %(most)s learners.")


class NotTaught(Refused):
    text = N_("That unit or paragraph is not in what this pilot teaches.")
    status = 422


class BadMinutes(Refused):
    text = N_("Please write the minutes as a number from 0 to %(most)s, or leave them empty.")
    status = 422


class BadAttended(Refused):
    text = N_("Please write how many came as a number from 0 to %(most)s, or leave it empty.")
    status = 422


class NeedsObservation(Refused):
    text = N_("Please write what was seen.")
    status = 422


class NoSuchObservation(Refused):
    text = N_("There is no such observation, or it belongs to another pilot.")
    status = 404


class UndecidedObservations(Refused):
    text = N_("%(count)s observations wait for a decision. Decide on them, or put them off, and then close the pilot.")


def minutes(text: str) -> int | None:
    """Minutes as typed; None where nothing stands; raises `BadMinutes`."""
    return _count(text, MOST_MINUTES, BadMinutes)


def attended(text: str) -> int | None:
    """How many came, as typed; None where nothing stands; raises `BadAttended`."""
    return _count(text, MOST_LEARNERS, BadAttended)


def _count(text: str, most: int, fault: type[Refused]) -> int | None:
    found = text.strip()
    if not found:
        return None
    if found.isascii() and found.isdecimal() and len(found) < 6 and int(found) <= most:
        return int(found)
    raise fault(most=most)


def check_dates(first: date, last: date) -> None:
    """Raise `BadDates` unless these can be the first and the last day of a pilot."""
    if not 0 <= (last - first).days <= 730:
        raise BadDates


def mark(pilot_id: int, number: int) -> str:
    """How an edit names the observation that it answers, in its evidence."""
    return f"P{pilot_id}-{number}"


def told(sittings: Mapping[Uid, Any]) -> dict[str, object]:
    """What is said of each sitting, as it stands or as a form means it."""
    names = ("used", "attended", "held_on", "left_out")
    return {uid: list(overtaken.written(one, names).values()) for uid, one in sittings.items()}


def marks_in(evidence: str) -> list[tuple[int, int]]:
    """The pilots and numbers of the observations that a piece of evidence names."""
    return [(int(pilot), int(number)) for pilot, number in _MARK.findall(evidence)]
