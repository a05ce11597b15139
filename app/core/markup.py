"""Where things stand in Markdown, line by line: fences, typed blocks, and the top-level elements between them.

One reading for splitter, renderer and unit files, so that they cannot disagree. It follows what the renderer's
parser does at the top level (which element swallows which line, and which neighbour joins which); what stands inside
a line is no matter of this module. Lines are canonical (core/content.py), without their line ends.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .content import TYPED_KINDS, Kind

TAB = 4
_FENCE = re.compile(r"( *)(`{3,}|~{3,}) *([^\n]*)")
_TYPED = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
_TYPED_END = re.compile(r" {0,3}(/{3,}) *$")
_OPTION = re.compile(r" {4,}([\w-]+) *: *(.*)$")
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
_INNER_DEFINITION = re.compile("[ >]*" + DEFINITION)
_DEFINITION_LINES = 4  # at most, of one definition
_LISTS = frozenset({"bullets", "numbers"})
_TYPED_NAMES = {str(kind): kind for kind in TYPED_KINDS}


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code between fences: lines `start` up to but not including `end`, fences included."""

    start: int
    end: int
    indent: int
    info: str
    in_list: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The opening line of a typed block and the options under it; `body` is the line after them."""

    slashes: int
    name: str
    title: str
    options: dict[str, str]
    body: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed block, closed by as many slashes as open it; its content is lines `body` up to `end - 1`."""

    start: int
    end: int
    kind: Kind
    title: str
    options: dict[str, str]
    body: int


@dataclass(frozen=True, slots=True)
class Span:
    """A top-level element: lines `start` up to but not including `end`, without the blank lines that follow.

    A `definition` of a link counts as a paragraph, but shows nothing.
    """

    kind: Kind
    start: int
    end: int
    typed: Typed | None = None
    definition: bool = False


@dataclass(slots=True)
class Scan:
    """What was found.

    `definitions` are first line and end of all definitions of links outside typed blocks; `inner` are those in lists
    and quotations, which the parser does not see as parting what is around them.
    `unclosed` are lines that open a typed block which nothing closes; they are text.
    """

    spans: list[Span] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    definitions: list[tuple[int, int]] = field(default_factory=list)
    inner: set[int] = field(default_factory=set)
    unclosed: list[int] = field(default_factory=list)

    def definitions_in(self, span: Span) -> list[tuple[int, int]]:
        """First line and end of the definitions inside one element."""
        first, last = (bisect_left(self.definitions, (line, 0)) for line in (span.start, span.end))
        return self.definitions[first:last]

    def fences_in(self, span: Span) -> list[Fence]:
        """The fences inside one element."""
        first = bisect_left(self.fences, span.start, key=lambda fence: fence.start)
        last = bisect_left(self.fences, span.end, key=lambda fence: fence.start)
        return self.fences[first:last]


def scan(lines: Sequence[str]) -> Scan:
    """Return the top-level elements of some lines, in order; every line that is not blank is in exactly one of them."""
    return _Scanner([line.expandtabs(TAB) for line in lines]).run()


def read_head(lines: Sequence[str], start: int) -> Head | None:
    """Return how a typed block opens at line `start`, of whatever name; None when nothing opens there."""
    match = _TYPED.match(lines[start])
    if not match:
        return None
    options: dict[str, str] = {}
    line = start + 1
    while line < len(lines) and (option := _OPTION.match(lines[line])):
        options[option[1]] = option[2].strip()
        line += 1
    return Head(len(match[1]), match[2].lower(), match[3] or "", options, line)


def closing_slashes(line: str) -> int:
    """Return how many slashes a line has that could close a typed block, 0 when it is another line."""
    match = _TYPED_END.match(line)
    return len(match[1]) if match else 0


class _Scanner:
    """Walks the lines once.

    `tail` is what the parser would let the next element join: a list's type, "quote", "code" or nothing.
    `open_list` says that an indented line still belongs to a list, as its author means it.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.result = Scan()
        self.tail = ""
        self.open_list = False
        self.flat = _flat_fences(lines)
        self.deep = _DeepFences(lines)
        self.reader = _Reader(lines)
        self.closers: dict[int, list[int]] = {}
        for line in _outside(self.flat, len(lines)):
            if slashes := closing_slashes(lines[line]):
                self.closers.setdefault(slashes, []).append(line)

    def run(self) -> Scan:
        line = 0
        while line < len(self.lines):
            if not self.lines[line]:
                line += 1
            elif typed := self._typed_at(line):
                self._add(Span(typed.kind, line, typed.end, typed), "")
                line = typed.end
            elif line in self.flat:
                line = self._take_fence(line, self.flat[line])
            else:
                line = self._take_chunk(line)
        self._find_inner_definitions()
        return self.result

    def _find_inner_definitions(self) -> None:
        """Note the definitions inside lists and quotations, each on a line of its own."""
        found = dict(self.result.definitions)
        for span in self.result.spans:
            if span.kind in (Kind.LIST, Kind.QUOTE):
                fenced = {line for fence in self.result.fences_in(span) for line in range(fence.start, fence.end)}
                for line in range(span.start, span.end):
                    if line not in fenced and line not in found and _INNER_DEFINITION.match(self.lines[line]):
                        found[line] = line + 1
                        self.result.inner.add(line)
        self.result.definitions = sorted(found.items())

    def _typed_at(self, line: int) -> Typed | None:
        head = read_head(self.lines, line)
        if head is None or head.name not in _TYPED_NAMES:
            return None
        closers = self.closers.get(head.slashes, [])
        place = bisect_right(closers, line)
        if place == len(closers):
            if not self.result.unclosed or self.result.unclosed[-1] < line:
                self.result.unclosed.append(line)
            return None
        end = closers[place] + 1
        return Typed(line, end, _TYPED_NAMES[head.name], head.title, head.options, min(head.body, end - 1))

    def _take_fence(self, start: int, end: int) -> int:
        indent, _, info = _fence_parts(self.lines[start])
        in_list = indent > 0 and self.tail in _LISTS
        self.result.fences.append(Fence(start, end, indent, info, in_list))
        if indent > 0 and self.open_list:
            self._join(end)
            self.tail = self.tail if in_list else ""
        else:
            self._add(Span(Kind.CODE, start, end), "")
        return end

    def _take_chunk(self, start: int) -> int:
        """Take the lines up to the next blank one, typed block or fence."""
        line = start
        progress = _Progress(start, self.tail)
        while line < len(self.lines) and self.lines[line]:
            if line > start and (line in self.flat or self._typed_at(line)):
                break
            if (end := self.deep.end(line)) and progress.tail_before(line, self.reader) in _LISTS:
                self._elements(start, line)
                indent, _, info = _fence_parts(self.lines[line])
                self.result.fences.append(Fence(line, end, indent, info, in_list=True))
                self._join(end)
                return end
            line += 1
        self._elements(start, line)
        return line

    def _elements(self, start: int, end: int) -> None:
        keep = self.open_list and _indent(self.lines[start]) > 0
        for element in self.reader.read(start, end, self.tail):
            if element.definition:
                self.result.definitions.append((element.start, element.end))
            if keep or element.joins:
                self._join(element.end)
                self.tail = element.tail
            else:
                open_list = element.definition and self.open_list
                span = Span(element.kind, element.start, element.end, definition=element.definition)
                self._add(span, element.tail)
                self.open_list = self.open_list or open_list

    def _add(self, span: Span, tail: str) -> None:
        self.result.spans.append(span)
        self.tail, self.open_list = tail, span.kind is Kind.LIST

    def _join(self, end: int) -> None:
        """Let the last element go on up to `end`, over definitions that stand in between."""
        while self.result.spans[-1].definition and len(self.result.spans) > 1:
            self.result.spans.pop()
        self.result.spans[-1] = replace(self.result.spans[-1], end=end)


@dataclass(frozen=True, slots=True)
class _Element:
    kind: Kind
    start: int
    end: int
    tail: str
    joins: bool = False
    definition: bool = False


class _Reader:
    """Reads a chunk (lines with no blank one between) as the parser does: it tries one thing after the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.headings, self.rules, self.quotes = (
            [i for i, line in enumerate(lines) if pattern.match(line)] for pattern in (_HEADING, _RULE, _QUOTE)
        )
        self.definitions = [i for i, line in enumerate(lines) if line.lstrip(" ")[:1] == "[" and _indent(line) < TAB]

    def read(self, start: int, end: int, tail: str) -> Iterator[_Element]:
        """Yield the elements of lines `start` to `end`, which are not blank."""
        while start < end:
            for element in self._next(start, end, tail):
                yield element
                start, tail = element.end, element.tail

    def _next(self, start: int, end: int, tail: str) -> Iterator[_Element]:
        lines = self.lines
        if _indent(lines[start]) >= TAB:
            if tail in _LISTS:
                yield _Element(Kind.LIST, start, end, tail, joins=True)
            else:
                stop = next((i for i in range(start, end) if _indent(lines[i]) < TAB), end)
                yield _Element(Kind.CODE, start, stop, "code", joins=tail == "code")
        elif end - start > 1 and "|" in lines[start] and _TABLE_LINE.match(lines[start + 1]):
            yield _Element(Kind.TABLE, start, end, "")
        elif (heading := _first(self.headings, start, end)) is not None:
            yield from self.read(start, heading, tail)
            yield _Element(Kind.HEADING, heading, heading + 1, "")
        elif end - start > 1 and _SETEXT.match(lines[start + 1]):
            yield _Element(Kind.HEADING, start, start + 2, "")
        elif (rule := _first(self.rules, start, end)) is not None:
            yield from self.read(start, rule, tail)
            yield _Element(Kind.RULE, rule, rule + 1, "")
        elif item := _ITEM.match(lines[start]):
            kind = "bullets" if item["bullet"] else "numbers"
            yield _Element(Kind.LIST, start, end, kind, joins=tail == kind)
        elif _QUOTE.match(lines[start]):
            yield _Element(Kind.QUOTE, start, end, "quote", joins=tail == "quote")
        elif (quote := _first(self.quotes, start, end)) is not None:
            yield from self.read(start, quote, tail)
        elif (found := self._definition(start, end)) is not None:
            first, last = found
            if first > start:
                yield self._paragraph(start, first)
                tail = ""
            yield _Element(Kind.PARAGRAPH, first, last, tail, definition=True)
        else:
            yield self._paragraph(start, end)

    def _paragraph(self, start: int, end: int) -> _Element:
        alone = end - start == 1 and _FIGURE.match(self.lines[start])
        return _Element(Kind.FIGURE if alone else Kind.PARAGRAPH, start, end, "")

    def _definition(self, start: int, end: int) -> tuple[int, int] | None:
        """Return first line and end of the first definition of a link in some lines of a paragraph."""
        place = bisect_left(self.definitions, start)
        while place < len(self.definitions) and (first := self.definitions[place]) < end:
            some = "\n".join(self.lines[first : min(end, first + _DEFINITION_LINES)])
            if match := _DEFINITION.match(some):
                return first, first + 1 + match[0].count("\n")
            place += 1
        return None


class _Progress:
    """How far a chunk is read; all but its last element stay as they are, whatever lines follow."""

    def __init__(self, start: int, tail: str) -> None:
        self.start, self.tail = start, tail  # of the last element
        self.end, self.end_tail = start, tail

    def tail_before(self, line: int, reader: _Reader) -> str:
        """The tail once everything before a line is read; lines indented like code do not change it."""
        if self.end == self.start or any(_indent(reader.lines[i]) < TAB for i in range(self.end, line)):
            self.end_tail = self.tail
            for element in reader.read(self.start, line, self.tail):
                self.start, self.tail, self.end_tail = element.start, self.end_tail, element.tail
        self.end = line
        return self.end_tail


def _first(places: list[int], start: int, end: int) -> int | None:
    """The first of some sorted line numbers from `start` on and before `end`, or None."""
    place = bisect_left(places, start)
    return places[place] if place < len(places) and places[place] < end else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _outside(spans: dict[int, int], count: int) -> Iterator[int]:
    """Yield the line numbers below `count` that are in none of the spans (first line: end)."""
    line = 0
    while line < count:
        if line in spans:
            line = spans[line]
        else:
            yield line
            line += 1


def _fence_parts(line: str) -> tuple[int, str, str]:
    """Return indent, fence and info of a line that opens a fence or, without info, could close one; else no fence."""
    match = _FENCE.match(line)
    if not match or (match[2][0] == "`" and "`" in match[3]):
        return 0, "", ""
    return len(match[1]), match[2], match[3]


def _flat_fences(lines: Sequence[str]) -> dict[int, int]:
    """Return first line and end of the fences indented by less than a code block. An unclosed one is text."""
    closers: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
    openers: list[tuple[int, str]] = []
    for i, line in enumerate(lines):
        indent, fence, info = _fence_parts(line) if "```" in line or "~~~" in line else (0, "", "")
        if fence and indent < TAB:
            openers.append((i, fence))
            if not info:
                closers[fence[0]].append((i, len(fence)))
    longest = {char: _longest_from(found) for char, found in closers.items()}
    fences: dict[int, int] = {}
    done = 0
    for start, fence in openers:
        found = closers[fence[0]]
        place = bisect_right(found, (start, sys.maxsize))
        if start < done or place == len(found) or longest[fence[0]][place] < len(fence):
            continue
        while found[place][1] < len(fence):
            place += 1
        done = found[place][0] + 1
        fences[start] = done
    return fences


def _longest_from(closers: list[tuple[int, int]]) -> list[int]:
    """For each closing line, the longest fence from there to the end."""
    longest: list[int] = []
    for _, length in reversed(closers):
        longest.append(max(length, longest[-1] if longest else 0))
    return longest[::-1]


class _DeepFences:
    """Fences indented like code; they are fences only inside a list, and every line in them is indented as far."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.failed: tuple[str, int, int, int] = ("", 0, 0, 0)  # character, length, indent, up to which line

    def end(self, start: int) -> int:
        """Return the line after the fence that opens here, or 0 when none does."""
        indent, fence, _ = _fence_parts(self.lines[start])
        if not fence or indent < TAB:
            return 0
        char, length, failed_indent, until = self.failed
        if start < until and fence[0] == char and len(fence) >= length and indent >= failed_indent:
            return 0
        line = start + 1
        while line < len(self.lines) and (not self.lines[line] or _indent(self.lines[line]) >= indent):
            _, closing, info = _fence_parts(self.lines[line])
            if closing[:1] == fence[0] and len(closing) >= len(fence) and not info:
                return line + 1
            line += 1
        self.failed = (fence[0], len(fence), indent, line)
        return 0
