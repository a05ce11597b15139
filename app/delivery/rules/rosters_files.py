"""Files with lists of people: from the bytes of a CSV or XLSX to rows of cells, and back. What cells mean is in
rosters_cells.py.

Files come from everywhere, so all is bounded before it is opened: bytes, parts, what they expand to, rows, columns.
"""

from __future__ import annotations

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.styles import Font

from app.core.cells import as_meant, harmless
from app.core.errors import N_, Refused

MOST_BYTES = 3_000_000
MOST_EXPANDED = 30_000_000
MOST_PARTS = 300
MOST_ROWS = 2_000
MOST_COLUMNS = 60
LONGEST_CELL = 1_000
HEAD_ROWS = 20  # the heads are looked for so far down, below titles and merged cells
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, OSError, EOFError,
            ValueError)  # fmt: skip


class NotAList(Refused):
    text = N_("This file cannot be read. Please send a list as CSV or XLSX, as a spreadsheet saves it.")
    status = 422


class ListTooBig(Refused):
    text = N_(
        "This file is too big for a list of people: at most %(rows)s rows and %(columns)s columns. Send it in parts."
    )
    status = 422


class OldWorkbook(Refused):
    text = N_("This is an old kind of workbook (.xls). Please save it as .xlsx or CSV.")
    status = 422


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; `number`: it was typed as a number, `formula`: something that is reckoned."""

    text: str = ""
    number: bool = False
    formula: bool = False


EMPTY = Cell()
Row = tuple[int, list[Cell]]


def read(data: bytes) -> list[Row]:
    """The rows of a file that have something in them, each with its line; raises unless it is a list."""
    if len(data) > MOST_BYTES:
        raise _too_big()
    if data.startswith(b"PK"):
        return _bounded(_xlsx(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook
    return _bounded(_csv(data))


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as a CSV that spreadsheets open with its accents, and in which nothing is run."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def to_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as a workbook in which every cell is text, so that no zero is lost and no date is turned."""
    book = openpyxl.Workbook()
    sheet = book.active
    for place, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(place, column)
            cell.value, cell.data_type, cell.number_format = text or None, "s" if text else "n", "@"
            if place == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _too_big() -> ListTooBig:
    return ListTooBig(rows=MOST_ROWS, columns=MOST_COLUMNS)


def _bounded(rows: Iterable[Row]) -> list[Row]:
    found: list[Row] = []
    for line, cells in rows:
        while cells and not cells[-1].text:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS or len(found) >= MOST_ROWS + HEAD_ROWS:
            raise _too_big()
        if any(len(cell.text) > LONGEST_CELL for cell in cells):
            raise _too_big()
        found.append((line, cells))
    return found


def _csv(data: bytes) -> Iterable[Row]:
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise NotAList
    first = "\n".join(text.split("\n", HEAD_ROWS)[:HEAD_ROWS])
    if first[:4].lower() == "sep=" and len(first) > 4:  # how Excel is told what separates
        delimiter, text = first[4], text.split("\n", 1)[1] if "\n" in text else ""
    else:
        delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, [Cell(_line(as_meant(cell))) for cell in row]
    except csv.Error as error:
        raise NotAList from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's "Unicode text"
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAList


def _xlsx(data: bytes) -> Iterable[Row]:
    _check_parts(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False, rich_text=False)
        sheet = book.active if book.active is not None and hasattr(book.active, "iter_rows") else book.worksheets[0]
        if sheet.max_row > MOST_ROWS + HEAD_ROWS or sheet.max_column > MOST_COLUMNS * 5:
            sheet_rows = sheet.iter_rows(max_row=MOST_ROWS * 5, max_col=MOST_COLUMNS + 1)
        else:
            sheet_rows = sheet.iter_rows()
        for line, row in enumerate(sheet_rows, 1):
            yield line, [_cell(cell.value, cell.data_type) for cell in row]
    except Refused:
        raise
    except Exception as error:  # a workbook can be broken in as many ways as openpyxl has lines
        raise NotAList from error


def _check_parts(data: bytes) -> None:
    """Raise unless the parts of a workbook are few, small, and declare nothing that expands."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
            if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_EXPANDED:
                raise _too_big()
            left = MOST_EXPANDED
            for part in listed:
                with parts.open(part) as opened:
                    read = opened.read(left + 1)
                left -= len(read)
                if left < 0:
                    raise _too_big()
                if part.filename.lower().endswith((".xml", ".rels")) and any(word in read for word in _DECLARATIONS):
                    raise NotAList
    except _DAMAGED as error:
        raise NotAList from error


def _cell(value: Any, kind: str) -> Cell:
    if value is None:
        return EMPTY
    if kind == "f" or not isinstance(value, str | int | float | bool | date):
        return Cell("=", formula=True)
    if isinstance(value, datetime):
        return Cell(value.date().isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat())
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return Cell(str(int(value)) if whole and abs(value) < 1e15 else repr(value), number=True)
    return Cell(_line(value))


def _line(text: str) -> str:
    """A cell's text on one line; what cannot be seen is left out."""
    return " ".join(text.replace("\ufeff", "").replace("\u200b", "").split())
