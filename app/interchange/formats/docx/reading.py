"""A Word document to Markdown: headings by style, paragraphs, bold and italic, lists, tables, links, pictures.

Tracked changes are read as accepted. What Markdown has no place for (footnotes, text boxes, comments) is counted
and named, never dropped in silence. Opening the file and its dangers are `opening.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from app.core.typography import NO_BREAK
from app.interchange.formats.docx.foreign.pictures import PICTURE_NAME
from app.interchange.formats.docx.foreign.things import ForeignDocument
from app.interchange.formats.docx.marking import escape_line_start, marked_up
from app.interchange.formats.docx.names import MAIN
from app.interchange.formats.docx.opening import Damaged, OpenedFile, open_word
from app.interchange.formats.docx.run_reading import RunReader
from app.interchange.formats.docx.sheets import Shape, Sheets
from app.interchange.formats.docx.unprinting import feedback_in, options_of, without_key
from app.interchange.formats.nodes import Inline, Run
from app.interchange.formats.spacing import unspaced

W = f"{{{MAIN}}}"
_TICKS = {"☐": "[ ]", "☑": "[x]", "☒": "[x]"}
LIST_INDENT = 4


@dataclass(slots=True)
class ReadDocument:
    """What was read: the Markdown, the pictures by the name it gives them, and how much of what was left out."""

    markdown: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def read_docx(data: bytes, name: str = "") -> ReadDocument:
    """Return a Word file as Markdown, or raise `opening.UnreadableWordFile` with the reason.

    A file that has the styles of our manuals is read back as one; all others are read as `foreign/` reads them.
    """
    opened = open_word(data, name)
    if not _has_our_styles(opened):
        return _as_foreign(opened)
    root = opened.tree(opened.document)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Damaged(part=opened.document)
    return _Reader(opened).read(body)


def _has_our_styles(opened: OpenedFile) -> bool:
    styles = opened.tree(opened.related("styles"))
    names = (row.get(W + "val") or "" for row in styles.iter(W + "name")) if styles is not None else ()
    return any(name.startswith("Vivero ") for name in names)


def _as_foreign(opened: OpenedFile) -> ReadDocument:
    """A file made elsewhere: headings stay headings, and typed blocks are nobody's guess here."""
    from app.interchange.formats.docx.foreign.correcting import as_markdown  # late: most files are our own
    from app.interchange.formats.docx.foreign.reading import read_opened

    document = read_opened(opened)
    markdown = as_markdown((block for block in document.blocks if block.guess != "dropped"), typed=False)
    shown = set(PICTURE_NAME.findall(markdown))
    pictures = {name: data for name, data in document.images.items() if name in shown}
    return ReadDocument(markdown, pictures, left_out_of(document))


def left_out_of(document: ForeignDocument) -> Counter[str]:
    """Return how much of what is not in a foreign document's text."""
    left_out = Counter(_LEFT_OUT[one.reason.name] for one in document.dropped)
    left_out.update({"comment": len(document.comments)} if document.comments else {})
    return left_out


_LEFT_OUT = {
    "HEADER": "line at the head of pages",
    "FOOTER": "line at the foot of pages",
    "CONTENTS": "table of contents",
    "PICTURE_FORMAT": "picture in a format that is not shown",
    "PICTURE_OUTSIDE": "picture outside the file",
    "PICTURE_DAMAGED": "damaged picture",
    "HIDDEN": "hidden text",
    "CHART": "chart",
    "OBJECT": "object of another program",
    "PART": "embedded document",
    "TEMPLATE": "template outside the file",
    "LINK": "link that leads to no page",
}


class _Reader:
    def __init__(self, opened: OpenedFile) -> None:
        self.sheets = Sheets(opened.tree(opened.related("styles")), opened.tree(opened.related("numbering")))
        self.reader = RunReader(opened, self.sheets.name)
        self.blocks: list[tuple[str, str]] = []  # kind of block (`list`, `code`, `quote`, ``), its Markdown
        self.counters: dict[tuple[str, int], int] = {}
        self.list_id = ""  # numId of the last item of the outermost level
        self.box = ""  # typed block that is open

    def read(self, body: etree._Element) -> ReadDocument:
        for element in self._blocks(body):
            if element.tag == W + "p":
                self._paragraph(element)
            else:
                self._table(element)
        self._close_box()
        return ReadDocument(_assembled(self.blocks), self.reader.pictures, self.reader.left_out)

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables in order, also inside content controls; a generated table of contents is not text."""
        for child in parent:
            if child.tag in (W + "p", W + "tbl"):
                yield child
            elif child.tag == W + "sdt":
                content = child.find(W + "sdtContent")
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if content is not None and (gallery is None or gallery.get(W + "val") != "Table of Contents"):
                    yield from self._blocks(content)
            elif child.tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        shape = self.sheets.shape(paragraph)
        if shape.is_contents:
            return
        runs = list(self.reader.runs(paragraph))
        if not runs and not shape.is_code:
            return
        self._follow_box(shape.box, shape.is_box_title, runs)
        if shape.is_box_title:
            return
        if shape.is_code:
            text = "".join(run.text for run in runs if isinstance(run, Run))
            self.blocks.append(("code", text))
            return
        is_answer, runs = _begins_with_box(runs), unspaced(runs)
        if self.box and self._ours(shape, runs):
            return
        if shape.is_tick_box:
            runs = without_key(runs)
        text = marked_up(runs, plain_look=shape.heading > 0)
        if not text.strip() or (shape.is_caption and self._caption(text)):
            return
        if shape.heading:
            self.blocks.append(("", f"{'#' * shape.heading} {text.replace(chr(10), ' ')}"))
        elif shape.is_tick_box or (is_answer and text[0] in _TICKS and shape.level < 0):
            self._tick_box(text, shape.depth)
        elif shape.level >= 0:
            self._item(text, shape.number_id, shape.level, shape.ordered and self.box != "objectives")
        elif shape.is_continued and self.blocks and self.blocks[-1][0] == "list":
            pad = " " * LIST_INDENT * (shape.depth + 1)
            self.blocks.append(("list", "\n" + pad + text.replace("\n", "\n" + pad) + "\n"))
        elif shape.is_quote:
            self.blocks.append(("quote", "> " + escape_line_start(text).replace("\n", "\n> ")))
        else:
            self.blocks.append(("", escape_line_start(text)))

    def _ours(self, shape: Shape, runs: list[Inline]) -> bool:
        """Take what only manuals of ours have inside a typed block; say whether it was such a thing."""
        if shape.is_particulars:
            words = "".join(run.text for run in runs if isinstance(run, Run))
            options = options_of(words, self.box)
            if options and self.blocks[-1][1].startswith("/// "):
                self.blocks[-1] = ("", "\n".join([self.blocks[-1][1], *options]))
                return True
        feedback = feedback_in(runs) if self.box == "question" else None
        if feedback:
            self.blocks.append(("quote", "> " + escape_line_start(marked_up(feedback)).replace("\n", "\n> ")))
        return bool(feedback)

    def _caption(self, text: str) -> bool:
        """Put a caption into the picture above it; say whether there was one."""
        above = self.blocks[-1][1] if self.blocks else ""
        if not above.startswith("![") or not above.endswith(")") or "\n" in above or '"' in text:
            return False
        self.blocks[-1] = ("", f'{above[:-1]} "{text.replace(chr(10), " ")}")')
        return True

    def _item(self, text: str, number_id: str, level: int, ordered: bool) -> None:
        for key in [key for key in self.counters if key[0] == number_id and key[1] > level]:
            del self.counters[key]  # a list inside starts anew under the next item
        count = self.counters[number_id, level] = (
            self.counters.get((number_id, level), self.sheets.start(number_id, level) - 1) + 1
        )
        self._list_line(text, f"{count}." if ordered else "-", level, number_id)

    def _tick_box(self, text: str, depth: int) -> None:
        mark = _TICKS.get(text[0], "[ ]")
        self._list_line(text[1:].strip(), f"- {mark}", depth)

    def _list_line(self, text: str, marker: str, level: int, number_id: str = "") -> None:
        if level == 0 and number_id != self.list_id and self.blocks and self.blocks[-1][0] == "list":
            self.blocks.append(("list", ""))  # an empty line between two lists
        self.list_id = number_id if level == 0 else self.list_id
        pad = " " * LIST_INDENT * level
        inner = "\n" + " " * LIST_INDENT * (level + 1)
        self.blocks.append(("list", f"{pad}{marker} {escape_line_start(text).replace(chr(10), inner)}"))

    def _follow_box(self, box: str, is_title: bool, runs: list[Inline]) -> None:
        """Open and close typed blocks as the styles of a manual of ours say."""
        if self.box and (is_title or box not in (self.box, "?")):
            self._close_box()
        if is_title:
            title = marked_up(self.sheets.without_label(runs), plain_look=True).strip()
            self.blocks.append(("", f"/// {box}" + (f" | {title}" if title else "")))
            self.box = box

    def _close_box(self) -> None:
        if self.box:
            self.blocks.append(("", "///"))
            self.box = ""

    def _table(self, table: etree._Element) -> None:
        indent = table.find(f"{W}tblPr/{W}tblInd")
        inside = indent is not None and (indent.get(W + "w") or "0").isdigit() and int(indent.get(W + "w") or 0) > 200
        if self.box and not inside:
            self._close_box()
        rows = [self._row(row) for row in table.iter(W + "tr") if row.find(f"{W}trPr/{W}del") is None]
        rows = [row for row in rows if row]
        if not rows:
            return
        width = max(map(len, rows))
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        lines.insert(1, "|" + "".join(_rule(align) for align in self._aligns(table, width)))
        self.blocks.append(("", "\n".join(lines)))

    def _aligns(self, table: etree._Element, width: int) -> list[str]:
        """How the cells of the first row under the head are aligned."""
        rows = table.findall(W + "tr")[1:2]
        found = [cell.find(f"{W}p/{W}pPr/{W}jc") for row in rows for cell in row.findall(W + "tc")]
        aligns = [str(jc.get(W + "val")) if jc is not None else "" for jc in found]
        return (aligns + [""] * width)[:width]

    def _row(self, row: etree._Element) -> list[str]:
        cells = []
        for cell in row.findall(W + "tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(W + "val") != "restart"
            texts = [marked_up(unspaced(list(self.reader.runs(p)))) for p in cell.iter(W + "p")] if not goes_on else []
            cells.append(
                " ".join(text.strip() for text in texts if text.strip()).replace("\n", " ").replace("|", "\\|")
            )
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            extra = (span.get(W + "val") or "1") if span is not None else "1"
            cells += [""] * (min(int(extra), 63) - 1 if extra.isdigit() else 0)
        return cells


def _begins_with_box(runs: Sequence[Inline]) -> bool:
    """Whether a paragraph is an answer to tick; a box with a no-break space behind it is a box in a line of ours."""
    words = "".join(run.text for run in runs if isinstance(run, Run)).lstrip()
    return words[:1] in _TICKS and words[1:2] != NO_BREAK


def _rule(align: str) -> str:
    return {"right": "--:|", "end": "--:|", "center": ":-:|", "left": ":--|"}.get(align, "---|")


def _assembled(blocks: list[tuple[str, str]]) -> str:
    """One Markdown text of blocks: items of a list line by line, code in one fence, all else apart."""
    chunks = []
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        texts = [text for _, text in group]
        if kind == "code":
            fence = "`" * max(3, 1 + max((len(found) for found in re.findall("`+", "\n".join(texts))), default=0))
            chunks.append("\n".join([fence, *texts, fence]))
        elif kind in ("list", "quote"):
            chunks.append(("\n" if kind == "list" else "\n>\n").join(texts).rstrip())
        else:
            chunks += texts
    return "\n\n".join(chunks) + "\n" if chunks else ""
