"""Definitions are data: every version stays, the newest that has begun holds, and none speaks one language only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.reporting.kinds import Measure
from app.reporting.rules import definitions, periods
from app.reporting.rules.definitions import NoSuchIndicator

NAMES = {  # as their own sheets have them
    "EG.3.2-1": "Number of individuals who have received USG supported short-term agricultural sector productivity or "
    "food security training",
    "EG.3.2-24": "Number of individuals in the agriculture system who have applied improved management practices or "
    "technologies with USG assistance [IM-level]",
    "CBLD-9": "Percent of USG-assisted organizations with improved performance",
    "YOUTH-3": "Percentage of participants in USG-assisted programs designed to increase access to productive economic "
    "resources who are youth (15-29)",
    "GNDR-2": "Percentage of female participants in USG-assisted programs designed to increase access to productive "
    "economic resources",
}


def test_each_definition_says_in_both_languages_what_it_counts_or_what_is_missing() -> None:
    keys = [(one.code, one.version) for one in definitions.every()]
    assert len(keys) == len(set(keys))
    for one in definitions.every():
        needed = (one.name, one.rule, one.source) if one.measure else (one.name, one.missing)
        assert all(texts.get(language) for texts in needed for language in ("es", "en")), one.code
        assert bool(one.measure) != bool(one.missing), one.code
    assert {one.measure for one in definitions.every()} >= set(Measure), "a way of counting that no definition uses"


@pytest.mark.parametrize("code", NAMES)
def test_indicators_of_donors_go_by_their_exact_names(code: str) -> None:
    assert definitions.now(code, date(2026, 11, 22)).name["en"] == NAMES[code]


def test_what_needs_more_than_attendance_is_not_counted() -> None:
    for code in ("EG.3.2-24", "YOUTH-3", "GNDR-2"):
        assert definitions.now(code, date(2026, 11, 22)).measure is None


def test_a_newer_version_holds_from_its_day_on_and_the_older_one_stays() -> None:
    old = definitions.now("people", date(2026, 11, 22))
    newer = replace(old, version=2, valid_from=date(2027, 1, 1))
    both = (old, newer)
    assert definitions.holding(date(2026, 12, 31), both) == (old,)
    assert definitions.holding(date(2027, 1, 1), both) == (newer,)
    assert definitions.of("people", 1) is old
    with pytest.raises(NoSuchIndicator):
        definitions.of("people", 99)


def test_a_reporting_year_begins_in_its_month_and_years_follow_each_other_without_a_gap() -> None:
    for starts_in in range(1, 13):
        before, after = periods.of_year(2025, starts_in), periods.of_year(2026, starts_in)
        assert before.since == date(2025, starts_in, 1)
        assert (after.since - before.until).days == 1
    assert periods.years(date(2025, 9, 30), date(2026, 10, 1), 10, date(2026, 11, 22)) == [2026, 2025, 2024]


def test_a_programme_of_one_year_has_that_year_as_all_of_them() -> None:
    found = periods.of_programme(date(2014, 8, 13), date(2014, 11, 28), 1, date(2026, 11, 22))
    assert found == periods.of_year(2014, 1)
