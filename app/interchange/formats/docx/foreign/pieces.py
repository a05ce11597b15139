"""A foreign document before anything is guessed: paragraphs and tables in reading order, with what they look like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from app.interchange.formats.docx.foreign.looks import Look, Shape, Style
from app.interchange.formats.nodes import Inline, Picture, Run


@dataclass(slots=True)
class Para:
    """One paragraph that has something in it. In its runs a tab is `\\t` and a line break `\\n`."""

    runs: list[Inline]
    style: Style
    shape: Shape
    look: Look
    serial: int
    box: int = 0
    in_text_box: bool = False
    counted: int = 0  # the number that Word's list gives it
    label: str = ""  # words that its numbering writes before it
    ordered: bool = False
    in_list: bool = False
    is_contents: bool = False
    note: bool = False
    first_page: bool = False
    on_cover: bool = False
    repeated: bool = False
    laid_out: bool = False  # stood in a table that only places things on the page
    box_bullet: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)  # part and id of the notes it refers to
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = "".join(run.text for run in self.runs if isinstance(run, Run)).strip()

    @property
    def pictures(self) -> list[Picture]:
        return [run for run in self.runs if isinstance(run, Picture)]


@dataclass(slots=True)
class Cell:
    """A cell and the pieces in it; `goes_on` when it is merged with the one above, `span` columns wide."""

    pieces: list[Piece]
    span: int = 1
    goes_on: bool = False


@dataclass(slots=True)
class Grid:
    """A table as it stands in the file."""

    rows: list[list[Cell]]
    serial: int
    box: int = 0
    aligns: list[str] = field(default_factory=list)
    by_tabs: bool = False


Piece: TypeAlias = Para | Grid


def paragraphs_of(pieces: Iterable[Piece]) -> Iterator[Para]:
    """Every paragraph among the pieces, those in cells included."""
    for piece in pieces:
        if isinstance(piece, Para):
            yield piece
        else:
            for row in piece.rows:
                for cell in row:
                    yield from paragraphs_of(cell.pieces)
