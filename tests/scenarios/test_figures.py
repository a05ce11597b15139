"""The figures of the scenarios, read from the reports that people open; nothing here counts by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.demo.programmes import lay
from app.people.permissions import COMMAND_LINE
from app.reporting.queries import reports, views
from app.reporting.queries.reports import Report

TODAY = date(2026, 11, 22)

# The programme's file, the reporting year (None for all), and what its report must say: a value, or a part of another.
FIGURES: tuple[tuple[str, int | None, dict[str, Any]], ...] = (
    ("s3-women-school", 2014, {"people": 42, "women": (42, 42), "events": 10}),
    ("s4-soconusco", None, {"people": 176, "desertion": (88, 176)}),
    ("s5-chiapas", None, {"organisations": 9, "milestones": (6, 9)}),
    ("s6-social-compliance", 2015, {"organisations": 186, "families": 1156}),
    ("s7-finance", 2016, {"organisations": 10, "people": 30}),
    ("s8-tax-law", 2016, {"people": 28, "organisations": 11}),
    ("s9-youth", 2016, {"people": 30, "attendances": 60}),
    ("s10-climate", 2015, {"organisations": 5, "families": 328}),
    ("s11-generations", 2016, {"people": 35, "organisations": 5, "young": (14, 35)}),
)
PROMISED = (("s3-women-school", {"women": (40, 42)}), ("s7-finance", {"organisations": (25, 14)}))


def report(name: str, year: int | None) -> Report:
    """The report of a programme, laid from its file."""
    programme = lay(COMMAND_LINE, name).programme
    return reports.of_view(views.of(COMMAND_LINE, programme.slug), year, TODAY)


@pytest.mark.parametrize(("name", "year", "said"), FIGURES, ids=[name for name, _, _ in FIGURES])
def test_the_report_of_a_scenario_says_its_figures(
    app: Flask, name: str, year: int | None, said: dict[str, Any]
) -> None:
    found = report(name, year)
    values = {
        one.code: figure.value if figure.of is None else (figure.value, figure.of) for one, figure in found.figures
    }
    assert {code: values.get(code) for code in said} == said


@pytest.mark.parametrize(("name", "said"), PROMISED, ids=[name for name, _ in PROMISED])
def test_the_report_of_a_scenario_says_what_was_promised_and_what_came_of_it(
    app: Flask, name: str, said: dict[str, tuple[int, int]]
) -> None:
    kept = {one.kept.target.indicator: (one.kept.target.value, one.reached) for one in report(name, None).promises}
    assert {code: kept.get(code) for code in said} == said


def test_the_report_of_s5_shows_nine_organisations_by_four_areas(app: Flask) -> None:
    found = report("s5-chiapas", None).coverage
    assert found is not None
    assert (len(found.organisations), len(found.areas)) == (9, 4)
    assert (found.covered, len(found.cells)) == (33, 36), "the last workshop on finance is only planned"
