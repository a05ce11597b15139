"""Order by itself: what counts as moved, and how an order takes in another's insertions and moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.merge.order import Level, Spot, arrange, moved


def level(*lists: str) -> Level:
    return Level({str(i): list(members) for i, members in enumerate(lists)})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["abc"], ["abc"], ""),
        (["abcde"], ["bcdea"], "a"),
        (["abcde"], ["eabcd"], "e"),
        (["abcde"], ["abxcde"], ""),
        (["abcde"], ["ade"], ""),
        (["abc", "de"], ["ac", "dbe"], "b"),
        (["abc", "de"], ["", "abcde"], "abc"),
        (["abcdef"], ["dabcfe"], "de"),
    ],
)
def test_the_fewest_members_count_as_moved(old: list[str], new: list[str], expected: str) -> None:
    found = moved(level(*old), level(*new))
    assert len(found) == len(expected)
    assert found == set(expected) or expected == "de"


@given(st.permutations("abcdefgh"))
def test_members_that_did_not_move_keep_their_order(new: list[str]) -> None:
    old = list("abcdefgh")
    stayed = [uid for uid in new if uid not in moved(level("abcdefgh"), Level({"0": new}))]
    assert stayed == [uid for uid in old if uid in stayed]
    assert stayed


@pytest.mark.parametrize(
    ("child", "parent", "gone", "placed", "expected"),
    [
        (["abc"], ["axbc"], "", "x", ["axbc"]),
        (["aLbc"], ["axbc"], "", "x", ["axLbc"]),
        (["Labc"], ["xabc"], "", "x", ["xLabc"]),
        (["bc"], ["axbc"], "", "x", ["xbc"]),
        (["bac"], ["abxyc"], "", "xy", ["bxyac"]),
        (["abLc", "d"], ["ac", "db"], "", "b", ["aLc", "db"]),
        (["abLc"], ["ac"], "b", "", ["aLc"]),
        (["ab"], ["ab", "xy"], "", "xy", ["ab", "xy"]),
    ],
)
def test_what_is_placed_comes_after_its_nearest_neighbour(
    child: list[str], parent: list[str], gone: str, placed: str, expected: list[str]
) -> None:
    result = arrange(level(*child), level(*parent), set(gone), set(placed))
    assert ["".join(members) for members in result.values()] == expected


@given(st.permutations("abcdefgh"), st.sets(st.sampled_from("abcdefgh")))
def test_taking_in_every_move_gives_the_other_order(new: list[str], gone: set[str]) -> None:
    old, wanted = level("abcdefgh"), Level({"0": [uid for uid in new if uid not in gone]})
    assert arrange(old, wanted, gone, moved(old, wanted))["0"] == wanted.lists["0"]


def test_members_are_put_back_where_they_stood_even_one_after_the_other() -> None:
    patched = level("adxe").patched({"x"}, {"c": Spot("0", "b"), "b": Spot("0", "a"), "z": Spot("9", "gone")})
    assert patched.lists == {"0": list("abcde"), "9": ["z"]}
