"""XML from anybody, element by element and with its lines: no entities, nothing fetched, bounded in size and depth.

What stands before the first fault is handed over, so that a file that was cut off is not lost. Names are without
their namespaces. What the elements mean is said where they are asked for (xliff.py, tmx.py, tbx.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from . import faults
from .things import Problems

MOST_BYTES = 60_000_000
DEEPEST = 60
LONGEST_TAG = 1_000_000  # bytes; one without end is read again from its start with every piece that comes
_CHUNK = 1 << 18
_UTF8_NAMES = ("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


@dataclass(slots=True)
class Node:
    """An element: text and elements in order, the line it begins in, and the elements around it, outermost first."""

    name: str
    attributes: Mapping[str, str]
    line: int
    around: tuple[Node, ...] = ()
    parts: list[Node | str] = field(default_factory=list)

    def children(self, name: str) -> Iterator[Node]:
        """The elements of that name directly inside."""
        return (part for part in self.parts if isinstance(part, Node) and part.name == name)

    def first(self, name: str) -> Node | None:
        """The first element of that name directly inside, or None."""
        return next(self.children(name), None)

    def find(self, *names: str) -> Iterator[Node]:
        """The elements of those names inside, at any depth."""
        for part in self.parts:
            if isinstance(part, Node):
                if part.name in names:
                    yield part
                yield from part.find(*names)

    def words(self) -> str:
        """The text inside, without elements."""
        return "".join(part for part in self.parts if isinstance(part, str))


def read(
    data: bytes,
    root: str,
    record: str,
    problems: Problems,
    take: Callable[[Node], None],
    opened: Callable[[Node], None],
) -> None:
    """Hand over each complete element called `record`, and every element outside of records as it opens.

    The file's outermost element must be called `root`. What is wrong goes to `problems`.
    """
    if len(data) > MOST_BYTES:
        problems.add(0, faults.TooBig(size=len(data), most=MOST_BYTES))
        return
    declared = _DECLARED.match(data[:400].removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].decode().lower() not in _UTF8_NAMES:
        problems.add(1, faults.NotUtf8())
        return
    _Reading(root, record, problems, take, opened).run(data)


class _Stop(Exception):
    """What follows is not read."""


class _Reading:
    def __init__(
        self, root: str, record: str, problems: Problems, take: Callable[[Node], None], opened: Callable[[Node], None]
    ) -> None:
        self.root, self.record, self.problems, self.take, self.opened = root, record, problems, take, opened
        self.stack: list[Node] = []
        self.within = 0  # how many of the stack belong to a record
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._stop
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        self.parser = parser

    def run(self, data: bytes) -> None:
        try:
            for start in range(0, len(data), _CHUNK):
                self.parser.Parse(data[start : start + _CHUNK], False)
                if start + _CHUNK - self.parser.CurrentByteIndex > LONGEST_TAG:
                    self.problems.add(self.parser.CurrentLineNumber, faults.TooLongTag())
                    return
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            self.problems.add(error.lineno, self._fault(data, error))
        except _Stop:
            pass
        except (ValueError, LookupError, UnicodeError) as error:  # an encoding that Python does not know
            self.problems.add(1, faults.BadXml(detail=str(error)))

    def _fault(self, data: bytes, error: expat.ExpatError) -> faults.Fault:
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            try:
                data.decode("utf-8")
            except UnicodeDecodeError as wrong:
                if data.count(b"\n", 0, wrong.start) + 1 == error.lineno:
                    return faults.NotUtf8()
        if not data.strip():
            return faults.NothingInIt()
        return faults.BadXml(detail=expat.ErrorString(error.code))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        line = self.parser.CurrentLineNumber
        if not self.stack and name != self.root:
            self.problems.add(line, faults.OtherRoot(format=self.root, name=name[:40]))
            raise _Stop
        if len(self.stack) >= DEEPEST:
            self.problems.add(line, faults.TooDeep())
            raise _Stop
        node = Node(name, {key.rpartition(" ")[2]: value for key, value in attributes.items()}, line)
        if self.within or name == self.record:
            if self.within:
                self.stack[-1].parts.append(node)
            else:
                node.around = tuple(self.stack)
            self.within += 1
        else:
            node.around = tuple(self.stack)
            self.opened(node)
        self.stack.append(node)

    def _stop(self, name: str) -> None:
        node = self.stack.pop()
        if self.within:
            self.within -= 1
            if not self.within:
                self.take(node)

    def _text(self, data: str) -> None:
        if self.within:
            self.stack[-1].parts.append(data)

    def _doctype(self, name: str, system: str | None, public: str | None, has_internal: int) -> None:
        """A document type by its name alone is customary in TMX and TBX; it is never fetched."""
        if has_internal:
            self._entity()

    def _entity(self, *_: object) -> None:
        self.problems.add(self.parser.CurrentLineNumber, faults.HasEntities())
        raise _Stop
