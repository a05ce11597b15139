"""From limitations to lines of action to activities, readable both ways, and what is left without an answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.core.errors import N_, Refused

LONGEST_TEXT = 2_000
MOST = 100


class NeedsLimitation(Refused):
    text = N_("Please write what was found, in at most %(most)s letters.")
    status = 422


class TooManyLimitations(Refused):
    text = N_("A diagnosis lists at most %(most)s limitations.")
    status = 422


class LineOfAnother(Refused):
    text = N_("That limitation is not of this programme's diagnoses.")
    status = 422


class LimitationsStay(Refused):
    text = N_("What was found stays in the record: reword it, or add to it. %(count)s are there already.")
    status = 422


Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Trace:
    """The two ties as pairs of ids: limitation with line of action, line of action with activity."""

    limitation_lines: frozenset[tuple[int, int]]
    line_activities: frozenset[tuple[int, int]]

    def lines_of(self, limitation: int) -> frozenset[int]:
        """The lines of action that answer a limitation."""
        return frozenset(line for found, line in self.limitation_lines if found == limitation)

    def activities_of(self, limitation: int) -> frozenset[int]:
        """The activities that answer a limitation, through whichever line; each once."""
        lines = self.lines_of(limitation)
        return frozenset(activity for line, activity in self.line_activities if line in lines)

    def limitations_of(self, activity: int) -> frozenset[int]:
        """Why there is an activity: the limitations that its lines of action answer; each once."""
        lines = {line for line, found in self.line_activities if found == activity}
        return frozenset(limitation for limitation, line in self.limitation_lines if line in lines)

    def unanswered(self, limitations: Collection[int]) -> frozenset[int]:
        """The limitations that no activity answers yet."""
        return frozenset(one for one in limitations if not self.activities_of(one))


def text(given: str) -> str:
    """What was found, in one or several lines; raises `NeedsLimitation`."""
    found = given.replace("\r\n", "\n").strip()
    if not found or len(found) > LONGEST_TEXT or "\x00" in found:
        raise NeedsLimitation(most=LONGEST_TEXT)
    return found


def check_number(limitations: int) -> None:
    """Raise `TooManyLimitations` when a diagnosis lists more than people can work with."""
    if limitations > MOST:
        raise TooManyLimitations(most=MOST)


def check_kept(there: int, sent: int) -> None:
    """Raise `LimitationsStay` when fewer limitations come back than a diagnosis has."""
    if sent < there:
        raise LimitationsStay(count=there)
