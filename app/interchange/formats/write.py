"""The way in for everything that exports: a manual and a format's name to bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.core.errors import N_, Refused
from app.interchange.formats.document import Manual

EXTENSIONS: Mapping[str, str] = {"docx": ".docx", "docx-redline": ".docx", "pdf": ".pdf", "html": ".html"}
CONTENT_TYPES: Mapping[str, str] = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
}


class UnknownFormat(Refused):
    text = N_("There is no format called %(format)s. Choose one of: %(formats)s.")
    status = 422


def write(manual: Manual, format: str) -> bytes:
    """Return the manual in the format `docx`, `pdf` or `html`; raises `UnknownFormat` for any other."""
    if format == "docx":
        from app.interchange.formats.docx import write_docx

        return write_docx(manual)
    if format == "pdf":
        from app.interchange.formats.pdf import write_pdf

        return write_pdf(manual)
    if format == "html":
        from app.interchange.formats.html import write_html

        return write_html(manual)
    raise UnknownFormat(format=format, formats="docx, pdf, html")


def write_redline(
    before: Manual,
    after: Manual,
    author: str,
    date: dt.datetime,
    reasons: Mapping[str, str] | None = None,
    makers: Mapping[str, tuple[str, dt.datetime]] | None = None,
) -> bytes:
    """Return a Word file with what changed from `before` to `after` as tracked changes.

    `reasons` gives, by block uid, why a block changed; they become comments. `makers` gives who changed it and when,
    where that is not `author` at `date`.
    """
    from app.interchange.formats.docx.redline import Maker, redline

    return redline(
        before, after, author, date, reasons or {}, {uid: Maker(*one) for uid, one in (makers or {}).items()}
    )
