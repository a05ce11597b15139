"""An agenda from the minutes of units: breaks where people need them, days that end in time, times that follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core import overtaken
from app.core.errors import N_, Refused

OPENING, CLOSING, BREAK, LUNCH = 30, 30, 15, 60
ANSWERS = 10  # minutes to fill in the questionnaire of one unit
WITHOUT_BREAK = 135  # longest stretch between breaks
LUNCH_FROM, LUNCH_BY, DAY_ENDS = 11 * 60, 13 * 60 + 30, 17 * 60 + 30
LONGEST_ITEM = 600
MOST_ITEMS = 200
MIDNIGHT = 24 * 60


class BadTime(Refused):
    text = N_("Please write minutes as a number from 0 to %(most)s.")
    status = 422


class BadClock(Refused):
    text = N_("Please write when the day begins as hours and minutes, for example 08:30.")
    status = 422


class TooManyItems(Refused):
    text = N_("An agenda has at most %(most)s lines.")
    status = 422


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is to stand on the agenda; `kind` as in models.ItemKind, `what` a unit's uid or the break's name."""

    day: int
    kind: str
    what: str
    minutes: int


class Timed(Protocol):
    """Whatever takes minutes on a day."""

    @property
    def day(self) -> int: ...

    @property
    def minutes(self) -> int: ...


def plan(units: Iterable[tuple[str, int]], starts_minute: int, days: int) -> list[Line]:
    """An agenda for these units (uid, minutes): opening, units with their questionnaires, breaks, lunch, closing.

    A unit that would end after half past five goes to the next day while there is one; the last day takes the rest.
    """
    lines = [Line(1, "opening", "", OPENING)]
    day, clock, stretch, fed = 1, starts_minute + OPENING, 0, starts_minute >= LUNCH_BY
    for uid, minutes in units:
        if (
            day < days
            and clock + minutes + ANSWERS > DAY_ENDS
            and any(x.day == day and x.kind == "unit" for x in lines)
        ):
            day, clock, stretch, fed = day + 1, starts_minute, 0, starts_minute >= LUNCH_BY
        if not fed and clock >= LUNCH_FROM and clock + minutes + ANSWERS > LUNCH_BY:
            lines.append(Line(day, "break", "lunch", LUNCH))
            clock, stretch, fed = clock + LUNCH, 0, True
        elif stretch and stretch + minutes > WITHOUT_BREAK:
            lines.append(Line(day, "break", "break", BREAK))
            clock, stretch = clock + BREAK, 0
        lines += [Line(day, "unit", uid, minutes), Line(day, "answers", uid, ANSWERS)]
        clock, stretch = clock + minutes + ANSWERS, stretch + minutes + ANSWERS
    return [*lines, Line(day, "closing", "", CLOSING)]


def begins(items: Sequence[Timed], starts_minute: int) -> list[int]:
    """The minute of its day at which each item begins; items are in order."""
    clocks: dict[int, int] = {}
    found = []
    for item in items:
        now = clocks.get(item.day, starts_minute)
        found.append(now)
        clocks[item.day] = now + item.minutes
    return found


def mark_of(items: Iterable[object]) -> str:
    """A short name for an agenda as it stands, by which a form tells whether it still is the one it showed."""
    names = ("id", "day", "position", "title", "minutes")
    return overtaken.mark_of({str(at): overtaken.written(one, names) for at, one in enumerate(items)})


def read_minutes(text: str) -> int:
    """Minutes as somebody typed them; raises `BadTime`."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 6 or int(typed) > LONGEST_ITEM:
        raise BadTime(most=LONGEST_ITEM)
    return int(typed)


def read_clock(text: str) -> int:
    """The minute of the day that `08:30` names; raises `BadClock`."""
    hours, _, minutes = text.strip().replace(".", ":").partition(":")
    if not (hours.isascii() and hours.isdecimal() and (minutes or "0").isascii() and (minutes or "0").isdecimal()):
        raise BadClock
    if len(hours) > 2 or len(minutes) > 2 or int(hours) > 23 or int(minutes or 0) > 59:
        raise BadClock
    return int(hours) * 60 + int(minutes or 0)


def clock(minute: int) -> str:
    """A minute of the day as people write it; past midnight it goes on counting hours."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
