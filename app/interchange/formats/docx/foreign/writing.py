"""Pieces as Markdown in which what somebody typed in Word is text: never markup, HTML or a variable by chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.interchange.formats.docx.foreign.lists import Item
from app.interchange.formats.docx.foreign.pieces import Cell, Grid, Para, Piece
from app.interchange.formats.docx.marking import escape_line_start, marked_up
from app.interchange.formats.nodes import CODE, Inline, Picture, Run

INDENT = 4
_BRACES, _ANGLE = "\x02", "\x03"  # stand for what is escaped; no text that was read has them
_DANGER = re.compile(r"\{(?=[{%])|<(?=[A-Za-z/!?])")
_RULE = re.compile(r"[_\-* \t]{3,}$|[ :|-]*\|[ :|-]*$")
_ALIGNS = {"right": "--:|", "end": "--:|", "center": ":-:|", "left": ":--|", "start": ":--|"}
_END = re.compile(r"[.:;,!?…)\]]$")


def inline(runs: Iterable[Inline], *, plain_look: bool = False) -> str:
    """Return runs as the Markdown of one paragraph's inside; with `plain_look` without bold."""
    text = marked_up([_guarded(run) for run in runs], plain_look=plain_look)
    return text.replace(_BRACES, "\\").replace(_ANGLE, "&lt;")


def paragraph(runs: Iterable[Inline]) -> str:
    """Return runs as a paragraph, none of whose lines begins anything else."""
    return as_text(inline(runs))


def as_text(marked: str) -> str:
    """Return marked text with its lines escaped so that each is text."""
    return "\n".join("\\" + line if _RULE.match(line) else line for line in escape_line_start(marked).split("\n"))


def heading(runs: Iterable[Inline], level: int, label: str = "") -> str:
    words = inline(runs, plain_look=True).replace("  \n", " ").replace("\n", " ").strip()
    return f"{'#' * level} {label + ' ' if label else ''}{words}"


def items(found: Sequence[Item]) -> str:
    """Return a list; no item is more than one deeper than the one before it."""
    lines = []
    depth = -1
    for item in found:
        depth = min(item.depth, depth + 1)
        pad = " " * INDENT * depth
        inner = "\n" + " " * INDENT * (depth + 1)
        text = paragraph(item.runs).replace("\n", inner)
        lines.append(f"{pad}{item.mark} {text}" if item.mark else f"{inner}{text}\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def code(paragraphs: Sequence[Para]) -> str:
    text = "\n".join("".join(run.text for run in piece.runs if isinstance(run, Run)) for piece in paragraphs)
    fence = "`" * max(3, 1 + max((len(found) for found in re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def quote(paragraphs: Sequence[Para]) -> str:
    return "\n>\n".join("> " + paragraph(piece.runs).replace("\n", "\n> ") for piece in paragraphs)


def table(grid: Grid) -> str:
    """Return a table whose first row is the head; merged cells leave empty ones."""
    rows = [_row(row) for row in grid.rows]
    rows = [row for row in rows if row]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    aligns = (grid.aligns + [""] * width)[:width]
    lines.insert(1, "|" + "".join(_ALIGNS.get(align, "---|") for align in aligns))
    return "\n".join(lines)


def _row(row: Sequence[Cell]) -> list[str]:
    cells = []
    for cell in row:
        cells.append("" if cell.goes_on else cell_text(cell.pieces).replace("\n", " ").replace("|", "\\|"))
        cells += [""] * (cell.span - 1)
    return cells


def cell_text(pieces: Sequence[Piece]) -> str:
    """Return all that is in a cell as one line: items with their marks, tables inside row by row."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Para):
            words = inline(piece.runs).replace("  \n", " ").replace("\t", " ").strip()
            if piece.in_list:
                words = f"{piece.counted}\\. {words}" if piece.ordered else f"• {words}"
            words = f"{piece.label} {words}" if piece.label else words
        else:
            words = "; ".join(" / ".join(cell for cell in _nested(row) if cell) for row in piece.rows)
        if words.strip():
            text += (" " if text else "") + words
    return text


def _nested(row: Sequence[Cell]) -> list[str]:
    return ["" if cell.goes_on else cell_text(cell.pieces) for cell in row]


def _guarded(run: Inline) -> Inline:
    if isinstance(run, Picture):
        return run._replace(alt=_DANGER.sub(_guard, run.alt))
    text = run.text.replace("\t", " ")
    return run._replace(text=text if run.marks & CODE else _DANGER.sub(_guard, text))


def _guard(match: re.Match[str]) -> str:
    return "{" + _BRACES if match[0] == "{" else _ANGLE
