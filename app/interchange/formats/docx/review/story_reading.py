"""Reads a Word body into a `story.Story`: paragraphs and tables, bookmarks' regions, tracked rows and marks.

What is inside a paragraph is `story_runs.py`. Foreign documents, in which nothing is expected, are read by
`docx/reading.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from app.interchange.formats.docx.opening import Damaged, OpenedFile
from app.interchange.formats.docx.review.story import (
    Cell,
    Paragraph,
    Row,
    Story,
    Table,
    Traces,
    W,
    paragraphs_of,
    trace_of,
)
from app.interchange.formats.docx.review.story_runs import CAME, THROUGH, WENT, RunStory
from app.interchange.formats.docx.sheets import Shape, Sheets

MOST_COLUMNS = 63


def read_story(opened: OpenedFile) -> Story:
    """Return the body of an opened file."""
    root = opened.tree(opened.document)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Damaged(part=opened.document)
    sheets = Sheets(opened.tree(opened.related("styles")), opened.tree(opened.related("numbering")))
    return _StoryReader(opened, sheets).read(body)


class _StoryReader(RunStory):
    def __init__(self, opened: OpenedFile, sheets: Sheets) -> None:
        super().__init__(opened, sheets)
        self.shapes: dict[bytes, tuple[Shape, str]] = {}

    def read(self, body: etree._Element) -> Story:
        self._blocks(body, self._add)
        self._spread_regions()
        return self.story

    def _spread_regions(self) -> None:
        """Give every item the bookmark it stands in: of several, the one that began last.

        LibreOffice writes a bookmark's name again where it ends, so it reaches from its first sign to its last.
        """
        begins: dict[int, list[tuple[int, str]]] = {}
        for name, marks in self.marks.items():
            (first, is_behind), (last, has_words) = marks[0], marks[-1]
            first += is_behind and last > first
            last -= not has_words and last > first
            begins.setdefault(first, []).append((last, name))
        open_regions: list[tuple[int, str]] = []
        for number, item in enumerate(self.story.items):
            open_regions += sorted(begins.get(number, ()), reverse=True)
            while open_regions and open_regions[-1][0] < number:
                open_regions.pop()
            item.region = open_regions[-1][1] if open_regions else ""

    def _add(self, item: Paragraph | Table) -> None:
        self.story.items.append(item)

    def _blocks(self, parent: etree._Element, add: Callable[[Paragraph | Table], None]) -> None:
        """Paragraphs and tables, also inside content controls; a generated table of contents is not text."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                paragraph = self._paragraph(child)
                if paragraph is not None:
                    add(paragraph)
            elif tag == W + "tbl":
                add(self._table(child))
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if content is not None and (gallery is None or gallery.get(W + "val") != "Table of Contents"):
                    self._blocks(content, add)
            elif tag in CAME or tag in WENT:
                self.tracked(child, lambda inner: self._blocks(inner, add))
            elif tag in THROUGH:
                self._blocks(child, add)
            else:
                self.range(child)

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        properties = element.find(W + "pPr")
        shape, name = self._shape(element, properties)
        if shape.is_contents and name != "cover line":
            for child in element.iter(W + "bookmarkStart", W + "bookmarkEnd"):
                self.range(child)
            return None
        paragraph = Paragraph(shape, name == "horizontal line")
        if properties is not None:
            self._marks_of_paragraph(paragraph, properties)
        outside, self.inside = self.inside, paragraph
        self.links = []
        self.runs(element)
        self.inside = outside
        return paragraph

    def _marks_of_paragraph(self, paragraph: Paragraph, properties: etree._Element) -> None:
        mark = properties.find(W + "rPr")
        came, went = list(self.came), list(self.went)
        for child in mark if mark is not None else ():
            if child.tag in CAME:
                came.append(trace_of(child))
            elif child.tag in WENT:
                went.append(trace_of(child))
        paragraph.came, paragraph.went = tuple(came), tuple(went)
        change = properties.find(W + "pPrChange")
        if change is not None:
            before = etree.Element(W + "p")
            old = change.find(W + "pPr")
            if old is not None:
                before.append(_copy(old))
            paragraph.old_shape = self._shape(before, before.find(W + "pPr"))[0]
            paragraph.reshaped = trace_of(change)

    def _shape(self, element: etree._Element, properties: etree._Element | None) -> tuple[Shape, str]:
        """The shape of a paragraph and the name of its style, made once for all that have the same properties."""
        if properties is None:
            key = b""
        elif properties.find(W + "rPr") is None and properties.find(W + "pPrChange") is None:
            key = etree.tostring(properties, with_tail=False)
        else:
            key = b"".join(
                etree.tostring(child, with_tail=False)
                for child in properties
                if child.tag not in (W + "rPr", W + "pPrChange", W + "sectPr")
            )
        if key not in self.shapes:
            style = properties.find(W + "pStyle") if properties is not None else None
            name = self.sheets.name(str(style.get(W + "val"))) if style is not None else ""
            self.shapes[key] = self.sheets.shape(element), name
        return self.shapes[key]

    def _table(self, element: etree._Element) -> Table:
        indent = element.find(f"{W}tblPr/{W}tblInd")
        left = (indent.get(W + "w") or "0") if indent is not None else "0"
        table = Table([], is_inside=left.isdecimal() and int(left) > 200)
        for row in element.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is element:
                table.rows.append(self._row(row))
        table.aligns = _aligns(element)
        return table

    def _row(self, element: etree._Element) -> Row:
        row = Row([], *_fate(element.find(W + "trPr"), W + "ins", W + "del", self.came, self.went))
        for cell in element.iter(W + "tc"):
            if next(cell.iterancestors(W + "tr")) is not element:
                continue
            properties = cell.find(W + "tcPr")
            span = properties.find(W + "gridSpan") if properties is not None else None
            columns = (span.get(W + "val") or "1") if span is not None else "1"
            merged = properties.find(W + "vMerge") if properties is not None else None
            made = Cell([], min(int(columns), MOST_COLUMNS) if columns.isdecimal() and len(columns) < 4 else 1)
            made.came, made.went = _fate(properties, W + "cellIns", W + "cellDel", (), ())
            made.goes_on = merged is not None and merged.get(W + "val") != "restart"
            self._blocks(cell, lambda item, made=made: _into_cell(made, item))  # type: ignore[misc]
            row.cells.append(made)
        return row


def _into_cell(cell: Cell, item: Paragraph | Table) -> None:
    cell.paragraphs.extend([item] if isinstance(item, Paragraph) else paragraphs_of(item))


def _fate(
    properties: etree._Element | None, came_tag: str, went_tag: str, came: Traces, went: Traces
) -> tuple[Traces, Traces]:
    for child in properties if properties is not None else ():
        if child.tag == came_tag:
            came = (*came, trace_of(child))
        elif child.tag == went_tag:
            went = (*went, trace_of(child))
    return came, went


def _aligns(table: etree._Element) -> tuple[str, ...]:
    """How the cells of the first row under the head are aligned."""
    rows = table.findall(W + "tr")[1:2]
    found = [cell.find(f"{W}p/{W}pPr/{W}jc") for row in rows for cell in row.findall(W + "tc")]
    return tuple(str(jc.get(W + "val")) if jc is not None else "" for jc in found)


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))
