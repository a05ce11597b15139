"""The body of a Word file as it lies there: paragraphs and tables with every tracked change still in them.

Nothing is accepted or rejected here (`versions.py`), nothing is placed (`placing.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from lxml import etree

from app.interchange.formats.docx.names import MAIN
from app.interchange.formats.docx.sheets import Shape

W = f"{{{MAIN}}}"


class Trace(NamedTuple):
    """A tracked change: who made it and when, as the file says it."""

    author: str
    at: str

    @property
    def moment(self) -> dt.datetime | None:
        return moment_of(self.at)


Traces: TypeAlias = tuple[Trace, ...]


def moment_of(text: str) -> dt.datetime | None:
    """The moment that a file's date names, in UTC; None when it names none."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


class Atom(NamedTuple):
    """A stretch of one look and one fate. It is seen when all of `came` are accepted and none of `went`.

    `part` is the name of a picture's part, the text then being its description. `old_marks` is the look before `look`.
    """

    text: str
    marks: int = 0
    href: str = ""
    came: Traces = ()
    went: Traces = ()
    part: str = ""
    old_marks: int = 0
    look: Trace | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the file; its mark may have come or gone as well."""

    shape: Shape
    is_rule: bool = False
    atoms: list[Atom] = field(default_factory=list)
    came: Traces = ()
    went: Traces = ()
    old_shape: Shape | None = None
    reshaped: Trace | None = None
    region: str = ""


@dataclass(slots=True)
class Cell:
    paragraphs: list[Paragraph]
    columns: int = 1
    came: Traces = ()
    went: Traces = ()
    goes_on: bool = False  # belongs to the cell above it


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    came: Traces = ()
    went: Traces = ()


@dataclass(slots=True)
class Table:
    rows: list[Row]
    aligns: tuple[str, ...] = ()
    is_inside: bool = False  # of a typed block
    region: str = ""


Item: TypeAlias = Paragraph | Table


class Anchor(NamedTuple):
    """What a comment is attached to: places in `Story.flat`."""

    start: int
    end: int


@dataclass(slots=True)
class Stray:
    """Words that a body holds outside its paragraphs: a text box, a footnote's mark."""

    what: str
    text: str
    item: int
    traces: Traces = ()


@dataclass(slots=True)
class Story:
    """The items in order, every atom with its item, comments' anchors, and what is no part of a text."""

    items: list[Item] = field(default_factory=list)
    flat: list[tuple[int, Atom]] = field(default_factory=list)
    anchors: dict[str, Anchor] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)
    looks: list[tuple[int, Trace, str]] = field(default_factory=list)  # changes of look that Markdown has no word for

    def atoms(self, number: int) -> Iterator[Atom]:
        """Every atom of an item."""
        item = self.items[number]
        for paragraph in [item] if isinstance(item, Paragraph) else paragraphs_of(item):
            yield from paragraph.atoms

    def traces(self, number: int) -> Iterator[Trace]:
        """Every tracked change in an item."""
        item = self.items[number]
        if isinstance(item, Table):
            for row in item.rows:
                yield from (*row.came, *row.went)
                for cell in row.cells:
                    yield from (*cell.came, *cell.went)
        for paragraph in [item] if isinstance(item, Paragraph) else paragraphs_of(item):
            yield from (*paragraph.came, *paragraph.went)
            if paragraph.reshaped:
                yield paragraph.reshaped
            for atom in paragraph.atoms:
                yield from (*atom.came, *atom.went)
                if atom.look:
                    yield atom.look


def paragraphs_of(table: Table) -> Iterator[Paragraph]:
    """Every paragraph of a table, row by row."""
    for row in table.rows:
        for cell in row.cells:
            yield from cell.paragraphs


def trace_of(element: etree._Element) -> Trace:
    """Who made a tracked change and when."""
    return Trace(str(element.get(W + "author") or "").strip(), str(element.get(W + "date") or ""))
