"""Rules of workshops on plain values: who passes, what is hidden, alpha, agendas, lists of people."""

from __future__ import annotations

import json

import pytest

from app.core.errors import Refused
from app.validation.rules import agenda, frozen, persons, scales
from app.validation.rules import workshops as rules
from app.validation.rules.results import (
    Given,
    Score,
    Standing,
    alpha,
    breakdown,
    median,
    passes,
    people,
    score,
    standing,
    told,
)
from app.validation.rules.scales import STEPS, Criterion, Scale

ONE = Criterion.ATTRACTION


def given(values: list[int], sex: str = "", start: int = 0) -> list[Given]:
    """Answers of as many people, one each."""
    return [Given(f"p{n}", ONE, 1, value, {"sex": sex} if sex else {}) for n, value in enumerate(values, start)]


@pytest.mark.parametrize(
    ("top", "answers", "threshold", "expected"),
    [
        (7, 10, 70, True),
        (699, 1000, 70, False),  # 69.9 per cent
        (700, 1000, 70, True),  # 70.0 per cent
        (6999, 10000, 70, False),  # would be rounded to 70.0
        (2, 3, 67, False),  # 66.67
        (2, 3, 66, True),
        (5, 5, 100, True),
        (4, 5, 100, False),
        (0, 0, 1, False),
    ],
)
def test_a_criterion_passes_from_the_threshold_on_and_never_by_rounding(
    top: int, answers: int, threshold: int, expected: bool
) -> None:
    assert passes(top, answers, threshold) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Standing.NOT_TRIED),
        ([5, 5, 5, 5], Standing.TOO_FEW),
        ([5, 5, 5, 5, 1], Standing.PASSED),
        ([5, 5, 5, 1, 1], Standing.FAILED),
        ([4] * 7 + [3] * 3, Standing.PASSED),
        ([4] * 6 + [3] * 4, Standing.FAILED),
    ],
)
def test_below_five_people_nothing_is_said(values: list[int], expected: Standing) -> None:
    found = score(given(values), top_from=4, threshold=70)
    assert found.standing is expected
    assert (found.share is None) is (expected in (Standing.NOT_TRIED, Standing.TOO_FEW))


def test_two_questions_to_three_people_are_six_answers_of_three_people() -> None:
    asked_twice = [Given(f"p{n}", ONE, q, 5, {}) for n in range(3) for q in (1, 2)]
    assert (score(asked_twice, 4, 70).answers, people(asked_twice)) == (6, 3)
    assert score(asked_twice, 4, 70).standing is Standing.TOO_FEW


def test_each_hand_counts_as_an_answer_and_a_person_once() -> None:
    hands = [Given(None, ONE, 1, 5, {}, 7), Given(None, ONE, 1, 2, {}, 3), Given(None, ONE, 2, 4, {}, 9)]
    found = score(hands, 4, 70)
    assert (found.answers, found.top, found.people) == (19, 16, 10)


@pytest.mark.parametrize(
    ("values", "expected"), [([], None), ([3], 3), ([1, 2], 1.5), ([5, 1, 2], 2), ([1, 1, 4, 5], 2.5)]
)
def test_the_median_is_the_middle_answer(values: list[int], expected: float | None) -> None:
    assert median(given(values)) == expected


def a_score(name: str) -> Score:
    return Score(10, 9, 10, 5.0, Standing(name))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["passed"] * 5, Standing.PASSED),
        (["passed"] * 4 + ["failed"], Standing.FAILED),
        (["passed"] * 4 + ["too_few"], Standing.TOO_FEW),
        (["too_few"] * 4 + ["failed"], Standing.FAILED),
        (["not_tried"] * 5, Standing.NOT_TRIED),
        (["passed"] * 4 + ["not_tried"], Standing.TOO_FEW),
    ],
)
def test_a_unit_passes_when_every_criterion_does(names: list[str], expected: Standing) -> None:
    assert standing({c: a_score(name) for c, name in zip(Criterion, names, strict=True)}) is expected


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 5, "b": 5}, {"a", "b"}),
        ({"a": 4, "b": 20}, set()),  # b alone would tell a by subtraction
        ({"a": 4, "b": 6, "c": 20}, {"c"}),
        ({"a": 2, "b": 2, "c": 20}, set()),  # a and b together are four people
        ({"a": 2, "b": 3, "c": 20}, {"c"}),
        ({"a": 2, "b": 2, "c": 5, "d": 9}, {"d"}),
        ({"a": 0, "b": 7}, {"b"}),
        ({"a": 3}, set()),
        ({}, set()),
    ],
)
def test_small_groups_cannot_be_worked_out_from_the_large_ones(sizes: dict[str, int], shown: set[str]) -> None:
    assert told(sizes) == shown
    hidden = [n for name, n in sizes.items() if n and name not in told(sizes)]
    assert not hidden or len(hidden) == len([n for n in sizes.values() if n]) or sum(hidden) >= 5


def test_a_breakdown_tells_of_large_groups_and_hides_small_ones() -> None:
    answers = given([5] * 6, "woman") + given([1] * 6, "man", 10) + given([3] * 5, "other", 20)
    found = breakdown(answers, "sex", 4, 70)
    assert {name: one.share if one else None for name, one in found.items()} == {"woman": 1, "man": 0, "other": 0}
    found = breakdown(given([5] * 6, "woman") + given([1] * 3, "man", 10), "sex", 4, 70)
    assert found == {"woman": None, "man": None}


def test_alpha_of_a_hand_computed_example() -> None:
    """Three questions, four people; sample variances by hand, 3/2 * (1 - (5/3 + 11/12 + 19/12) / (34/3))."""
    rows = [[2, 3, 2], [3, 3, 4], [4, 4, 4], [5, 5, 5]]
    # columns: 2 3 4 5 -> 5/3;  3 3 4 5 -> 11/12;  2 4 4 5 -> 19/12;  sums: 7 10 12 15 -> 34/3
    expected = 3 / 2 * (1 - (5 / 3 + 11 / 12 + 19 / 12) / (34 / 3))
    assert alpha(rows) == pytest.approx(expected)
    assert alpha(rows) == pytest.approx(0.948529, abs=1e-6)


def test_alpha_of_equal_questions_is_one() -> None:
    assert alpha([[1, 1], [3, 3], [5, 5]]) == pytest.approx(1)


@pytest.mark.parametrize("rows", [[], [[1, 2]], [[1], [2]], [[2, 3], [2, 3]], [[1, 4], [4, 1]]])
def test_alpha_is_none_where_it_cannot_be_worked_out(rows: list[list[int]]) -> None:
    assert alpha(rows) is None


def test_kept_results_come_back_as_they_were_without_what_too_few_said() -> None:
    scores = {c: score(given([5] * 6), 4, 70) for c in Criterion} | {ONE: score(given([5, 1]), 4, 70)}
    unit = frozen.UnitResult("u", "U", "d", {"b": {"es": "x"}}, Standing.TOO_FEW, 6, 0.5, scores)
    kept = json.loads(json.dumps(frozen.dump(frozen.Results(Scale.FIVE, 4, 70, (unit,)))))
    back = frozen.load(kept).units[0]
    assert back.scores[Criterion.ACCEPTANCE] == scores[Criterion.ACCEPTANCE]
    assert (back.scores[ONE].people, back.scores[ONE].top, back.scores[ONE].median) == (2, 0, None)


@pytest.mark.parametrize("scale", list(Scale))
def test_the_usual_questions_make_a_questionnaire(scale: Scale) -> None:
    scales.check_questions([criterion for criterion, _ in scales.QUESTIONS])
    for _, texts in scales.QUESTIONS:
        scales.check_question(texts)
        assert set(texts) == {"es", "en"}
    scales.check_settings(scale, STEPS[scale].top_from, 70)


@pytest.mark.parametrize(
    ("scale", "top", "threshold"),
    [(Scale.FIVE, 1, 70), (Scale.FIVE, 6, 70), (Scale.FOUR, 0, 70), (Scale.FIVE, 4, 0), (Scale.FIVE, 4, 101)],
)
def test_settings_that_would_pass_everything_or_nothing_are_refused(scale: Scale, top: int, threshold: int) -> None:
    with pytest.raises(scales.BadSettings):
        scales.check_settings(scale, top, threshold)


@pytest.mark.parametrize(
    ("values", "comments", "refusal"),
    [
        ({1: 5, 2: None}, {}, None),
        ({1: 2}, {1: "no se entiende"}, None),
        ({1: 2}, {}, rules.NeedsComment),
        ({1: 2}, {1: "   "}, rules.NeedsComment),
        ({1: 0}, {}, rules.BadAnswer),
        ({1: 6}, {}, rules.BadAnswer),
        ({3: 5}, {}, rules.BadAnswer),
        ({}, {}, rules.NothingAnswered),
    ],
)
def test_answers_are_of_the_scale_and_low_ones_say_why(
    values: dict[int, int | None], comments: dict[int, str], refusal: type[Refused] | None
) -> None:
    if refusal is None:
        rules.check_values(Scale.FIVE, {1, 2}, values, comments)
        return
    with pytest.raises(refusal):
        rules.check_values(Scale.FIVE, {1, 2}, values, comments)


def test_an_agenda_has_breaks_lunch_and_ends_in_time() -> None:
    lines = agenda.plan([(f"u{n}", 90) for n in range(11)], 8 * 60 + 30, days=3)
    assert [line.what for line in lines if line.kind == "unit"] == [f"u{n}" for n in range(11)]
    begins = agenda.begins(lines, 8 * 60 + 30)
    last = {line.day: begin + line.minutes for line, begin in zip(lines, begins, strict=True)}
    assert set(last) == {1, 2, 3}
    assert max(last.values()) <= agenda.DAY_ENDS + agenda.CLOSING
    assert sum(line.what == "lunch" for line in lines) == 3
    for day in (1, 2, 3):
        worked = 0
        for line in (line for line in lines if line.day == day):
            worked = 0 if line.kind == "break" else worked + line.minutes
            assert worked <= agenda.OPENING + agenda.WITHOUT_BREAK + agenda.ANSWERS + agenda.CLOSING


def test_the_last_day_takes_what_is_left() -> None:
    lines = agenda.plan([(f"u{n}", 120) for n in range(9)], 9 * 60, days=1)
    assert sum(line.kind == "unit" for line in lines) == 9


@pytest.mark.parametrize(("text", "minute"), [("08:30", 510), ("8", 480), ("0:05", 5), ("23.59", 1439)])
def test_a_clock_is_read(text: str, minute: int) -> None:
    assert agenda.read_clock(text) == minute


@pytest.mark.parametrize("text", ["", "24:00", "8:60", "ocho", "-1:00", "٨:٣٠", "8:5x", "100:00"])
def test_what_is_no_clock_is_refused(text: str) -> None:
    with pytest.raises(agenda.BadClock):
        agenda.read_clock(text)


LIST = """\
Nombre;Sexo;Edad;Cargo;Cooperativa
Rosa Inventada (demo);F;34;socia;Café (demo)
José (demo);varón;1990;joven;Café (demo)
"""


def test_a_pasted_list_is_understood_with_heads_in_any_order() -> None:
    first, second = persons.read_list(LIST, 2026, set())
    assert first.person == persons.Person("Rosa Inventada (demo)", "woman", 34, None, "member", "Café (demo)")
    assert second.person is not None
    assert (second.person.birth_year, second.person.role) == (1990, "youth")


def test_a_list_without_heads_is_in_the_usual_order() -> None:
    (row,) = persons.read_list(
        "Ana (demo)\tmujer\t20\tjoven\tX\tY\tsí\t+51 999 111 222\tana@ejemplo.pe\tsí", 2026, set()
    )
    assert row.person == persons.Person(
        "Ana (demo)", "woman", 20, None, "youth", "X", "Y", True, "+51 999 111 222", "ana@ejemplo.pe", True
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (";F;20", rules.NeedsName),
        ("Ana;Z;20", persons.BadSex),
        ("Ana;F;200", persons.BadAge),
        ("Ana;F;2050", persons.BadAge),
        ("Ana;F;veinte", persons.BadAge),
        ("Ana;F;20;reina", persons.BadRole),
        ("Ana;F;20;socia;;;tal vez", persons.BadYesNo),
        ("Ana;F;20;socia;;;;abc", persons.BadPhone),
        ("Ana;F;20;socia;;;;javascript:alert(1)", persons.BadPhone),
        ("Ana;F;20;socia;;;;;ana", persons.BadEmail),
        ("Ana;F;20;socia;;;;;a@b.pe?cc=x@y.pe,z", persons.BadEmail),
        ("Ana;F;20;socia;;;;;;;más", persons.TooManyColumns),
        ("x" * 300 + ";F", rules.NeedsName),
    ],
)
def test_a_line_that_is_not_understood_says_what_is_wrong(line: str, fault: type[Refused]) -> None:
    (row,) = persons.read_list(line, 2026, set())
    assert row.person is None
    assert [type(one) for one in row.faults] == [fault]


def test_a_person_twice_or_known_already_is_told() -> None:
    rows = persons.read_list("Ana;F\nana ;M\nLuz;F", 2026, {persons.same_name("Luz", "")})
    assert [type(row.faults[0]) if row.faults else None for row in rows] == [
        None,
        persons.TwiceInList,
        persons.KnownAlready,
    ]


@pytest.mark.parametrize("text", ["x" * 300_000, "\n".join(f"P{n}" for n in range(600))])
def test_a_list_that_is_too_long_is_refused_whole(text: str) -> None:
    with pytest.raises(persons.TooLongList):
        persons.read_list(text, 2026, set())


@pytest.mark.parametrize("text", ["", "\n \n", '"', "a\x00b", "=1+1;F", "\ufeffname\nAna"])
def test_strange_lists_are_answered_and_nothing_breaks(text: str) -> None:
    for row in persons.read_list(text, 2026, set()):
        assert (row.person is None) == bool(row.faults)


def test_tokens_differ_and_are_long_enough_not_to_be_guessed() -> None:
    tokens = {rules.new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(len(token) >= 16 and token.isalnum() for token in tokens)


def test_an_edit_names_its_remarks() -> None:
    evidence = f"Taller, observación 12 ({rules.mark(3, 12)}) y {rules.mark(3, 14)}, no T0-1 ni XT3-1"
    assert rules.marks_in(evidence) == [(3, 12), (3, 14)]
