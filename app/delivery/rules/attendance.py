"""The law of attendance: from the events of one person in one session, in whatever order they came, to what holds.

An event is never changed. A correction names the events it supersedes; those that nothing supersedes stand. Where
several stand and disagree, all are kept and a person chooses, by an event that supersedes them all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from app.delivery.kinds import Mark


class Stated(Protocol):
    """What the law needs of an event; answers in tests and points given for them follow it too."""

    @property
    def uid(self) -> str: ...
    @property
    def supersedes(self) -> frozenset[str]: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def says(self) -> object: ...


E = TypeVar("E", bound=Stated)


@dataclass(frozen=True, slots=True)
class Event:
    """One mark as it was made. `minutes` only with a partial mark; `recorded_at` is the device's clock."""

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
class Settled(Generic[E]):
    """What holds, and the other events that stand and say something else: with any, a person must choose."""

    holds: E
    rivals: tuple[E, ...] = ()


def settle(events: Collection[E]) -> Settled[E]:
    """Return what follows from the events of one person in one session; their order does not matter.

    Of several that stand, the one recorded last holds meanwhile, by its device's clock, then by its uid: a choice that
    is the same on every machine. Events that supersede each other in a ring all stand.
    """
    superseded = frozenset[str]().union(*(event.supersedes - {event.uid} for event in events))
    standing = [event for event in events if event.uid not in superseded] or list(events)
    standing.sort(key=lambda event: (event.recorded_at, event.uid), reverse=True)
    holds = standing[0]
    return Settled(holds, tuple(event for event in standing[1:] if event.says != holds.says))
