"""Tables as files for a spreadsheet: CSV that opens in it without harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Response

RISKY = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[ \n]*[\t\r]")  # read as a formula


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet runs: an apostrophe goes before what would be a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if RISKY.match(text) else text


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV download in UTF-8, with the mark that spreadsheets tell it by."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + page.getvalue(), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
