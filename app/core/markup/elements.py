"""The elements of a chunk of lines, asked for in the order in which the renderer's parser asks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.content import Kind

from .fences import TAB, indent_of

_HEADING = re.compile(r"#{1,6}(?: |$)")
_SETEXT = re.compile(r"(?:=+|-+) *$")
_RULE = re.compile(r" {0,3}(?:-(?: {0,2}-){2,}|_(?: {0,2}_){2,}|\*(?: {0,2}\*){2,}) *$")
_ITEM = re.compile(r" {0,3}(?:(?P<bullet>[*+-])|\d+\.) +")
_QUOTE = re.compile(r" {0,3}>")
_TABLE_LINE = re.compile(r"[|: -]*\|[|: -]*$")
_FIGURE = re.compile(r" {0,3}!\[[^\]\n]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])$")
DEFINITION = (
    r"\[(?P<id>[^\[\]]*)\]: *(?:\n *)?(?P<url>[^\s]+) *(?:\n *)?"
    r"(?:(?P<quote>[\"'])(?P<title>.*)(?P=quote) *|\((?P<round>.*)\) *)?$"
)
_DEFINITION = re.compile(" {0,3}" + DEFINITION, re.MULTILINE)
INNER_DEFINITION = re.compile("[ >]*" + DEFINITION)
_DEFINITION_LINES = 4  # at most, of one definition
LISTS = frozenset({"bullets", "numbers"})


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of lines that reads as one thing: its kind, first line, line after the last, and what it ends as."""

    kind: Kind
    start: int
    end: int
    tail: str
    joins: bool = False
    definition: bool = False


class Reader:
    """Reads a chunk (lines with no blank one between) as the parser does: it tries one thing after the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.headings, self.rules, self.quotes = (
            [i for i, line in enumerate(lines) if pattern.match(line)] for pattern in (_HEADING, _RULE, _QUOTE)
        )
        self.definitions = [i for i, line in enumerate(lines) if line.lstrip(" ")[:1] == "[" and indent_of(line) < TAB]

    def read(self, start: int, end: int, tail: str) -> Iterator[Element]:
        """Yield the elements of lines `start` to `end`, which are not blank."""
        while start < end:
            for element in self._next(start, end, tail):
                yield element
                start, tail = element.end, element.tail

    def _next(self, start: int, end: int, tail: str) -> Iterator[Element]:
        lines = self.lines
        if indent_of(lines[start]) >= TAB:
            if tail in LISTS:
                yield Element(Kind.LIST, start, end, tail, joins=True)
            else:
                stop = next((i for i in range(start, end) if indent_of(lines[i]) < TAB), end)
                yield Element(Kind.CODE, start, stop, "code", joins=tail == "code")
        elif end - start > 1 and "|" in lines[start] and _TABLE_LINE.match(lines[start + 1]):
            yield Element(Kind.TABLE, start, end, "")
        elif (heading := _first(self.headings, start, end)) is not None:
            yield from self.read(start, heading, tail)
            yield Element(Kind.HEADING, heading, heading + 1, "")
        elif end - start > 1 and _SETEXT.match(lines[start + 1]):
            yield Element(Kind.HEADING, start, start + 2, "")
        elif (rule := _first(self.rules, start, end)) is not None:
            yield from self.read(start, rule, tail)
            yield Element(Kind.RULE, rule, rule + 1, "")
        elif item := _ITEM.match(lines[start]):
            kind = "bullets" if item["bullet"] else "numbers"
            yield Element(Kind.LIST, start, end, kind, joins=tail == kind)
        elif _QUOTE.match(lines[start]):
            yield Element(Kind.QUOTE, start, end, "quote", joins=tail == "quote")
        elif (quote := _first(self.quotes, start, end)) is not None:
            yield from self.read(start, quote, tail)
        elif (found := self._definition(start, end)) is not None:
            first, last = found
            if first > start:
                yield self._paragraph(start, first)
                tail = ""
            yield Element(Kind.PARAGRAPH, first, last, tail, definition=True)
        else:
            yield self._paragraph(start, end)

    def _paragraph(self, start: int, end: int) -> Element:
        alone = end - start == 1 and _FIGURE.match(self.lines[start])
        return Element(Kind.FIGURE if alone else Kind.PARAGRAPH, start, end, "")

    def _definition(self, start: int, end: int) -> tuple[int, int] | None:
        """Return first line and end of the first definition of a link in some lines of a paragraph."""
        place = bisect_left(self.definitions, start)
        while place < len(self.definitions) and (first := self.definitions[place]) < end:
            some = "\n".join(self.lines[first : min(end, first + _DEFINITION_LINES)])
            if match := _DEFINITION.match(some):
                return first, first + 1 + match[0].count("\n")
            place += 1
        return None


class Progress:
    """How far a chunk is read; all but its last element stay as they are, whatever lines follow."""

    def __init__(self, start: int, tail: str) -> None:
        self.start, self.tail = start, tail  # of the last element
        self.end, self.end_tail = start, tail

    def tail_before(self, line: int, reader: Reader) -> str:
        """The tail once everything before a line is read; lines indented like code do not change it."""
        if self.end == self.start or any(indent_of(reader.lines[i]) < TAB for i in range(self.end, line)):
            self.end_tail = self.tail
            for element in reader.read(self.start, line, self.tail):
                self.start, self.tail, self.end_tail = element.start, self.end_tail, element.tail
        self.end = line
        return self.end_tail


def _first(places: list[int], start: int, end: int) -> int | None:
    """The first of some sorted line numbers from `start` on and before `end`, or None."""
    place = bisect_left(places, start)
    return places[place] if place < len(places) and places[place] < end else None
