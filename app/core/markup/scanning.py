"""The walk over all lines that finds everything, and what of it joins what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.content import TYPED_KINDS, Kind

from .elements import INNER_DEFINITION, LISTS, Progress, Reader
from .fences import TAB, DeepFences, fence_parts, flat_fences, indent_of
from .heads import closing_slashes, read_head
from .things import Fence, Scan, Span, Typed

_TYPED_NAMES = {str(kind): kind for kind in TYPED_KINDS}


def scan(lines: Sequence[str]) -> Scan:
    """Return the top-level elements of some lines, in order; every line that is not blank is in exactly one of them."""
    return _Scanner([line.expandtabs(TAB) for line in lines]).run()


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
        self.flat = flat_fences(lines)
        self.deep = DeepFences(lines)
        self.reader = Reader(lines)
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
                    if line not in fenced and line not in found and INNER_DEFINITION.match(self.lines[line]):
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
        indent, _, info = fence_parts(self.lines[start])
        in_list = indent > 0 and self.tail in LISTS
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
        progress = Progress(start, self.tail)
        while line < len(self.lines) and self.lines[line]:
            if line > start and (line in self.flat or self._typed_at(line)):
                break
            if (end := self.deep.end(line)) and progress.tail_before(line, self.reader) in LISTS:
                self._elements(start, line)
                indent, _, info = fence_parts(self.lines[line])
                self.result.fences.append(Fence(line, end, indent, info, in_list=True))
                self._join(end)
                return end
            line += 1
        self._elements(start, line)
        return line

    def _elements(self, start: int, end: int) -> None:
        keep = self.open_list and indent_of(self.lines[start]) > 0
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


def _outside(spans: dict[int, int], count: int) -> Iterator[int]:
    """Yield the line numbers below `count` that are in none of the spans (first line: end)."""
    line = 0
    while line < count:
        if line in spans:
            line = spans[line]
        else:
            yield line
            line += 1
