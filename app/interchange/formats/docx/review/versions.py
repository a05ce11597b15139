"""A story as it reads once the tracked changes of some people are accepted and all others rejected.

Pure and local: any stretch of items can be asked for. Which stretch belongs to which block is `placing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.review.story import Atom, Item, Paragraph, Table, Trace, Traces
from app.interchange.formats.docx.sheets import Shape
from app.interchange.formats.nodes import BOLD, CODE, Inline, Inlines, Picture, Run
from app.interchange.formats.spacing import unspaced

Accepts: TypeAlias = Callable[[Trace], bool]
_SPACES = re.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")
_AROUND_BREAK = re.compile(r" *\n *")


@dataclass(slots=True)
class Seen:
    """A paragraph, or a table with rows of cells, as a version shows it; `items` are what it was made of."""

    items: tuple[int, ...]
    shape: Shape
    runs: Inlines = ()
    is_rule: bool = False
    rows: tuple[tuple[Inlines, ...], ...] | None = None
    aligns: tuple[str, ...] = ()
    said_once: tuple[object, ...] | None = None
    words_once: str | None = None

    def forget(self) -> None:
        """Have what is said and its words found anew, after a change."""
        self.said_once = self.words_once = None

    @property
    def said(self) -> tuple[object, ...]:
        """What must be equal for two to say the same: kind, words and looks, but not how they are spaced."""
        if self.said_once is None:
            if self.rows is not None:
                self.said_once = ("table", tuple(tuple(_plain_pieces(cell) for cell in row) for row in self.rows))
            else:
                self.said_once = (kind(self.shape, self.is_rule), _pieces(self.runs, self.shape))
        return self.said_once

    @property
    def words(self) -> str:
        """The words alone, evenly spaced."""
        if self.words_once is None:
            cells = [self.runs] if self.rows is None else [cell for row in self.rows for cell in row]
            text = " | ".join("".join(run.text if isinstance(run, Run) else run.alt for run in cell) for cell in cells)
            self.words_once = " ".join(text.split())
        return self.words_once


def accepting(authors: Iterable[str], ours: Trace) -> Accepts:
    """Accept what these people changed, and what the exporter had marked itself."""
    names = frozenset(authors)
    return lambda trace: trace.author in names or trace == ours


def accept_all(trace: Trace) -> bool:
    """Accept everybody's changes."""
    return True


def version(items: Sequence[Item], numbers: Iterable[int], accepts: Accepts) -> list[Seen]:
    """Return what the items with these numbers show, in order; what is empty is not shown.

    A paragraph whose mark is not there runs on into the next; the first of them that has words gives the look.
    """
    found: list[Seen] = []
    pending: list[tuple[int, Paragraph, list[Inline]]] = []
    for number in numbers:
        item = items[number]
        if isinstance(item, Table):
            _close(pending, found)
            found.extend(_table(number, item, accepts))
            continue
        pending.append((number, item, list(_runs(item.atoms, accepts))))
        if _is_there(item.came, item.went, accepts):
            _close(pending, found)
    _close(pending, found)
    return found


def _close(pending: list[tuple[int, Paragraph, list[Inline]]], found: list[Seen]) -> None:
    shown = [row for row in pending if any(isinstance(run, Picture) or run.text.strip() for run in row[2])]
    rules = [row for row in pending[-1:] if row[1].is_rule and not shown]
    if shown or rules:
        _, first, _ = (shown or rules)[0]
        runs = tuple(run for row in shown for run in row[2])
        found.append(Seen(tuple(row[0] for row in shown or rules), first.shape, runs, bool(rules)))
    pending.clear()


def with_old_shapes(items: Sequence[Item], accepts: Accepts) -> list[Item]:
    """Return the items with the shapes that paragraphs had before changes of style that are not accepted."""
    return [
        _reshaped(item, item.old_shape)
        if isinstance(item, Paragraph) and item.old_shape and item.reshaped and not accepts(item.reshaped)
        else item
        for item in items
    ]


def _reshaped(item: Paragraph, shape: Shape) -> Paragraph:
    return Paragraph(shape, item.is_rule, item.atoms, item.came, item.went, None, None, item.region)


def _is_there(came: Traces, went: Traces, accepts: Accepts) -> bool:
    return all(map(accepts, came)) and not any(map(accepts, went))


def _runs(atoms: Iterable[Atom], accepts: Accepts) -> Iterator[Inline]:
    for atom in atoms:
        if (atom.came or atom.went) and not _is_there(atom.came, atom.went, accepts):
            continue
        if atom.part:
            yield Picture(atom.text, atom.part)
        else:
            marks = atom.old_marks if atom.look and not accepts(atom.look) else atom.marks
            yield Run(atom.text, marks, atom.href)


def _table(number: int, table: Table, accepts: Accepts) -> Iterator[Seen]:
    rows = []
    for row in table.rows:
        if not _is_there(row.came, row.went, accepts):
            continue
        cells: list[Inlines] = []
        for cell in row.cells:
            if _is_there(cell.came, cell.went, accepts):
                cells.append(() if cell.goes_on else _cell(cell.paragraphs, accepts))
                cells += [()] * (cell.columns - 1)
        if cells:
            rows.append(cells)
    if rows and any(cell for row in rows for cell in row):
        width = max(map(len, rows))
        rows[0] = [_not_bold(cell) for cell in rows[0]]  # a head is bold by its style
        even = tuple(tuple(row + [()] * (width - len(row))) for row in rows)
        yield Seen((number,), Shape(box="?" if table.is_inside else ""), rows=even, aligns=table.aligns)


def _not_bold(runs: Inlines) -> Inlines:
    return tuple(run._replace(marks=run.marks & ~BOLD) if isinstance(run, Run) else run for run in runs)


def _cell(paragraphs: Sequence[Paragraph], accepts: Accepts) -> Inlines:
    runs: list[Inline] = []
    for seen in version(paragraphs, range(len(paragraphs)), accepts):
        runs += [Run(" "), *seen.runs] if runs else seen.runs
    return tuple(runs)


def kind(shape: Shape, is_rule: bool = False) -> tuple[object, ...]:
    """What a paragraph is, without which of the document's lists it counts in."""
    return (
        shape.heading, shape.is_code, shape.is_quote, shape.is_tick_box, shape.is_continued, shape.box,
        shape.is_box_title, shape.is_particulars, shape.is_caption, shape.level, shape.ordered, shape.depth, is_rule,
    )  # fmt: skip


def _pieces(runs: Inlines, shape: Shape) -> tuple[tuple[object, ...], ...]:
    if shape.is_code:
        return (("".join(run.text for run in runs if isinstance(run, Run)).rstrip(),),)
    return _plain_pieces(runs, BOLD if shape.heading or shape.is_box_title else 0)


def _plain_pieces(runs: Inlines, without: int = 0) -> tuple[tuple[object, ...], ...]:
    """Runs as stretches of one look, evenly spaced; the look of white space is nobody's intention."""
    found: list[tuple[str, int, str]] = []
    for run in unspaced(runs) if _may_be_spaced(runs) else runs:
        if isinstance(run, Picture):
            found.append((run.alt, -1, ""))
            continue
        marks = run.marks & ~without & ~LABEL
        last = found[-1] if found else None
        if last is not None and last[1] >= 0 and not run.text.strip() and last[2] == run.href and not marks & CODE:
            marks = last[1]
        if last is not None and last[1:] == (marks, run.href):
            found[-1] = (last[0] + run.text, marks, run.href)
        elif run.text:
            found.append((run.text, marks, run.href))
    even: list[tuple[str, int, str]] = []
    for text, marks, href in found:
        text = _SPACES.sub(" ", text)
        if "\n" in text:
            text = _AROUND_BREAK.sub("\n", text)
        if even and marks >= 0 and even[-1][1] >= 0 and even[-1][0].endswith((" ", "\n")):
            text = text.lstrip(" ")
        if even and marks >= 0 and text.startswith(" ") and even[-1][1] >= 0:
            even[-1], text = (even[-1][0] + " ", *even[-1][1:]), text[1:]  # a space belongs to what is before it
        if text or marks < 0:
            even.append((text, marks, href))
    if even and even[0][1] >= 0:
        even[0] = (even[0][0].lstrip(), *even[0][1:])
    if even and even[-1][1] >= 0:
        even[-1] = (even[-1][0].rstrip(), *even[-1][1:])
    return tuple(row for row in even if row[0] or row[1] < 0)


def _may_be_spaced(runs: Inlines) -> bool:
    return any(isinstance(run, Run) and ("\u00a0" in run.text or "☐" in run.text) for run in runs)
