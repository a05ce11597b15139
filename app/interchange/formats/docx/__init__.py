"""Word files: a manual written with real styles, the differences of two as tracked changes, and Word read back.

`write_docx` and `redline` need no library at all; what reading needs is imported when something is read.
"""

from __future__ import annotations

from app.interchange.formats.document import Manual
from app.interchange.formats.docx.body import Writer
from app.interchange.formats.docx.layout import lay_out
from app.interchange.formats.docx.media import Media
from app.interchange.formats.docx.package import CONTENTS, MARGIN, package, paper
from app.interchange.formats.docx.review.carrier import unseen_parts


def write_docx(manual: Manual) -> bytes:
    """Return the manual as a Word file; the same manual always gives the same bytes."""
    writer = Writer(Media(manual), paper(manual.region)[0] - 2 * MARGIN)
    sections = lay_out(manual)
    parts = []
    for section in sections:
        parts.append(writer.section(section.key, writer.elements(section.elements), is_named=bool(manual.slug)))
        if section.key == "cover":
            parts.append(CONTENTS)
    return package(manual, "".join(parts), writer, unseen=unseen_parts(manual, sections, writer.media.shown()))
