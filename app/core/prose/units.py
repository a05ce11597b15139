"""Cut Markdown into the units a person decides about: sentences, list items, table rows, headings, lines of code.

A unit keeps the white space after it; the units joined are the text. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.core.prose.regions import split_lines
from app.core.prose.tokens import tokens

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_ALONE = re.compile(  # lines that are a unit of their own, whatever stands around them
    r"#{1,6}(?:\s|$)|\||/{3,}|\{[:%]|<|\[[^\]]+\]:\s|(?:[-*_][ \t]*){3,}$|[=-]+\s*$|!\[[^\]]*\]\([^)]*\)\s*$"
)
_FRONT = re.compile(r"---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_END = re.compile(r"[.!?…。？！][\"'”’»)\]*_`]*(?=([\s>]+)[\"'“‘«(\[*_`¿¡]*(\w))")
_NOT_AN_END = re.compile(  # common abbreviations, initials, and the number of a list item
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|Mr|Mrs|Ms|Dr|Dra|Sr|Sra|Srta|Ud|Uds|Vd|Lic|Ing"
    r"|Prof|art|núm|pág|p\. ?ej|EE|UU|St|No|Fig|[A-Z])|(?:^|\s)\d{1,2})\.$"
)


@dataclass
class Unit:
    """A piece of text with the white space after it; `key` is what counts when two are compared."""

    text: str
    code: bool = False

    @cached_property
    def key(self) -> tuple[str, ...]:
        return tokens(self.text)

    @cached_property
    def blank(self) -> bool:
        return not self.key


def starts_in_code(text: str, at: int) -> bool:
    """Whether a fenced block is open at this offset, or the front matter is."""
    if text.startswith("---"):
        front = _FRONT.match(text)
        if front and at < front.end():
            return True
    return len(_FENCE.findall(text, 0, at)) % 2 == 1


def units(text: str, in_code: bool = False) -> list[Unit]:
    """Return the units of a text in order; joined they are the text."""
    result: list[Unit] = []
    for piece, code in _pieces(text, in_code):
        parts = [piece] if code else _sentences(piece)
        for part in parts:
            unit = Unit(part, code)
            if result and unit.blank:
                result[-1] = Unit(result[-1].text + part, result[-1].code)
            else:
                result.append(unit)
    return result


def _pieces(text: str, in_code: bool) -> Iterator[tuple[str, bool]]:
    """Lines that belong together: a paragraph or list item with its blank lines, or one line that stands alone."""
    held: list[str] = []
    blank = True
    indented = False
    in_list = False
    for line in split_lines(text):
        prefix = _PREFIX.match(line)
        body = line[prefix.end() :] if prefix else line
        if _FENCE.match(line):
            if held:
                yield "".join(held), False
            held, blank, in_code = [], True, not in_code
            yield line, True
        elif in_code:
            yield line, True
        elif not body.strip():
            held.append(line)
            blank = True
        else:
            item = _ITEM.match(body)
            deep = not in_list and not item and prefix is not None and "    " in prefix.group()
            alone = _ALONE.match(body) and not item
            if held and (blank or item or alone or indented or deep):
                yield "".join(held), False
                held = []
            held.append(line)
            blank = False
            indented = bool(alone) or (deep and indented) or deep
            in_list = bool(item) or (in_list and prefix is not None and prefix.group() != "")
    if held:
        yield "".join(held), False


def _sentences(piece: str) -> list[str]:
    """Cut after each sentence and the white space that follows it."""
    cuts = []
    start = 0
    for found in _END.finditer(piece):
        gap, first = found.group(1), found.group(2)
        dot = found.start()
        if piece[dot] == "." and (first.islower() or _NOT_AN_END.search(piece, max(start, dot - 8), dot + 1)):
            continue
        end = found.end() + len(gap)
        cuts.append(piece[start:end])
        start = end
    cuts.append(piece[start:])
    return [cut for cut in cuts if cut]
