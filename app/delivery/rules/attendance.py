"""The law of attendance: from the events of one person in one session, in whatever order they came, to what holds.

An event is never changed. A correction names the events it supersedes; those that nothing supersedes stand. Where
several stand and disagree, all are kept and a person chooses, by an event that supersedes them all. How a phone says
all this is in incoming.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.core import events as events_law
from app.core.errors import N_, Refused
from app.core.events import standing as standing
from app.delivery.kinds import Fault, Mark

from .cohorts import REASONS
from .sessions import LONGEST_MINUTES


class Counted(StrEnum):
    """How a mark counts in a rate."""

    WHOLE = "whole"
    MINUTES = "minutes"
    NOTHING = "nothing"
    LEFT_OUT = "left_out"


# Who came late was there. Who was there for a part counts by the minutes. Who is excused or was not expected changes no
# rate, up or down. A session without a mark is not known, and counts nowhere.
COUNTS = {
    Mark.PRESENT: Counted.WHOLE,
    Mark.LATE: Counted.WHOLE,
    Mark.PARTIAL: Counted.MINUTES,
    Mark.ABSENT: Counted.NOTHING,
    Mark.EXCUSED: Counted.LEFT_OUT,
    Mark.NOT_EXPECTED: Counted.LEFT_OUT,
}
TOOK_PART = frozenset({Mark.PRESENT, Mark.LATE, Mark.PARTIAL})
NEEDS_MINUTES = frozenset({Mark.PARTIAL})
TAKES_MINUTES = NEEDS_MINUTES | {Mark.LATE}
ANSWER = "answer"  # what phones call an answer to a question of an assessment


class OddMark(Refused):
    text = N_("“Part of it” needs from 1 to %(most)s minutes, and only it or “late” takes minutes.")
    status = 422


class OddAbsence(Refused):
    text = N_("Please choose a reason from the list, or none.")
    status = 422


class NotOnThisList(Refused):
    text = N_("Somebody in what was sent is not on the list of this cohort. Nothing was saved.")
    status = 422


class NobodyHere(Refused):
    text = N_("There is no such person in this cohort.")
    status = 404


class NothingToChoose(Refused):
    text = N_("That is not one of the marks that stand for this person in this session. Look at it once more.")


class NoSuchItem(Refused):
    text = N_("There is nothing here that waits to be put right, or your account does not show it.")
    status = 404


class RepairedAlready(Refused):
    text = N_("Somebody has dealt with this already. Nothing was changed.")


class StillOdd(Refused):
    text = N_("It still does not fit: %(fault)s. Nothing was changed; put it right or set it aside.")
    status = 422


class NotMended(Refused):
    text = N_(
        "An answer to a question cannot be put right here. Set it aside, and enter it on the page of its assessment."
    )
    status = 422


class MatchedAlready(Refused):
    text = N_("%(name)s has been matched to somebody already. Undo that first.")


class NotMatched(Refused):
    text = N_("%(name)s is not matched to anybody.")


@dataclass(frozen=True, slots=True)
class Event:
    """One mark as it was made. `recorded_at` is the device's clock, set right where it was known to be wrong."""

    uid: str
    mark: Mark
    minutes: int | None
    reason: str
    supersedes: frozenset[str]
    recorded_at: datetime

    @property
    def says(self) -> tuple[Mark, int | None, str]:
        """What it states, apart from who said it when."""
        return (self.mark, self.minutes, self.reason)


@dataclass(frozen=True, slots=True)
class Settled:
    """What holds, and the other events that stand: `rivals` say something else, and with any a person must choose.

    `alike` say the same. Whoever corrects or chooses names them all: one left out would stand against the correction.
    """

    holds: Event
    rivals: tuple[Event, ...] = ()
    alike: tuple[Event, ...] = ()

    @property
    def standing(self) -> tuple[Event, ...]:
        """All that stand, what holds first."""
        return (self.holds, *self.rivals, *self.alike)


def settle(events: Collection[Event]) -> Settled:
    """Return what follows from the events of one person in one session; their order does not matter.

    Of several that stand, the one recorded last holds meanwhile, by its device's clock, then by its uid: a choice that
    is the same on every machine. Events that supersede each other in a ring all stand.
    """
    holds, rivals = events_law.settle(events)
    alike = tuple(event for event in standing(events) if event is not holds and event.says == holds.says)
    return Settled(holds, rivals, alike)


def marked(mark: Mark, minutes: int | None, reason: str) -> Fault | None:
    """Return what is odd about a mark, None where it can be so."""
    if (mark in NEEDS_MINUTES and minutes is None) or (mark not in TAKES_MINUTES and minutes is not None):
        return Fault.ODD_MINUTES
    if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
        return Fault.ODD_MINUTES
    return Fault.ODD_REASON if reason and reason not in REASONS else None


def check_mark(mark: Mark, minutes: int | None, reason: str) -> None:
    """Raise `OddMark` or `OddAbsence` unless a mark can be so."""
    fault = marked(mark, minutes, reason)
    if fault is Fault.ODD_MINUTES:
        raise OddMark(most=LONGEST_MINUTES)
    if fault is not None:
        raise OddAbsence


def check_mendable(raw: Any) -> None:
    """Raise `NotMended` for what a phone sent that is no matter of attendance: answers of assessments."""
    if isinstance(raw, Mapping) and raw.get("kind") == ANSWER:
        raise NotMended


def check_fits(fault: Fault | None) -> None:
    """Raise `StillOdd` where something was put right and does not fit yet."""
    if fault is not None:
        raise StillOdd(fault=fault.value)


class Taken(NamedTuple):
    """A mark of a person in a session that took `session_minutes`."""

    mark: Mark
    minutes: int | None
    session_minutes: int


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of what somebody was expected at they took part in. `attended` counts sessions, and parts of them.

    `by_mark` counts the marks; whoever is excused is in neither number of the share.
    """

    attended: float
    expected: int
    by_mark: dict[Mark, int]

    @property
    def share(self) -> float | None:
        """From 0 to 1; None when nothing is known of anything they were expected at."""
        return self.attended / self.expected if self.expected else None


def rate(taken: Iterable[Taken]) -> Rate:
    """Return somebody's rate over the sessions they were marked in, by the table `COUNTS`."""
    attended, by_mark = 0.0, dict.fromkeys(Mark, 0)
    for mark, minutes, session_minutes in taken:
        by_mark[mark] += 1
        if COUNTS[mark] is Counted.MINUTES:
            attended += min(1.0, (minutes or 0) / session_minutes)
    attended += sum(count for mark, count in by_mark.items() if COUNTS[mark] is Counted.WHOLE)
    expected = sum(count for mark, count in by_mark.items() if COUNTS[mark] is not Counted.LEFT_OUT)
    return Rate(attended, expected, by_mark)
