"""What a piece of Markdown is made of once read: the small typed tree that every exporter draws.

Only the things; reading them is `markdown_tree.py` (blocks) and `inline.py` (runs of text).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

BOLD, ITALIC, CODE, STRIKE = 1, 2, 4, 8  # bits of Run.marks; plain integers because there are tens of thousands


class Run(NamedTuple):
    """Text of one appearance. A `\\n` in it is a line break that the author asked for."""

    text: str
    marks: int = 0
    href: str = ""


class Picture(NamedTuple):
    """An image inside text."""

    alt: str
    source: str
    caption: str = ""


Inline: TypeAlias = Run | Picture
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    runs: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; `checked` is None unless it is a task (`[ ]`, `[x]`)."""

    nodes: tuple[Node, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    ordered: bool
    start: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first being the head; `aligns` has one of `left`, `right`, `center`, `` per column."""

    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands alone."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Typed:
    """A pedagogical block: `/// kind | Title`, its options, and what is inside."""

    kind: str
    title: Inlines
    nodes: tuple[Node, ...]
    options: dict[str, str] = field(default_factory=dict)


Node: TypeAlias = Paragraph | Heading | Listing | Table | Quote | Code | Rule | Figure | Typed
Nodes: TypeAlias = tuple[Node, ...]


def is_blank(runs: Inlines) -> bool:
    """Return whether there is nothing to read or see."""
    return not any(isinstance(run, Picture) or run.text.strip() for run in runs)


def is_to_write_in(row: Sequence[Inlines], *, is_head: bool) -> bool:
    """Return whether a row of a table leaves a cell to its readers; the corner of a head is left to nobody."""
    cells = row[1:] if is_head and not all(map(is_blank, row)) else () if is_head else row
    return any(map(is_blank, cells))


def plain(runs: Inlines) -> str:
    """Return the words alone, pictures by their alternative text."""
    return "".join(run.text if isinstance(run, Run) else run.alt for run in runs).replace("\n", " ").strip()
