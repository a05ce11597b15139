"""How long and how deep a text may be before the parser sees it. Asked when a text is saved, and again on rendering."""

from __future__ import annotations

import re
from typing import ClassVar

from app.core.errors import N_, Refused
from app.core.markup import TAB

LONGEST_TEXT = 100_000  # characters; the longest real lesson met so far has 37,000
LONGEST_PARAGRAPH = 1_000  # lines without a blank one between them
MOST_TYPED_BLOCKS = 500
DEEPEST_NESTING = 20  # quotations, lists and typed blocks inside each other
DEEPEST_INLINE = 30  # brackets open at the same time in one paragraph
MOST_MARKS_IN_ALL = 15_000  # in a whole text; real lessons have up to 2,500
MOST_MARKS = 2_000  # characters in one paragraph, or one row of a table, that mean something to the parser

_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[*+-](?=[ \t])|\d{1,9}\.(?=[ \t])))*")
_CONTAINER = re.compile(r">|[*+-](?=[ \t])|\d\.(?=[ \t])")
_MARKS = re.compile(r"[\[\]()<>*_`&!\\\"'|]")
_SLASHES = re.compile(r" {0,3}(/{3,})")


class TooLong(Refused):
    """A text that no reader could bear, and no parser in good time."""

    text: ClassVar[str] = N_("This text has %(length)s characters; %(most)s at most can be shown. Please split it.")
    status = 422


class TooDeep(Refused):
    """Nesting that nobody reads and that makes parsers fall over."""

    text: ClassVar[str] = N_("Lists, quotations or brackets are nested too deeply near line %(line)s.")
    status = 422


class TooDense(Refused):
    """Text made of punctuation or of single lines, which costs a parser far more than words do."""

    text: ClassVar[str] = N_("Too many special characters or lines without a blank one near line %(line)s.")
    status = 422


def _indent(line: str) -> int:
    expanded = line.expandtabs(TAB)
    return len(expanded) - len(expanded.lstrip(" "))


def check_text(text: str) -> None:
    """Raise `Refused` unless the text is short and flat enough to be rendered in good time."""
    if len(text) > LONGEST_TEXT:
        raise TooLong(length=len(text), most=LONGEST_TEXT)
    in_all = marks = brackets = lines = typed = 0
    lengths: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            marks = brackets = lines = 0
            continue
        prefix = _CONTAINERS.match(line)
        containers = _CONTAINER.findall(line, 0, prefix.end() + 1) if prefix else []
        if containers and len(containers) + _indent(line) // TAB > DEEPEST_NESTING:
            raise TooDeep(line=number)
        if slashes := _SLASHES.match(line):
            typed += 1
            lengths.add(slashes[1])
            if len(lengths) > DEEPEST_NESTING:
                raise TooDeep(line=number)
        found = _MARKS.findall(line)
        lines += 1
        marks = len(found) + (0 if "|" in line else marks)
        in_all += len(found)
        if lines > LONGEST_PARAGRAPH or typed > 2 * MOST_TYPED_BLOCKS:
            raise TooDense(line=number)
        if marks > MOST_MARKS or in_all > MOST_MARKS_IN_ALL:
            raise TooDense(line=number)
        for mark in found:
            brackets += 1 if mark == "[" else -1 if mark == "]" and brackets else 0
            if brackets > DEEPEST_INLINE:
                raise TooDeep(line=number)
