from __future__ import annotations

import pytest
from hypothesis import given, settings

from app.core.content import Kind, canonical
from app.core.rendering.parser import convert
from app.core.splitting import canonical_form, join, split, split_front_matter

from .markdown_texts import markdown_texts


def kinds(text: str) -> list[str]:
    return [str(piece.kind) for piece in split(text)]


def html_of(text: str) -> str:
    return convert(text, participant=False)


@given(markdown_texts)
@settings(max_examples=600, deadline=None)
def test_pieces_joined_are_the_canonical_form(text: str) -> None:
    assert join(split(text)) == canonical_form(text)


@given(markdown_texts)
@settings(max_examples=600, deadline=None)
def test_the_canonical_form_is_its_own_canonical_form(text: str) -> None:
    form = canonical_form(text)
    assert canonical_form(form) == form
    assert canonical(form) == form


@given(markdown_texts)
@settings(max_examples=1500, deadline=None)
def test_rendering_piece_by_piece_is_rendering_the_whole(text: str) -> None:
    whole = html_of(canonical_form(text))
    parts = [html_of(piece.text + piece.gap) for piece in split(text)]
    assert "\n".join(part for part in parts if part) == whole


@given(markdown_texts)
@settings(max_examples=300, deadline=None)
def test_a_piece_is_one_piece_by_itself(text: str) -> None:
    for piece in split(text):
        assert [again.text for again in split(piece.text)] in ([piece.text], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n", ["paragraph"]),
        ("# One\nText right under it\n\nMore\n", ["heading", "paragraph", "paragraph"]),
        ("One\n===\n\nTwo\n---\nText", ["heading", "heading", "paragraph"]),
        ("#hashtag is a word", ["paragraph"]),
        ("- a\n- b\n\n- c\n\n    loose\n\n  by two\n\nText", ["list", "paragraph"]),
        ("- a\n\n1. b", ["list", "list"]),
        ("- a\n    - nested\n\n    ```\n    x\n\n    y\n    ```\n- b", ["list"]),
        ("- a\n```\nx\n```\n- b", ["list", "code", "list"]),
        ("> a\n\n> b\n\nText\n> c", ["quote", "paragraph", "quote"]),
        ("    code\n\n    more\nText", ["code", "paragraph"]),
        ("```python\n# no heading\n\n/// note\n```", ["code"]),
        ("~~~\n```\n~~~\n\n```\nnever closed", ["code", "paragraph"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nText", ["table", "paragraph"]),
        ("a | b\n--|--\n1 | 2", ["table"]),
        ("Text\n***\nText\n\n- - -", ["paragraph", "rule", "paragraph", "rule"]),
        ("![alt](media/a.svg)\n\n![alt](a.svg) with text", ["figure", "paragraph"]),
        ('![alt](media/a_(1).svg "Title")', ["figure"]),
        ("/// note | Title\n\nText\n\n- a\n\n# H\n///\nAfter", ["note", "paragraph"]),
        ("//// case\n/// note\nText\n///\nMore\n////", ["case"]),
        ("/// Question | Why?\n    use: pre\n\n- [x] a\n///", ["question"]),
        ("/// unknown | Title\n\nText\n///", ["paragraph", "paragraph"]),
        ("/// note | never closed\n\nText", ["paragraph", "paragraph"]),
        ("Text\n/// note\nText\n///\nText", ["paragraph", "note", "paragraph"]),
    ],
)
def test_kinds_are_seen(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected
    assert join(split(text)) == canonical(text)


def test_each_text_is_followed_by_its_own_gap() -> None:
    pieces = split("\n# One\nTwo\n\n\n\nThree\n")
    assert [(piece.text, piece.gap) for piece in pieces] == [("\n# One", "\n"), ("Two", "\n\n\n\n"), ("Three", "\n")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [text][id].\n\n[id]: http://a.b/c\n", "See [text](http://a.b/c).\n"),
        ("See [ID][] and [id].\n\n[Id]: /c 'A title'\n", 'See [ID](/c "A title") and [id](/c "A title").\n'),
        ("![alt][id]\n\n[id]: <a.svg>\n\nMore\n", "![alt](a.svg)\n\nMore\n"),
        ("[![alt][pic]][id]\n\n[id]: /a\n[pic]: /b\n", "[![alt](/b)](/a)\n"),
        ("One [a]\n[a]: /x\ntwo\n", "One [a](/x)\n\ntwo\n"),
        ("- item [a]\n\n    [a]: /x\n", "- item [a](/x)\n\n    [a]: /x\n"),
        ("/// note | See [a]\n\nText [a]\n///\n\n[a]: /x\n", "/// note | See [a](/x)\n\nText [a](/x)\n///\n"),
    ],
)
def test_references_become_inline(text: str, expected: str) -> None:
    assert canonical_form(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`[a]` and ``[a]``\n\n[a]: /unused\n",
        "```\n[a]\n[a]: /x\n```\n",
        "    [a]: /in-code\n    [a]\n",
        "\\[a] and [b](/c)\n\n[a]: /unused\n",
        "[nothing][defined] [here]\n",
    ],
)
def test_what_is_no_reference_stays(text: str) -> None:
    assert canonical_form(text) == text


@given(markdown_texts)
@settings(max_examples=400, deadline=None)
def test_making_references_inline_changes_no_reading(text: str) -> None:
    assert html_of(canonical_form(text)) == html_of(canonical(text))


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("---\nuid: a\nminutes: 5\n---\n\n# T\n", "---\nuid: a\nminutes: 5\n---\n\n"),
        ("---\n# note\ntitle: x\nlist:\n\n- a\n---\nText", "---\n# note\ntitle: x\nlist:\n\n- a\n---\n"),
        ("---\n\n# T\n\n---\n", ""),
        ("---\nText\n---\n", ""),
        ("# T\n", ""),
    ],
)
def test_front_matter_is_set_apart(text: str, head: str) -> None:
    assert split_front_matter(text) == (head, text.removeprefix(head))


@pytest.mark.parametrize(
    "line",
    [
        "```a\n",
        "`````a\n```\n",
        "    ```a\n",
        "    `````\n    ```\n",
        "/// note\n",
        "a\n=\n",
        "# H\n    ~~~\n    ~~~\n",
    ],
)
def test_hostile_repetition_is_split_in_one_go(line: str) -> None:
    text = line * (200_000 // len(line))
    assert join(split(text)) == canonical(text)


def test_split_kinds_are_those_of_the_content_tree() -> None:
    assert {piece.kind for piece in split("# H\n\nText\n\n/// plan\n///")} == {Kind.HEADING, Kind.PARAGRAPH, Kind.PLAN}
