"""The printed plan of a session (carta didáctica): the lines of a unit's minute plan with the clock and objectives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from app.core.plain import plain

_NUMBER = re.compile(r"^\d+[.)]?\s*")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a plan. `begins` is empty where nobody knows when the session starts; `objectives` are numbers."""

    begins: str
    minutes: int
    what: str
    how: str
    objectives: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """An activity of a unit: its title and which objectives it exercises."""

    title: str
    objectives: tuple[int, ...]


def rows(table: str) -> list[tuple[int, str, str]]:
    """Minutes, what happens and how, of each line of a minute plan in Markdown; a line without minutes is none."""
    found = []
    for line in table.splitlines():
        if not line.lstrip().startswith("|"):
            continue
        cells = [plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if cells[0].isascii() and cells[0].isdecimal():
            found.append((int(cells[0]), *[*cells[1:3], "", ""][:2]))
    return found  # type: ignore[return-value]


def steps(table: str, doings: Sequence[Doing], starts_at: time | None, after: int = 0) -> list[Step]:
    """The lines of a plan from a time of the day on, `after` minutes into it."""
    passed, found = after, []
    for minutes, what, how in rows(table):
        found.append(Step(clock(starts_at, passed), minutes, what, how, _objectives(what, doings)))
        passed += minutes
    return found


def clock(starts_at: time | None, passed: int) -> str:
    """The time some minutes after a session begins, as a clock shows it; empty where its beginning is not known."""
    if starts_at is None:
        return ""
    at = timedelta(hours=starts_at.hour, minutes=starts_at.minute + passed)
    return f"{at.seconds // 3600:02d}:{at.seconds // 60 % 60:02d}"


def _objectives(what: str, doings: Sequence[Doing]) -> tuple[int, ...]:
    """Those of the activity whose title the line names."""
    line = what.casefold()
    named = [one for one in doings if (title := _NUMBER.sub("", one.title).casefold()) and title in line]
    return tuple(sorted({number for one in named for number in one.objectives}))
