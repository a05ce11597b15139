"""Tables as files for a spreadsheet: CSV that opens in it without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from app.core.cells import harmless as harmless


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV download in UTF-8, with the mark that spreadsheets tell it by."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + page.getvalue(), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
