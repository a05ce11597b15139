"""How marks of attendance are shown: a leaf-shaped spot, a letter in it, and what the letters mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import format_date, format_decimal
from markupsafe import Markup

from app.delivery.kinds import Mark
from app.delivery.queries.attendance import Column, Line, Sheet, Spot
from app.delivery.rules.attendance import Rate
from app.web.words import word

_SIGNS = {Mark.PARTIAL: "½", Mark.NOT_EXPECTED: "–"}


def letter(mark: Mark) -> str:
    """The letter or sign of a mark in the reader's language: the first of its word, where no sign says it better."""
    return _SIGNS.get(mark) or word(mark)[:1].upper()


def legend() -> list[tuple[Mark, Markup, str]]:
    """Every mark with its spot and its word."""
    return [(mark, spot(mark, letter(mark)), word(mark)) for mark in Mark]


def spot(mark: Mark, sign: str) -> Markup:
    """The spot of a mark; its shape says the same as its letter."""
    return Markup('<span class="mark mark-{}">{}</span>').format(mark.value, sign)


def rows(sheet: Sheet) -> list[tuple[Line, Markup, str]]:
    """Each learner's line with its cells and its rate, for a sheet of people by sessions.

    Thousands of cells are put together here and not in the template: each differs by its mark alone. A rate that
    several people have is written once.
    """
    drawn: dict[Mark, str] = {mark: str(Markup("<td>{}</td>").format(spot(mark, letter(mark)))) for mark in Mark}
    doubtful: dict[Mark, str] = {
        mark: str(Markup("<td>{}</td>").format(spot(mark, f"{letter(mark)}?"))) for mark in Mark
    }

    def cell(held: Mapping[int, Spot], column: Column) -> str:
        found = held.get(column.id)
        if found is None:
            return "<td></td>"
        return doubtful[found.mark] if found.in_conflict else drawn[found.mark]

    rates: dict[tuple[float, int], str] = {}
    found = []
    for line in sheet.lines:
        cells = Markup("".join(cell(line.cells, column) for column in sheet.columns))  # noqa: S704 - put together above
        key = (line.rate.attended, line.rate.expected)
        rates[key] = rates.get(key) or told(line.rate)
        found.append((line, cells, rates[key]))
    return found


def days(sheet: Sheet) -> dict[int, str]:
    """The day of each session, short enough to stand over a column; by the session's id."""
    return {column.id: str(format_date(date.fromisoformat(column.on), "d MMM")) for column in sheet.columns}


def told(rate: Rate) -> str:
    """A rate with its numbers: what was attended, of what somebody was expected at."""
    if not rate.expected:
        return ""
    return f"{format_decimal(round(rate.attended, 1))}/{rate.expected}"


def words_of(sheet: Sheet) -> list[list[str]]:
    """The sheet as rows of words, for a file."""
    said = {mark: word(mark) for mark in Mark}
    found = []
    for line in sheet.lines:
        cells = (line.cells.get(column.id) for column in sheet.columns)
        marks = ["" if cell is None else said[cell.mark] for cell in cells]
        share = line.rate.share
        found.append(
            [line.name, word(line.state), *marks, told(line.rate), "" if share is None else str(round(100 * share))]
        )
    return found
