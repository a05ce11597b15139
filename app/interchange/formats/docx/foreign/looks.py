"""How a paragraph and its letters look once every style is counted in: size, weight, place, heading level.

Word's rules for what goes before what; what is made of the looks is decided in `headings.py`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from app.interchange.formats.docx.names import MAIN

W = f"{{{MAIN}}}"
VAL = W + "val"
_OFF = frozenset({"0", "false", "off", "none"})
_MOST_PARENTS = 20
USUAL_SIZE = 20  # half points: what Word takes when a file does not say
_HEADING = re.compile(
    r"(?:heading|t[ií]tulo|titre|überschrift|titolo|encabezado|kop|rubrik|nagłówek|заголовок|标题|見出し)\s*(\d)\b"
)
_TITLES = frozenset({"title", "título", "titulo", "puesto", "titre", "titel", "doc-title"})
_CONTENTS = re.compile(r"(?:toc|contents|tdc|índice|verzeichnis|table of figures)(?: heading| \d|\b)|toc\d$|index \d")
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations", "cita", "cita destacada", "blockquote"})
_CODE = frozenset({"source code", "code", "html preformatted", "preformatted text", "macro text", "listing"})
_CODE_LETTERS = frozenset({"code text", "verbatim char", "html code", "source text", "html typewriter"})
_LINKS = frozenset({"hyperlink", "followedhyperlink", "internet link", "visited internet link"})
_CODE_FONTS = frozenset({"courier", "courier new", "consolas", "monaco", "menlo", "lucida console", "liberation mono"})


class Look(NamedTuple):
    """The look of letters. `size` in half points, 0 while unknown."""

    size: int = 0
    bold: bool = False
    italic: bool = False
    strike: bool = False
    caps: bool = False
    underline: bool = False
    hidden: bool = False
    font: str = ""
    code: bool = False


class Shape(NamedTuple):
    """What paragraph properties say. Lengths in twips; `level` is an outline level from 1, 0 for text."""

    level: int = 0
    number_id: str = ""
    depth: int = -1
    align: str = ""
    left: int = 0
    hanging: int = 0


class Style(NamedTuple):
    """A paragraph style with all that it is based on. `name` in small letters, as Word has it in every language."""

    name: str
    names: tuple[str, ...]
    look: Look
    shape: Shape

    @property
    def is_title(self) -> bool:
        return self.name in _TITLES

    @property
    def is_contents(self) -> bool:
        return bool(_CONTENTS.match(self.name))

    @property
    def is_quote(self) -> bool:
        return any(name in _QUOTES for name in self.names)

    @property
    def is_code(self) -> bool:
        return any(name in _CODE for name in self.names)

    @property
    def list_depth(self) -> int:
        """The depth that a list style of Word's has by its name: `List Bullet 2` is 1."""
        match = re.fullmatch(r"list (?:bullet|number|continue)?\s*(\d)", self.name)
        return int(match[1]) - 1 if match else 0


class Looks:
    """The styles of one file; the part may be missing."""

    def __init__(self, styles: etree._Element | None) -> None:
        self.raw: dict[str, etree._Element] = {}
        self.default_id = ""
        self.usual, self.usual_shape = Look(USUAL_SIZE), Shape()
        self.language = ""
        for style in styles.findall(W + "style") if styles is not None else ():
            style_id = str(style.get(W + "styleId"))
            self.raw[style_id] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self.default_id = style_id
        defaults = styles.find(W + "docDefaults") if styles is not None else None
        if defaults is not None:
            run, paragraph = defaults.find(f"{W}rPrDefault/{W}rPr"), defaults.find(f"{W}pPrDefault/{W}pPr")
            self.usual, self.usual_shape = changed(self.usual, run), shaped(self.usual_shape, paragraph)
            language = run.find(W + "lang") if run is not None else None
            self.language = str(language.get(VAL) or "") if language is not None else ""
        self._paragraphs: dict[str, Style] = {}
        self._letters: dict[tuple[str, str], Look] = {}
        self._marks: dict[str, Look] = {}

    def paragraph(self, style_id: str) -> Style:
        """Return a paragraph style by its id; an unknown one is the default."""
        style_id = style_id if style_id in self.raw else self.default_id
        found = self._paragraphs.get(style_id)
        if found is None:
            found = self._paragraphs[style_id] = self._resolved(style_id)
        return found

    def letters(self, paragraph_id: str, letter_id: str) -> Look:
        """Return how letters of a character style look in a paragraph of a style."""
        found = self._letters.get((paragraph_id, letter_id))
        if found is None:
            found = self.paragraph(paragraph_id).look
            for style in reversed(self._family(letter_id)):
                found = self._named(changed(found, style.find(W + "rPr")), style)
            self._letters[paragraph_id, letter_id] = found
        return found

    def of_letters_alone(self, letter_id: str) -> Look:
        """Return what a character style says by itself; that, and not a paragraph's style, is emphasis."""
        found = self._marks.get(letter_id)
        if found is None:
            found = Look()
            for style in reversed(self._family(letter_id)):
                found = self._named(changed(found, style.find(W + "rPr")), style)
            self._marks[letter_id] = found
        return found

    def _named(self, look: Look, style: etree._Element) -> Look:
        name = _name(style)
        if name == "strong" or name == "emphasis":
            return look._replace(bold=True) if name == "strong" else look._replace(italic=True)
        if name in _LINKS:
            return look._replace(underline=False)  # so that a line that is a link does not stand out as a heading
        return look._replace(code=True) if name in _CODE_LETTERS else look

    def _family(self, style_id: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        while style_id in self.raw and len(found) < _MOST_PARENTS:
            found.append(self.raw[style_id])
            style_id = value(self.raw[style_id], "basedOn")
        return found

    def _resolved(self, style_id: str) -> Style:
        family = self._family(style_id)
        look, shape = self.usual, self.usual_shape
        for style in reversed(family):
            look, shape = changed(look, style.find(W + "rPr")), shaped(shape, style.find(W + "pPr"))
        names = tuple(_name(style) for style in family)
        for name in reversed(names):
            if match := _HEADING.match(name):
                shape = shape._replace(level=min(6, max(1, int(match[1]))))
        return Style(names[0] if names else style_id.lower(), names, look, shape)


def changed(look: Look, properties: etree._Element | None) -> Look:
    """Return the look with what run properties say in place of what they do not."""
    if properties is None:
        return look
    new: dict[str, object] = {}
    for child in properties:
        name = _LOOKS.get(str(child.tag))
        if name is None:
            continue
        said = child.get(VAL)
        if name == "size":
            new[name] = int(said) if said and said.isdigit() else look.size
        elif name == "font":
            new[name] = (child.get(W + "ascii") or child.get(W + "hAnsi") or look.font).lower()
        else:
            new[name] = said not in _OFF
    return look._replace(**new) if new else look  # type: ignore[arg-type]


_LOOKS = {
    W + tag: name
    for tag, name in (
        ("sz", "size"), ("b", "bold"), ("i", "italic"), ("strike", "strike"), ("dstrike", "strike"), ("caps", "caps"),
        ("u", "underline"), ("vanish", "hidden"), ("rFonts", "font"),
    )
}  # fmt: skip


def is_code_font(font: str) -> bool:
    return font in _CODE_FONTS


def shaped(shape: Shape, properties: etree._Element | None) -> Shape:
    """Return the shape with what paragraph properties say in place of what they do not."""
    if properties is None:
        return shape
    new: dict[str, object] = {}
    for child in properties:
        tag = str(child.tag)
        if tag == W + "outlineLvl":
            level = number(child.get(VAL), 9)
            new["level"] = level + 1 if 0 <= level < 6 else 6 if level < 9 else 0
        elif tag == W + "numPr":
            if number_id := value(child, "numId"):
                new["number_id"] = number_id
            new["depth"] = min(8, max(0, number(value(child, "ilvl"), max(0, shape.depth))))
        elif tag == W + "jc":
            new["align"] = child.get(VAL) or ""
        elif tag == W + "ind":
            left = child.get(W + "left") or child.get(W + "start")
            new["left"] = number(left, shape.left)
            first = -number(child.get(W + "firstLine"), 0) if child.get(W + "firstLine") else shape.hanging
            new["hanging"] = number(child.get(W + "hanging"), first)
    return shape._replace(**new) if new else shape  # type: ignore[arg-type]


def value(element: etree._Element, tag: str) -> str:
    """The `w:val` of a child, or an empty text."""
    found = element.find(W + tag)
    return str(found.get(VAL) or "") if found is not None else ""


def number(text: str | None, otherwise: int) -> int:
    """A whole number as files write it (`-12`, `12.0`), or `otherwise` when it is none or absurd."""
    match = re.match(r"-?\d{1,7}", text or "")
    return int(match[0]) if match else otherwise


def _name(style: etree._Element) -> str:
    return value(style, "name").lower().split(",")[0].strip()
