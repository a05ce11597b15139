"""The laws of merging, on texts made by a machine that looks for trouble."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings

from app.core.prose import merge_text
from app.core.prose.places import open_region
from app.core.prose.tokens import tokens
from tests.core.prose.oracle import git_merge, texts, triples

_many = settings(max_examples=300, deadline=None)  # a loaded machine is not a broken law


@given(texts(), texts())
@_many
def test_a_side_that_changed_nothing_leaves_the_other_side(base: str, side: str) -> None:
    assert merge_text(base, base, side).text(_fail) == side
    assert merge_text(base, side, base).text(_fail) == side


@given(texts(), texts())
@_many
def test_two_sides_that_wrote_the_same_are_that_text(base: str, side: str) -> None:
    assert merge_text(base, side, side).text(_fail) == side


@given(triples())
@_many
def test_swapping_the_sides_swaps_the_places(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = triple

    forth, back = merge_text(base, ours, theirs), merge_text(base, theirs, ours)

    assert [(p.base, p.ours, p.theirs, p.careful, p.why) for p in forth.places] == [
        (p.base, p.theirs, p.ours, p.careful, p.why) for p in back.places
    ]


@given(triples())
@_many
def test_what_git_settles_is_settled_in_the_same_words(triple: tuple[str, str, str]) -> None:
    expected = git_merge(*triple)

    merged = merge_text(*triple)

    if expected is not None:
        assert merged.clean
        assert merged.text(_fail) == expected


@given(triples())
@_many
def test_each_word_of_the_result_comes_from_a_side(triple: tuple[str, str, str]) -> None:
    base, ours, theirs = triple
    merged = merge_text(base, ours, theirs)

    result = Counter(tokens(merged.text(lambda place: place.proposal or place.ours)))

    written = Counter(tokens(ours)) + Counter(tokens(theirs))
    assert not result - written


@given(triples())
@_many
def test_filling_the_places_of_a_stretch_from_one_side_gives_the_words_of_that_side(
    triple: tuple[str, str, str],
) -> None:
    base, ours, theirs = (text if text.endswith("\n") else text + "\n" for text in triple)

    pieces = open_region(base, ours, theirs, (False, False, False))

    filled = [
        "".join(piece if isinstance(piece, str) else getattr(piece, side) for piece in pieces)
        for side in ("ours", "theirs")
    ]
    assert [tokens(text) for text in filled] == [tokens(ours), tokens(theirs)]


@given(triples())
@_many
def test_two_places_never_touch(triple: tuple[str, str, str]) -> None:
    merged = merge_text(*triple)

    assert not any(isinstance(one, int) and isinstance(two, int) for one, two in pairwise(merged.parts))


def _fail(place: object) -> str:
    raise AssertionError(f"a place is left: {place}")
