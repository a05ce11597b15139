"""A report as a workbook (XLSX): one sheet for each table, the definitions last."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from io import BytesIO

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.core.cells import harmless
from app.infra.i18n import format_day
from app.reporting.queries.reports import Report

from . import telling
from .telling import Cell

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
WIDEST = 60


def made(report: Report) -> bytes:
    """Return the workbook of a report, in the language of the moment."""
    book = Workbook()
    book.remove(book.active)
    programme, question = report.view.programme, report.question
    head = [
        (programme.name,),
        (f"{format_day(question.period.since)} – {format_day(question.period.until)}",),
        (gettext("As of %(day)s", day=format_day(question.today)),),
    ]
    for table in telling.tables(report):
        _sheet(
            book, table.title, [*head, (table.title,), (), table.heads, *table.rows, (), (table.note,)], table.shares
        )
        head = []
    rows: list[Sequence[Cell]] = [(gettext("Indicator"), gettext("How it is counted"), gettext("Code"))]
    _sheet(book, gettext("Definitions"), [*rows, *telling.definitions(report)])
    _sheet(book, gettext("Not counted here"), list(telling.not_counted(report)))
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _sheet(book: Workbook, title: str, rows: Sequence[Sequence[Cell]], shares: Collection[int] = ()) -> None:
    sheet = book.create_sheet(_name(book, title))
    for row in rows:
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    for number in range(1, sheet.max_column + 1):
        texts = [len(str(row[number - 1])) for row in rows if len(row) > 1 and len(row) >= number]
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, max([10, *texts]) + 2)
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.column - 1 in shares and isinstance(cell.value, float | int):
                cell.number_format = "0.0%"
            if isinstance(cell.value, str) and len(cell.value) > WIDEST:
                cell.alignment = Alignment(wrap_text=cell.column > 1 or len(cells) == 1, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def _name(book: Workbook, title: str) -> str:
    """A name that a sheet may have and no other has."""
    plain = _NOT_IN_NAMES.sub(" ", title).strip()[:LONGEST_NAME] or "-"
    name, number = plain, 2
    taken = {one.lower() for one in book.sheetnames}
    while name.lower() in taken:
        name, number = f"{plain[: LONGEST_NAME - 3]} {number}", number + 1
    return name
