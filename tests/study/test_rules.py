"""What fields of a study take, as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.errors import Refused
from app.study import rules
from app.study.kinds import Answer
from app.study.rules import Field, Form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", []),
        ("sí; 24; 13; 11", [{"label": "sí", "total": 24, "women": 13, "men": 11}]),
        ("por el río; 20", [{"label": "por el río", "total": 20, "women": None, "men": None}]),
        ("no sabe", [{"label": "no sabe", "total": None, "women": None, "men": None}]),
        ("a; b; 3", None),
        ("; 3", None),
        ("sí; -1", None),
        ("sí; 10000000", None),
        ("sí; ٣", None),
    ],
)
def test_answers_are_typed_one_on_a_line(typed: str, kept: list[dict[str, Any]] | None) -> None:
    if kept is None:
        with pytest.raises(rules.BadAnswerLine):
            rules.answers(typed)
    else:
        assert rules.answers(typed) == kept


def test_kept_answers_are_shown_as_they_were_typed() -> None:
    typed = "sí; 24; 13; 11\npor el río; 20\nno sabe"
    assert rules.answers_typed(rules.answers(typed)) == typed


def test_a_semicolon_within_an_answer_is_kept_where_its_numbers_are_all_there() -> None:
    assert rules.answers("sí; pero tarde; 3; 2; 1")[0]["label"] == "sí; pero tarde"


@pytest.mark.parametrize(
    ("field", "typed", "refusal"),
    [
        (Field("x", "", required=True), "  ", rules.Missing),
        (Field("x", ""), "a" * 301, rules.TooLong),
        (Field("x", "", Form.TEXT), "a" * 20_001, rules.TooLong),
        (Field("x", "", Form.COUNT), "3.5", rules.NotACount),
        (Field("x", "", Form.COUNT), "9" * 400, rules.NotACount),
        (Field("x", "", Form.DAY), "2026-02-30", rules.NotADay),
        (Field("x", "", Form.DAY), "20260230", rules.NotADay),
        (Field("x", "", Form.CHOICE, choices=Answer), "maybe", rules.NotOffered),
        (Field("x", "", Form.ROW), "1' OR 1", rules.NotOffered),
        (Field("x", "", Form.ANSWERS), "a; 1\n" * 61, rules.TooManyAnswers),
    ],
)
def test_a_field_names_its_own_fault(field: Field, typed: str, refusal: type[Refused]) -> None:
    with pytest.raises(rules.Faults) as caught:
        rules.read([field], {"x": typed})
    assert isinstance(caught.value.fields["x"], refusal)


def test_every_fault_is_told_at_once() -> None:
    fields = [Field("a", "", required=True), Field("b", "", Form.DAY), Field("c", "")]
    with pytest.raises(rules.Faults) as caught:
        rules.read(fields, {"b": "ayer", "c": "bien"})
    assert set(caught.value.fields) == {"a", "b"}


def test_what_is_valid_does_not_end_before_it_begins() -> None:
    fields = [Field("valid_from", "", Form.DAY), Field("valid_to", "", Form.DAY)]
    with pytest.raises(rules.Faults) as caught:
        rules.read(fields, {"valid_from": "2021-08-10", "valid_to": "2021-08-09"})
    assert isinstance(caught.value.fields["valid_to"], rules.EndsBeforeItBegins)
    assert rules.read(fields, {"valid_from": "2021-08-10"}) == {"valid_from": date(2021, 8, 10), "valid_to": None}


@pytest.mark.parametrize(("known", "code"), [([], "H1"), (["H1", "H2"], "H3"), (["H7", "X9", "H07"], "H8")])
def test_the_number_of_a_finding_is_never_given_twice(known: list[str], code: str) -> None:
    assert rules.next_code(known) == code


@pytest.mark.parametrize(
    ("words", "found"), [("", True), ("cafe", True), ("QUINTAL pesa", True), ("quintal miel", False)]
)
def test_a_search_takes_no_notice_of_accents_and_capitals(words: str, found: bool) -> None:
    assert rules.found_in(words, "El café se pesa", "en quintales") is found


@pytest.mark.parametrize(("why", "said"), [("Lo dijo la mesa", "Lo dijo la mesa"), ("  ", "Uno · Dos")])
def test_a_cited_finding_is_the_reason_where_none_was_written(why: str, said: str) -> None:
    assert rules.reason(why, ["Uno", "Dos"]) == said
