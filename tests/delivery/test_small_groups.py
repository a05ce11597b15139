"""Reasons and groups that are hidden may have been other numbers, for anybody who subtracts what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.delivery.actions import cohorts, sessions
from app.delivery.actions.sessions import Report as Held
from app.delivery.kinds import EnrolmentState
from app.delivery.rules import small_groups as rules
from app.delivery.rules.cascade_figures import broken_down
from app.delivery.rules.counting import FEWEST
from app.delivery.rules.retention import Stay, curves
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.delivery import field
from tests.reporting.readers import browser


def possible(total: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many hidden groups can be filled so that they add up; each has at least one person."""
    if places == 0:
        if total == 0:
            yield ()
        return
    for first in range(1, total - places + 2):
        for others in possible(total - first, places - 1):
            yield (first, *others)


def check_open(total: int, places: int) -> None:
    """Fail unless each of so many hidden groups may have at least two numbers, and all are five people or more."""
    ways = list(possible(total, places))
    assert places == 0 or total >= FEWEST
    for place in range(places):
        assert len({way[place] for way in ways}) >= 2, (total, places)


def test_every_breakdown_of_up_to_four_groups_leaves_what_it_hides_open() -> None:
    for counts in product(range(9), repeat=4):
        known = {f"g{n}": count for n, count in enumerate(counts) if count}
        parts = broken_down({f"g{n}": count for n, count in enumerate(counts)})
        shown = {part.key: part.count for part in parts if part.count is not None}
        assert all(count >= FEWEST and known[key] == count for key, count in shown.items())
        assert {part.key for part in parts} in (set(known), set()), "all names or none"
        if parts:
            check_open(sum(counts) - sum(shown.values()), len(parts) - len(shown))
        else:
            assert all(count < FEWEST for count in counts), "only where nothing could be shown"


@given(st.lists(st.integers(1, 9), max_size=5))
def test_so_it_is_with_curves_whose_groups_are_the_difference_to_the_whole(sizes: list[int]) -> None:
    stays = [Stay(3, True, "care", {"sex": f"g{n}"}) for n, size in enumerate(sizes) for _ in range(size)]
    found = curves(stays, "sex")
    shown = [one.people for one in found if one.steps]
    assert all(people >= FEWEST for people in shown)
    if found:
        check_open(len(stays) - sum(shown), len(found) - len(shown))


def test_two_small_reasons_do_not_stand_alone_beside_a_large_one() -> None:
    told = broken_down({"insecurity": 1, "care": 1, "migration": 40})
    assert [part.count for part in told] == [None, None, None]
    told = broken_down({"insecurity": 4, "care": 2, "migration": 40})
    assert {part.key: part.count for part in told} == {"insecurity": None, "care": None, "migration": 40}


def test_a_page_says_that_a_group_is_not_shown_and_not_that_it_is_small(app: Flask) -> None:
    laid = field.field(learners=9, meetings=1)
    sessions.report_session(COMMAND_LINE, laid.sessions[0], Held(laid.sessions[0].planned_on, 90))
    for n, one in enumerate(laid.learners[:7]):
        reason = "migration" if n else "insecurity"
        cohorts.put_state(COMMAND_LINE, one, EnrolmentState.DESERTED, date(2026, 4, 10), reason=reason)
    looks = browser(app, factories.account("ojo", Role.MONITORING, Scope(programmes=frozenset({laid.programme.id}))))
    page = looks.get(f"/programmes/{laid.programme.slug}/retention?lang=en").text
    assert "too few to be shown" in page
    reasons = re.findall(r'<tr><th scope="row">(Migration|Insecurity)</th><td class="number">(.*?)</td>', page)
    assert sorted(reasons) == [("Insecurity", "not shown"), ("Migration", "not shown")]
    assert "as many others with them as keep anybody from reckoning them" in page
    page = looks.get(f"/cohorts/{laid.masters.slug}/?lang=en").text
    assert "too few people to tell them apart" in page


def test_the_reasons_of_fewer_than_five_people_are_not_even_named() -> None:
    assert broken_down({"insecurity": 1}) == ()
    assert broken_down({"insecurity": 2, "care": 2}) == ()
    assert curves([Stay(3, True, "care", {"sex": "woman"})], "sex") == ()


@pytest.mark.parametrize(
    ("parts", "untold"),
    [
        ({"a": (5, 12), "b": (0, 8), "c": (9, 9)}, set()),
        ({"a": (8, 9), "b": (5, 12), "c": (10, 20)}, {"a", "b"}),
        ({"a": (1, 3), "b": (2, 2), "c": (10, 20)}, {"a", "b", "c"}),
        ({"a": (3, 6), "b": (4, 8), "c": (10, 20)}, {"a", "b"}),
    ],
)
def test_a_part_that_is_not_told_of_one_organisation_is_no_difference_of_the_others(
    parts: dict[str, tuple[int, int]], untold: set[str]
) -> None:
    assert rules.hidden_shares(parts) == untold
