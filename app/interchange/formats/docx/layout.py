"""A manual laid out as Word will have it: which paragraph style each thing takes, which list it counts in.

Takes the arranged manual, gives `elements.Section`s. No XML here (`body.py`), no audience rules (`arrangement.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.interchange.formats.arrangement import (
    KNOWN_KINDS,
    Part,
    arrange,
    feedback_of,
    front_matter,
    is_open_question,
    particulars,
)
from app.interchange.formats.characters import printable
from app.interchange.formats.document import Audience, Manual
from app.interchange.formats.docx.elements import Element, Grid, ListRef, Para, Section
from app.interchange.formats.docx.styles import BOX_LEFT, DEEPEST_LIST, SMALL_PRINT, STEP, box_id
from app.interchange.formats.nodes import (
    BOLD,
    Code,
    Figure,
    Heading,
    Inlines,
    Item,
    Listing,
    Node,
    Nodes,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    Typed,
)

LABEL = 16  # a mark of this folder: the small capitals that name a typed block
ANSWER_LINES = 3
TICKED, UNTICKED = "☑\t", "☐\t"
HEADING_IN_BOX = 4
ANSWERS = frozenset({"TickBox", "AnswerLine"})


def lay_out(manual: Manual) -> list[Section]:
    """Return the sections of the manual in order; the table of contents is not among them."""
    sections = []
    if manual.cover:
        sections.append(Section("cover", _cover(manual)))
    drawer = _Drawer(manual)
    after_module = False
    for part in arrange(manual):
        sections.append(Section(f"{part.what}:{part.uid}", drawer.part(part, after_module)))
        after_module = part.what == "module" or (after_module and part.what != "unit")
    sections.append(Section("credits", _credits(manual)))
    sections.append(Section("end", [Para("AfterTable")]))  # Word wants a paragraph that stays at the end
    return sections


def _cover(manual: Manual) -> list[Element]:
    lines: list[Element] = [Para("Title", (Run(printable(manual.title)),))]
    subtitle = manual.subtitle or manual.label(manual.audience.value)
    lines.append(Para("Subtitle", (Run(printable(subtitle)),)))
    if manual.subtitle:
        lines.append(Para("CoverLine", (Run(manual.label(manual.audience.value)),)))
    lines += [Para("CoverLine", (Run(f"{label}: ", BOLD), Run(value))) for label, value in front_matter(manual)]
    return lines


def _credits(manual: Manual) -> list[Element]:
    words = [line for line in (*manual.credits, manual.licence if manual.cover else "") if line]
    if not words and not manual.acknowledged:
        return []
    title = Para("Heading1", (Run(manual.label("credits")),), page_break=manual.cover, toc_level=1)
    found: list[Element] = [title, *(Para("Normal", (Run(printable(line)),)) for line in words)]
    for group in manual.acknowledged:
        found.append(Para("Heading3", (Run(printable(group.heading)),)))
        for one in group.people:
            found.append(Para("Normal", (Run(printable(one.who), BOLD), Run(printable(f", {one.what}")))))
    return found


class _Place:
    """Where a node stands: in which typed block, how deep in lists, in a quotation or not."""

    __slots__ = ("frame", "level", "quoted")

    def __init__(self, frame: str = "", level: int = -1, quoted: bool = False) -> None:
        self.frame, self.level, self.quoted = frame, level, quoted

    @property
    def left(self) -> int:
        return (BOX_LEFT if self.frame else 0) + (self.level + 1) * STEP


class _Drawer:
    def __init__(self, manual: Manual) -> None:
        self.manual = manual
        self.out: list[Element] = []
        self.draw: dict[type[Any], Callable[[Any, _Place], None]] = {
            Paragraph: self._paragraph, Heading: self._heading, Listing: self._listing, Table: self._table,
            Quote: self._quote, Code: self._code, Rule: self._rule, Figure: self._figure, Typed: self._typed,
        }  # fmt: skip

    def part(self, part: Part, after_module: bool) -> list[Element]:
        self.out = []
        if part.what == "block":
            self._nodes(part.nodes, _Place())
        else:
            apart = self.manual.cover and not (part.what == "unit" and after_module)
            style = f"Heading{part.level}"
            self.out.append(Para(style, part.title, page_break=apart, toc_level=part.level))
            if part.minutes:
                minutes = self.manual.label("minutes") % {"minutes": part.minutes}
                self.out.append(Para("Particulars", (Run(minutes),)))
        return self.out

    def _nodes(self, nodes: Nodes, place: _Place) -> None:
        for node in nodes:
            self.draw[type(node)](node, place)

    def _plain(self, style: str, runs: Inlines, place: _Place) -> None:
        """Add a paragraph in a style of its own, moved and framed by where it stands."""
        self.out.append(Para(style, runs, frame=place.frame, left=place.left))

    def _paragraph(self, node: Paragraph, place: _Place) -> None:
        if place.quoted:
            self._plain("Quote", node.runs, place)
        elif place.level >= 0:
            self._continue(node.runs, place)
        else:
            self.out.append(Para(box_id(place.frame) if place.frame else "Normal", node.runs))

    def _continue(self, runs: Inlines, place: _Place) -> None:
        depth = min(place.level, 2)
        left = place.left if place.frame or place.level > depth else 0
        self.out.append(Para(_numbered("ListContinue", depth), runs, frame=place.frame, left=left))

    def _heading(self, node: Heading, place: _Place) -> None:
        if place.frame or place.level >= 0:
            self._plain(f"Heading{HEADING_IN_BOX}", node.runs, place)
        else:
            toc_level = node.level if node.level < 3 else 0
            self.out.append(Para(f"Heading{node.level}", node.runs, toc_level=toc_level))

    def _listing(self, node: Listing, place: _Place) -> None:
        level = min(place.level + 1, DEEPEST_LIST)
        inner = _Place(place.frame, level, place.quoted)
        ref = ListRef(node.ordered, level, node.start)
        for item in node.items:
            if item.checked is not None:
                self._tick_box(item, inner)
                continue
            first, rest = _opening(item.nodes)
            style = _numbered("ListNumber" if node.ordered else "ListBullet", min(level, 2))
            style = box_id(place.frame) if place.frame in SMALL_PRINT else style
            by_hand = bool(place.frame) or level > 2
            self.out.append(Para(style, first, ref, place.frame, inner.left if by_hand else 0, STEP if by_hand else 0))
            self._nodes(rest, inner)

    def _tick_box(self, item: Item, place: _Place) -> None:
        first, rest = _opening(item.nodes)
        if item.checked:
            first = tuple(run._replace(marks=run.marks | BOLD) if isinstance(run, Run) else run for run in first)
            key = (Run(f" ({self.manual.label('key')})"),) if place.frame == "question" else ()
            first = (*first, *key)
        box = Run(TICKED if item.checked else UNTICKED)
        self.out.append(Para("TickBox", (box, *first), frame=place.frame, left=place.left, hanging=STEP))
        self._nodes(rest, place)

    def _table(self, node: Table, place: _Place) -> None:
        rows = [
            [Para("TableText", cell, align=align) for cell, align in zip(row, node.aligns, strict=True)]
            for row in node.rows
        ]
        self.out.append(Grid(rows, place.left))
        self.out.append(Para("AfterTable"))

    def _quote(self, node: Quote, place: _Place) -> None:
        self._nodes(node.nodes, _Place(place.frame, place.level, quoted=True))

    def _code(self, node: Code, place: _Place) -> None:
        self._plain("SourceCode", (Run(node.text),), place)

    def _rule(self, node: Rule, place: _Place) -> None:
        self._plain("HorizontalLine", (), place)

    def _figure(self, node: Figure, place: _Place) -> None:
        self._paragraph(Paragraph((node.picture,)), place)
        if node.picture.caption:
            self._plain("Caption", (Run(node.picture.caption),), place)

    def _typed(self, node: Typed, place: _Place) -> None:
        style = box_id(node.kind)
        inner = _Place(node.kind)
        label = self.manual.label(node.kind) if node.kind in KNOWN_KINDS else node.kind
        title: Inlines = (Run(label, LABEL), Run("  "), *node.title) if node.title else (Run(label, LABEL),)
        self.out.append(Para(f"{style}Title", title))
        if words := particulars(node, self.manual):
            self._plain("Particulars", (Run(words),), inner)
        start = len(self.out)
        feedback = feedback_of(node.nodes) if node.kind == "question" else None
        for index, child in enumerate(node.nodes):
            if index == feedback and self.manual.audience is Audience.FACILITATOR and isinstance(child, Quote):
                self._feedback(child, inner)
            else:
                self._nodes((child,), inner)
        if is_open_question(node) and self.manual.audience is Audience.PARTICIPANT:
            self.out += [Para("AnswerLine") for _ in range(ANSWER_LINES)]
        if node.kind == "question":
            _keep_together(self.out[start:])
        last = self.out[-1]
        if not place.frame and isinstance(last, Para) and last.style != "AfterTable":
            self.out.append(Para("AfterTable"))  # space that is not part of the box

    def _feedback(self, node: Quote, place: _Place) -> None:
        first, rest = _opening(node.nodes)
        self._plain(box_id("question"), (Run(f"{self.manual.label('feedback')}: ", BOLD), *first), _Place())
        self._nodes(rest, place)


def _keep_together(elements: Sequence[Element]) -> None:
    """Keep what is asked with all that is ticked or written on; what follows the last of these may stand elsewhere."""
    answers = [n for n, element in enumerate(elements) if isinstance(element, Para) and element.style in ANSWERS]
    for element in elements[: answers[-1]] if answers else ():
        if isinstance(element, Para):
            element.keeps_next = True


def _numbered(style: str, level: int) -> str:
    return f"{style}{level + 1}" if level else style


def _opening(nodes: tuple[Node, ...]) -> tuple[Inlines, Nodes]:
    """The runs that stand beside the bullet or number, and what follows under them."""
    if nodes and isinstance(nodes[0], Paragraph):
        return nodes[0].runs, nodes[1:]
    if nodes and isinstance(nodes[0], Figure):
        return (Picture(*nodes[0].picture),), nodes[1:]
    return (), nodes
