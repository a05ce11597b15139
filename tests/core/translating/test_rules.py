"""The pure rules of translating: how stale, from which language, which pairs, which numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import Block, Content, Kind, Module, ModuleKind, Unit
from app.core.translating import (
    MOST_GRAMS,
    Cell,
    Directions,
    Made,
    Staleness,
    State,
    Status,
    directions,
    grade,
    grams,
    key_of,
    made_by,
    only_form,
    status_of,
)

LONG = "The members of the co-operative meet on the first Monday of each month to decide together what to sell."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (LONG, LONG, Staleness.FRESH),
        (LONG, LONG.upper(), Staleness.FRESH),
        (LONG, LONG.replace(" to decide", ", to decide"), Staleness.FRESH),
        (LONG, LONG.replace("what to sell.", "what to sell {{where}}!"), Staleness.FRESH),
        ("Sell to {{a}}.", "Sell to {{b}}.", Staleness.FRESH),
        ("# Why", "## Why", Staleness.FRESH),
        (LONG, LONG.replace("Monday", "Friday"), Staleness.MINOR),
        (LONG, "They meet.", Staleness.MAJOR),
        ("Pay 25 soles.", "Pay {{amount}}.", Staleness.MAJOR),
        ("It costs 5 %.", "It costs 5.", Staleness.MAJOR),
        ("- [x] Yes", "- [ ] Yes", Staleness.MAJOR),
        (None, LONG, Staleness.MAJOR),
        ("", "", Staleness.FRESH),
    ],
)
def test_how_stale_a_translation_is(old: str | None, new: str, expected: Staleness) -> None:
    assert grade(old, new) is expected
    if old is not None:
        assert only_form(old, new) is (expected is Staleness.FRESH)


@pytest.mark.parametrize(
    ("said", "target", "source"),
    [
        ({}, "es", "en"),
        ({}, "en", None),
        ({}, "es-PE", "es"),
        ({}, "en-GB", "en"),
        ({}, "quy", "en"),
        ({"quy": "es"}, "quy", "es"),
        ({"en": "es"}, "es", None),
        ({"en": "es"}, "en", "es"),
        ({"en": "es"}, "quy", "en"),
        ({"en": "quy", "quy": "es"}, "es", None),
    ],
)
def test_from_which_language_each_is_translated(said: dict[str, str], target: str, source: str | None) -> None:
    assert Directions("en", said).source(target) == source


def test_directions_come_down_and_never_lead_in_a_circle() -> None:
    here = directions("en", [{"quy": "es"}, {"quy": "en", "ay": "quy"}])
    assert here.source("quy") == "en"
    assert here.circular("quy", "ay")
    assert here.circular("es", "es")
    assert not here.circular("es", "ay")


@pytest.mark.parametrize(
    ("cell", "staleness", "state", "expected"),
    [
        (Cell("u", "es", "s", ""), Staleness.FRESH, None, Status.MISSING),
        (Cell("u", "es", "s", ""), Staleness.FRESH, State.ORAL_ONLY, Status.ORAL_ONLY),
        (Cell("u", "es", "s", ""), Staleness.FRESH, State.APPROVED, Status.MISSING),
        (Cell("u", "es-PE", "s", "", carried=True), Staleness.FRESH, None, Status.CARRIED),
        (Cell("u", "es", "", "t"), Staleness.FRESH, None, Status.WRITTEN),
        (Cell("u", "es", "s", "t"), Staleness.FRESH, None, Status.DRAFT),
        (Cell("u", "es", "s", "t", settled=True), Staleness.FRESH, None, Status.APPROVED),
        (Cell("u", "es", "s", "t", settled=True), Staleness.FRESH, State.IN_REVIEW, Status.IN_REVIEW),
        (Cell("u", "es", "s", "t", settled=True), Staleness.MAJOR, State.APPROVED, Status.STALE_MAJOR),
        (Cell("u", "es", "s", "t"), Staleness.MINOR, None, Status.STALE_MINOR),
    ],
)
def test_how_a_cell_stands(cell: Cell, staleness: Staleness, state: State | None, expected: Status) -> None:
    assert status_of(cell, staleness, state) is expected


def content(**texts: str) -> Content:
    block = Block("b", Kind.PARAGRAPH, texts)
    return Content((Module("m", ModuleKind.MODULE, {}, (Unit("u", 90, (block,)),)),))


@pytest.mark.parametrize(
    ("before", "after", "writing", "made"),
    [
        ({"en": "s", "es": "t"}, {"en": "s", "es": "t"}, True, None),
        ({"en": "s", "es": "t"}, {"en": "s", "es": "t2"}, True, ("s", "t2", "", False)),
        ({"en": "s"}, {"en": "s", "es": "t"}, True, ("s", "t", "", False)),
        ({"en": "s", "es": "t"}, {"en": "s2", "es": "t2"}, True, ("s2", "t2", "", False)),
        ({"en": "s", "es": "t"}, {"en": "s2", "es": "t2"}, False, ("s2", "t2", "", True)),
        ({"en": "s", "es": "t"}, {"en": "s2", "es": "t"}, True, ("s2", "t", "s", False)),
        ({"es": "t"}, {"en": "s", "es": "t"}, True, ("s", "t", "", True)),
        ({"en": "s", "es": "t"}, {"es": "t2"}, True, None),
        ({"en": "s", "es": "t"}, {"en": "s"}, True, None),
    ],
)
def test_which_pairs_a_change_makes(
    before: dict[str, str], after: dict[str, str], writing: bool, made: tuple[str, str, str, bool] | None
) -> None:
    found = made_by(content(**before), content(**after), Directions("en").source, writing=writing)
    assert found == ([Made("b", "en", "es", *made)] if made else [])


@given(st.text())
def test_a_text_has_a_handful_of_numbers_that_any_database_holds(text: str) -> None:
    found = grams(text, "es")
    assert len(found) == len(set(found)) <= MOST_GRAMS
    assert all(0 <= number < 2**52 for number in found)
    assert found == grams(text, "es")


def test_texts_that_share_most_words_share_numbers_and_languages_do_not() -> None:
    numbers = set(grams(LONG, "en"))
    assert len(numbers & set(grams(LONG.replace("Monday", "Friday"), "en"))) >= MOST_GRAMS // 2
    assert not numbers & set(grams(LONG, "es"))
    assert not numbers & set(grams("Nothing alike at all stands here.", "en"))
    assert 0 <= key_of("f" * 64) < 2**60
