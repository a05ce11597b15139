"""What answers are worth: numbers as people write them, partial points that can be explained, items and gain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.splitting import split
from app.learning.kinds import ItemKind
from app.learning.rules import items, numbers, scoring
from app.learning.rules.items import Given
from app.learning.rules.questions import Question, question

from .paper import ES

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("written", "values", "unit"),
    [
        ("22", {22}, ""),
        ("S/ 22,00", {22}, "sol"),
        ("22 soles", {22}, "sol"),
        ("1.500", {1500, Fraction(3, 2)}, ""),
        ("1.500,50", {Fraction(3001, 2)}, ""),
        ("1,500.50", {Fraction(3001, 2)}, ""),
        ("1 500", {1500}, ""),
        ("2½ kilos", {Fraction(5, 2)}, "kg"),
        ("2 1/2 kg", {Fraction(5, 2)}, "kg"),
        ("dos mil doscientos soles", {2200}, "sol"),
        ("veintidós", {22}, ""),
        ("tres millones quinientos mil", {3_500_000}, ""),
        ("treinta y cinco por ciento", {35}, "%"),
        ("una hora y media", {Fraction(3, 2)}, "h"),
        ("twenty-two dollars", {22}, "dollar"),
        ("-5 %", {-5}, "%"),
    ],
)
def test_a_number_is_read_as_it_is_written_where_people_live(
    written: str, values: set[Fraction], unit: str
) -> None:  # fmt: skip
    found = numbers.read(written)
    assert found is not None
    assert (set(found.values), found.unit) == (values, unit)


@pytest.mark.parametrize("written", ["", "no sé", "10 a 20", "1,2,3", "9" * 30])
def test_what_is_not_one_number_is_none(written: str) -> None:
    assert numbers.read(written) is None


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_is_read_or_not_and_nothing_breaks(text: str) -> None:
    found = numbers.read(text)
    assert found is None or found.values


@settings(max_examples=50)
@given(st.integers(0, 10**9), st.integers(0, 99))
def test_both_ways_of_writing_thousands_and_decimals_say_the_same(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02d}"
    spanish = english.translate(str.maketrans(",.", ".,"))
    value = Fraction(whole * 100 + cents, 100)
    for written in (english, spanish):
        found = numbers.read(written)
        assert found is not None
        assert value in found.values


def asked() -> list[Question]:
    """The questions of the unit, as they are read from its blocks."""
    return [question("q", piece.text) for piece in split(ES) if piece.text.startswith("/// question")]


def test_the_kind_of_a_question_follows_from_how_it_is_written() -> None:
    assert [one.kind for one in asked()] == [
        ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.ORDER, ItemKind.MATCH, ItemKind.NUMBER, ItemKind.OPEN,
    ]  # fmt: skip
    single, _, order, match, number, _ = asked()
    assert (single.choices, single.key, single.feedback) == (
        ("La membresía", "Quien compra"),
        (0,),
        "Decide la membresía.",
    )
    assert (order.choices, order.key) == (("Pagar", "Pesar", "Anotar"), (1, 2, 0))
    assert (match.choices, match.matches, match.key) == (("Acta", "Bodega"), ("Un lugar", "Un papel"), (1, 0))
    assert (number.right, number.unit, number.tolerance) == (22, "sol", HALF)


@pytest.mark.parametrize(
    ("at", "value", "points"),
    [
        (0, {"ticked": [0]}, 1),
        (0, {"ticked": [1]}, 0),
        (1, {"ticked": [0, 1]}, 1),
        (1, {"ticked": [0]}, HALF),
        (1, {"ticked": [0, 1, 2]}, HALF),
        (1, {"ticked": [0, 2]}, 0),
        (2, {"order": [1, 2, 0]}, 1),
        (2, {"order": [0, 1, 2]}, HALF),
        (2, {"order": [0, 2, 1]}, 0),
        (3, {"pairs": [1, 0]}, 1),
        (3, {"pairs": [1, -1]}, HALF),
        (4, {"text": "22 soles"}, 1),
        (4, {"text": "S/. 22,50"}, 1),
        (4, {"text": "22,51 soles"}, 0),
        (4, {"text": "veintidós"}, HALF),
        (4, {"text": "22 la bolsa"}, HALF),
        (4, {"text": "22 dólares"}, 0),
        (4, {"text": "mucho"}, 0),
        (5, {"text": "porque sí"}, None),
    ],
)
def test_an_answer_is_worth_what_the_table_says(at: int, value: dict[str, object], points: Fraction | None) -> None:
    read = asked()[at]
    kept = scoring.check_value(read.kind, value, len(read.choices))
    found = scoring.points(read, kept)
    assert found.points == points
    assert found.why % found.parts if found.parts else found.why


def test_units_of_one_family_turn_into_each_other_and_quintals_into_nothing() -> None:
    weight = Question("q", ItemKind.NUMBER, "", right=Fraction(2500), unit="kg")
    assert scoring.points(weight, {"text": "2,5 toneladas"}).points == 1
    assert scoring.points(weight, {"text": "2500 quintales"}).points == 0


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, {"ticked": [0, 1]}), (0, {"ticked": [2]}), (0, {"ticked": [True]}), (1, {"ticked": [0, 0]}),
        (2, {"order": [0, 1]}), (3, {"pairs": [0, 5]}), (4, {"ticked": [0]}), (5, {"text": 3}), (0, {"ticked": "0"}),
        (0, {}), (1, {"ticked": []}), (3, {"pairs": [-1, -1]}), (5, {"text": "  "}), (5, {"text": "a" * 10_001}),
    ],
)  # fmt: skip
def test_what_answers_something_else_or_nothing_is_turned_down(at: int, value: dict[str, object]) -> None:
    read = asked()[at]
    with pytest.raises((scoring.NotAnAnswer, scoring.EmptyAnswer, scoring.LongAnswer)):
        scoring.check_value(read.kind, value, len(read.choices))


@settings(max_examples=30)
@given(st.permutations(range(5)))
def test_points_given_by_people_settle_the_same_in_any_order(order: list[int]) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    events = [
        Given(f"g{n}", n, 5, "", frozenset({f"g{n - 2}"} if n > 1 else ()), start + timedelta(hours=n % 3))
        for n in range(5)
    ]
    assert items.worth([events[n] for n in order]) == items.worth(events)


def test_gain_is_over_those_who_did_both_and_says_how_many_did_each() -> None:
    before = {n: Fraction(1, 5) for n in range(8)}
    after = {n: Fraction(3, 5) for n in range(2, 12)}
    found = items.paired(before, after)
    assert (found.before, found.after, found.gain.paired) == (8, 10, 6)
    assert found.gain.mean == pytest.approx(0.4)
    assert items.paired(before, {n: Fraction(1) for n in range(4)}).gain.mean is None


def test_an_item_tells_how_hard_it_is_and_how_it_goes_with_the_rest() -> None:
    takers = [{1: float(n > 10), 2: float(n > 8), 3: float(n > 12), 4: float(n <= 10)} for n in range(20)]
    found = {item: items.figures(takers, item) for item in (1, 2, 3, 4)}
    assert found[1].difficulty == pytest.approx(0.45)
    assert (found[2].discrimination or 0) > 0
    assert (found[4].discrimination or 0) < 0
    unread: list[dict[int, float | None]] = [{1: None, 2: 1.0}] * 7
    assert items.figures([*takers[:5], *unread], 1) == items.figures(takers[:5], 1), "nobody has read them yet"
    assert items.figures(unread, 1).difficulty is None
    assert items.figures(takers[:9], 1).discrimination is None
    assert items.figures(takers[:4], 1).difficulty is None
