"""What stands around the text: lines at the head and foot of pages, footnotes, the file's own title and template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.foreign.looks import W
from app.interchange.formats.docx.foreign.margins import Margins
from app.interchange.formats.docx.foreign.pieces import Para, Piece, paragraphs_of
from app.interchange.formats.docx.foreign.things import Reason
from app.interchange.formats.docx.foreign.walking import Walker
from app.interchange.formats.docx.names import RELATIONS
from app.interchange.formats.docx.opening import OpenedFile

Read = Callable[[str], Walker]
_LINES = {W + "headerReference": Reason.HEADER, W + "footerReference": Reason.FOOTER}
_WORTHLESS = re.compile(r"(?i)(?:microsoft word - .*|document\d*|documento\d*|untitled|sin t[ií]tulo|word document)?$")


def page_lines(opened: OpenedFile, body: etree._Element, margins: Margins, read: Read) -> tuple[list[Para], list[Para]]:
    """Return what only the first page has at its head, and what is repeated on pages; both are named as left out
    unless they are kept."""
    seen: dict[str, tuple[Reason, bool, list[Para]]] = {}
    relations = opened.relations()
    for section in body.iter(W + "sectPr"):
        has_first = section.find(W + "titlePg") is not None
        for reference in section:
            reason = _LINES.get(str(reference.tag))
            kind = str(reference.get(W + "type") or "default")
            if reason is None or (kind == "first" and not has_first):
                continue
            _, part, outside = relations.get(str(reference.get(f"{{{RELATIONS}}}id")), ("", "", True))
            root = None if outside or part in seen else opened.tree(part)
            if root is not None:
                seen[part] = (reason, kind == "first", list(paragraphs_of(read(part).walk(root))))
    first: list[Para] = []
    repeated: list[Para] = []
    known: set[str] = set()
    for reason, is_first, paragraphs in sorted(seen.values(), key=lambda row: row[1]):
        for paragraph in paragraphs:
            words = re.sub(r"\W+", " ", paragraph.text).strip()
            if words in known:
                continue
            known.add(words)
            if is_first and reason is Reason.HEADER:
                paragraph.first_page = True
                first.append(paragraph)
            else:
                paragraph.repeated = True
                repeated.append(paragraph)
                margins.drop_without_place(reason, paragraph.text or "…")
    return first, repeated


def not_in(paragraphs: Sequence[Para], pieces: Sequence[Piece]) -> list[Para]:
    """Return those paragraphs whose words are not among the first pieces anyway."""
    near = " ".join(paragraph.text for paragraph, _ in zip(paragraphs_of(pieces), range(60), strict=False)).lower()
    return [paragraph for paragraph in paragraphs if not paragraph.text or paragraph.text.lower() not in near]


class Notes:
    """Footnotes and endnotes, read when the text refers to them."""

    def __init__(self, opened: OpenedFile, margins: Margins, read: Read) -> None:
        self.opened, self.margins, self.read = opened, margins, read
        self.parts: dict[str, tuple[Walker, dict[str, etree._Element]]] = {}
        self.given: set[tuple[str, str]] = set()

    def text(self, note: tuple[str, str]) -> tuple[int, list[Para]] | None:
        """Return a note's number and paragraphs, None when there is no such note or it was given already."""
        kind, note_id = note
        if note in self.given:
            return None
        self.given.add(note)
        if kind not in self.parts:
            part = self.opened.related(kind)
            root = self.opened.tree(part)
            rows = root if root is not None else ()
            self.parts[kind] = self.read(part), {str(row.get(W + "id")): row for row in rows}
        walker, rows_by_id = self.parts[kind]
        row = rows_by_id.get(note_id)
        found = list(paragraphs_of(walker.walk(row))) if row is not None else []
        return (self.margins.note_number(kind, note_id), found) if found else None


def file_title(opened: OpenedFile) -> str:
    """Return the title in the file's properties, unless a program made it up."""
    root = opened.tree("docProps/core.xml")
    found = next((child for child in root if str(child.tag).endswith("}title")), None) if root is not None else None
    title = " ".join(printable(found.text or "").split())[:300] if found is not None else ""
    return "" if _WORTHLESS.match(title) else title


def outside_parts(opened: OpenedFile) -> Iterator[tuple[Reason, str]]:
    """What the file would load from elsewhere; nothing of it is fetched."""
    settings = opened.related("settings")
    for kind, target, outside in opened.relations(settings).values() if settings else ():
        if outside and kind == "attachedTemplate":
            yield Reason.TEMPLATE, printable(target)[:200]
    for kind, target, outside in opened.relations().values():
        if outside and kind in ("subDocument", "aFChunk", "frame"):
            yield Reason.PART, printable(target)[:200]
