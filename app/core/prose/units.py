"""Cut Markdown into the units a person decides about: sentences, list items, table rows, headings, lines of code.

Lines of code and of front matter may hold prose, so their sentences are units too. A unit keeps the white space after
it; the units joined are the text. Nothing is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.core.prose.regions import split_lines
from app.core.prose.tokens import tokens

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_QUOTE_MARK = re.compile(r"[ \t]*>[ \t]?")
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


class Frame(NamedTuple):
    """The block around a piece: how deep it is quoted, and whether it is in a list; None where that cannot be seen."""

    quotes: int | None = None
    in_list: bool | None = None

    def differs(self, other: Frame) -> bool:
        """Whether both are known and are not the same."""
        return any(None not in pair and pair[0] != pair[1] for pair in zip(self, other, strict=True))


_CODE = Frame()


@dataclass
class Unit:
    """A piece of text with the white space after it; `key` is what counts when two are compared."""

    text: str
    frame: Frame = _CODE

    @cached_property
    def key(self) -> tuple[str, ...]:
        return tokens(self.text)

    @property
    def blank(self) -> bool:
        return not self.key

    @cached_property
    def tail(self) -> str:
        """The white space after the last word, with the lines that hold no more than quotation marks."""
        body = self.text.rstrip()
        while True:
            cut = body.rfind("\n") + 1
            if not cut or body[cut:].strip(" \t>"):
                return self.text[len(body) :]
            body = body[:cut].rstrip()

    @property
    def body(self) -> str:
        return self.text[: len(self.text) - len(self.tail)]


class CodeMap:
    """Tells for a text where fenced code and front matter are."""

    def __init__(self, text: str) -> None:
        self._fences = [found.start() for found in _FENCE.finditer(text)]
        front = _FRONT.match(text) if text.startswith("---") else None
        self._front_end = front.end() if front else 0

    def in_code(self, at: int) -> bool:
        """Whether a fenced block is open at this offset, or the front matter is."""
        return at < self._front_end or bisect_left(self._fences, at) % 2 == 1


def units(text: str, in_code: bool = False) -> list[Unit]:
    """Return the units of a text in order; joined they are the text."""
    result: list[Unit] = []
    for piece, frame in _pieces(text, in_code):
        for part in _sentences(piece):
            unit = Unit(part, frame)
            if result and unit.blank:
                result[-1] = Unit(result[-1].text + part, result[-1].frame)
            else:
                result.append(unit)
    return result


def _pieces(text: str, in_code: bool) -> Iterator[tuple[str, Frame]]:
    """Lines that belong together: a paragraph or list item with its blank lines, or one line that stands alone."""
    held: list[str] = []
    frame = Frame()
    blank = True
    lines_apart = False  # after a heading, a row, an indented line of code
    in_list: bool | None = None
    for line in split_lines(text):
        prefix = _PREFIX.match(line)
        margin = prefix.group() if prefix else ""
        body = line[len(margin) :]
        fence = _FENCE.match(line)
        if fence or in_code:
            if held:
                yield "".join(held), frame
            held, blank = [], True
            in_code ^= bool(fence)
            yield line, _CODE
        elif not body.strip():
            held.append(line)
            blank = True
        else:
            item = bool(_ITEM.match(body))
            alone = not item and bool(_ALONE.match(body))
            in_list = _still_in_list(in_list, item, blank and bool(held), margin)
            indented = not in_list and "    " in margin
            if held and (blank or item or alone or lines_apart or indented):
                yield "".join(held), frame
                held = []
            if not held:
                frame = Frame(margin.count(">"), in_list)
            held.append(line)
            blank = False
            lines_apart = alone or indented
    if held:
        yield "".join(held), frame


def _still_in_list(in_list: bool | None, item: bool, after_blank: bool, margin: str) -> bool | None:
    """Whether a line stands in a list; None while no line has shown it."""
    if item:
        return True
    return False if after_blank and not _QUOTE_MARK.sub("", margin) else in_list


def _sentences(piece: str) -> list[str]:
    """Cut after each sentence and the white space that follows it."""
    cuts = []
    start = 0
    for found in _END.finditer(piece):
        gap, first = found.group(1), found.group(2)
        dot = found.start()
        if piece[dot] == "." and (first.islower() or _NOT_AN_END.search(piece, max(start, dot - 8), dot + 1)):
            continue
        line = gap.rfind("\n") + 1
        end = found.end() + (line or len(gap))
        cuts.append(piece[start:end])
        start = end
    cuts.append(piece[start:])
    return [cut for cut in cuts if cut]
