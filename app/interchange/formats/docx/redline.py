"""What changed between two versions of a manual, as a Word file with true tracked changes.

Accepting all of them in Word gives the later version, rejecting all gives the earlier one. Words are compared inside
paragraphs that stayed; formatting that changed is a deletion and an insertion of the same words. The table of
contents, header, footer and styles are the later version's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from app.core.diff import redline_text
from app.interchange.formats.characters import escape, printable
from app.interchange.formats.document import Manual
from app.interchange.formats.docx.body import Change, Writer
from app.interchange.formats.docx.elements import Element, Grid, ListRef, Para, Section
from app.interchange.formats.docx.layout import lay_out
from app.interchange.formats.docx.matching import (
    Pair,
    continued_lists,
    pair_elements,
    pair_rows,
    pair_sections,
)
from app.interchange.formats.docx.media import Media
from app.interchange.formats.docx.package import CONTENTS, MARGIN, package, paper
from app.interchange.formats.docx.review.carrier import unseen_parts
from app.interchange.formats.nodes import Inline, Inlines, Picture, Run

MOST_AUTHOR = 250
_PICTURE = "\ufffc"  # stands for a picture while words are compared


class Maker(NamedTuple):
    """Who changed something, and when."""

    name: str
    at: dt.datetime

    @property
    def author(self) -> str:
        """The name as Word may have it."""
        return printable(self.name)[:MOST_AUTHOR] or "Vivero"

    @property
    def stamp(self) -> str:
        """The moment as Word writes it."""
        return self.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def redline(
    before: Manual,
    after: Manual,
    author: str,
    date: dt.datetime,
    reasons: Mapping[str, str],
    makers: Mapping[str, Maker] | None = None,
) -> bytes:
    """Return a Word file that shows `before` becoming `after`.

    `reasons` gives by uid (of block, unit or module) why it changed; each becomes a comment on the first change there.
    `makers` gives by uid who changed it; for all else that is `author` at `date`.
    """
    maker = Maker(author, date)
    writer = Writer(Media(after, before), paper(after.region)[0] - 2 * MARGIN)
    drawer = _Redline(writer, maker, reasons, makers or {})
    parts = []
    sections = lay_out(after)
    for pair in pair_sections(lay_out(before), sections):
        xml = drawer.section(*pair)
        named = pair[1] if after.slug else None
        parts.append(drawer.writer.section(named.key, xml, is_named=True) if named else xml)
        if pair[1] is not None and pair[1].key == "cover":
            parts.append(CONTENTS)
    unseen = unseen_parts(after, sections, drawer.writer.media.shown(), maker.author, maker.stamp)
    comments = "".join(drawer.comments)
    return package(after, "".join(parts), drawer.writer, comments=comments, tracking=True, unseen=unseen)


class _Redline:
    def __init__(self, writer: Writer, maker: Maker, reasons: Mapping[str, str], makers: Mapping[str, Maker]) -> None:
        self.writer, self.reasons, self.maker, self.makers = writer, reasons, maker, makers
        self.comments: list[str] = []
        self._sign(maker)

    def _sign(self, maker: Maker) -> None:
        """Let what comes next be this person's."""
        self.signature = f'w:author="{escape(maker.author)}" w:date="{maker.stamp}"'
        self.initials = escape("".join(word[0] for word in maker.author.split()[:3]))
        self.ins, self.gone = Change("ins", self.signature), Change("del", self.signature)

    def section(self, before: Section | None, after: Section | None) -> str:
        """One section, plain where nothing changed in it."""
        either = after or before
        if either is None:
            return ""
        old = before.elements if before else []
        new = after.elements if after else []
        pairs = pair_elements(old, new)
        uid = either.key.partition(":")[2]
        reason = self.reasons.get(uid, "")
        self._sign(self.makers.get(uid, self.maker))
        lists = continued_lists(pairs)
        parts = []
        for pair in pairs:
            if reason and not _is_same(pair):
                self._comment(reason)
                reason = ""
            parts.append(self._element(pair, lists))
        self.writer.remark = ""
        return "".join(parts)

    def _comment(self, reason: str) -> None:
        number = str(len(self.comments))
        self.writer.remark = number
        lines = printable(reason).strip().split("\n")
        words = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
        self.comments.append(
            f'<w:comment w:id="{number}" {self.signature} w:initials="{self.initials}">{words}</w:comment>'
        )

    def _element(self, pair: Pair[Element], lists: Mapping[ListRef, ListRef]) -> str:
        before, after = pair
        if before is not None and after is not None:
            if isinstance(before, Grid) and isinstance(after, Grid):
                return self._grid(before, after)
            if isinstance(before, Para) and isinstance(after, Para):
                return self._paragraph(before, after)
        gone = self.writer.elements([_in_list(before, lists)], self.gone) if before is not None else ""
        return gone + (self.writer.elements([after], self.ins) if after is not None else "")

    def _paragraph(self, before: Para, after: Para) -> str:
        if before.runs == after.runs:
            return self.writer.paragraph(after)
        return self.writer.paragraph_around(after, "".join(self._words(before.runs, after.runs)))

    def _words(self, before: Inlines, after: Inlines) -> Iterator[str]:
        """The runs of a paragraph that stayed, word by word."""
        old, new = _Text(before), _Text(after)
        for change in redline_text(old.text, new.text):
            if change.op == "equal":
                yield from self._equal(old.take(len(change.before)), new.take(len(change.after)))
            else:
                yield self.writer.runs(old.take(len(change.before)), self.gone)
                yield self.writer.runs(new.take(len(change.after)), self.ins)

    def _equal(self, before: Inlines, after: Inlines) -> Iterator[str]:
        """Equal words, which may look different, lead elsewhere, or be another picture."""
        old, new = _Text(before), _Text(after)
        while old.left and new.left:
            length = min(old.stretch(), new.stretch())
            one, other = old.take(length), new.take(length)
            if one == other:
                yield self.writer.runs(other)
            else:
                yield self.writer.runs(one, self.gone)
                yield self.writer.runs(other, self.ins)

    def _grid(self, before: Grid, after: Grid) -> str:
        if before == after:
            return self.writer.grid(after)
        widths = self.writer.widths(after)
        rows = []
        for number, (old, new) in enumerate(pair_rows(before, after)):
            if old is not None and new is not None:
                cells = [self._paragraph(one, other) for one, other in zip(old, new, strict=True)]
                rows.append(self.writer.row(new, cells, widths, number == 0))
            elif (row := old or new) is not None:
                change = self.gone if new is None else self.ins
                cells = [self.writer.paragraph(cell, change) for cell in row]
                rows.append(self.writer.row(row, cells, widths, False, change))
        return self.writer.grid_around(after, widths, rows)


def _is_same(pair: Pair[Element]) -> bool:
    before, after = pair
    if isinstance(before, Para) and isinstance(after, Para):
        return before.runs == after.runs
    return before == after


def _in_list(element: Element, lists: Mapping[ListRef, ListRef]) -> Element:
    """A deleted item, counted in the list that goes on without it."""
    if not isinstance(element, Para) or element.list is None:
        return element
    return replace(element, list=lists.get(element.list, element.list))


class _Text:
    """Runs as one text that is taken from the front."""

    def __init__(self, runs: Inlines) -> None:
        self.runs: list[Inline] = [run for run in runs if _words_of(run)]
        self.at = 0  # run
        self.inside = 0  # characters of it that are taken
        self.text = "".join(_words_of(run) for run in runs)

    @property
    def left(self) -> bool:
        return self.at < len(self.runs)

    def stretch(self) -> int:
        """How many characters are left of the run that comes next."""
        return len(_words_of(self.runs[self.at])) - self.inside

    def take(self, length: int) -> Inlines:
        taken: list[Inline] = []
        while length > 0 and self.left:
            run, here = self.runs[self.at], min(length, self.stretch())
            taken.append(
                run if isinstance(run, Picture) else run._replace(text=run.text[self.inside : self.inside + here])
            )
            length -= here
            self.inside += here
            if not self.stretch():
                self.at, self.inside = self.at + 1, 0
        return tuple(taken)


def _words_of(run: Inline) -> str:
    return run.text if isinstance(run, Run) else _PICTURE
