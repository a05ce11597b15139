"""Reads a Word body into a `story.Story`: bookmarks, comments' ranges, tracked changes, and all words.

Foreign documents, in which nothing is expected, are read by `docx/reading.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.names import DRAWING, RELATIONS, SVG
from app.interchange.formats.docx.opening import Damaged, OpenedFile
from app.interchange.formats.docx.review.carrier import BOOKMARK
from app.interchange.formats.docx.review.story import (
    Anchor,
    Atom,
    Cell,
    Paragraph,
    Row,
    Story,
    Stray,
    Table,
    Trace,
    Traces,
    W,
    paragraphs_of,
    trace_of,
)
from app.interchange.formats.docx.sheets import Shape, Sheets
from app.interchange.formats.inline import safe_href
from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE

MOST_COLUMNS = 63
_ID, _EMBED = f"{{{RELATIONS}}}id", f"{{{RELATIONS}}}embed"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CAME, _WENT = frozenset({W + "ins", W + "moveTo"}), frozenset({W + "del", W + "moveFrom"})
_THROUGH = frozenset(
    {W + name for name in ("smartTag", "customXml", "bdo", "dir", "sdt", "sdtContent")}
    | {f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Choice"}
)
_TOGGLES = ((W + "b", BOLD), (W + "i", ITALIC), (W + "strike", STRIKE))
_KEPT_LOOKS = frozenset({W + "rPrChange", W + "rStyle", *(tag for tag, _ in _TOGGLES)})
_LOOK_OF_STYLE = {"strong": BOLD, "emphasis": ITALIC, "code text": CODE, "verbatim char": CODE, "block label": LABEL}
_STRAYS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
_SIGNS = {
    W + "tab": " ", W + "ptab": " ", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "",
}  # fmt: skip


def read_story(opened: OpenedFile) -> Story:
    """Return the body of an opened file."""
    root = opened.tree(opened.document)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Damaged(part=opened.document)
    sheets = Sheets(opened.tree(opened.related("styles")), opened.tree(opened.related("numbering")))
    return _StoryReader(opened, sheets).read(body)


class _StoryReader:
    def __init__(self, opened: OpenedFile, sheets: Sheets) -> None:
        self.opened, self.sheets = opened, sheets
        self.relations = opened.relations()
        self.story = Story()
        self.shapes: dict[bytes, tuple[Shape, str]] = {}
        self.looks: dict[bytes, int] = {}
        self.names: dict[str, str] = {}  # bookmark's number -> its name
        self.marks: dict[str, list[tuple[int, bool]]] = {}  # name -> items it begins or ends in, and if behind words
        self.comments: dict[str, int] = {}  # comment's number -> where its range began
        self.links: list[str] = []
        self.fields: list[tuple[str, bool]] = []  # instruction, and whether its result began
        self.came: Traces = ()
        self.went: Traces = ()
        self.inside: Paragraph | None = None

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
            elif tag in _CAME or tag in _WENT:
                self._tracked(child, lambda inner: self._blocks(inner, add))
            elif tag in _THROUGH:
                self._blocks(child, add)
            else:
                self._range(child)

    def _tracked(self, element: etree._Element, read: Callable[[etree._Element], None]) -> None:
        came, went = self.came, self.went
        if element.tag in _CAME:
            self.came = (*came, trace_of(element))
        else:
            self.went = (*went, trace_of(element))
        read(element)
        self.came, self.went = came, went

    def _range(self, element: etree._Element) -> None:
        """Bookmarks and comments' ranges, which begin and end anywhere."""
        tag, number = element.tag, str(element.get(W + "id"))
        if tag == W + "bookmarkStart":
            name = str(element.get(W + "name") or "")
            if name.startswith(BOOKMARK):
                self.names[number] = name
                self._mark(name)
        elif tag == W + "bookmarkEnd":
            if name := self.names.pop(number, ""):
                self._mark(name)
        elif tag == W + "commentRangeStart":
            self.comments[number] = len(self.story.flat)
        elif tag == W + "commentRangeEnd":
            start = self.comments.pop(number, None)
            if start is not None:
                self.story.anchors[number] = Anchor(start, len(self.story.flat))

    def _mark(self, name: str) -> None:
        has_words = self.inside is not None and bool(self.inside.atoms)
        self.marks.setdefault(name, []).append((len(self.story.items), has_words))

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        properties = element.find(W + "pPr")
        shape, name = self._shape(element, properties)
        if shape.is_contents and name != "cover line":
            for child in element.iter(W + "bookmarkStart", W + "bookmarkEnd"):
                self._range(child)
            return None
        paragraph = Paragraph(shape, name == "horizontal line")
        if properties is not None:
            self._marks_of_paragraph(paragraph, properties)
        outside, self.inside = self.inside, paragraph
        self.links = []
        self._runs(element)
        self.inside = outside
        return paragraph

    def _marks_of_paragraph(self, paragraph: Paragraph, properties: etree._Element) -> None:
        mark = properties.find(W + "rPr")
        came, went = list(self.came), list(self.went)
        for child in mark if mark is not None else ():
            if child.tag in _CAME:
                came.append(trace_of(child))
            elif child.tag in _WENT:
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

    def _runs(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _CAME or tag in _WENT:
                self._tracked(child, self._runs)
            elif tag == W + "hyperlink":
                kind, target, outside = self.relations.get(str(child.get(_ID)), ("", "", False))
                self._linked(child, safe_href(target) if kind == "hyperlink" and outside else "")
            elif tag == W + "fldSimple":
                found = _LINK_FIELD.match(str(child.get(W + "instr") or ""))
                self._linked(child, safe_href(found[1]) if found else "")
            elif tag in _THROUGH:
                self._runs(child)
            elif tag != W + "pPr":
                self._range(child)

    def _linked(self, element: etree._Element, href: str) -> None:
        self.links.append(href)
        self._runs(element)
        self.links.pop()

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        marks = self._look(properties)
        change = properties.find(W + "rPrChange") if properties is not None else None
        look, old_marks = (None, marks) if change is None else (trace_of(change), self._look(change.find(W + "rPr")))
        if look is not None and old_marks == marks:
            self.story.looks.append((len(self.story.items), look, "".join(map(str, run.itertext(W + "t")))))
            look = None
        for child in run:
            tag = child.tag
            if tag in (W + "t", W + "delText"):
                self._atom(child.text or "", marks, old_marks, look)
            elif tag == W + "fldChar" or tag in (W + "instrText", W + "delInstrText"):
                self._field(child)
            elif tag == W + "br":
                if child.get(W + "type") in (None, "textWrapping"):
                    self._atom("\n", marks, old_marks, look)
            elif tag in _SIGNS:
                self._atom(_SIGNS[tag], marks, old_marks, look)
            elif tag == W + "drawing":
                self._drawing(child)
            elif tag == _COMPATIBILITY + "AlternateContent":
                for drawing in child.iter(W + "drawing"):
                    self._drawing(drawing)
                if child.find(f".//{W}drawing") is None:
                    self._text_boxes(child)
            elif tag == W + "commentReference":
                number = str(child.get(W + "id"))
                here = len(self.story.flat)
                self.story.anchors.setdefault(number, Anchor(self.comments.get(number, max(0, here - 1)), here))
            elif tag in _STRAYS:
                self._stray(_STRAYS[tag], str(child.get(W + "id")))
            elif tag in (W + "pict", W + "object"):
                self._text_boxes(child)

    def _atom(self, text: str, marks: int, old_marks: int, look: Trace | None) -> None:
        if not text or self.inside is None:
            return
        if any(not began or instruction.lstrip().startswith("TOC ") for instruction, began in self.fields):
            return
        href = next((link for link in reversed(self.links) if link), "") or self._field_link()
        atom = Atom(printable(text), marks, href, self.came, self.went, "", old_marks, look)
        self.inside.atoms.append(atom)
        self.story.flat.append((len(self.story.items), atom))

    def _field_link(self) -> str:
        for instruction, _ in reversed(self.fields):
            if found := _LINK_FIELD.match(instruction):
                return safe_href(found[1])
        return ""

    def _field(self, element: etree._Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind is None and self.fields:
            self.fields[-1] = (self.fields[-1][0] + (element.text or ""), self.fields[-1][1])
        elif kind == "begin":
            self.fields.append(("", False))
        elif kind == "separate" and self.fields:
            self.fields[-1] = (self.fields[-1][0], True)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _look(self, properties: etree._Element | None) -> int:
        if properties is None or not len(properties):
            return 0
        key = b"".join(etree.tostring(child, with_tail=False) for child in properties if child.tag in _LOOKS)
        if key not in self.looks:
            self.looks[key] = self._marks(properties)
        return self.looks[key]

    def _marks(self, properties: etree._Element) -> int:
        style = properties.find(W + "rStyle")
        marks = _LOOK_OF_STYLE.get(self.sheets.name(str(style.get(W + "val"))), 0) if style is not None else 0
        for tag, mark in _TOGGLES:
            found = properties.find(tag)
            if found is not None:
                marks = marks & ~mark if found.get(W + "val") in ("0", "false", "off") else marks | mark
        return marks

    def _drawing(self, drawing: etree._Element) -> None:
        self._text_boxes(drawing)
        blip = drawing.find(f".//{{{DRAWING}}}blip")
        if blip is None or self.inside is None:
            return
        vector = blip.find(f".//{{{SVG}}}svgBlip")
        _, part, outside = self.relations.get(str(blip.get(_EMBED)), ("", "", True))
        if vector is not None:
            part = self.relations.get(str(vector.get(_EMBED)), ("", part, True))[1]
        about = next((element for element in drawing.iter() if str(element.tag).endswith("}docPr")), None)
        words = str(about.get("descr") or about.get("title") or "") if about is not None else ""
        text = printable(words).replace("\n", " ")
        atom = Atom(text, 0, "", self.came, self.went, "" if outside and not part else part or "?")
        self.inside.atoms.append(atom)
        self.story.flat.append((len(self.story.items), atom))

    def _text_boxes(self, element: etree._Element) -> None:
        boxes = {id(box): box for box in element.iter(W + "txbxContent")}
        for text in dict.fromkeys("".join(map(str, box.itertext(W + "t"))).strip() for box in boxes.values()):
            if text:
                self._stray("text box", text)

    def _stray(self, what: str, text: str) -> None:
        self.story.strays.append(Stray(what, text, len(self.story.items), (*self.came, *self.went)))

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


_LOOKS = frozenset({W + "rStyle", *(tag for tag, _ in _TOGGLES)})


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
