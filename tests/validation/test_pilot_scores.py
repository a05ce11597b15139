"""What scores amount to, against figures worked out by hand; how cells and lists are read. No database."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.content import Block, Kind, Unit
from app.core.errors import Refused
from app.validation.rules import scores
from app.validation.rules.scores import Question

CLOSED = Question("q1", "¿Quién decide?", "ac")
OPEN = Question("q2", "¿Por qué?")


def test_gain_is_what_it_is_by_hand() -> None:
    """Before 2, 3, 4, 5, 6 of ten (mean 40 %), after 6, 6, 7, 9, 7 (mean 70 %): 30 points, half of what was left."""
    pairs = [(Fraction(b, 10), Fraction(a, 10)) for b, a in zip((2, 3, 4, 5, 6), (6, 6, 7, 9, 7), strict=True)]
    found = scores.gain(pairs)
    assert (found.paired, found.before, found.after) == (5, 0.4, 0.7)
    assert found.mean == pytest.approx(0.3)
    assert found.normalised == pytest.approx(0.5)
    assert found.comparable


def test_nothing_is_said_of_fewer_than_five() -> None:
    found = scores.gain([(Fraction(0), Fraction(1))] * 4)
    assert (found.paired, found.before, found.mean, found.comparable) == (4, None, None, False)


def test_nothing_can_be_gained_where_everything_was_known() -> None:
    found = scores.gain([(Fraction(1), Fraction(1))] * 5)
    assert (found.mean, found.normalised) == (0.0, None)


def test_knowing_less_afterwards_is_a_loss() -> None:
    found = scores.gain([(Fraction(1, 2), Fraction(1, 4))] * 6)
    assert (found.mean, found.normalised) == (-0.25, -0.5)


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=5, max_size=40))
def test_the_mean_gain_is_the_difference_of_the_means(pairs: list[tuple[int, int]]) -> None:
    found = scores.gain([(Fraction(b, 10), Fraction(a, 10)) for b, a in pairs])
    assert found.mean == pytest.approx((found.after or 0) - (found.before or 0))
    assert found.normalised is None or found.normalised <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("points", "asked", "share"),
    [
        ({}, 4, None),
        ({"a": (1, 1), "b": (0, 1)}, 4, Fraction(1, 4)),
        ({"a": (1, 1)}, 1, Fraction(1)),
        ({"": (7, 10)}, 4, Fraction(7, 10)),
    ],
)
def test_what_was_left_open_counts_as_wrong(
    points: dict[str, tuple[int, int]], asked: int, share: Fraction | None
) -> None:
    assert scores.share(points, asked) == share


@pytest.mark.parametrize(
    ("cell", "question", "read"),
    [
        ("1", CLOSED, 1),
        (" 0 ", OPEN, 0),
        ("", CLOSED, None),
        ("–", CLOSED, None),
        ("ac", CLOSED, 1),
        ("C, A", CLOSED, 1),
        ("a", CLOSED, 0),
        ("abc", CLOSED, 0),
    ],
)
def test_cells_are_points_or_the_letters_that_were_ticked(cell: str, question: Question, read: int | None) -> None:
    assert scores.read_cell(cell, question) == read


@pytest.mark.parametrize(("cell", "question"), [("2", CLOSED), ("z", CLOSED), ("a", OPEN), ("x" * 5000, CLOSED)])
def test_other_cells_are_refused(cell: str, question: Question) -> None:
    with pytest.raises(scores.BadScore):
        scores.read_cell(cell, question)


@pytest.mark.parametrize("cell", ["7", "8/7", "-1/3", "1/0", "1/9999999", "a/b", "٣/٤", "/", "1/2/3"])
def test_totals_that_cannot_be_are_refused(cell: str) -> None:
    with pytest.raises(scores.BadTotal):
        scores.read_total(cell)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1;pre;1;0", None),
        ("2;después;ac;", None),
        ("9;pre;1;0", scores.NoSuchLearner),
        ("1;ayer;1;0", scores.BadMoment),
        ("1;pre;5;0", scores.BadScore),
        ("1;pre;1;0;3/4", scores.MixedScores),
        ("2;pre;;;8/10", None),
        ("2;pre;8/10", None),
        ("2", scores.BadMoment),
        ("1;pre;1;0;;;9", scores.BadScore),
        ("99999999999999999999;pre;1;0", scores.NoSuchLearner),
    ],
)
def test_every_line_gets_an_answer(line: str, fault: type[Refused] | None) -> None:
    (found,) = scores.read_list(f"número;momento;p1;p2;total\n{line}", [CLOSED, OPEN], {1, 2, 3})
    assert [type(one) for one in found.faults] == ([fault] if fault else [])


def test_the_same_person_twice_at_one_moment_is_named_with_the_line() -> None:
    first, second = scores.read_list("1;pre;1;0\n1;antes;0;0", [CLOSED, OPEN], {1})
    assert not first.faults
    assert second.faults[0].parts == {"line": 1}


def test_lists_too_long_are_refused() -> None:
    with pytest.raises(scores.TooLongScores):
        scores.read_list("1;pre;1\n" * 2_000, [CLOSED], {1})


def test_keys_are_read_from_questions_that_are_asked_twice() -> None:
    texts = {
        "a": "/// question | Dos son ciertas\n    use: pre, post\n\n- [x] Una\n- [ ] Otra\n- [x] La tercera\n///",
        "b": "/// question | Abierta\n    use: pre, post\n\n> Depende\n///",
        "c": "/// question | Solo antes\n    use: pre\n\n- [x] Una\n- [ ] Otra\n///",
    }
    unit = Unit("u", 60, tuple(Block(uid, Kind.QUESTION, {"es": uid}) for uid in texts))
    assert scores.questions(unit, texts) == [Question("a", "Dos son ciertas", "ac"), Question("b", "Abierta", "")]


def test_how_hard_a_question_was_is_told_from_five_takers_on() -> None:
    assert scores.facility([1, 1, 0, 1, 0], 5) == 0.6
    assert scores.facility([1, 1, 0, 1], 4) is None
