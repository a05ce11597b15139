"""What figures are asked of: which programmes, which period, whose people. Nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.delivery.models import Programme
from app.delivery.queries.counting_rows import Asked
from app.people.permissions import Ids
from app.reporting.rules import periods
from app.reporting.rules.periods import Period

from .views import View


@dataclass(frozen=True, slots=True)
class Question:
    """Figures of these programmes in a period; `organisations` bounds them to what these did, None to nobody.

    The youth limit of several programmes together is that of the first. `today` bounds what is known.
    """

    programmes: tuple[Programme, ...]
    period: Period
    today: date
    organisations: Ids | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(one.id for one in self.programmes)

    @property
    def youth_until(self) -> int:
        return self.programmes[0].youth_until

    @property
    def until(self) -> date:
        """The last day of the period that has come."""
        return min(self.period.until, max(self.today, self.period.since))

    @property
    def breaks_down(self) -> bool:
        """Whether groups may be told: of one programme in one reporting year; see rules/hiding.py."""
        return self.period.is_year and len(self.programmes) == 1

    def asked(self) -> Asked:
        """The same for the counting of the field, which knows nothing of organisations."""
        return Asked(
            programmes=self.ids,
            since=self.period.since,
            until=self.period.until,
            youth_until=self.youth_until,
            year_starts_in=self.programmes[0].year_starts_in,
        )


def of_view(view: View, year: int | None, today: date) -> Question:
    """What is asked of a programme as somebody sees it, in a reporting year it has, or in all of them."""
    return Question((view.programme,), period_of(view.programme, year, today), today, view.organisations)


def period_of(programme: Programme, year: int | None, today: date) -> Period:
    """A reporting year of a programme, or all of them; `NoSuchYear` where it has none such."""
    starts_in = programme.year_starts_in
    if year is None:
        return periods.of_programme(programme.starts_on, programme.ends_on, starts_in, today)
    if year not in years_of(programme, today):
        raise periods.NoSuchYear
    return periods.of_year(year, starts_in)


def years_of(programme: Programme, today: date) -> list[int]:
    """The reporting years of a programme, newest first."""
    return periods.years(programme.starts_on, programme.ends_on, programme.year_starts_in, today)
