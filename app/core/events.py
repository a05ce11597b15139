"""The law of events: from what was said, in whatever order it arrived, to what holds.

An event is never changed. A correction names the events it supersedes; those that nothing supersedes stand. Where
several stand and disagree, all are kept and a person chooses, by an event that supersedes them all. Attendance, answers
and points follow it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol, TypeVar


class Event(Protocol):
    """What the law needs of an event; `says` is what it states, apart from who said it when."""

    @property
    def uid(self) -> str: ...
    @property
    def supersedes(self) -> frozenset[str]: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def says(self) -> object: ...


E = TypeVar("E", bound=Event)


def standing(events: Collection[E]) -> list[E]:
    """Return the events that nothing supersedes, newest first; of a ring in which each supersedes another, all."""
    superseded = frozenset[str]().union(*(event.supersedes - {event.uid} for event in events))
    found = [event for event in events if event.uid not in superseded] or list(events)
    return sorted(found, key=lambda event: (event.recorded_at, event.uid), reverse=True)


def settle(events: Collection[E]) -> tuple[E, tuple[E, ...]]:
    """Return what holds of some events of one thing, and those that stand and say something else; order is no matter.

    Of several that stand, the one recorded last holds meanwhile, by its device's clock, then by its uid: a choice that
    is the same on every machine.
    """
    holds, *others = standing(events)
    return holds, tuple(event for event in others if event.says != holds.says)
