"""Any edits of words by any authors, tracked as Word tracks them, come back as exactly these edits on these blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.interchange.formats.document import Audience, Manual
from app.interchange.formats.docx.review.reviewing import read_reviewed
from app.interchange.formats.write import write
from tests.interchange.originals import original
from tests.interchange.reviewing import W, edited, insert_words, replace_words, text_of

AUTHORS = ("Rosa (demo)", "Luis (demo)", "Ana (demo)")
WORD = re.compile(r"[^\W\d_]{5,}")
NEW = ("nuevo", "otra cosa", "x", "¿y esto?", "50 %", "a_b*c", "[sí]", "1. no")


class Word(NamedTuple):
    """A word that stands once in its block's Markdown, and the place of the paragraph it is printed in."""

    uid: str
    place: int
    text: str
    behind: str  # a space when it stands behind another word, which goes with it


class Edit(NamedTuple):
    word: Word
    how: str  # replace, delete or insert
    new: str
    author: str


@cache
def book(language: str) -> Manual:
    """The first unit of an original."""
    whole = original("my-coop", language, Audience.FACILITATOR)
    module = whole.modules[0]
    return replace(whole, modules=(replace(module, units=module.units[:1]),), cover=False)


@cache
def exported(language: str) -> bytes:
    return write(book(language), "docx")


@cache
def words(language: str) -> tuple[Word, ...]:
    """The words that may be edited: in one place of the Markdown and of the print, and of no label."""
    found: list[Word] = []
    paragraphs: list[str] = []
    edited(exported(language), lambda body: paragraphs.extend(text_of(p) for p in body.iter(W + "p")))
    for block in book(language).modules[0].units[0].blocks:
        own = re.sub(r"\{\{\w+\}\}|!\[[^]]*\]", "", block.source)  # without variables' names and pictures' words
        once = [word for word in set(WORD.findall(own)) if block.source.count(word) == 1]
        options = [line for line in block.source.split("\n") if re.match(r"    \w+:|/// ", line)]
        for word in sorted(once):
            places = [place for place, text in enumerate(paragraphs) if word in text]
            if len(places) == 1 and paragraphs[places[0]].count(word) == 1 and word not in " ".join(options):
                shown, written = (re.search(rf"[\w,;] {word}", text) for text in (paragraphs[places[0]], block.source))
                behind = " " if shown and written else ""
                found.append(Word(block.uid, places[0], word, behind))
    return tuple(found)


def edits(language: str) -> st.SearchStrategy[list[Edit]]:
    one = st.builds(
        Edit,
        st.sampled_from(words(language)),
        st.sampled_from(["replace", "insert", "delete"]),
        st.sampled_from(NEW),
        st.sampled_from(AUTHORS),
    )
    return st.lists(one, min_size=1, max_size=12, unique_by=lambda edit: edit.word)


def applied(source: str, chosen: list[Edit]) -> str:
    for edit in chosen:
        word = edit.word.text
        if edit.how == "delete" and edit.word.behind:
            source = source.replace(f" {word}", "")
        else:
            source = source.replace(word, f"{word} {edit.new}" if edit.how == "insert" else edit.new)
    return source


def on_paper(body: etree._Element, chosen: list[Edit]) -> None:
    paragraphs = list(body.iter(W + "p"))
    for edit in chosen:
        paragraph, word = paragraphs[edit.word.place], edit.word.text
        if edit.how == "insert":
            insert_words(paragraph, word, f" {edit.new}", edit.author)
        elif edit.how == "delete" and edit.word.behind:
            replace_words(paragraph, f" {word}", "", edit.author)
        else:
            replace_words(paragraph, word, edit.new, edit.author)


def evened(text: str) -> str:
    """Markdown without escapes and with single spaces: how these are set is `marking.py`'s business."""
    return re.sub(r"(?<=\S) +(?=\S)| +$", " ", text.replace("\\", ""), flags=re.MULTILINE).strip()


@pytest.mark.parametrize("language", ["es", "en"])
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_random_edits_of_several_authors_come_back_on_their_blocks(language: str, data: st.DataObject) -> None:
    chosen = data.draw(edits(language))
    result = read_reviewed(edited(exported(language), lambda body: on_paper(body, chosen)), book(language))
    sources = {block.uid: block.source for block in book(language).modules[0].units[0].blocks}
    by_uid = {edit.word.uid: [other for other in chosen if other.word.uid == edit.word.uid] for edit in chosen}
    assert {change.uid: evened(change.after) for change in result.changes} == {
        uid: evened(applied(sources[uid], group)) for uid, group in by_uid.items()
    }
    for change in result.changes:
        group = by_uid[change.uid]
        names = {edit.author for edit in group}
        assert {author.name for author in change.authors} == names
        assert change.tracked
        assert {part.authors[0].name: evened(part.after) for part in change.parts} == (
            {name: evened(applied(sources[change.uid], [e for e in group if e.author == name])) for name in names}
            if len(names) > 1
            else {}
        )
    assert [result.inserted, result.removed, result.moved, result.unplaced, result.remarks] == [(), (), (), (), ()]
