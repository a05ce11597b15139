"""What stands inside a Word paragraph, as runs and pictures: looks, links, fields, drawings, tracked changes.

Which paragraph it is, and what it becomes, is `reading.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.names import DRAWING, MAIN, RELATIONS, SVG
from app.interchange.formats.docx.opening import OpenedFile
from app.interchange.formats.inline import safe_href
from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE, Inline, Picture, Run

W = f"{{{MAIN}}}"
_EMBED, _ID = f"{{{RELATIONS}}}embed", f"{{{RELATIONS}}}id"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "tblPr"))
_COUNTED = {
    W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote",
    W + "commentReference": "comment",
    W + "txbxContent": "text box",
}
_LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
_BOLD_STYLES, _ITALIC_STYLES = frozenset({"strong"}), frozenset({"emphasis"})
_CODE_STYLES = frozenset({"code text", "verbatim char", "html code", "source text"})
_FORMS = frozenset({"png", "jpg", "jpeg", "gif", "svg"})


class RunReader:
    """Reads runs, and keeps the pictures it met and the count of what it had to leave out."""

    def __init__(self, opened: OpenedFile, style_name: Callable[[str], str]) -> None:
        self.opened, self.style_name = opened, style_name
        self.relations = opened.relations()
        self.names: dict[str, str] = {}  # part -> name in the Markdown
        self.pictures: dict[str, bytes] = {}
        self.left_out: Counter[str] = Counter()

    def runs(self, paragraph: etree._Element) -> Iterator[Inline]:
        """The text and pictures of a paragraph, tracked insertions in and deletions out."""
        yield from self._inside(paragraph, "", _Field())

    def _inside(self, parent: etree._Element, href: str, fields: _Field) -> Iterator[Inline]:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                yield from self._run(child, href, fields)
            elif tag == W + "hyperlink":
                kind, target, outside = self.relations.get(str(child.get(_ID)), ("", "", False))
                yield from self._inside(child, safe_href(target) if kind == "hyperlink" and outside else "", fields)
            elif tag == W + "fldSimple":
                found = _LINK_FIELD.match(str(child.get(W + "instr") or ""))
                yield from self._inside(child, safe_href(found[1]) if found else href, fields)
            elif tag == W + "sdt" or (tag not in _SKIPPED and isinstance(tag, str) and tag.startswith(W)):
                yield from self._inside(child, href, fields)

    def _run(self, run: etree._Element, href: str, fields: _Field) -> Iterator[Inline]:
        marks = self._marks(run)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar" or tag == W + "instrText":
                fields.follow(child)
            elif fields.hides:
                continue
            elif tag == W + "t":
                yield Run(printable(child.text or ""), marks, fields.href or href)
            elif tag == W + "br" and child.get(W + "type") in (None, "textWrapping"):
                yield Run("\n", marks, fields.href or href)
            elif tag in (W + "tab", W + "ptab"):
                yield Run(" ", marks, fields.href or href)
            elif tag == W + "noBreakHyphen":
                yield Run("\u2011", marks, fields.href or href)
            elif tag == W + "drawing":
                yield from self._drawing(child)
            elif tag == _COMPATIBILITY + "AlternateContent":
                for drawing in child.iter(W + "drawing"):
                    yield from self._drawing(drawing)
            elif tag in (W + "pict", W + "object"):
                self.left_out["drawing of an old Word version"] += 1
            elif tag in _COUNTED:
                self.left_out[_COUNTED[tag]] += 1

    def _marks(self, run: etree._Element) -> int:
        properties = run.find(W + "rPr")
        if properties is None:
            return 0
        style = properties.find(W + "rStyle")
        name = self.style_name(str(style.get(W + "val"))) if style is not None else ""
        marks = (BOLD if name in _BOLD_STYLES else 0) | (ITALIC if name in _ITALIC_STYLES else 0)
        marks |= (CODE if name in _CODE_STYLES else 0) | (LABEL if name == "block label" else 0)
        for tag, mark in (("b", BOLD), ("i", ITALIC), ("strike", STRIKE)):
            found = properties.find(W + tag)
            if found is not None:
                marks = marks & ~mark if found.get(W + "val") in ("0", "false", "off") else marks | mark
        return marks

    def _drawing(self, drawing: etree._Element) -> Iterator[Inline]:
        for text_box in drawing.iter(W + "txbxContent"):
            self.left_out[_COUNTED[text_box.tag]] += 1
        blip = drawing.find(f".//{{{DRAWING}}}blip")
        if blip is None:
            return
        vector = blip.find(f".//{{{SVG}}}svgBlip")
        relation = str((vector if vector is not None else blip).get(_EMBED))
        _, part, outside = self.relations.get(relation, ("", "", True))
        form = part.rsplit(".", 1)[-1].lower()
        if outside or form not in _FORMS or part not in self.opened.names:
            self.left_out["picture"] += 1
            return
        name = self.names.setdefault(part, f"media/picture{len(self.names) + 1}.{form}")
        self.pictures[name] = self.opened.part(part)
        about = next((element for element in drawing.iter() if str(element.tag).endswith("}docPr")), None)
        alt = str(about.get("descr") or about.get("title") or "") if about is not None else ""
        yield Picture(printable(alt).replace("\n", " "), name)


class _Field:
    """Word's fields come as a row of marks; what is between `begin` and `separate` is an instruction, not text."""

    def __init__(self) -> None:
        self.open: list[str] = []  # instruction of each open field
        self.results: list[bool] = []  # whether its result began

    @property
    def hides(self) -> bool:
        return not all(self.results)

    @property
    def href(self) -> str:
        for instruction in reversed(self.open):
            if found := _LINK_FIELD.match(instruction):
                return safe_href(found[1])
        return ""

    def follow(self, element: etree._Element) -> None:
        kind = element.get(W + "fldCharType")
        if element.tag == W + "instrText" and self.open:
            self.open[-1] += element.text or ""
        elif kind == "begin":
            self.open.append("")
            self.results.append(False)
        elif kind == "separate" and self.results:
            self.results[-1] = True
        elif kind == "end" and self.open:
            self.open.pop()
            self.results.pop()
