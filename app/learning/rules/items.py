"""From answers to results: what holds, what somebody has of a unit's items, how hard an item was and what it tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from statistics import StatisticsError, correlation
from typing import Any

from app.core.events import settle, standing
from app.core.gains import Gain, facility, gain

FEWEST_TO_COMPARE = 10  # takers; with fewer, one person turns a correlation round


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as the law of events sees it; `value` has the one form of scoring.check_value."""

    uid: str
    value: Mapping[str, Any]
    supersedes: frozenset[str]
    recorded_at: datetime

    @property
    def says(self) -> object:
        return self.value


@dataclass(frozen=True, slots=True)
class Given:
    """Points that a person gave for an open answer, and a word to who wrote it."""

    uid: str
    points: int
    out_of: int
    comment: str
    supersedes: frozenset[str]
    recorded_at: datetime

    @property
    def says(self) -> object:
        return Fraction(self.points, self.out_of)


@dataclass(frozen=True, slots=True)
class Worth:
    """What holds of an open answer that somebody has read; `points` from 0 to 1.

    `seen` are the marks that stand, all of which a correction names; `differ`: they do not say the same.
    """

    points: Fraction
    comment: str
    seen: tuple[str, ...]
    differ: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What somebody has of some items at a moment; an item left open by who answered another one is worth nothing."""

    points: Fraction
    out_of: int
    answered: int
    waiting: int
    rivals: int

    @property
    def share(self) -> Fraction | None:
        """Points of those to be had, from 0 to 1; None while answers wait for a person or nothing can be had."""
        return None if self.waiting or not self.out_of else self.points / self.out_of


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """How an item did: the share of points that takers had, and how it goes with the rest of the test.

    `discrimination` is the correlation of the item's points with those of the other items, from −1 to 1; about 0 says
    that the item tells nothing, below 0 that its key may be wrong. Hidden below ten takers, the share below five.
    """

    takers: int
    difficulty: float | None
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class PairedGain:
    """A gain with how many answered before, how many after, and, in it, how many both."""

    before: int
    after: int
    gain: Gain


def worth(given: Collection[Given]) -> Worth:
    """Return what holds of one or more who gave points for an open answer; where they differ, the one recorded last."""
    holds, rivals = settle(given)
    seen = tuple(one.uid for one in standing(given))
    return Worth(Fraction(holds.points, holds.out_of), holds.comment, seen, bool(rivals))


def tally(points: Sequence[Fraction | None], asked: int, rivals: int = 0) -> Tally:
    """Return the tally of answered items; `points` None are open ones that nobody scored yet; `asked` is of all."""
    scored = [one for one in points if one is not None]
    return Tally(sum(scored, Fraction(0)), asked, len(points), len(points) - len(scored), rivals)


def figures(takers: Sequence[Mapping[int, float | None]], item: int) -> ItemFigures:
    """Return the figures of one item; each taker is their points by item, items they left open counting nothing.

    Points of None wait for a person: such a taker is left out of that item, and the item of their sum.
    """
    asked = [taker for taker in takers if taker.get(item, 0.0) is not None]
    own = [taker.get(item) or 0.0 for taker in asked]
    rest = [sum(one or 0.0 for one in taker.values()) - mine for taker, mine in zip(asked, own, strict=True)]
    found = None
    if len(asked) >= FEWEST_TO_COMPARE:
        try:
            found = correlation(own, rest)
        except StatisticsError:  # everybody had the same
            found = None
    return ItemFigures(len(asked), facility(own, len(asked)), found)


def paired(before: Mapping[int, Fraction], after: Mapping[int, Fraction]) -> PairedGain:
    """Return the gain of those who did both, by person; with how many did each."""
    both = sorted(before.keys() & after.keys())
    return PairedGain(len(before), len(after), gain([(before[one], after[one]) for one in both]))
