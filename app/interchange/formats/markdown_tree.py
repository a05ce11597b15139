"""Markdown of a block, or of a whole file, to the typed tree of `nodes.py`.

A light reader for the Markdown that Vivero writes (docs/unit-files.md) and what is usual around it; it exists
because exporting 150 pages must take less time than starting a general converter. Front matter is not read here.
Raw HTML stays text. Nesting deeper than `DEEPEST` levels is read as plain paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.interchange.formats.characters import printable
from app.interchange.formats.inline import References, fold_label, parse_inline
from app.interchange.formats.nodes import (
    Code,
    Figure,
    Heading,
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

DEEPEST = 12
WIDEST_TABLE = 63  # Word's own limit of columns

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$")
_TYPED = re.compile(r"(/{3,})[ \t]+([A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(.*))?$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r" {0,3}> ?")
_MARKER = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]+)(?=\S)|[ \t]*$)")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]*\}[ \t]*$")
_HEADING_NAME = re.compile(r"[ \t]*\{[:#][^{}\n]*\}[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]+<?([^\s<>]+)>?(?:[ \t]+[\"'(](.*)[\"')])?[ \t]*$")
_CELL = re.compile(r"(?:[^|\\`]|\\.|(`+)(?:(?!\1).)+?\1(?!`)|`+)+", re.DOTALL)
_OPTION = re.compile(r"    ([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*)$")
_STARTS = frozenset(" #`~/*-_>+|[{=0123456789\t")  # first characters that may begin something else than a paragraph


def parse_markdown(text: str) -> Nodes:
    """Return the blocks of a Markdown text, in order."""
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(4)
    lines = text.split("\n")
    references: dict[str, tuple[str, str]] = {}
    if "]:" in text:
        lines = [line for line in lines if not _define(line, references)]
    return _Blocks(references).read(lines, 0)


def _define(line: str, references: dict[str, tuple[str, str]]) -> bool:
    match = _DEFINITION.match(line) if "]:" in line else None
    if match:
        references.setdefault(fold_label(match[1]), (match[2], match[3] or ""))
    return match is not None


class _Blocks:
    """Reads lists of lines; every reader returns the index of the line after what it took, or None."""

    def __init__(self, references: References) -> None:
        self.references = references
        self.readers: tuple[Callable[[Sequence[str], int, int, list[Node]], int | None], ...] = (
            self._attributes, self._heading, self._fence, self._typed, self._rule, self._quote, self._list,
            self._table, self._indented,
        )  # fmt: skip

    def read(self, lines: Sequence[str], depth: int) -> Nodes:
        nodes: list[Node] = []
        at, end = 0, len(lines)
        unclosed: set[str] = set()
        while at < end:
            line = lines[at]
            if not line or line.isspace():
                at += 1
                continue
            after: int | None = None
            slashes = line[: len(line) - len(line.lstrip("/"))]
            if depth < DEEPEST and (line[0] in _STARTS or "|" in line) and slashes not in unclosed:
                for reader in self.readers:
                    after = reader(lines, at, depth, nodes)
                    if after is not None:
                        break
                else:
                    if len(slashes) > 2:
                        unclosed.add(slashes)  # a thousand openings without an end are not searched a thousand times
            at = after if after is not None else self._paragraph(lines, at, depth, nodes)
        return tuple(nodes)

    def _attributes(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        return at + 1 if lines[at].lstrip().startswith("{:") and _ATTRIBUTES.match(lines[at]) else None

    def _heading(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        if "#" not in lines[at][:4] or not (match := _HEADING.match(lines[at])):
            return None
        words = _HEADING_NAME.sub("", match[2] or "")
        nodes.append(Heading(len(match[1]), parse_inline(words, self.references)))
        return at + 1

    def _fence(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        match = _FENCE.match(lines[at])
        if not match:
            return None
        end = _fence_end(lines, at, match[1])
        nodes.append(Code("\n".join(lines[at + 1 : end]), match[2].strip().split(" ")[0]))
        return end + 1

    def _typed(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        match = _TYPED.match(lines[at]) if lines[at].startswith("///") else None
        if not match:
            return None
        end = _typed_end(lines, at, match[1])
        if end is None:
            return None
        options: dict[str, str] = {}
        body = at + 1
        while body < end and (option := _OPTION.match(lines[body])):
            options[option[1].lower()] = option[2].strip()
            body += 1
        title = parse_inline((match[3] or "").strip(), self.references)
        nodes.append(Typed(match[2].lower(), title, self.read(lines[body:end], depth + 1), options))
        return end + 1

    def _rule(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        if not _RULE.match(lines[at]):
            return None
        nodes.append(Rule())
        return at + 1

    def _quote(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        if not _QUOTE.match(lines[at]):
            return None
        inner: list[str] = []
        while at < len(lines) and lines[at] and not lines[at].isspace():
            match = _QUOTE.match(lines[at])
            if not match and (not inner[-1].strip() or _begins_block(lines[at])):
                break
            inner.append(lines[at][match.end() :] if match else lines[at])
            at += 1
        nodes.append(Quote(self.read(inner, depth + 1)))
        return at

    def _list(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        first = _MARKER.match(lines[at])
        if not first:
            return None
        ordered = first[2][0].isdigit()
        items: list[Item] = []
        while at < len(lines) and (match := _MARKER.match(lines[at])) and match[2][0].isdigit() == ordered:
            if items and _RULE.match(lines[at]):
                break
            at, inner = _item_lines(lines, at, match)
            checked = None
            if task := _TASK.match(inner[0]):
                checked = task[1] != " "
                inner[0] = inner[0][task.end() :]
            items.append(Item(self._inside(inner, depth), checked))
            while at < len(lines) and not lines[at].strip():
                at += 1
        nodes.append(Listing(ordered, int(first[2][:-1]) if ordered else 1, tuple(items)))
        return at

    def _inside(self, lines: Sequence[str], depth: int) -> Nodes:
        if len(lines) == 1 and lines[0][:1] not in _STARTS and "|" not in lines[0]:
            return (Paragraph(parse_inline(lines[0].strip(), self.references)),)
        return self.read(lines, depth + 1)

    def _table(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        if "|" not in lines[at] or at + 1 >= len(lines) or not _DELIMITER_ROW.match(lines[at + 1]):
            return None
        if "|" not in lines[at + 1] and "|" in lines[at].strip().strip("|"):
            return None
        delimiters, head = _cells(lines[at + 1]), _cells(lines[at])
        if len(delimiters) != len(head) or len(head) > WIDEST_TABLE:
            return None
        aligns = tuple(
            "center" if cell[0] == cell[-1] == ":" else "right" if cell[-1] == ":" else "left" if cell[0] == ":" else ""
            for cell in delimiters
        )
        rows = [head]
        at += 2
        while at < len(lines) and "|" in lines[at] and not _begins_block(lines[at]):
            rows.append((_cells(lines[at]) + [""] * len(head))[: len(head)])
            at += 1
        nodes.append(Table(tuple(tuple(parse_inline(cell, self.references) for cell in row) for row in rows), aligns))
        return at

    def _indented(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int | None:
        if not lines[at].startswith("    "):
            return None
        inner: list[str] = []
        while at < len(lines) and (lines[at].startswith("    ") or not lines[at].strip()):
            inner.append(lines[at][4:])
            at += 1
        nodes.append(Code("\n".join(inner).rstrip()))
        return at

    def _paragraph(self, lines: Sequence[str], at: int, depth: int, nodes: list[Node]) -> int:
        start = at
        at += 1
        while at < len(lines) and (line := lines[at]) and not line.isspace():
            if line[0] in _STARTS and depth < DEEPEST:
                if _UNDERLINE.match(line):
                    words = parse_inline(_joined(lines[start:at]), self.references)
                    nodes.append(Heading(1 if "=" in line else 2, words))
                    return at + 1
                if _begins_block(line) or (depth and _MARKER.match(line)):
                    break
            at += 1
        taken = list(lines[start:at])
        while len(taken) > 1 and _ATTRIBUTES.fullmatch(taken[-1]):
            taken.pop()
        runs = parse_inline(_joined(taken), self.references)
        if len(runs) == 1 and isinstance(runs[0], Picture):
            nodes.append(Figure(runs[0]))
        elif any(isinstance(run, Picture) or run.text.strip() for run in runs):
            nodes.append(Paragraph(runs))
        return at


def _joined(lines: Sequence[str]) -> str:
    return "\n".join([*(line.lstrip() for line in lines[:-1]), lines[-1].strip()])


def _begins_block(line: str) -> bool:
    """Whether a line ends the paragraph before it; a list does not, as in Python-Markdown."""
    return bool(
        _QUOTE.match(line)
        or _FENCE.match(line)
        or (line.startswith("///") and _TYPED.match(line))
        or ("#" in line[:4] and _HEADING.match(line))
        or _RULE.match(line)
    )


def _fence_end(lines: Sequence[str], at: int, fence: str) -> int:
    for end in range(at + 1, len(lines)):
        line = lines[end].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return end
    return len(lines)


def _typed_end(lines: Sequence[str], at: int, slashes: str) -> int | None:
    place = at + 1
    while place < len(lines):
        if lines[place].rstrip() == slashes:
            return place
        if fence := _FENCE.match(lines[place]):
            place = _fence_end(lines, place, fence[1])
        place += 1
    return None


def _item_lines(lines: Sequence[str], at: int, marker: re.Match[str]) -> tuple[int, list[str]]:
    """The lines of one list item without their indentation, and the index of the line after them."""
    content = len(marker[1]) + len(marker[2]) + (len(marker[3]) if marker[3] and len(marker[3]) <= 4 else 1)
    needed = min(content, 4)
    inner = [lines[at][content:]]
    at += 1
    gap = False
    fence = ""
    while at < len(lines):
        line = lines[at]
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip():
            gap = True
        elif indent >= needed or fence:
            inner.append(line[min(indent, content) :])
            gap = False
            if found := _FENCE.match(inner[-1]):
                fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        elif gap or _MARKER.match(line) or _begins_block(line):
            break
        else:
            inner.append(line.strip())
        if gap:
            inner.append("")
        at += 1
    while len(inner) > 1 and not inner[-1]:
        inner.pop()
    return at, inner


def _cells(row: str) -> list[str]:
    """The cells of a table row; a bar that is escaped or in code does not separate."""
    row = row.strip()
    row = row[1:] if row.startswith("|") else row
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    if "\\" not in row and "`" not in row:
        return [cell.strip() for cell in row.split("|")]
    cells, place = [], 0
    while place <= len(row):
        match = _CELL.match(row, place)
        end = match.end() if match else place
        cells.append(row[place:end].replace("\\|", "|").strip())
        place = end + 1
    return cells


def first_heading(nodes: Nodes) -> str:
    """The words of the first level-1 heading, or an empty text."""
    for node in nodes:
        if isinstance(node, Heading) and node.level == 1:
            return "".join(run.text for run in node.runs if isinstance(run, Run)).strip()
    return ""
