"""What stands inside a Word paragraph: text and its look, links, fields, pictures, notes, tracked changes, comments.

Text boxes met on the way are handed on as `boxes`; what a paragraph is among others is decided elsewhere. Nothing
outside the file is opened: a picture or template somewhere else is named.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.foreign.equations import MATH, equation
from app.interchange.formats.docx.foreign.fields import Fields
from app.interchange.formats.docx.foreign.looks import VAL, Look, Looks, W, changed, is_code_font, value
from app.interchange.formats.docx.foreign.margins import Margins
from app.interchange.formats.docx.foreign.pictures import Pictures
from app.interchange.formats.docx.foreign.symbols import respelled, symbol
from app.interchange.formats.docx.foreign.things import ChangeKind, Reason
from app.interchange.formats.docx.names import RELATIONS
from app.interchange.formats.inline import safe_href
from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE, Inline, Run

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ID = f"{{{RELATIONS}}}id"
_CHANGES = {
    W + "ins": ChangeKind.INSERTED,
    W + "moveTo": ChangeKind.MOVED,
    W + "del": ChangeKind.DELETED,
    W + "moveFrom": ChangeKind.MOVED,
}
_GONE = frozenset({W + "del", W + "moveFrom"})
_SKIPPED = frozenset(W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "tblPr"))
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "",
}  # fmt: skip


class Insides:
    """Reads the paragraphs of one part (the document, its footnotes, a header), one after the other."""

    def __init__(self, looks: Looks, pictures: Pictures, margins: Margins, part: str) -> None:
        self.looks, self.pictures, self.margins, self.part = looks, pictures, margins, part
        self.relations = pictures.opened.relations(part)
        self.fields = Fields()
        self.boxes: list[etree._Element] = []  # text boxes of the paragraph read last
        self.notes: list[tuple[str, str]] = []  # part and id of the notes it refers to
        self.found: list[Inline] = []
        self.sizes: Counter[Look] = Counter()
        self.style_id = ""

    def read(self, paragraph: etree._Element, style_id: str) -> tuple[list[Inline], Look]:
        """Return a paragraph's runs and the look that most of its letters have; bold only when all of it is."""
        self.boxes, self.notes, self.found = [], [], []
        self.sizes, self.style_id = Counter(), style_id
        self._inside(paragraph, "")
        self.fields.paragraph_ends()
        return self.found, self._usual_look()

    def _usual_look(self) -> Look:
        counted = {look: count for look, count in self.sizes.items() if count}
        if not counted:
            return self.looks.paragraph(self.style_id).look
        usual = max(counted, key=lambda look: counted[look])
        return usual._replace(
            bold=all(look.bold for look in counted),
            underline=all(look.underline for look in counted),
            caps=all(look.caps for look in counted),
            size=usual.size,
        )

    def _inside(self, parent: etree._Element, href: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, href)
            elif tag in _SKIPPED:
                continue
            elif tag in _CHANGES:
                self.margins.changed(_CHANGES[tag], child)
                if tag not in _GONE:
                    self._inside(child, href)
            elif tag == W + "hyperlink":
                self._inside(child, self._target(child) or href)
            elif tag == W + "fldSimple":
                self._inside(child, self._checked(Fields.link(str(child.get(W + "instr") or ""))) or href)
            elif tag in (W + "commentRangeStart", W + "commentRangeEnd"):
                self.margins.follow(child, tag == W + "commentRangeStart")
            elif tag == W + "sdt":
                content = child.find(W + "sdtContent")
                if content is not None:
                    self._inside(content, href)
            elif tag == MATH + "oMath" or tag == MATH + "oMathPara":
                self._say(equation(child), 0, href)
            elif tag == COMPATIBILITY + "AlternateContent":
                self._alternative(child, href)
            elif tag == W + "altChunk" or tag == W + "subDoc":
                self.margins.drop(Reason.PART, str(child.get(_ID) or ""))
            elif isinstance(tag, str) and tag.startswith(W):
                self._inside(child, href)

    def _run(self, run: etree._Element, href: str) -> None:
        properties = run.find(W + "rPr")
        letter_style = value(properties, "rStyle") if properties is not None else ""
        look = changed(self.looks.letters(self.style_id, letter_style), properties)
        own = changed(self.looks.of_letters_alone(letter_style), properties)
        marks = (BOLD if own.bold else 0) | (ITALIC if own.italic else 0) | (STRIKE if own.strike else 0)
        if own.code or (own.font and is_code_font(own.font)):
            marks = CODE
        if properties is not None and properties.find(W + "rPrChange") is not None:
            self.margins.changed(ChangeKind.FORMATTED, properties.find(W + "rPrChange"), run)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar" or tag == W + "instrText":
                shown = self.fields.follow(child)
                if shown:
                    self.found.append(Run(shown))
                continue
            if self.fields.hides or tag == W + "rPr":
                continue
            href = self._checked(self.fields.href) or href
            if tag == W + "t":
                words = respelled(printable(child.text or ""), look.font).replace("\u00ad", "")
                if look.hidden:
                    if words.strip():
                        self.margins.drop(Reason.HIDDEN, words)
                    continue
                self.sizes[look] += len(words.strip())
                self._say(words, marks, href)
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], marks, href)
            elif tag == W + "br":
                if child.get(W + "type") in (None, "textWrapping") or self.found:
                    self._say("\n", marks, href)  # a new page or column ends a line that has begun
            elif tag == W + "sym":
                code = str(child.get(W + "char") or "")
                if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
                    self._say(symbol(str(child.get(W + "font") or ""), int(code, 16)), marks, href)
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], str(child.get(W + "id"))))
                self._say(f"[{self.margins.note_number(_NOTES[tag], str(child.get(W + 'id')))}]", 0, "")
            elif tag == W + "commentReference":
                self.margins.commented(str(child.get(W + "id")))
            elif tag == COMPATIBILITY + "AlternateContent":
                self._alternative(child, href)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child)
            elif tag == W + "ruby":
                self._inside_run_holder(child, href)

    def _inside_run_holder(self, holder: etree._Element, href: str) -> None:
        for part in holder:
            if part.tag in (W + "rubyBase", W + "rt"):
                self._inside(part, href)

    def _say(self, words: str, marks: int, href: str) -> None:
        if words and not self.fields.hides:
            self.found.append(Run(words, marks, href))
            self.fields.said()
            self.margins.heard(words)

    def _alternative(self, element: etree._Element, href: str) -> None:
        """Read the first of several ways to say the same that says anything to us."""
        for way in element:
            before = len(self.found), len(self.boxes)
            self._way(way, href)
            if (len(self.found), len(self.boxes)) != before:
                return

    def _way(self, way: etree._Element, href: str) -> None:
        for child in way:
            if child.tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child)
            elif child.tag == W + "r":
                self._run(child, href)
            elif child.tag == W + "t":
                self._say(printable(child.text or ""), 0, href)
            elif child.tag == COMPATIBILITY + "AlternateContent":
                self._alternative(child, href)
            elif isinstance(child.tag, str) and child.tag.startswith(W):
                self._inside(child, href)

    def _drawing(self, drawing: etree._Element) -> None:
        if self.fields.hides:
            return
        seen = self.pictures.seen(drawing, self.relations)
        self.found += seen.pictures
        self.boxes += seen.boxes
        for words in seen.words:
            self._say(printable(words), 0, "")
        for reason, what in seen.dropped:
            self.margins.drop(reason, what)

    def _target(self, hyperlink: etree._Element) -> str:
        kind, target, outside = self.relations.get(str(hyperlink.get(_ID)), ("", "", False))
        return self._checked(target) if kind == "hyperlink" and outside else ""

    def _checked(self, target: str) -> str:
        """The address if it may be a link; what may not is named once."""
        if not target or target.startswith("#"):
            return ""
        href = safe_href(target)
        if not href or not re.match(r"(?:https?|mailto|tel):", href, re.IGNORECASE):
            self.margins.drop(Reason.LINK, printable(target)[:200])
            return ""
        return href


def is_deleted_mark(paragraph: etree._Element) -> bool:
    """Whether the end of the paragraph is deleted by a tracked change, so that the next one goes on in it."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("del", "moveFrom"))


def style_id_of(paragraph: etree._Element) -> str:
    properties = paragraph.find(W + "pPr")
    style = properties.find(W + "pStyle") if properties is not None else None
    return str(style.get(VAL) or "") if style is not None else ""
