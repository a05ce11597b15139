"""How a page takes a file: larger than any other form, from people who are signed in only."""

from __future__ import annotations

from typing import Any

from flask import request, session

from app.interchange import rules
from app.interchange.formats.docx.opening import MOST_FILE_BYTES

from . import bp

MOST_FORM_BYTES = MOST_FILE_BYTES + 1_000_000  # the file and what stands around it
_roomy: set[str] = set()


def takes_files(endpoint: str) -> None:
    """Let a page of this blueprint take a file of up to 50 MB."""
    _roomy.add(f"{bp.name}.{endpoint}")


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Comes before the form is read. Whether the person may send it is asked afterwards, by the page and its action."""
    if endpoint in _roomy and "_user_id" in session:
        request.max_content_length = MOST_FORM_BYTES


def sent(name: str = "file") -> tuple[str, bytes]:
    """The name and bytes of the file that a form sends; `NoFile` when it sends none."""
    file = request.files.get(name)
    if file is None or not file.filename:
        raise rules.NoFile
    return file.filename, file.read()
