"""What stands inside the paragraphs of a story: runs, links, fields, drawings, and the ranges that begin and end there.

Which paragraph it is, and what is around it, is `story_reading.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.names import DRAWING, RELATIONS, SVG
from app.interchange.formats.docx.opening import OpenedFile
from app.interchange.formats.docx.review.carrier import BOOKMARK
from app.interchange.formats.docx.review.story import Anchor, Atom, Paragraph, Story, Stray, Trace, Traces, W, trace_of
from app.interchange.formats.docx.sheets import Sheets
from app.interchange.formats.inline import safe_href
from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE

_ID, _EMBED = f"{{{RELATIONS}}}id", f"{{{RELATIONS}}}embed"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CAME, WENT = frozenset({W + "ins", W + "moveTo"}), frozenset({W + "del", W + "moveFrom"})
THROUGH = frozenset(
    {W + name for name in ("smartTag", "customXml", "bdo", "dir", "sdt", "sdtContent")}
    | {f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Choice"}
)
_TOGGLES = ((W + "b", BOLD), (W + "i", ITALIC), (W + "strike", STRIKE))
_LOOK_OF_STYLE = {"strong": BOLD, "emphasis": ITALIC, "code text": CODE, "verbatim char": CODE, "block label": LABEL}
_STRAYS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
_SIGNS = {
    W + "tab": " ", W + "ptab": " ", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "",
}  # fmt: skip
_LOOKS = frozenset({W + "rStyle", *(tag for tag, _ in _TOGGLES)})


class RunStory:
    """Reads what is inside paragraphs into a story."""

    def __init__(self, opened: OpenedFile, sheets: Sheets) -> None:
        self.opened, self.sheets = opened, sheets
        self.relations = opened.relations()
        self.story = Story()
        self.looks: dict[bytes, int] = {}
        self.names: dict[str, str] = {}  # bookmark's number -> its name
        self.marks: dict[str, list[tuple[int, bool]]] = {}  # name -> items it begins or ends in, and if behind words
        self.comments: dict[str, int] = {}  # comment's number -> where its range began
        self.links: list[str] = []
        self.fields: list[tuple[str, bool]] = []  # instruction, and whether its result began
        self.came: Traces = ()
        self.went: Traces = ()
        self.inside: Paragraph | None = None

    def tracked(self, element: etree._Element, read: Callable[[etree._Element], None]) -> None:
        """Read what is in a tracked change, as such."""
        came, went = self.came, self.went
        if element.tag in CAME:
            self.came = (*came, trace_of(element))
        else:
            self.went = (*went, trace_of(element))
        read(element)
        self.came, self.went = came, went

    def range(self, element: etree._Element) -> None:
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

    def runs(self, parent: etree._Element) -> None:
        """Read the runs in a paragraph, a link, or a tracked change."""
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in CAME or tag in WENT:
                self.tracked(child, self.runs)
            elif tag == W + "hyperlink":
                kind, target, outside = self.relations.get(str(child.get(_ID)), ("", "", False))
                self._linked(child, safe_href(target) if kind == "hyperlink" and outside else "")
            elif tag == W + "fldSimple":
                found = _LINK_FIELD.match(str(child.get(W + "instr") or ""))
                self._linked(child, safe_href(found[1]) if found else "")
            elif tag in THROUGH:
                self.runs(child)
            elif tag != W + "pPr":
                self.range(child)

    def _linked(self, element: etree._Element, href: str) -> None:
        self.links.append(href)
        self.runs(element)
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
