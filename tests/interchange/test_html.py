"""The HTML manual: one file, safe, complete, in both editions."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from app.interchange.formats.document import Audience
from app.interchange.formats.write import UnknownFormat, write
from tests.interchange.manuals import ONLY_FOR_FACILITATORS, SVG, manual


class Page(HTMLParser):
    """Tags with their attributes, and whether they were closed in order."""

    VOID = frozenset({"meta", "br", "hr", "img"})

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(data.decode())
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data if self.open[-1:] != ["style"] else ""

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_needs_no_other_file() -> None:
    page = Page(write(manual(), "html"))
    assert page.having("html") == [{"lang": "es-PE"}]
    assert page.having("link") == page.having("script") == []
    assert all(str(image["src"]).startswith("data:image/") for image in page.having("img"))
    assert [image["alt"] for image in page.having("img")] == ["Una canasta de mercado", "Un dibujo"]
    assert "@media print" in write(manual(), "html").decode()


def test_contents_lead_to_their_headings() -> None:
    page = Page(write(manual(), "html"))
    inner = {str(link["href"])[1:] for link in page.having("a") if str(link["href"]).startswith("#")}
    assert len(inner) == 2
    assert inner <= {attributes["id"] for _, attributes in page.tags if "id" in attributes}


def test_headings_go_down_one_level_at_a_time() -> None:
    page = Page(write(manual(), "html"))
    levels = [int(tag[1]) for tag, _ in page.tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_facilitators_see_all_and_participants_what_is_theirs() -> None:
    facilitator = Page(write(manual(), "html")).words
    participant = Page(write(manual(audience=Audience.PARTICIPANT), "html")).words
    assert [words for words in ONLY_FOR_FACILITATORS if words not in facilitator] == []
    assert [words for words in ONLY_FOR_FACILITATORS if words in participant] == []


ATTACKS = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>)",
    '[x](https://a.b/"onclick="alert(1))',
    '![x"onerror="alert(1)](media/none.png)',
    '![x](media/none.png"onerror="alert(1))',
    "<img src=x onerror=alert(1)>",
    '<https://a.b/"onmouseover=alert(1)>',
    "/// <script> | x\ny\n///",
    '/// x"onclick | <b>\ny\n///',
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_is_written_becomes_code(attack: str) -> None:
    page = Page(write(replace(manual(attack), title=attack, edition=attack, credits=(attack,)), "html"))
    allowed = {
        "href",
        "rel",
        "src",
        "alt",
        "width",
        "height",
        "class",
        "id",
        "lang",
        "aria-labelledby",
        "scope",
        "start",
    }
    for tag, attributes in page.tags:
        assert tag != "script"
        assert tag == "meta" or set(attributes) <= allowed
        assert str(attributes.get("href", "#")).split(":")[0] in ("https", "#") or str(attributes["href"])[0] == "#"


def test_a_drawing_with_a_script_stays_a_picture() -> None:
    drawing = SVG.replace(b"<rect", b"<script>alert(1)</script><rect")
    page = Page(write(replace(manual("![d](media/drawing.svg)"), images={"media/drawing.svg": drawing}), "html"))
    assert page.having("script") == []
    assert len(page.having("img")) == 1


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match=r"no format called odt.*docx, pdf, html"):
        write(manual(), "odt")
