"""What an address asks for: numbers that a row can have, the page of a list, rows by their number."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlencode

from flask import abort, request

from app.people.queries import told
from app.web.requests import LARGEST_ROW

Row = TypeVar("Row")
_OF_A_PAGE = frozenset({"page", "lang", "theme"})


def number(name: str) -> int | None:
    """A number of the address that a row can have; anything else is none."""
    return _number(request.args.get(name, ""))


def numbers(name: str, most: int) -> list[int]:
    """The numbers of this name in the address, each once, in their order; anything else is left out."""
    found = [_number(one) for one in request.args.getlist(name)[: most * 2]]
    return list(dict.fromkeys(one for one in found if one is not None))[:most]


def row(kind: type[Row], id_: int) -> Row:
    """The row of this number, unchecked, or nothing at this address."""
    return told.row(kind, id_) or abort(404)


class Pages:
    """Where in a list somebody is; a page that is not there is the nearest one that is."""

    def __init__(self, count: int, per_page: int, page: int | None) -> None:
        self.count = count
        self.pages = max(1, -(-count // per_page))
        self.page = min(max(1, page or 1), self.pages)
        self.offset = (self.page - 1) * per_page

    @property
    def before(self) -> str:
        """The address of the page before, empty on the first."""
        return self._address(self.page - 1)

    @property
    def after(self) -> str:
        """The address of the next page, empty on the last."""
        return self._address(self.page + 1)

    def _address(self, page: int) -> str:
        if not 1 <= page <= self.pages:
            return ""
        asked = [(name, value) for name, value in request.args.items(multi=True) if value and name not in _OF_A_PAGE]
        return f"{request.path}?{urlencode([*asked, ('page', page)])}"


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > 10:
        return None
    found = int(text)
    return found if found <= LARGEST_ROW else None
