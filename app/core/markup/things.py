"""What is found in Markdown, by line numbers: fences, typed blocks, elements, definitions of links."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from app.core.content import Kind


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
