"""A report as a document (DOCX) for a donor: figures, tables and definitions to read, to print and to send on."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table as Drawn
from flask_babel import gettext

from app.delivery.words import place_of
from app.infra.i18n import format_day, language
from app.reporting import shown
from app.reporting.queries.reports import Report

from . import telling
from .telling import Cell, Table

STYLE = "Table Grid"
MANY = 2  # columns that share the page evenly
WIDTH, FEWEST, PADDING, LETTER = Cm(17), Cm(3), Cm(0.6), Cm(0.21)


def made(report: Report) -> bytes:
    """Return the document of a report, in the language of the moment."""
    paper = Document()
    _page(paper)
    _head(paper, report)
    for table in telling.tables(report):
        _table(paper, table)
    paper.add_heading(gettext("How each figure is counted"), 1)
    for name, rule, beside in telling.definitions(report):
        paper.add_heading(name, 2)
        paper.add_paragraph(rule)
        _small(paper, beside)
    paper.add_heading(gettext("Indicators that are not counted here, and why"), 1)
    for name, why in telling.not_counted(report):
        paper.add_heading(name, 2)
        paper.add_paragraph(why)
    kept = BytesIO()
    paper.save(kept)
    return kept.getvalue()


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    properties = normal.element.get_or_add_rPr()
    tongue = properties.makeelement(qn("w:lang"), {qn("w:val"): {"es": "es-419"}.get(language(), "en-GB")})
    properties.append(tongue)


def _head(paper: Paper, report: Report) -> None:
    programme, question = report.view.programme, report.question
    paper.core_properties.title = programme.name
    paper.core_properties.author = ""
    paper.core_properties.language = language()
    paper.add_heading(programme.name, 0)
    facts = [
        shown.period(question.period),
        f"{format_day(question.period.since)} – {format_day(question.period.until)}",
        place_of(programme.region),
        gettext("As of %(day)s", day=format_day(question.today)),
    ]
    paper.add_paragraph(" · ".join(dict.fromkeys(facts)))
    donors = ", ".join(one.name for one in report.donors)
    if donors:
        paper.add_paragraph(gettext("Supported by %(names)s", names=donors))
    if programme.purpose:
        paper.add_paragraph(programme.purpose)


def _table(paper: Paper, table: Table) -> None:
    paper.add_heading(table.title, 1)
    made = paper.add_table(rows=1, cols=len(table.heads), style=STYLE)
    for number, head in enumerate(table.heads):
        _write(made.rows[0].cells[number], head, bold=True)
    repeats = made.rows[0]._tr.get_or_add_trPr()
    repeats.append(repeats.makeelement(qn("w:tblHeader"), {}))
    for row in table.rows:
        cells = made.add_row().cells
        for number, cell in enumerate(row):
            _write(cells[number], _text(cell, number in table.shares), right=number > 0 and number in table.numbers)
    if len(table.heads) > MANY:
        _widen(made)
    if table.note:
        _small(paper, table.note)


def _widen(made: Drawn) -> None:
    """Give the first column what the others do not need for their longest words: it says what a row is about."""
    longest = [
        max(len(word) for cell in column.cells for word in (cell.text.split() or [""])) for column in made.columns
    ]
    needs = [Emu(PADDING + letters * LETTER) for letters in longest]
    needs[0] = Emu(WIDTH - sum(needs[1:]))
    if needs[0] < FEWEST:
        return
    for column, need in zip(made.columns, needs, strict=True):
        column.width = need
        for cell in column.cells:
            cell.width = column.width


def _write(cell: object, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]  # type: ignore[attr-defined]
    paragraph.add_run(text).bold = bold
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _small(paper: Paper, text: str) -> None:
    paper.add_paragraph().add_run(text).font.size = Pt(9)


def _text(cell: Cell, is_share: bool) -> str:
    if is_share and isinstance(cell, float | int):
        return shown.percent(cell)
    return cell if isinstance(cell, str) else "" if cell is None else shown.number(cell)
