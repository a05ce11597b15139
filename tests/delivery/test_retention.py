"""Who stayed: states by date in any order of entry, the curve, desertion with its denominator, small groups."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.delivery.kinds import EnrolmentState as S
from app.delivery.rules.retention import LEFT, Change, Stay, curve, curves, in_order, standing, state_on, stay

DAY = date(2026, 3, 2)
days = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))
changes = st.lists(st.builds(Change, days, st.sampled_from(list(S)), st.sampled_from(["", "harvest"])), max_size=8)
stays = st.lists(st.builds(Stay, st.integers(0, 15), st.booleans(), st.sampled_from(["harvest", "money"])), max_size=40)


@settings(max_examples=50)
@given(st.lists(st.tuples(days, changes), max_size=12), days, st.randoms(use_true_random=False))
def test_on_every_day_the_states_add_up_to_all_enrolled_in_whatever_order_they_were_entered(
    rows: list[tuple[date, list[Change]]], day: date, chance: random.Random
) -> None:
    found = standing(rows, day)
    assert sum(found.values()) == sum(1 for enrolled_on, _ in rows if enrolled_on <= day)
    for _, entered in rows:
        chance.shuffle(entered)
    assert standing(rows, day) == found


@settings(max_examples=50)
@given(changes)
def test_nothing_follows_an_end(entered: list[Change]) -> None:
    found = in_order(entered)
    assert [one.on for one in found] == sorted({one.on for one in found})
    assert all(one.state in (S.ACTIVE, S.PAUSED) for one in found[:-1])


@settings(max_examples=50)
@given(stays)
def test_staying_never_rises_and_what_is_lost_adds_up_to_what_is_missing(found: list[Stay]) -> None:
    steps = curve(found).steps
    shares = [1.0, *(step.staying for step in steps)]
    assert shares == sorted(shares, reverse=True)
    for step in steps:
        assert step.staying + sum(step.lost_to.values()) == pytest.approx(1)
    assert sum(step.left + step.censored for step in steps) == len(found)
    assert all(later.at_risk == step.at_risk - step.left - step.censored for step, later in pairwise(steps))


def test_the_curve_of_kaplan_and_meier_by_hand() -> None:
    """Ten people: two leave after 1 session, one is known no further than 2, three leave after 3, four stay for 5."""
    found = curve(
        [Stay(1, True, "harvest")] * 2 + [Stay(2, False)] + [Stay(3, True, "money")] * 3 + [Stay(5, False)] * 4
    )
    assert [(step.session, step.at_risk, step.left) for step in found.steps] == [
        (0, 10, 0),
        (1, 10, 2),
        (2, 8, 0),
        (3, 7, 3),
        (4, 4, 0),
        (5, 4, 0),
    ]
    assert found.steps[-1].staying == pytest.approx(0.8 * 4 / 7)
    assert found.steps[-1].lost_to == pytest.approx({"harvest": 0.2, "money": 0.8 * 3 / 7})
    assert found.half_left_after == 3
    assert curve([]).steps == ()


def test_who_deserts_is_gone_after_the_last_session_they_came_to_and_who_withdraws_on_the_day_they_told() -> None:
    held = [DAY + timedelta(days=7 * n) for n in range(8)]
    noticed = held[5]
    deserted = stay(DAY, [Change(noticed, S.DESERTED, "unknown")], held, held[:2], {})
    assert (deserted.lasted, deserted.left, deserted.reason) == (2, True, "unknown")
    assert stay(DAY, [Change(noticed, S.DESERTED, "unknown")], held, [], {}).lasted == 6
    assert stay(DAY, [Change(noticed, S.WITHDRAWN, "care")], held, held[:2], {}).lasted == 6
    moved = stay(DAY, [Change(noticed, S.TRANSFERRED, "study")], held, held[:2], {})
    assert (moved.lasted, moved.left) == (6, False)
    assert stay(held[3], [], held, [], {}).lasted == 5


def test_groups_too_small_have_no_curve_and_cannot_be_reckoned_from_the_whole() -> None:
    found = curves(
        [Stay(3, n % 2 == 0, "care", {"sex": "woman"}) for n in range(9)] + [Stay(1, False, "", {"sex": "man"})] * 2,
        "sex",
    )
    assert [(one.key, one.people, bool(one.steps)) for one in found] == [("woman", 9, False), ("man", 2, False)]


def test_leaving_is_to_withdraw_or_to_desert() -> None:
    assert {S.WITHDRAWN, S.DESERTED} == LEFT
    assert state_on(DAY, [], DAY - timedelta(days=1)) is None
    assert state_on(DAY, [], DAY) is S.ACTIVE
