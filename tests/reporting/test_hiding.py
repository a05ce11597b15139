"""Nobody can be reckoned out of figures: whatever is hidden may have been another number, for anybody who adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.delivery.rules.counting import FEWEST
from app.delivery.rules.small_groups import share_is_open
from app.reporting.rules.hiding import Counted, Told, is_open_beside, told

numbers = st.lists(st.integers(0, 9), min_size=0, max_size=6)


def groups(counts: Sequence[int]) -> list[Counted]:
    """Groups of people of these sizes, none in two of them."""
    return [Counted(f"g{number}", count, count) for number, count in enumerate(counts)]


def possible(shown: Sequence[Told], total: int) -> Iterator[tuple[int, ...]]:
    """Every way in which the hidden groups can be filled so that all add up; each has at least one person."""
    hidden = [one for one in shown if one.count is None]
    left = total - sum(one.count or 0 for one in shown)

    def fill(places: int, rest: int) -> Iterator[tuple[int, ...]]:
        if places == 0:
            if rest == 0:
                yield ()
            return
        for first in range(1, rest - places + 2):
            for others in fill(places - 1, rest - first):
                yield (first, *others)

    yield from fill(len(hidden), left)


def check_open(shown: Sequence[Told], total: int) -> None:
    """Every hidden group may have at least two different numbers."""
    ways = list(possible(shown, total))
    hidden = sum(one.count is None for one in shown)
    for place in range(hidden):
        assert len({way[place] for way in ways}) >= 2, (shown, total)


@given(numbers)
def test_a_hidden_group_could_always_be_another_number(counts: list[int]) -> None:
    total = sum(counts)
    shown = told(total, groups(counts))
    if shown is None:
        return
    check_open(shown, total)
    assert all(one.count is None or one.count >= FEWEST for one in shown)
    assert {one.key: one.count for one in shown if one.count is not None}.items() <= {
        f"g{number}": count for number, count in enumerate(counts)
    }.items()


@given(st.lists(numbers.filter(any), min_size=1, max_size=4))
def test_so_it_is_with_groups_within_groups(parents: list[list[int]]) -> None:
    total = sum(map(sum, parents))
    nested = [
        Counted(f"p{n}", sum(counts), sum(counts), inside=tuple(groups(counts))) for n, counts in enumerate(parents)
    ]
    shown = told(total, nested)
    if shown is None:
        return
    check_open(shown, total)
    for one in shown:
        if one.count is None:
            assert one.inside == (), "a hidden group tells nothing of what it is made of"
        else:
            check_open(one.inside, one.count)


@given(numbers, st.integers(1, 5))
def test_how_often_people_came_gives_away_no_more_than_how_many_they_are(counts: list[int], each: int) -> None:
    total = sum(counts)
    came = [Counted(f"g{n}", count, count * each) for n, count in enumerate(counts)]
    people, times = told(total, groups(counts)), told(total, came)
    if people is None or times is None:
        assert people is times
        return
    assert [one.count is None for one in people] == [one.count is None for one in times]
    check_open(times, total * each)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), max_size=5))
def test_a_figure_within_another_shows_no_group_that_lacks_a_few(counts: list[tuple[int, int]]) -> None:
    """A figure beside it counts the same people and a few more: the difference would be a small group."""
    given_groups = [Counted(f"g{n}", inner, inner, beside=inner + more) for n, (inner, more) in enumerate(counts)]
    shown = told(sum(inner for inner, _ in counts), given_groups)
    for one in shown or ():
        _, more = counts[int(one.key[1:])]
        assert one.count is None or more == 0 or more >= FEWEST


def test_the_smallest_of_the_others_goes_with_a_single_small_group() -> None:
    shown = told(40, [Counted("men", 3, 3), Counted("women", 30, 30), Counted("not stated", 7, 7)])
    assert shown is not None
    assert [(one.key, one.count) for one in shown] == [("men", None), ("women", 30), ("not stated", None)]


def test_a_whole_of_four_is_not_broken_down_and_five_of_one_each_neither() -> None:
    assert told(4, groups([2, 2])) is None
    assert told(5, groups([1, 1, 1, 1, 1])) is None


def test_a_part_is_shown_when_it_and_the_rest_are_nobody_or_enough() -> None:
    assert [share_is_open(count, 10) for count in (0, 4, 5, 6, 10)] == [True, False, True, False, True]


YEARS_WITH_WOMEN: tuple[tuple[dict[str, int], list[dict[str, int]], bool], ...] = (
    ({"woman": 21, "man": 20}, [{"woman": 20, "man": 20}], False),  # the one who came later is a woman
    ({"woman": 20, "man": 21}, [{"woman": 20, "man": 20}], False),  # and here she is not
    ({"woman": 20, "man": 20}, [{"woman": 20, "man": 20}], True),
    ({"woman": 25, "man": 25}, [{"woman": 20, "man": 20}, {"woman": 6, "man": 9}], True),
    ({"woman": 25, "man": 25}, [{"woman": 20, "man": 20}, {"woman": 24, "man": 25}], False),
    ({"woman": 18, "man": 20, "not_stated": 2}, [], False),  # the men are told: two would have stated nothing
    ({"woman": 30, "man": 18, "not_stated": 2}, [], True),
    ({"woman": 3}, [], False),
    ({"man": 30}, [], True),
)


@pytest.mark.parametrize(("whole", "parts", "is_open"), YEARS_WITH_WOMEN)
def test_a_group_of_all_years_is_told_where_no_single_year_can_be_subtracted(
    whole: dict[str, int], parts: list[dict[str, int]], is_open: bool
) -> None:
    assert is_open_beside("woman", whole, parts) is is_open
