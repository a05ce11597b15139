"""Figures that carry their denominator, and breakdowns in which nobody can be picked out. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .small_groups import hidden

FEW = 20


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of another. Show both numbers; `value` alone says nothing of how many people stand behind it."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None out of nothing."""
        return self.count / self.of if self.of else None

    @property
    def is_small(self) -> bool:
        """Whether so few stand behind it that one person moves it by five points or more."""
        return self.of <= FEW


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a breakdown; `count` is None where showing it would show persons."""

    key: str
    count: int | None


def broken_down(counts: Mapping[str, int]) -> tuple[Part, ...]:
    """Return the groups by size, then by key; those of fewer than five people without their number.

    As many of the others go with them as keep anybody from reckoning them: see `small_groups`. Where nothing could be
    told, as of fewer than five people in all, not even the names of the groups are.
    """
    known = {key: count for key, count in counts.items() if count > 0}
    untold = hidden(known)
    if untold is None:
        return ()
    parts = (Part(key, None if key in untold else count) for key, count in known.items())
    return tuple(sorted(parts, key=lambda part: (part.count is None, -(part.count or 0), part.key)))
