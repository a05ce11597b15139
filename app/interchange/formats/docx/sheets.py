"""What a Word file's styles and numbering make of a paragraph: heading, list item, code, or part of a typed block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.names import MAIN
from app.interchange.formats.docx.styles import BOX_LEFT, BOXES, STEP
from app.interchange.formats.nodes import Inline, Run

W = f"{{{MAIN}}}"
_CODE = frozenset({"source code", "code", "html preformatted", "preformatted text", "plain text"})
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations"})
_CONTENTS = frozenset({"toc heading", "table of figures", "cover line", "index heading"})
_BOX_OF = {f"vivero {name.lower()}": kind for kind, (name, _, _) in BOXES.items()}
DEEPEST_HEADING = 6
_MOST_PARENTS = 20


@dataclass(slots=True)
class Shape:
    """What a paragraph is. `level` is a list item's, -1 for none; `depth` that of what stands under an item."""

    heading: int = 0
    is_contents: bool = False
    is_code: bool = False
    is_quote: bool = False
    is_tick_box: bool = False
    is_continued: bool = False
    box: str = ""
    is_box_title: bool = False
    is_particulars: bool = False
    is_caption: bool = False
    number_id: str = ""
    level: int = -1
    ordered: bool = False
    depth: int = 0


@dataclass(slots=True)
class _Style:
    name: str
    parent: str
    properties: etree._Element | None


@dataclass(slots=True)
class _List:
    formats: dict[int, str] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Sheets:
    """The styles and lists of one file; either part may be missing."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self.styles: dict[str, _Style] = {}
        for style in styles.findall(W + "style") if styles is not None else ():
            name, parent = _value(style, "name").lower(), _value(style, "basedOn")
            self.styles[str(style.get(W + "styleId"))] = _Style(name, parent, style.find(W + "pPr"))
        self.lists = dict(_lists(numbering)) if numbering is not None else {}

    def name(self, style_id: str) -> str:
        """The name of a style, in small letters, by which Word knows it in every language."""
        return self.styles[style_id].name if style_id in self.styles else style_id.lower()

    def start(self, number_id: str, level: int) -> int:
        return self.lists[number_id].starts.get(level, 1) if number_id in self.lists else 1

    def shape(self, paragraph: etree._Element) -> Shape:
        """Return what the paragraph is, from its own properties, its style and the styles that one is based on."""
        own = paragraph.find(W + "pPr")
        style_id = _value(own, "pStyle") if own is not None else ""
        family = list(self._family(style_id))
        names = [style.name for style in family] or [style_id.lower()]
        sources = [own, *(style.properties for style in family)]
        shape = Shape(heading=_heading(names, sources))
        shape.is_contents = names[0] in _CONTENTS or (names[0].startswith("toc ") and names[0][4:].isdigit())
        shape.is_code = any(name in _CODE for name in names)
        shape.is_quote = any(name in _QUOTES for name in names)
        shape.is_tick_box = names[0] == "tick box"
        shape.is_particulars = names[0] == "particulars"
        shape.is_caption = names[0] == "caption"
        shape.is_continued = names[0].startswith("list continue")
        self._place_in_box(shape, names[0], own)
        self._place_in_list(shape, names[0], sources)
        return shape

    def without_label(self, runs: Sequence[Inline]) -> list[Inline]:
        """A typed block's title without the word that names its kind."""
        rest = list(runs)
        while rest and isinstance(rest[0], Run) and (rest[0].marks & LABEL or not rest[0].text.strip()):
            rest.pop(0)
        return rest

    def _family(self, style_id: str) -> Iterator[_Style]:
        for _ in range(_MOST_PARENTS):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.parent

    def _place_in_box(self, shape: Shape, name: str, own: etree._Element | None) -> None:
        shape.is_box_title = name.startswith("vivero ") and name.endswith(" title")
        shape.box = _BOX_OF.get(name.removesuffix(" title"), "")
        if not shape.box and own is not None:
            left = own.find(f"{W}pBdr/{W}left")
            colour = left.get(W + "color") if left is not None and left.get(W + "sz") == "24" else None
            shape.box = "?" if colour else ""

    def _place_in_list(self, shape: Shape, name: str, sources: Sequence[etree._Element | None]) -> None:
        if shape.is_continued and name[-1].isdigit():
            shape.depth = int(name[-1]) - 1
        if shape.is_tick_box:
            own = sources[0].find(W + "ind") if sources[0] is not None else None
            left = (own.get(W + "left") or "0") if own is not None else "0"
            inside = BOX_LEFT if shape.box else 0
            shape.depth = max(0, (int(left) - inside) // STEP - 1) if left.isdigit() else 0
        if shape.heading:
            return
        found = next(
            (row for source in sources if source is not None and (row := source.find(W + "numPr")) is not None), None
        )
        if found is None:
            return
        number_id, level = _value(found, "numId"), _value(found, "ilvl") or "0"
        if not number_id:
            number_id = next((_value(row, "numId") for row in _numbers(sources) if _value(row, "numId")), "")
        kind = self.lists[number_id].formats.get(int(level), "") if number_id in self.lists and level.isdigit() else ""
        if number_id and number_id != "0" and level.isdigit():
            shape.number_id, shape.level, shape.ordered = (
                number_id,
                min(int(level), 8),
                kind not in ("bullet", "none", ""),
            )


def _numbers(sources: Sequence[etree._Element | None]) -> Iterator[etree._Element]:
    for source in sources:
        if source is not None and (row := source.find(W + "numPr")) is not None:
            yield row


def _value(element: etree._Element, tag: str) -> str:
    found = element.find(W + tag)
    return str(found.get(W + "val") or "") if found is not None else ""


def _heading(names: Sequence[str], sources: Sequence[etree._Element | None]) -> int:
    for name in names:
        if name == "title":
            return 1
        if name.startswith("heading ") and name[8:].isdigit():
            return min(DEEPEST_HEADING, max(1, int(name[8:])))
    for source in sources:
        level = _value(source, "outlineLvl") if source is not None else ""
        if level.isdigit() and int(level) < 9:
            return min(DEEPEST_HEADING, int(level) + 1)
    return 0


def _lists(numbering: etree._Element) -> Iterator[tuple[str, _List]]:
    abstract: dict[str, _List] = {}
    for row in numbering.findall(W + "abstractNum"):
        made = abstract[str(row.get(W + "abstractNumId"))] = _List()
        for level in row.findall(W + "lvl"):
            _read_level(made, level)
    for row in numbering.findall(W + "num"):
        base = abstract.get(_value(row, "abstractNumId"), _List())
        own = _List(dict(base.formats), dict(base.starts))
        for override in row.findall(W + "lvlOverride"):
            for level in override.findall(W + "lvl"):
                _read_level(own, level)
            number, start = str(override.get(W + "ilvl")), _value(override, "startOverride")
            if number.isdigit() and start.isdigit():
                own.starts[int(number)] = int(start)
        yield str(row.get(W + "numId")), own


def _read_level(made: _List, level: etree._Element) -> None:
    number, start = str(level.get(W + "ilvl")), _value(level, "start")
    if number.isdigit():
        made.formats[int(number)] = _value(level, "numFmt")
        made.starts[int(number)] = int(start) if start.isdigit() else 1
