"""How people, organisations and figures are counted, so that nothing is counted twice. Pure; SQL is in queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FEWEST = 5


class By(StrEnum):
    """What people are told apart by. By sex and by age they fall into one group each, so that groups add up.

    By the others somebody may stand in several groups, and groups add up to at least the whole.
    """

    SEX = "sex"
    AGE = "age"
    YEAR = "year"
    REGION = "region"
    ROLE = "role"
    ORGANISATION = "organisation"
    CAPACITY = "capacity"
    KIND = "kind"
    COUNTRY = "country"


class AgeGroup(StrEnum):
    """On which side of the programme's own youth limit somebody stood on the day."""

    YOUNG = "young"
    OLDER = "older"
    NOT_KNOWN = "not_known"


def reporting_year(day: date, starts_in: int) -> int:
    """The reporting year a day lies in, named by the calendar year it begins in."""
    return day.year if day.month >= starts_in else day.year - 1


def may_break_down(total: int) -> bool:
    """Whether a group is large enough to be shown by something more: fewer than five people could be recognised."""
    return total >= FEWEST


@dataclass(frozen=True, slots=True)
class NetworkFigure:
    """The figure of a network on a day: the sum over `counted`, each member's newest figure, none twice.

    `missing` are members that gave none; `own` is what the network says of itself, shown beside and never added.
    """

    value: int
    counted: Mapping[int, int]
    missing: frozenset[int]
    own: int | None


def network_figure(root: int, lowers: Mapping[int, Collection[int]], figures: Mapping[int, int]) -> NetworkFigure:
    """Return the figure of an organisation from those that belong to it, down to the lowest.

    A member that has members stands with theirs; where none of them gave a figure, with its own. One without members
    is its own figure.
    """
    own = figures.get(root)
    if not lowers.get(root):
        counted = {} if own is None else {root: own}
        return NetworkFigure(own or 0, counted, frozenset() if counted else frozenset({root}), own)
    found: dict[int, int] = {}
    missing: set[int] = set()
    for member in lowers[root]:
        _collect(member, lowers, figures, found, missing, {root})
    return NetworkFigure(sum(found.values()), found, frozenset(missing - set(found)), own)


def _collect(
    one: int, lowers: Mapping[int, Collection[int]], figures: Mapping[int, int],
    found: dict[int, int], missing: set[int], above: set[int],
) -> bool:  # fmt: skip
    """Add what lies at and under one organisation; whether anything there has a figure."""
    if one in above:
        return False
    below_missing: set[int] = set()
    below = [
        _collect(each, lowers, figures, found, below_missing, above | {one}) for each in sorted(lowers.get(one, ()))
    ]
    if any(below):
        missing |= below_missing
        return True
    if one in figures:
        found[one] = figures[one]
        return True
    missing.add(one)
    return False
