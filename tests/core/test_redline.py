from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.redline import redline
from app.core.rendering import render

from .markdown_texts import markdown_texts
from .test_rendering import Nesting

BLOCKS = {"p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "section", "blockquote", "figure", "pre"}
LABEL = re.compile(r'<span class="visually-hidden (?:added|removed)-label"></span>')


def short(page: str) -> str:
    """The redline without labels and classes of its marks, for reading in a test."""
    return re.sub(r'<(ins|del) class="\w+">', r"<\1>", LABEL.sub("", page))


class Marks(Nesting):
    """Also fails on a mark around a block."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or re.fullmatch(r"h\d|hr", tag):
            assert not {"ins", "del"} & set(self.open)
        super().handle_starttag(tag, attrs)


def words(page: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", page).split()


def without(page: str, mark: str) -> list[str]:
    return words(re.sub(rf"<{mark}\b.*?</{mark}>", " ", page, flags=re.DOTALL))


@given(markdown_texts, markdown_texts)
@settings(max_examples=300)
def test_marks_nest_and_never_hold_a_block(before: str, after: str) -> None:
    Marks(redline(render(before), render(after)))


lines = st.lists(
    st.sampled_from(["# T one", "Some words here", "- a b c", "- a b d", "1. x", "> said so", "", "", "*em* words"]),
    max_size=10,
).map("\n".join)


@given(lines, lines)
@settings(max_examples=300)
def test_nothing_is_lost_and_nothing_invented(before: str, after: str) -> None:
    page = redline(render(before), render(after))
    assert sorted(without(page, "ins")) == sorted(words(render(before)))
    assert without(page, "del") == words(render(after))


@given(markdown_texts)
@settings(max_examples=200)
def test_equal_pages_have_no_marks(text: str) -> None:
    page = redline(render(text), render(text))
    assert "<ins" not in page
    assert "<del" not in page


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>a b c</p>", "<p>a x c</p>", "<p>a <del>b</del><ins>x</ins> c</p>"),
        (
            "<p>a <em>b</em> c</p>",
            "<p>a <em>b d</em> c</p>",
            "<p>a <em>b</em><ins><em> d</em></ins> c</p>",
        ),
        ("<p>a b</p>", "<p>a <strong>b</strong></p>", "<p>a <del>b</del><ins><strong>b</strong></ins></p>"),
        (
            "<ul><li>a b</li></ul>",
            "<ul><li>a b</li><li>c</li></ul>",
            '<ul><li>a b</li><li class="added"><ins>c</ins></li></ul>',
        ),
        (
            "<table><tr><td>a b</td><td>1</td></tr></table>",
            "<table><tr><td>a b</td><td>2</td></tr></table>",
            "<table><tr><td>a b</td><td><del>1</del><ins>2</ins></td></tr></table>",
        ),
        ("<p>a</p>", "<h2>a</h2>", '<p class="removed"><del>a</del></p><h2 class="added"><ins>a</ins></h2>'),
        ("<p>x &lt; y</p>", "<p>x &lt; z</p>", "<p>x &lt; <del>y</del><ins>z</ins></p>"),
        (
            '<p>a <img alt="x" src="1.svg"> b</p>',
            '<p>a <img alt="x" src="2.svg"> b</p>',
            '<p>a <del><img alt="x" src="1.svg"></del><ins><img alt="x" src="2.svg"></ins> b</p>',
        ),
        ("", "<p>a</p>", '<p class="added"><ins>a</ins></p>'),
    ],
)
def test_changes_are_marked_inside_their_element(before: str, after: str, expected: str) -> None:
    assert short(redline(before, after)) == expected


def test_a_rewritten_paragraph_is_shown_whole_before_and_whole_after() -> None:
    page = short(redline("<p>The buyer came in April.</p>", "<p>Nobody sold at the fair.</p>"))
    assert page.count("<del>") == page.count("<ins>") == 1
    assert "<del>The buyer came in April.</del>" in page


def test_every_mark_has_a_hook_for_a_label() -> None:
    page = redline("<p>a b c</p>", "<p>a x c</p>")
    assert '<del class="removed"><span class="visually-hidden removed-label"></span>b</del>' in page
    assert '<ins class="added"><span class="visually-hidden added-label"></span>x</ins>' in page
