"""Seen paragraphs and tables as Markdown, in one canonical way: what two versions of a block are compared in.

It need not be the way a block was written: `carrying.py` puts what changed into the block's own Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from app.interchange.formats.docx.layout import LABEL
from app.interchange.formats.docx.marking import escape_line_start, marked_up
from app.interchange.formats.docx.review.versions import Seen
from app.interchange.formats.docx.unprinting import feedback_in, options_of, without_key
from app.interchange.formats.nodes import Inline, Inlines, Picture, Run
from app.interchange.formats.spacing import unspaced

LIST_INDENT = 4
_TICKS = {"☐": "[ ]", "☑": "[x]", "☒": "[x]"}
_RULES = {"right": "--:|", "end": "--:|", "center": ":-:|"}


def markdown_of(seen: Sequence[Seen], lowered_by: int = 0) -> str:
    """Return what was seen as Markdown; headings are raised by what the print had lowered them."""
    writer = _Wording(lowered_by)
    for one in seen:
        writer.add(one)
    writer.close_box()
    return writer.text()


class _Wording:
    def __init__(self, lowered_by: int) -> None:
        self.lowered_by = lowered_by
        self.blocks: list[tuple[str, str]] = []
        self.box = ""
        self.counts: dict[int, int] = {}
        self.list_id = ""

    def add(self, seen: Seen) -> None:
        if seen.rows is not None:
            self._table(seen)
            return
        shape = seen.shape
        self._follow_box(seen)
        if shape.is_box_title:
            return
        if shape.is_code:
            self.blocks.append(("code", "".join(run.text for run in seen.runs if isinstance(run, Run))))
            return
        if seen.is_rule:
            self.blocks.append(("", "---"))
            return
        runs = unspaced(seen.runs)
        if self.box and self._ours(seen, runs):
            return
        text = marked_up(without_key(runs) if shape.is_tick_box else runs, plain_look=shape.heading > 0)
        self._words(seen, text)

    def _words(self, seen: Seen, text: str) -> None:
        shape = seen.shape
        if shape.heading:
            level = max(1, shape.heading - (0 if self.box else self.lowered_by))
            self.blocks.append(("", f"{'#' * level} {text.replace(chr(10), ' ')}"))
        elif shape.is_tick_box:
            mark = _TICKS.get(text[:1], "")
            self._line(text[1:].strip() if mark else text, f"- {mark or '[ ]'}", shape.depth, "ticks")
        elif shape.level >= 0:
            self._item(text, seen)
        elif shape.is_continued and self.blocks and self.blocks[-1][0] == "list":
            pad = " " * LIST_INDENT * (shape.depth + 1)
            self.blocks.append(("list", "\n" + pad + text.replace("\n", "\n" + pad) + "\n"))
        elif shape.is_quote:
            self.blocks.append(("quote", "> " + escape_line_start(text).replace("\n", "\n> ")))
        elif shape.is_caption and self._caption(text):
            return
        else:
            self.blocks.append(("", escape_line_start(text)))

    def _ours(self, seen: Seen, runs: list[Inline]) -> bool:
        if seen.shape.is_particulars:
            options = options_of("".join(run.text for run in runs if isinstance(run, Run)), self.box)
            if options and self.blocks and self.blocks[-1][1].startswith("/// "):
                self.blocks[-1] = ("", "\n".join([self.blocks[-1][1], *options]))
                return True
        feedback = feedback_in(runs) if self.box == "question" else None
        if feedback:
            self.blocks.append(("quote", "> " + escape_line_start(marked_up(feedback)).replace("\n", "\n> ")))
        return bool(feedback)

    def _caption(self, text: str) -> bool:
        above = self.blocks[-1][1] if self.blocks else ""
        if not above.startswith("![") or not above.endswith(")") or "\n" in above or '"' in text:
            return False
        self.blocks[-1] = ("", f'{above[:-1]} "{text.replace(chr(10), " ")}")')
        return True

    def _item(self, text: str, seen: Seen) -> None:
        level, ordered = seen.shape.level, seen.shape.ordered and self.box != "objectives"
        name = str(ordered)  # not the list's number, which programs give anew
        if (level == 0 and name != self.list_id) or not self.blocks or self.blocks[-1][0] != "list":
            self.counts.clear()
        for deeper in [known for known in self.counts if known > level]:
            del self.counts[deeper]
        self.counts[level] = self.counts.get(level, 0) + 1
        self._line(text, f"{self.counts[level]}." if ordered else "-", level, name)

    def _line(self, text: str, marker: str, level: int, name: str) -> None:
        if level == 0 and name != self.list_id and self.blocks and self.blocks[-1][0] == "list":
            self.blocks.append(("list", ""))
        self.list_id = name if level == 0 else self.list_id
        inner = "\n" + " " * LIST_INDENT * (level + 1)
        pad = " " * LIST_INDENT * level
        self.blocks.append(("list", f"{pad}{marker} {escape_line_start(text).replace(chr(10), inner)}"))

    def _follow_box(self, seen: Seen) -> None:
        box, is_title = seen.shape.box, seen.shape.is_box_title
        if self.box and (is_title or box not in (self.box, "?")):
            self.close_box()
        if is_title:
            title = marked_up(_without_label(seen.runs), plain_look=True).strip().replace("\n", " ")
            self.blocks.append(("", f"/// {box}" + (f" | {title}" if title else "")))
            self.box = box

    def close_box(self) -> None:
        """End the typed block that is open."""
        if self.box:
            self.blocks.append(("close", "///"))
            self.box = ""

    def _table(self, seen: Seen) -> None:
        if self.box and seen.shape.box != "?":
            self.close_box()
        rows = seen.rows or ()
        lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
        aligns = (*seen.aligns, *[""] * len(rows[0]))[: len(rows[0])]
        lines.insert(1, "|" + "".join(_RULES.get(align, "---|") for align in aligns))
        self.blocks.append(("", "\n".join(lines)))

    def text(self) -> str:
        """All of it: items of a list line by line, code in one fence, all else apart."""
        chunks: list[str] = []
        for what, group in groupby(self.blocks, key=lambda block: block[0]):
            texts = [text for _, text in group]
            if what == "code":
                fence = "`" * max(3, 1 + max((len(found) for found in re.findall("`+", "\n".join(texts))), default=0))
                chunks.append("\n".join([fence, *texts, fence]))
            elif what in ("list", "quote"):
                chunks.append(("\n" if what == "list" else "\n>\n").join(texts).rstrip())
            elif what == "close" and chunks:
                chunks[-1] += "\n" + "\n\n".join(texts)
            else:
                chunks += texts
        return "\n\n".join(chunks)


def _without_label(runs: Inlines) -> list[Inline]:
    rest = list(runs)
    while rest and isinstance(rest[0], Run) and (rest[0].marks & LABEL or not rest[0].text.strip()):
        rest.pop(0)
    return rest


def _cell(runs: Inlines) -> str:
    return marked_up(unspaced(runs)).strip().replace("  \n", " ").replace("\n", " ").replace("|", "\\|")


def has_picture(seen: Seen) -> bool:
    """Whether a picture is shown in it."""
    cells = [seen.runs] if seen.rows is None else [cell for row in seen.rows for cell in row]
    return any(isinstance(run, Picture) for cell in cells for run in cell)
