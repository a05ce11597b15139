"""Markdown read into the tree that exporters draw."""

from __future__ import annotations

import pytest

from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import (
    BOLD,
    CODE,
    ITALIC,
    STRIKE,
    Code,
    Figure,
    Heading,
    Listing,
    Node,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    Typed,
    plain,
)


def outline(nodes: tuple[Node, ...]) -> list[object]:
    """The shape of a tree in few words."""
    shapes: list[object] = []
    for node in nodes:
        if isinstance(node, Listing):
            shapes.append(("ol" if node.ordered else "ul", node.start, [outline(item.nodes) for item in node.items]))
        elif isinstance(node, Quote):
            shapes.append(("quote", outline(node.nodes)))
        elif isinstance(node, Typed):
            shapes.append((node.kind, plain(node.title), node.options, outline(node.nodes)))
        elif isinstance(node, Table):
            shapes.append(("table", [[plain(cell) for cell in row] for row in node.rows], node.aligns))
        elif isinstance(node, Heading):
            shapes.append((f"h{node.level}", plain(node.runs)))
        elif isinstance(node, Code):
            shapes.append(("code", node.text))
        elif isinstance(node, Figure):
            shapes.append(node.picture)
        else:
            shapes.append("rule" if isinstance(node, Rule) else plain(node.runs))
    return shapes


BLOCKS: list[tuple[str, list[object]]] = [
    ("", []),
    ("one\ntwo\n\nthree", ["one two", "three"]),
    ("# A #\n## B {: #b }\n### C", [("h1", "A"), ("h2", "B"), ("h3", "C")]),
    ("A\n===\nB\n---", [("h1", "A"), ("h2", "B")]),
    ("#hashtag", ["#hashtag"]),
    ("text\n{: lock=fixed }\n\nmore", ["text", "more"]),
    ("- a\n- b", [("ul", 1, [["a"], ["b"]])]),
    ("text\n- no list", ["text - no list"]),
    ("3. a\n4. b", [("ol", 3, [["a"], ["b"]])]),
    ("- a\n    - b\n        1. c\n- d", [("ul", 1, [["a", ("ul", 1, [["b", ("ol", 1, [["c"]])]])], ["d"]])]),
    ("- a\n  - b", [("ul", 1, [["a", ("ul", 1, [["b"]])]])]),
    ("1. a\n\n    more\n\n2. b", [("ol", 1, [["a", "more"], ["b"]])]),
    ("- a\n\ntext", [("ul", 1, [["a"]]), "text"]),
    ("- a\n1. b", [("ul", 1, [["a"]]), ("ol", 1, [["b"]])]),
    ("> a\nb\n>\n> - c", [("quote", ["a b", ("ul", 1, [["c"]])])]),
    ("```py\na  b\n# no\n```", [("code", "a  b\n# no")]),
    ("    code\n\n    more", [("code", "code\n\nmore")]),
    ("***", ["rule"]),
    (
        "| a | b |\n|:--|--:|\n| 1 |\n| x \\| y | `|` | 3 |",
        [("table", [["a", "b"], ["1", ""], ["x | y", "|"]], ("left", "right"))],
    ),
    ("a | b\n- | -", [("table", [["a", "b"]], ("", ""))]),
    ("a | b\nc", ["a | b c"]),
    ("![a](b.png)", [Picture("a", "b.png")]),
    ("/// note | T\nx\n///", [("note", "T", {}, ["x"])]),
    (
        "/// note\n    minutes: 5\n    use: pre, post\n\nx\n///",
        [("note", "", {"minutes": "5", "use": "pre, post"}, ["x"])],
    ),
    ("//// case | A\n/// note | B\nx\n///\n////", [("case", "A", {}, [("note", "B", {}, ["x"])])]),
    ("/// note | never closed\nx", ["/// note | never closed x"]),
    ("/// note | T\n```\n///\n```\n///", [("note", "T", {}, [("code", "///")])]),
    ("<div>\n<script>alert(1)</script>", ["<div> <script>alert(1)</script>"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BLOCKS, ids=[repr(text)[:40] for text, _ in BLOCKS])
def test_blocks_are_told_apart(text: str, expected: list[object]) -> None:
    assert outline(parse_markdown(text)) == expected


INLINE: list[tuple[str, tuple[object, ...]]] = [
    ("plain", (Run("plain"),)),
    ("*a***b**", (Run("a", ITALIC), Run("b", BOLD))),
    ("***c*** ~~d~~", (Run("c", BOLD | ITALIC), Run(" "), Run("d", STRIKE))),
    ("**a *b* c**", (Run("a ", BOLD), Run("b", BOLD | ITALIC), Run(" c", BOLD))),
    ("a_b_c 2 * 3 * 4 **", (Run("a_b_c 2 * 3 * 4 **"),)),
    ("__a__ _b_", (Run("a", BOLD), Run(" "), Run("b", ITALIC))),
    ("`` a`b `` `x", (Run("a`b", CODE), Run(" `x"))),
    (r"\*a\* \[b\] \x", (Run(r"*a* [b] \x"),)),
    ("a  \nb\\\nc\nd", (Run("a\nb\nc d"),)),
    ("[a *b*](http://x.y/(z) 't')!", (Run("a ", 0, "http://x.y/(z)"), Run("b", ITALIC, "http://x.y/(z)"), Run("!"))),
    ("<http://x.y> <mailto:a@b.c>", (Run("http://x.y", 0, "http://x.y"), Run(" "), Run("a@b.c", 0, "mailto:a@b.c"))),
    ("[a] [b][none] ]", (Run("[a] [b][none] ]"),)),
    ("[a](javascript:x)", (Run("a"),)),
    ("[a](http://x.y/%zz[1]%20{b})", (Run("a", 0, "http://x.y/%25zz%5B1%5D%20%7Bb%7D"),)),
    (f"[a](http://x.y/{'z' * 3000})", (Run("a"),)),
    ("x ![a *b*](c.png 'd') y", (Run("x "), Picture("a b", "c.png", "d"), Run(" y"))),
    ("[![a](b.png)](http://x.y)", (Picture("a", "b.png"),)),
    ("&amp; &eacute; &#65; &none; & <b>", (Run("& é A &none; & <b>"),)),
    ("{{price}} *{{unit}}*", (Run("{{price}} "), Run("{{unit}}", ITALIC))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), INLINE, ids=[text[:30] for text, _ in INLINE])
def test_runs_have_the_look_and_the_address_that_was_written(text: str, expected: tuple[object, ...]) -> None:
    node = parse_markdown(text)[0]
    assert isinstance(node, Paragraph | Figure)
    assert (node.runs if isinstance(node, Paragraph) else (node.picture,)) == expected


def test_links_by_reference_find_their_address_anywhere_in_the_text() -> None:
    text = "[a][One] [two] ![p][pic]\n\n[one]: http://x.y 'T'\n[Two]: <http://z.y>\n[pic]: p.png"
    node = parse_markdown(text)[0]
    assert node == Paragraph(
        (Run("a", 0, "http://x.y"), Run(" "), Run("two", 0, "http://z.y"), Run(" "), Picture("p", "p.png"))
    )


HOSTILE = (
    "[" * 50_000, "![" * 20_000, "*a " * 20_000 + "a* " * 20_000, "`" * 3 + "a`" * 20_000, "> " * 5_000 + "x",
    "![a" * 9_000 + "](x)" * 9_000, "\n".join(f"/// a{n}" for n in range(20_000)), " " * 100_000 + "x",
    "- " * 5_000 + "x",
    "](a " * 20_000, "a" + " " * 100_000 + "\nb", "|`" * 20_000 + "\n" + "|-" * 20_000, "**a" * 20_000, "_a*" * 20_000,
    "<http://" * 20_000, "&#1" * 30_000, "[a](" * 10_000, "~~a" * 20_000, "\n".join("`" * n for n in range(400)),
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_text_made_to_exhaust_a_parser_is_read_in_one_go(text: str) -> None:
    words = sum(len(str(node)) for node in parse_markdown(text))
    assert words > 0
