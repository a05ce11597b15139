from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.diff import Change, Op, redline_text, similarity, tokens, word_diff

from .markdown_texts import markdown_texts

words = st.lists(st.sampled_from(["la", "asamblea", "25", "{{x}}", " ", "  ", "\n", ",", "no", "[a](b)"])).map("".join)
texts = st.one_of(words, markdown_texts)


@given(texts)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El 25,5 % de 1.250 kg", ["El", " ", "25,5 %", " ", "de", " ", "1.250 kg"]),
        ("S/ 75 or US$ 20.50!", ["S/ 75", " ", "or", " ", "US$ 20.50", "!"]),
        ("3 hombres", ["3", " ", "hombres"]),
        ("{{coop}} [Ley 31029](http://x) ![a](b)", ["{{coop}}", " ", "[Ley 31029](http://x)", " ", "![a](b)"]),
        ("co-operative's **bold**", ["co-operative's", " ", "**", "bold", "**"]),
        ("¿Qué? ... año", ["¿", "Qué", "?", " ", "...", " ", "año"]),
    ],
)
def test_words_numbers_variables_and_links_are_whole(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(texts, texts)
def test_changes_lead_from_one_text_to_the_other(a: str, b: str) -> None:
    changes = word_diff(a, b)
    assert "".join(change.before for change in changes) == a
    assert "".join(change.after for change in changes) == b


@given(texts, texts)
def test_changes_and_equal_stretches_alternate_and_say_what_they_are(a: str, b: str) -> None:
    changes = word_diff(a, b)
    for change in changes:
        assert change.before or change.after
        assert (change.op is Op.EQUAL) == (change.before == change.after)
        assert (change.op is Op.INSERT) == (change.before == "")
        assert (change.op is Op.DELETE) == (change.after == "")
    equal = [change.op is Op.EQUAL for change in changes]
    assert all(one != other for one, other in itertools.pairwise(equal))


@given(texts)
def test_a_text_is_like_itself_and_has_no_changes(text: str) -> None:
    assert similarity(text, text) == 1.0
    assert all(change.op is Op.EQUAL for change in word_diff(text, text))


@given(texts, texts)
def test_similarity_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0.0 <= similarity(a, b) <= 1.0
    assert similarity(a, b) == similarity(b, a)


def test_a_price_changes_as_a_whole() -> None:
    assert word_diff("Cuesta 25 dólares hoy.", "Cuesta 75 soles hoy.") == [
        Change(Op.EQUAL, "Cuesta ", "Cuesta "),
        Change(Op.REPLACE, "25 dólares", "75 soles"),
        Change(Op.EQUAL, " hoy.", " hoy."),
    ]


def test_crumbs_between_large_changes_are_counted_with_them() -> None:
    changes = word_diff("one two three the four five six end", "uno dos tres the cuatro cinco seis end")
    assert [change.op for change in changes] == [Op.REPLACE, Op.EQUAL]


def test_a_rewritten_text_is_shown_whole() -> None:
    before, after = "The buyer came in April with cash.", "Nobody sold anything at the fair, in June."
    assert redline_text(before, after) == [Change(Op.REPLACE, before, after)]
    assert len(redline_text("one two three", "one two four")) == 2
