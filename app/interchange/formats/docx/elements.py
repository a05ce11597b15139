"""A Word document before it is XML: a flat list of paragraphs and tables, in sections that carry the blocks' names.

Flat, because that is what Word's body is and what two versions of a manual can be compared by (`redline.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from app.interchange.formats.nodes import Inlines, plain


class ListRef:
    """One list of the document. Paragraphs that share it count together; it gets its numId when first written."""

    __slots__ = ("level", "number_id", "ordered", "start")

    def __init__(self, ordered: bool, level: int, start: int) -> None:
        self.ordered, self.level, self.start = ordered, level, start
        self.number_id = 0


@dataclass(slots=True)
class Para:
    """One paragraph. `frame` is the kind of typed block around it when its style does not say so already.

    Whether it stays on a page with the next is no part of its shape: it depends on what follows, and says nothing.
    """

    style: str
    runs: Inlines = ()
    list: ListRef | None = None
    frame: str = ""
    left: int = 0  # twips; with `hanging`, set by hand because of where the paragraph stands
    hanging: int = 0
    align: str = ""
    page_break: bool = False
    toc_level: int = 0
    keeps_next: bool = False

    def shape(self) -> tuple[object, ...]:
        """What must be equal for two paragraphs to be the same one with other words."""
        listed = (self.list.ordered, self.list.level, self.list.start) if self.list else None
        place = (self.frame, self.left, self.hanging, self.align, self.page_break)
        return (self.style, listed, *place)

    def words(self) -> str:
        return plain(self.runs)


@dataclass(slots=True)
class Grid:
    """A table; one paragraph per cell, the first row being the head."""

    rows: list[list[Para]]
    left: int = 0

    def words(self) -> str:
        return "\n".join(" | ".join(cell.words() for cell in row) for row in self.rows)


Element: TypeAlias = Para | Grid


class Section(NamedTuple):
    """The elements of one block, title, or page of the book, under a name that stays the same across versions."""

    key: str
    elements: list[Element]
