"""The content tree: curriculum modules hold units, units hold blocks, blocks hold a text per language.

Texts are named by their digest, so a tree is small and two trees compare without reading a word. Here are the
things themselves and their canonical form; splitting, comparing, merging and rendering have files of their own.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Digest: TypeAlias = str
Language: TypeAlias = str  # BCP 47: "es", "es-PE", "en", "quy"
Uid: TypeAlias = str


class Kind(StrEnum):
    """What a block is; the typed pedagogical kinds are written `/// kind | Title` … `///` (docs/unit-files.md)."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    FIGURE = "figure"
    CODE = "code"
    QUOTE = "quote"
    RULE = "rule"
    OBJECTIVES = "objectives"
    PLAN = "plan"
    MATERIALS = "materials"
    ACTIVITY = "activity"
    CASE = "case"
    NOTE = "note"
    HANDOUT = "handout"
    QUESTION = "question"
    ACCESS = "access"
    SOURCES = "sources"


TYPED_KINDS = frozenset(list(Kind)[list(Kind).index(Kind.OBJECTIVES) :])


class Lock(StrEnum):
    """What the parent edition lets a child do with a block."""

    FIXED = "fixed"
    ADAPTABLE = "adaptable"
    MUST_ADAPT = "must_adapt"


class LinkState(StrEnum):
    """A block's standing to the same block in the parent edition."""

    FOLLOW = "follow"
    ADAPTED = "adapted"
    FROZEN = "frozen"
    LOCAL = "local"
    DROPPED = "dropped"


class ModuleKind(StrEnum):
    """Whether a module is taught, or is the trainers' manual."""

    MODULE = "module"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Block:
    """The smallest thing that is versioned, merged, translated and discussed."""

    uid: Uid
    kind: Kind
    texts: Mapping[Language, Digest]
    lock: Lock = Lock.ADAPTABLE


@dataclass(frozen=True, slots=True)
class Unit:
    """One teachable sitting. Its title is the text of its first level-1 heading."""

    uid: Uid
    minutes: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """Units in the order they are taught, under a title per language."""

    uid: Uid
    kind: ModuleKind
    titles: Mapping[Language, str]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """An edition's whole content at one moment."""

    modules: tuple[Module, ...] = ()
    _places: dict[Uid, tuple[Module, Unit, int]] = field(default_factory=dict, compare=False, repr=False)

    def units(self) -> Iterator[tuple[Module, Unit]]:
        """Every unit with its module, in order."""
        for module in self.modules:
            for unit in module.units:
                yield module, unit

    def blocks(self) -> Iterator[tuple[Module, Unit, Block]]:
        """Every block with its module and unit, in order."""
        for module, unit in self.units():
            for block in unit.blocks:
                yield module, unit, block

    def find(self, uid: Uid) -> tuple[Module, Unit, int] | None:
        """The module, unit and index of the block with this uid, or None."""
        if not self._places:
            self._places.update(
                (block.uid, (module, unit, i)) for module, unit in self.units() for i, block in enumerate(unit.blocks)
            )
        return self._places.get(uid)

    def block(self, uid: Uid) -> Block | None:
        """The block with this uid, or None."""
        place = self.find(uid)
        return place[1].blocks[place[2]] if place else None


_TRAILING = re.compile(r"(?P<hard_break>(?<=\S)  +(?=\n[ \t]*[^ \t\n]))|(?<![ \t])[ \t]+(?=\n|\Z)")


def canonical(text: str) -> str:
    """Return the text as it is stored and hashed: NFC, `\\n` line ends, no trailing space.

    Two or more spaces before a line that goes on are Markdown's line break, and stay, as exactly two.
    Byte-order marks go. A text that has any line ends with exactly one `\\n` only if it had one.
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")
    return _TRAILING.sub(lambda found: "  " if found["hard_break"] else "", text)


def digest(text: str) -> Digest:
    """Return the SHA-256 of a canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
