"""Tables that are none and tables that look like none: layout tables unrolled, lines aligned with tabs made tables.

Also tables of contents that were typed by hand. What is left are pieces in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.interchange.formats.docx.foreign.lists import typed_marker
from app.interchange.formats.docx.foreign.pieces import Cell, Grid, Para, Piece
from app.interchange.formats.docx.foreign.words import CONTENTS
from app.interchange.formats.nodes import BOLD, Inline, Run

MANY_PARAGRAPHS = 4  # in a cell: more than a table in a text can show
MANY_WORDS = 120
WIDEST = 63  # columns
MOST_CELL = 60  # characters of a column that was made with tabs
FEWEST_ENTRIES = 3
MOST_TITLE = 5  # words over a table of contents
_ENTRY = re.compile(r".{2,}?(?:\t+|[.…·_ ]{4,}|…+\s*)\s*(?:\d{1,4}|[ivxl]{1,6})\s*$", re.IGNORECASE | re.DOTALL)


def arranged(pieces: Sequence[Piece], first_box: int = 0) -> list[Piece]:
    """Return the pieces in reading order, each as what it is; boxes made of tables are numbered after `first_box`."""
    flat: list[Piece] = []
    _Unroller(flat, first_box).take(pieces)
    flat = [part for piece in flat for part in _lines_apart(piece)]
    return _with_tables_of_tabs(_without_typed_contents(flat))


class _Unroller:
    def __init__(self, flat: list[Piece], first_box: int) -> None:
        self.flat, self.box = flat, first_box

    def take(self, pieces: Sequence[Piece], box: int = 0, *, laid_out: bool = False) -> None:
        for piece in pieces:
            if isinstance(piece, Para):
                piece.box, piece.laid_out = piece.box or box, laid_out
                self.flat.append(piece)
            else:
                self._grid(piece, box)

    def _grid(self, grid: Grid, box: int) -> None:
        rows = [row for row in grid.rows if any(cell.pieces and not cell.goes_on for cell in row)]
        if not rows:
            return
        columns = max(sum(cell.span for cell in row) for row in rows)
        filled = [cell for row in rows for cell in row if cell.pieces and not cell.goes_on]
        if len(filled) == 1:
            self.box += 1
            self.take(filled[0].pieces, grid.box or box or self.box, laid_out=True)
        elif _is_layout(rows, columns, filled):
            for cell in filled:
                self.take(cell.pieces, grid.box or box, laid_out=True)
        else:
            while len(rows) > 2 and len([cell for cell in rows[0] if cell.pieces]) == 1 and rows[0][0].span >= columns:
                self.take(rows.pop(0)[0].pieces, grid.box or box, laid_out=True)
            self.flat.append(replace(grid, rows=rows, box=grid.box or box))


def _is_layout(rows: list[list[Cell]], columns: int, filled: list[Cell]) -> bool:
    """Whether a table only places things on the page."""
    if len(rows) == 1 or columns == 1 or columns > WIDEST:
        return True
    rich = [cell for cell in filled if _is_rich(cell)]
    if not rich:
        return False
    return columns <= 2 or len(rows) <= 2 or (any(_holds_table(cell) for cell in rich) and len(rich) * 4 >= len(filled))


def _is_rich(cell: Cell) -> bool:
    words = sum(len(piece.text.split()) for piece in cell.pieces if isinstance(piece, Para))
    return (
        _holds_table(cell)
        or words > MANY_WORDS
        or len(cell.pieces) >= MANY_PARAGRAPHS
        or sum(1 for piece in cell.pieces if isinstance(piece, Para) and (piece.in_list or typed_marker(piece.text)))
        > 1
    )


def _holds_table(cell: Cell) -> bool:
    return any(isinstance(piece, Grid) for piece in cell.pieces)


def _lines_apart(piece: Piece) -> list[Piece]:
    """A paragraph whose line breaks stand for ends of paragraphs, as several: items, or a bold line over its text."""
    if not isinstance(piece, Para) or "\n" not in piece.text or piece.in_list or piece.is_contents or piece.pictures:
        return [piece]
    lines = _cut(piece.runs, "\n")
    marked = [marker for line in lines if (marker := typed_marker(_text(line)))]
    if len(marked) >= 2:
        return [*_as_paragraphs(piece, lines)]
    first = [run for run in lines[0] if isinstance(run, Run) and run.text.strip()]
    others = [run for line in lines[1:] for run in line if isinstance(run, Run) and run.text.strip()]
    is_headed = all(run.marks & BOLD for run in first) and not any(run.marks & BOLD for run in others[:1])
    if is_headed and first and others and len(_text(lines[0])) <= MOST_CELL and _text(lines[0])[-1] not in ".,;":
        rest: list[Inline] = []
        for line in lines[1:]:
            rest += [Run("\n"), *line] if rest else line
        return [*_as_paragraphs(piece, [lines[0], rest])]
    return [piece]


def _as_paragraphs(piece: Para, lines: Sequence[list[Inline]]) -> list[Para]:
    made = []
    for line in lines:
        if not _text(line):
            continue
        is_bold = all(run.marks & BOLD for run in line if isinstance(run, Run) and run.text.strip())
        made.append(replace(piece, runs=line, look=piece.look._replace(bold=is_bold or piece.look.bold), notes=[]))
    made[-1].notes = piece.notes
    return made


def _text(runs: Sequence[Inline]) -> str:
    return "".join(run.text for run in runs if isinstance(run, Run)).strip()


def _cut(runs: Sequence[Inline], sign: str) -> list[list[Inline]]:
    """Runs cut at each sign, which is in none of the parts."""
    parts: list[list[Inline]] = [[]]
    for run in runs:
        if not isinstance(run, Run):
            parts[-1].append(run)
            continue
        for number, words in enumerate(run.text.split(sign)):
            if number:
                parts.append([])
            if words:
                parts[-1].append(run._replace(text=words))
    return parts


def _without_typed_contents(pieces: list[Piece]) -> list[Piece]:
    """Mark the lines of a table of contents that was typed; it has a title, or dots before its numbers."""
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and _is_entry(pieces[end]):
            end += 1
        entries = [piece for piece in pieces[at:end] if isinstance(piece, Para)]
        before = pieces[at - 1] if at else None
        titled = isinstance(before, Para) and bool(CONTENTS.match(before.text))
        dotted = sum(1 for piece in entries if re.search(r"[.…]{4,}|…", piece.text))
        if len(entries) >= FEWEST_ENTRIES and (titled or dotted * 2 > len(entries)):
            for entry in entries:
                entry.is_contents = True
        at = max(end, at + 1)
    for piece, following in pairwise(pieces):
        if isinstance(piece, Para) and isinstance(following, Para) and following.is_contents and not piece.is_contents:
            is_title = _is_entry(following) and piece.look.bold and _may_be_title_of_contents(piece)
            piece.is_contents = is_title or bool(CONTENTS.match(piece.text))
    return pieces


def _may_be_title_of_contents(piece: Para) -> bool:
    """Whether a bold line over a table of contents is no heading of the text: `Table of figures`."""
    return not piece.shape.level and not piece.style.is_title and len(piece.text.split()) <= MOST_TITLE


def _is_entry(piece: Piece) -> bool:
    return isinstance(piece, Para) and len(piece.text) < 200 and bool(_ENTRY.fullmatch(piece.text))


def _with_tables_of_tabs(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        end, columns = at, _columns(pieces[at])
        while columns and end < len(pieces) and _columns(pieces[end]) == columns:
            end += 1
        lines = [piece for piece in pieces[at:end] if isinstance(piece, Para)]
        if len(lines) >= (3 if columns == 2 else 2) and columns >= 2:
            rows = [[Cell([part]) for part in _parts(line)] for line in lines]
            grid = Grid(rows, lines[0].serial, lines[0].box)
            grid.by_tabs = True
            found.append(grid)
            at = end
        else:
            found.append(pieces[at])
            at += 1
    return found


def _columns(piece: Piece) -> int:
    """How many columns tabs make of a line; 0 when it is no such line."""
    if not isinstance(piece, Para) or "\t" not in piece.text or piece.in_list or piece.is_contents or piece.pictures:
        return 0
    if typed_marker(piece.text) or "\n" in piece.text or piece.shape.level:
        return 0
    cells = [cell.strip() for cell in re.split(r"\t+", piece.text)]
    return len(cells) if all(cell and len(cell) <= MOST_CELL for cell in cells) else 0


def _parts(line: Para) -> list[Para]:
    """A line cut at its tabs."""
    parts = [runs for runs in _cut(line.runs, "\t") if _text(runs)]
    made = [replace(line, runs=runs, notes=[]) for runs in parts]
    made[0].notes = line.notes
    return made
