from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.readability import english_syllables, measure, passages, spanish_syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("cooperativa", 6), ("país", 2), ("poesía", 4), ("averigüe", 4), ("ciudad", 2), ("huida", 2), ("océano", 4)],
)
def test_syllables_of_spanish_words_are_those_of_the_dictionary(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("co-operative", 5), ("idea", 3), ("business", 2), ("farmers", 2), ("parchment", 2), ("chacra", 2), ("lote", 1)],
)
def test_syllables_of_english_words_are_those_of_the_dictionary_or_near_it(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


def test_the_spanish_formula_gives_what_a_pencil_gives() -> None:
    # El café se paga hoy. = 5 words, 1 sentence, 7 syllables: el ca-fé se pa-ga hoy
    found = measure(["El café se paga hoy."], "es")
    assert (found.words, found.sentences, found.syllables) == (5, 1, 7)
    assert found.ease == pytest.approx(206.84 - 60 * 7 / 5 - 1.02 * 5)


def test_the_english_formula_gives_what_a_pencil_gives() -> None:
    # The members sell cocoa. They share the price. = 8 words, 2 sentences, 10 syllables
    found = measure(["The members sell cocoa. They share the price."], "en")
    assert (found.words, found.sentences, found.syllables) == (8, 2, 10)
    assert found.ease == pytest.approx(206.835 - 84.6 * 10 / 8 - 1.015 * 4)


def test_only_running_text_counts() -> None:
    text = "## A heading\n\nTwo words.\n\n- one item\n- another\n\n| a | table |\n|---|---|\n| x | y |\n\n`code()`"
    assert passages(text) == ["Two words.", "one item", "another"]


def test_an_item_with_its_own_paragraphs_counts_once() -> None:
    assert passages("- first part\n\n    second part\n") == ["first part", "second part"]


def test_variables_count_as_what_they_stand_for() -> None:
    assert measure(["We sell {{crop}}."], "en", {"crop": "green coffee"}).words == 4


def test_amounts_and_signs_are_no_words() -> None:
    assert measure(["1,200 – 30 %"], "es").words == 0


def test_long_words_and_long_sentences_are_hard() -> None:
    easy = measure(["Traigan el café. Se pesa aquí. Se paga hoy."], "es")
    hard = measure(
        [
            "La implementación institucionalizada de procedimientos administrativos descentralizados presupone "
            "consideraciones multidimensionales correspondientes"
        ],
        "es",
    )
    assert easy.ease > 90
    assert not easy.hard
    assert hard.ease < 0
    assert hard.hard


def test_a_language_without_a_formula_is_never_called_hard() -> None:
    found = measure(["Ñuqanchikpa chakranchikpi."], "quy")
    assert found.words == 2
    assert found.ease == 0
    assert not found.hard


@given(st.text(max_size=60), st.sampled_from(["es", "en"]))
def test_any_text_can_be_measured(text: str, language: str) -> None:
    found = measure([text], language)
    assert found.syllables >= found.words >= 0
