"""Variables, links, lists, tables, headings, typed blocks and keys: what must be built like the original."""

from __future__ import annotations

import pytest

from app.core.checks import Context, run
from app.core.content import Kind

from .pairs import asking, marked

variables = asking("variables")
links = asking("links")
shape = asking("lists", "tables", "headings")
block = asking("blocks", "keys")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{{crop}} and {{crop}}", "{{ crop }}"),
        ("the {{board}}", "{{the_board}}"),
        ("{{the_board}} decides", "lo lleva {{to_the_board}}"),
        ("none", "ninguna"),
    ],
)
def test_the_same_variables_are_no_matter(source: str, target: str) -> None:
    assert variables(source, target, "en>quy") == []


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("{{crop}} here", "aquí", [("{{crop}}", [])]),
        ("here", "aquí {{crop}}", [("{{crop}}", ["{{crop}}"])]),
        ("{{crop}}", "{{cosecha}}", [("{{crop}}", []), ("{{cosecha}}", ["{{cosecha}}"])]),
    ],
)
def test_other_variables_are_named(source: str, target: str, said: list[tuple[str, list[str]]]) -> None:
    found = variables(source, target)
    assert [(one.values["variable"], marked(target, [one])) for one in found] == said


def test_a_variable_that_the_edition_does_not_have_is_named() -> None:
    (advice,) = run("{{crop}}", "{{crop}} {{crpo}}", Context("en", "es", variables=frozenset({"crop"})), ["variables"])
    assert advice.text == "There is no variable %(variable)s in this edition."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("[law](http://x.org/a_(b))", "[ley](http://x.org/a_(b))"),
        ("![basket](media/b.svg)", '![canasta](media/b.svg "Una canasta")'),
        ("See http://x.org.", "Vea <http://x.org>"),
        ("Sí [x] no", "Arí [x] mana"),
    ],
)
def test_the_same_links_are_no_matter(source: str, target: str) -> None:
    assert links(source, target, "es>quy") == []


@pytest.mark.parametrize(
    ("source", "target", "addresses"),
    [
        ("[law](http://x.org/a)", "ley", ["http://x.org/a"]),
        ("![a](media/b.svg)", "![a](media/c.svg)", ["media/b.svg", "media/c.svg"]),
        ("![a](media/b.svg)", "[a](media/b.svg)", ["media/b.svg", "media/b.svg"]),
        ("x", "vea http://x.org", ["http://x.org"]),
    ],
)
def test_other_links_are_named(source: str, target: str, addresses: list[str]) -> None:
    assert [one.values["address"] for one in links(source, target)] == addresses


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("- a\n- b", "* c\n* d"),
        ("1. a\n2. b", "1. c\n1. d"),
        ("- a\n    - b\n- c", "- a\n  - b\n- c"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n--|--\n1 | 2"),
        ("| a\\|b |\n|---|\n| 1 |", "| c\\|d |\n|---|\n| 1 |"),
        ("## A\n\n### B", "## C\n\n### D"),
        ("# A", "# A #"),
        ("```\n# not\n- not\n```", "```\nnada\n```"),
    ],
)
def test_the_same_shape_is_no_matter(source: str, target: str) -> None:
    assert shape(source, target, "es>quy") == []


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("- a\n- b", "- c", "lists"),
        ("- a\n- b", "1. a\n2. b", "lists"),
        ("- a\n    - b", "- a\n- b", "lists"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|", "tables"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 |", "tables"),
        ("## A", "### A", "headings"),
        ("## A\n\ntext", "texto", "headings"),
    ],
)
def test_another_shape_is_named(source: str, target: str, check: str) -> None:
    (advice,) = shape(source, target, "es>quy")
    assert advice.check == check
    assert advice.text % advice.values


def test_the_level_of_a_heading_is_suggested() -> None:
    (advice,) = shape("## A", "### A")
    assert (advice.spans, advice.suggestion) == (((0, 3),), "##")


QUESTION = "/// question | What?\n    use: pre\n    objective: 1\n\n- [ ] A\n- [x] B\n\n> Why\n///"


@pytest.mark.parametrize(
    "target",
    [
        "/// question | ¿Qué?\n    use: pre\n    objective: 1\n\n- [ ] A\n- [x] B\n\n> Por qué\n///",
        "/// question | ¿Qué?\n    objective: 1\n    use: pre\n    lock: fixed\n\n- [ ] A\n- [X] B\n\n> Por qué\n///",
    ],
)
def test_the_same_question_is_no_matter(target: str) -> None:
    assert block(QUESTION, target, kind=Kind.QUESTION) == []


@pytest.mark.parametrize(
    ("target", "check", "count"),
    [
        (QUESTION.replace("pre", "post"), "blocks", 1),
        (QUESTION.replace(" | What?", ""), "blocks", 1),
        (QUESTION.replace("/// question", "/// pregunta"), "blocks", 1),
        (QUESTION.removesuffix("///"), "blocks", 1),
        (QUESTION.removesuffix("///") + "////", "blocks", 1),
        ("¿Qué?", "blocks", 1),
        (QUESTION.replace("[ ] A\n- [x]", "[x] A\n- [ ]"), "keys", 1),
    ],
)
def test_another_frame_of_a_question_is_named(target: str, check: str, count: int) -> None:
    found = block(QUESTION, target, kind=Kind.QUESTION)
    assert [one.check for one in found] == [check] * count
    assert all(one.text % one.values for one in found)


@pytest.mark.parametrize(
    ("source", "target", "fires"),
    [
        ("a) one b) two; right: (b)", "a) uno b) dos; correcta: (b)", False),
        ("a) one b) two", "a) uno c) dos", True),
        ("a) one b) two", "uno, dos", True),
        ("some (bad) word", "una palabra", False),
    ],
)
def test_the_letters_of_choices_are_those_of_the_original(source: str, target: str, fires: bool) -> None:
    assert bool(block(source, target)) is fires
