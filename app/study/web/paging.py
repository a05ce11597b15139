"""Cuts a list that is held whole into pages: one by its number, the one a row is on, or all of it for printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import request

PER_PAGE = 40


class Page(NamedTuple):
    """A part of a list; both numbers are 1 where all of it is shown."""

    lines: Sequence[Any]
    number: int
    of: int


def paged(lines: Sequence[Any], per_page: int = PER_PAGE) -> Page:
    """The page the address asks for: `page` by number, `row` the one with that row, `all` every line."""
    asked = request.args
    if "all" in asked:
        return Page(lines, 1, 1)
    pages = max(1, -(-len(lines) // per_page))
    wanted = asked.get("page", 1, type=int)
    if row := asked.get("row", 0, type=int):
        wanted = next((at // per_page + 1 for at, line in enumerate(lines) if getattr(line, "id", 0) == row), wanted)
    number = min(max(wanted, 1), pages)
    return Page(lines[(number - 1) * per_page : number * per_page], number, pages)
