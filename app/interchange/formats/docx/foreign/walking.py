"""Walks through a foreign Word document in reading order and gives its paragraphs and tables, text boxes included.

Content controls, tracked insertions and smart tags are walked through; what of it is a heading is `headings.py`.
"""

from __future__ import annotations

import re

from lxml import etree

from app.interchange.formats.docx.foreign.looks import Looks, Shape, W, number, shaped
from app.interchange.formats.docx.foreign.margins import Margins
from app.interchange.formats.docx.foreign.numbering import Numbering
from app.interchange.formats.docx.foreign.pictures import Pictures
from app.interchange.formats.docx.foreign.pieces import Cell, Grid, Para, Piece
from app.interchange.formats.docx.foreign.runs import COMPATIBILITY, Insides, is_deleted_mark, style_id_of
from app.interchange.formats.docx.foreign.things import ChangeKind, Reason
from app.interchange.formats.docx.names import RELATIONS
from app.interchange.formats.docx.opening import TooLong
from app.interchange.formats.nodes import Inline, Run

_THROUGH = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
_ENTRY = re.compile(r"(?:\t|\.{3,}|…|\s)\s*[\divxlc]{1,6}\s*$", re.IGNORECASE)
_BOX_BULLETS = frozenset({"☐", "□", "\uf0a8"})
WIDEST_SPAN = 63


class Walker:
    """Reads one part into pieces. `numbering` and `margins` are the whole file's."""

    def __init__(self, looks: Looks, numbering: Numbering, pictures: Pictures, margins: Margins, part: str) -> None:
        self.looks, self.numbering, self.margins = looks, numbering, margins
        self.insides = Insides(looks, pictures, margins, part)
        self.most = margins.opened.limits.paragraphs
        self.boxes = 0
        self.box = 0
        self.in_contents = 0
        self.in_text_box = False
        self.carried: list[Inline] = []  # words of a paragraph whose end is deleted
        self.carried_notes: list[tuple[str, str]] = []

    def walk(self, parent: etree._Element) -> list[Piece]:
        """Return the pieces inside an element."""
        found: list[Piece] = []
        self._walk(parent, found)
        return found

    def rest(self) -> list[Piece]:
        """Return what was carried on from a last paragraph whose end is deleted."""
        runs, self.carried = self.carried, []
        if not runs:
            return []
        style = self.looks.paragraph("")
        made = Para(runs, style, style.shape, style.look, self.margins.serial)
        made.notes, self.carried_notes = self.carried_notes, []
        return [made]

    def _walk(self, parent: etree._Element, found: list[Piece]) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, found)
            elif tag == W + "tbl":
                self._table(child, found)
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                is_contents = gallery is not None and gallery.get(W + "val") == "Table of Contents"
                self.in_contents += is_contents
                if content is not None:
                    self._walk(content, found)
                self.in_contents -= is_contents
            elif tag in _THROUGH:
                self._walk(child, found)
            elif tag == COMPATIBILITY + "AlternateContent":
                for way in child:
                    before = len(found)
                    self._walk(way, found)
                    if len(found) > before:
                        break
            elif tag == W + "altChunk":
                self.margins.drop(Reason.PART, str(child.get(f"{{{RELATIONS}}}id") or ""))

    def _paragraph(self, paragraph: etree._Element, found: list[Piece]) -> None:
        self.margins.serial += 1
        serial = self.margins.serial
        if serial > self.most:
            raise TooLong(most=self.most)
        style_id = style_id_of(paragraph)
        properties = paragraph.find(W + "pPr")
        style = self.looks.paragraph(style_id)
        was_in_contents = self.insides.fields.in_contents
        runs, look = self.insides.read(paragraph, style_id)
        boxes, notes = self.insides.boxes, self.insides.notes
        if properties is not None and properties.find(W + "pPrChange") is not None:
            self.margins.changed(ChangeKind.FORMATTED, properties.find(W + "pPrChange"), paragraph)
        if is_deleted_mark(paragraph):
            self.carried += runs
            self.carried_notes += notes
            runs, notes = [], []
        elif self.carried:
            runs, notes = self.carried + runs, self.carried_notes + notes
            self.carried, self.carried_notes = [], []
        shape = shaped(style.shape, properties)
        if any(not isinstance(run, Run) or run.text.strip() for run in runs):
            made = Para(runs, style, shape, look, serial, self.box, self.in_text_box)
            made.notes = notes
            made.is_contents = self._is_contents(made, was_in_contents)
            self._count(made, shape)
            found.append(made)
        for box in boxes:
            self._text_box(box, found)

    def _is_contents(self, made: Para, was_in_contents: bool) -> bool:
        if self.in_contents or made.style.is_contents:
            return True
        if was_in_contents or self.insides.fields.in_contents:
            if _ENTRY.search(made.text):
                return True
            self.insides.fields.leave_contents()
        return False

    def _count(self, made: Para, shape: Shape) -> None:
        """Give a paragraph of one of Word's lists its number and its depth."""
        if not shape.number_id or shape.number_id == "0" or made.is_contents:
            return
        depth = max(0, shape.depth) or (made.style.list_depth if shape.depth < 1 else 0)
        level = self.numbering.level(shape.number_id, max(0, shape.depth))
        if level is None:
            return
        made.counted = self.numbering.count(shape.number_id, max(0, shape.depth))
        made.label = self.numbering.label(shape.number_id, max(0, shape.depth), made.counted)
        made.ordered, made.in_list = level.ordered, level.format != "none" and not made.label
        made.box_bullet = level.text in _BOX_BULLETS
        made.shape = shape._replace(depth=depth)

    def _text_box(self, box: etree._Element, found: list[Piece]) -> None:
        self.boxes += 1
        outer, was = self.box, self.in_text_box
        self.box, self.in_text_box = self.boxes, True
        carried, self.carried = self.carried, []
        found += self.walk(box)
        self.box, self.in_text_box, self.carried = outer, was, carried

    def _table(self, table: etree._Element, found: list[Piece]) -> None:
        self.margins.serial += 1
        made = Grid([], self.margins.serial, self.box)
        for row in _rows(table):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.margins.changed(ChangeKind.DELETED, row.find(f"{W}trPr/{W}del"), row)
                continue
            inserted = row.find(f"{W}trPr/{W}ins")
            if inserted is not None:
                self.margins.changed(ChangeKind.INSERTED, inserted, row)
            cells = [self._cell(cell) for cell in _cells(row)]
            skipped = row.find(f"{W}trPr/{W}gridBefore")
            before = number(skipped.get(W + "val"), 0) if skipped is not None else 0
            made.rows.append([Cell([]) for _ in range(min(before, WIDEST_SPAN))] + cells)
        made.aligns = _aligns(table)
        if any(cell.pieces for row in made.rows for cell in row):
            found.append(made)

    def _cell(self, cell: etree._Element) -> Cell:
        merged, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
        goes_on = merged is not None and merged.get(W + "val") != "restart"
        width = number(span.get(W + "val"), 1) if span is not None else 1
        pieces = self.walk(cell)
        return Cell(pieces, max(1, min(width, WIDEST_SPAN)), goes_on and not pieces)


def _rows(table: etree._Element) -> list[etree._Element]:
    return _within(table, "tr")


def _cells(row: etree._Element) -> list[etree._Element]:
    return _within(row, "tc")


def _within(parent: etree._Element, name: str) -> list[etree._Element]:
    """Children of a name, also in content controls and tracked insertions; not those of tables further in."""
    found = []
    waiting = list(reversed(parent))
    while waiting:
        child = waiting.pop()
        if child.tag == W + name:
            found.append(child)
        elif child.tag in _THROUGH or child.tag == W + "sdt":
            waiting.extend(reversed(child))
    return found


def _aligns(table: etree._Element) -> list[str]:
    """How the cells of the first row under the head are aligned."""
    rows = table.findall(W + "tr")[1:2]
    found = [cell.find(f"{W}p/{W}pPr/{W}jc") for row in rows for cell in row.findall(W + "tc")]
    return [str(jc.get(W + "val")) if jc is not None else "" for jc in found]
