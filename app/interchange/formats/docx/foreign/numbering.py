"""Word's numbering: which lists a file defines, and which number an item has that counts on, restarts or begins at 7.

Numbers that people typed by hand are `lists.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from app.interchange.formats.docx.foreign.looks import W, number, value

_UNCOUNTED = frozenset({"bullet", "none", ""})


class Level(NamedTuple):
    """One level of a list: its format (`decimal`, `bullet`, …), first number, the text around the number."""

    format: str = ""
    start: int = 1
    text: str = ""

    @property
    def ordered(self) -> bool:
        return self.format not in _UNCOUNTED


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)
    is_used: bool = False


class Numbering:
    """The lists of one file, counting as its paragraphs are read; the part may be missing."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        linked: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, _List] = {}
        self.counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        for row in root.findall(W + "abstractNum"):
            abstract[str(row.get(W + "abstractNumId"))] = _levels(row)
            linked[value(row, "styleLink")] = _levels(row)
        for row in root.findall(W + "abstractNum"):  # a list may be that of a style
            if not abstract[str(row.get(W + "abstractNumId"))] and (name := value(row, "numStyleLink")):
                abstract[str(row.get(W + "abstractNumId"))] = linked.get(name, {})
        for row in root.findall(W + "num"):
            name = value(row, "abstractNumId")
            made = _List(name, dict(abstract.get(name, {})))
            for override in row.findall(W + "lvlOverride"):
                made.levels |= _levels(override)
                if start := value(override, "startOverride"):
                    made.restarts[number(override.get(W + "ilvl"), 0)] = number(start, 1)
            self.lists[str(row.get(W + "numId"))] = made

    def level(self, number_id: str, depth: int) -> Level | None:
        """Return a list's level, or None when the paragraph is in no list after all."""
        found = self.lists.get(number_id)
        return found.levels.get(depth, Level("bullet")) if found else None

    def count(self, number_id: str, depth: int) -> int:
        """Count one item and return its number."""
        made = self.lists[number_id]
        if not made.is_used:
            made.is_used = True
            for level, start in made.restarts.items():
                self.counts[made.abstract, level] = start - 1
        for deeper in range(depth + 1, 10):
            self.counts.pop((made.abstract, deeper), None)
        start = made.restarts.get(depth, made.levels.get(depth, Level()).start)
        counted = self.counts[made.abstract, depth] = self.counts.get((made.abstract, depth), start - 1) + 1
        return counted

    def label(self, number_id: str, depth: int, counted: int) -> str:
        """Return the words that a level puts before its paragraphs (`Módulo 2:`), or an empty text for mere numbers."""
        level = self.level(number_id, depth)
        text = level.text if level else ""
        if not level or not level.ordered or not re.search(r"[^\W\d_]{3}", re.sub(r"%\d", "", text)):
            return ""
        made = self.lists[number_id]
        numbers = {depth: counted}
        return re.sub(
            r"%(\d)",
            lambda match: str(numbers.get(int(match[1]) - 1) or self.counts.get((made.abstract, int(match[1]) - 1), 1)),
            text,
        ).strip()


def _levels(row: etree._Element) -> dict[int, Level]:
    return {
        number(level.get(W + "ilvl"), 0): Level(
            value(level, "numFmt"), number(value(level, "start"), 1), value(level, "lvlText")
        )
        for level in row.findall(W + "lvl")
    }
