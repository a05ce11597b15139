"""Word files made by anyone: read, shown with what was recognised, corrected by a person, cut into units."""

from __future__ import annotations

from app.interchange.formats.docx.foreign.reading import read_foreign
from app.interchange.formats.docx.foreign.things import ForeignDocument, Guess, Recognised

__all__ = ["ForeignDocument", "Guess", "Recognised", "read_foreign"]
