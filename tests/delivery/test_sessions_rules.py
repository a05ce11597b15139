"""Rules of sessions on their own: days left out, the lines of a minute plan, clocks of regions, secret addresses."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.core.errors import Refused
from app.delivery.rules import calendars, lessons, sessions
from app.delivery.web.sessions import fields

TABLE = """/// plan | Plan

| Minutes | What | How |
|---:|---|---|
| 50 | Welcome | Plenary |
| 25 | Activity 1: The *market* basket | Groups \\| pairs |
| soon | nothing | |
///"""


def test_days_and_months_are_left_out_unless_nothing_is_left() -> None:
    days = sessions.by_weekdays(date(2026, 5, 1), {4}, 3, {date(2026, 5, 8)}, {6})
    assert days == [date(2026, 5, 1), date(2026, 5, 15), date(2026, 5, 22)]
    later = sessions.by_weekdays(date(2026, 5, 29), {4}, 2, (), {6})
    assert later == [date(2026, 5, 29), date(2026, 7, 3)]
    assert len(sessions.by_weekdays(date(2026, 5, 1), {4}, 2, (), set(range(1, 13)))) == 2


def test_a_minute_plan_runs_on_the_clock_and_over_midnight() -> None:
    doings = [lessons.Doing("1. The market basket", (2, 1)), lessons.Doing("", (9,))]
    first, second = lessons.steps(TABLE, doings, time(23, 30))
    assert (first.begins, first.minutes, first.what, first.objectives) == ("23:30", 50, "Welcome", ())
    assert (second.begins, second.what, second.objectives) == ("00:20", "Activity 1: The market basket", (1, 2))
    assert [step.begins for step in lessons.steps(TABLE, doings, None)] == ["", ""]
    assert lessons.rows("no table") == []


@pytest.mark.parametrize(
    ("region", "zone"),
    [("PE-SAM", "America/Lima"), ("EC-W", "Pacific/Galapagos"), ("EC-M", "America/Guayaquil"), ("001", "UTC"),
     ("MX-CHP", "America/Mexico_City"), ("CR", "America/Costa_Rica"), ("HN-CP", "America/Tegucigalpa")],
)  # fmt: skip
def test_a_region_has_its_clock(region: str, zone: str) -> None:
    assert calendars.zone(region) == zone


def test_an_address_holds_for_one_stamp_and_one_owner() -> None:
    token = calendars.token("secret", 7, "stamp")
    assert calendars.address_of(token) == 7
    assert calendars.is_right("secret", 7, "stamp", token)
    for secret, number, stamp in (("other", 7, "stamp"), ("secret", 8, "stamp"), ("secret", 7, "new")):
        assert not calendars.is_right(secret, number, stamp, token)
    assert calendars.address_of("é-1") is None


def test_days_to_leave_out_are_days_or_weeks() -> None:
    assert fields.days_out("2026-04-03\n\n2026-06-01 al 2026-06-03") == {
        date(2026, 4, 3), date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)}  # fmt: skip
    for odd in ("harvest", "2026-06-03 2026-06-01", "2026-01-01 2029-01-01", "2026-01-01 2026-01-02 2026-01-03"):
        with pytest.raises(Refused):
            fields.days_out(odd)
