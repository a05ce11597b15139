from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.alignment import align

texts = st.lists(
    st.one_of(
        st.sampled_from(["", "a", "one two three four", "one two three five", "one two six seven", "---"]),
        st.lists(st.sampled_from("abcdefgh"), max_size=8).map(" ".join),
    ),
    max_size=12,
)


@given(texts, texts)
def test_each_old_text_is_used_at_most_once(old: list[str], new: list[str]) -> None:
    found = align(old, new)
    used = [i for i in found if i is not None]
    assert len(found) == len(new)
    assert len(set(used)) == len(used)
    assert all(0 <= i < len(old) for i in used)


@given(texts)
def test_equal_input_is_aligned_with_itself(old: list[str]) -> None:
    assert align(old, list(old)) == list(range(len(old)))


@given(texts, texts)
def test_equal_texts_are_paired_before_similar_ones(old: list[str], new: list[str]) -> None:
    found = align(old, new)
    for text in set(new):
        exact = sum(i is not None and old[i] == text == new[j] for j, i in enumerate(found))
        assert exact == min(old.count(text), new.count(text))


@given(texts, st.randoms())
def test_moved_texts_are_all_found(old: list[str], chance: random.Random) -> None:
    new = list(old)
    chance.shuffle(new)
    assert [old[i] for i in align(old, new) if i is not None] == new


A = "The assembly of members meets twice a year."
B = "The board answers to the assembly for every expense."
C = "Bring paper, pens and a long rope."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [A], [None]),
        ([A], [], []),
        ([A, B, C], [A, C], [0, 2]),
        ([A, C], [A, B, C], [0, None, 1]),
        ([A, B], [B, A], [1, 0]),
        ([A, B, C], [A.replace("twice", "once"), B, C + " And a hat."], [0, 1, 2]),
        ([A], [C], [None]),
        ([A, B], [C, B], [None, 1]),
        ([A, B, C], [C, A, B + " Always."], [2, 0, 1]),
        ([A, B], [B.replace("every", "each"), A.replace("twice", "once")], [1, 0]),
        (["---", A, "---", B], [A, "---", B], [1, 2, 3]),
        ([A + " " + B], [A, B], [None, 0]),
    ],
)
def test_texts_are_followed_through_edits(old: list[str], new: list[str], expected: list[int | None]) -> None:
    assert align(old, new) == expected


def test_a_long_unit_with_a_tenth_edited_keeps_every_text() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    old = [" ".join(f"w{chance.randrange(900)}" for _ in range(chance.randrange(8, 60))) for _ in range(2_000)]
    new = list(old)
    for place in chance.sample(range(len(old)), 200):
        words = new[place].split()
        words[chance.randrange(len(words))] = "changed"
        new[place] = " ".join(words)
    assert align(old, new) == list(range(len(old)))


def test_a_whole_rewrite_of_a_long_unit_ends() -> None:
    old = [f"old {n} " * 5 for n in range(3_000)]
    new = [f"new {n} " * 5 for n in range(3_000)]
    assert len(align(old, new)) == 3_000
