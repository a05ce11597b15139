"""A glossary as CSV, both ways: with `,`, `;` or tabs, and with heads in English or Spanish."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from types import MappingProxyType

from app.core.cells import as_meant, harmless
from app.core.checks.terms import Status, Term

from . import faults
from .things import Problem, Problems
from .tmx import LANGUAGE

MOST_BYTES = 10_000_000
COLUMNS = ("concept", "language", "region", "term", "status", "note", "definition")
_NEEDED = ("concept", "language", "term")
_SPANISH = MappingProxyType(
    {
        "concepto": "concept",
        "idioma": "language",
        "lengua": "language",
        "región": "region",
        "término": "term",
        "termino": "term",
        "estado": "status",
        "nota": "note",
        "definición": "definition",
        "definicion": "definition",
    }
)
_STATUSES = MappingProxyType(
    {
        **{str(status): status for status in Status},
        "": Status.PREFERRED,
        "preferido": Status.PREFERRED,
        "admitido": Status.ADMITTED,
        "prohibido": Status.FORBIDDEN,
        "no usar": Status.FORBIDDEN,
        "no traducir": Status.KEEP,
    }
)


def to_csv(terms: Iterable[Term]) -> bytes:
    """Return the terms as CSV in UTF-8, with the mark that spreadsheets tell it by; no cell is run as a formula."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(getattr(term, column)) for column in COLUMNS] for term in terms)
    return b"\xef\xbb\xbf" + page.getvalue().encode("utf-8", "replace")


def from_csv(data: bytes) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the terms of a CSV and what is wrong with it, line by line."""
    problems = Problems()
    terms: dict[tuple[str, ...], Term] = {}
    with problems.until_enough():
        text = _decoded(data, problems)
        if text is not None:
            _read(text, problems, terms)
    return tuple(terms.values()), problems.sorted()


def _decoded(data: bytes, problems: Problems) -> str | None:
    if len(data) > MOST_BYTES:
        problems.add(0, faults.TooBig(size=len(data), most=MOST_BYTES))
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what a spreadsheet calls "Unicode text"
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            problems.add(1, faults.NotUtf8())
            return None
    good = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            good.append(raw.decode("utf-8"))
        except UnicodeDecodeError:
            problems.add(number, faults.NotUtf8())
            good.append("")
    return "\n".join(good)


def _read(text: str, problems: Problems, terms: dict[tuple[str, ...], Term]) -> None:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads: list[str] | None = None
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            problems.add(line, faults.BadRow(detail=error))
            continue
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        if heads is None:
            heads = [_SPANISH.get(cell.strip().lower(), cell.strip().lower()) for cell in row]
            lacking = [column for column in _NEEDED if column not in heads]
            if lacking:
                problems.add(line, faults.LacksColumns(columns=", ".join(lacking)))
                return
        elif len(row) > len(heads) and any(cell.strip() for cell in row[len(heads) :]):
            problems.add(line, faults.TooManyCells(here=len(row), there=len(heads)))
        else:
            cells = dict(zip(heads, (as_meant(cell) for cell in row), strict=False))
            _take({column: cells.get(column, "") for column in COLUMNS}, line, problems, terms)
    if heads is None and not problems.found:
        problems.add(0, faults.NothingInIt())


def _take(cells: dict[str, str], line: int, problems: Problems, terms: dict[tuple[str, ...], Term]) -> None:
    language = cells["language"].strip().replace("_", "-")
    status = _STATUSES.get(cells["status"].strip().lower())
    key = (cells["concept"], language, cells["region"].strip(), cells["term"])
    if not cells["term"].strip():
        problems.add(line, faults.NoTerm())
    elif not cells["concept"].strip():
        problems.add(line, faults.NoConcept())
    elif not LANGUAGE.fullmatch(language):
        problems.add(line, faults.NoLanguage(language=language[:40]))
    elif status is None:
        problems.add(line, faults.NoSuchStatus(status=cells["status"][:40], known=", ".join(Status)))
    elif key in terms:
        problems.add(line, faults.TermTwice(term=cells["term"]))
    else:
        terms[key] = Term(*key, status, cells["note"], cells["definition"])
