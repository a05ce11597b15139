"""Rules on organisations: their names, what may belong to what, and figures with their date."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from app.core.errors import N_, Refused

LARGEST_FIGURE = 10_000_000


class NeedsOrganisationName(Refused):
    text = N_("Please write the organisation's name, at most %(most)s letters on one line.")
    status = 422


class OrganisationKnown(Refused):
    text = N_("%(name)s is on the list already.")


class BelongsToItself(Refused):
    text = N_("An organisation cannot belong to itself, nor to one that belongs to it.")


class OddFigure(Refused):
    text = N_("A figure is a whole number from 0 to %(most)s.")
    status = 422


class DayAhead(Refused):
    text = N_("That day lies ahead. Please write a day up to today.")
    status = 422


class LeftBefore(Refused):
    text = N_("The last day cannot come before the first.")
    status = 422


def check_not_ahead(day: date, today: date) -> None:
    """Raise `DayAhead` when something is said to have been so on a day that has not come."""
    if day > today:
        raise DayAhead


def check_left(since: date | None, until: date, today: date) -> None:
    """Raise unless something that began `since` can have ended by `until`."""
    check_not_ahead(until, today)
    if since is not None and until < since:
        raise LeftBefore


def check_figure(value: int) -> None:
    """Raise `OddFigure` unless an organisation can have so many."""
    if not 0 <= value <= LARGEST_FIGURE:
        raise OddFigure(most=LARGEST_FIGURE)


def check_tie(upper: int, lower: int, uppers: Mapping[int, Collection[int]]) -> None:
    """Raise `BelongsToItself` when `lower` stands anywhere above `upper`; `uppers` gives what each belongs to."""
    waiting, seen = [upper], set[int]()
    while waiting:
        one = waiting.pop()
        if one == lower:
            raise BelongsToItself
        if one not in seen:
            seen.add(one)
            waiting.extend(uppers.get(one, ()))
