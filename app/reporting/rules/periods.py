"""Reporting years: which days they hold, which of them a programme has. They may begin in any month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import N_, Refused
from app.delivery.rules.counting import reporting_year

MOST_YEARS = 60


class NoSuchYear(Refused):
    text = N_("There is no such reporting year here.")
    status = 404


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting year, or with no `year` all that a programme has lasted. Both days belong to it."""

    year: int | None
    since: date
    until: date

    @property
    def is_year(self) -> bool:
        """Whether it is one reporting year; only those are broken down: see hiding.py."""
        return self.year is not None


def of_year(year: int, starts_in: int) -> Period:
    """The reporting year that begins in this calendar year."""
    if not date.min.year < year < date.max.year - 1:
        raise NoSuchYear
    return Period(year, date(year, starts_in, 1), date(year + 1, starts_in, 1) - timedelta(days=1))


def years(starts_on: date, ends_on: date | None, starts_in: int, today: date) -> list[int]:
    """The reporting years of a programme up to today, newest first; its first one even if that is to come."""
    first = reporting_year(starts_on, starts_in)
    last = max(first, reporting_year(min(ends_on or today, today), starts_in))
    return list(range(last, max(first, last - MOST_YEARS) - 1, -1))


def of_programme(starts_on: date, ends_on: date | None, starts_in: int, today: date) -> Period:
    """All reporting years of a programme up to today as one period; where there is one year, that year."""
    held = years(starts_on, ends_on, starts_in, today)
    if len(held) == 1:
        return of_year(held[0], starts_in)
    return Period(None, of_year(held[-1], starts_in).since, of_year(held[0], starts_in).until)
