"""Blocks cut into modules and units at their headings, as unit files have them: each begins with its title.

At which level a unit begins is guessed, and may be said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.interchange.formats.docx.foreign.correcting import Part, joined, lines_of, typed_blocks
from app.interchange.formats.docx.foreign.things import Guess, Recognised, Why
from app.interchange.formats.inline import parse_inline
from app.interchange.formats.nodes import plain

DEEPEST = 3
DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """One unit: its title in words, and Markdown that begins with it as a heading.

    `lines` says of each block that went into it in which line it begins, from 1.
    """

    title: str
    markdown: str
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """Units under one title."""

    title: str
    units: tuple[UnitDraft, ...]


@dataclass(slots=True)
class _Unit:
    head: Recognised | None
    blocks: list[Recognised] = field(default_factory=list)


def unit_level(blocks: Sequence[Recognised]) -> int:
    """Return the level of heading at which units begin: the second where the first holds several, else the first."""
    styled = _styled(blocks)
    counted = Counter(block.level for block in blocks if _divides(block, styled))
    first = min(counted, default=1)
    second = min((level for level in counted if level > first), default=first)
    is_divided = counted[first] >= 2 and counted[second] >= 2 * counted[first]
    return min(DEEPEST, second if is_divided or (counted[first] == 1 and counted[second] >= 2) else first)


def as_units(blocks: Sequence[Recognised], title: str = "", *, level: int = 0) -> list[ModuleDraft]:
    """Return modules of units. `level` is that of the headings at which units begin, 0 to guess it.

    Headings above it begin modules. Text before the first unit of a module is a unit of the module's name; text
    before all of it one of the document's, `title`. Nothing is left out.
    """
    at = level or unit_level(blocks)
    styled = _styled(blocks)
    modules: list[tuple[Recognised | None, list[_Unit]]] = [(None, [])]
    for block in blocks:
        if block.guess is Guess.TITLE:
            continue
        if _divides(block, styled) and block.level < at:
            modules.append((block, []))
        elif _divides(block, styled) and block.level == at:
            modules[-1][1].append(_Unit(block))
        else:
            units = modules[-1][1]
            if not units:
                units.append(_Unit(None))
            units[-1].blocks.append(block)
    drafts = []
    for head, units in modules:
        name = _words(head) if head else title
        if head is not None and not units:
            units = [_Unit(None)]
        if units:
            drafts.append(ModuleDraft(name, tuple(_draft(unit, name, head, at) for unit in units)))
    return drafts


def _is_head(block: Recognised) -> bool:
    return block.level > 0 and block.guess.startswith("heading")


def _styled(blocks: Sequence[Recognised]) -> frozenset[int]:
    """The levels of which there are headings by Word's own styles."""
    return frozenset(block.level for block in blocks if _is_head(block) and block.why is Why.HEADING_STYLE)


def _divides(block: Recognised, styled: frozenset[int]) -> bool:
    """Whether a heading may begin a unit or a module; where styles do so, bold lines do only if a person says so."""
    return _is_head(block) and (block.certain or block.level not in styled)


def _words(block: Recognised) -> str:
    return plain(parse_inline(block.markdown.lstrip("#").strip()))


def _draft(unit: _Unit, name: str, module: Recognised | None, level: int) -> UnitDraft:
    head = unit.head or module
    title = _words(head) if head else name
    first = f"# {head.markdown.lstrip('#').strip()}" if head else f"# {title}" if title else ""
    raised = [_raised(block, level - 1) for block in unit.blocks]
    texts = typed_blocks(raised)
    own = (head.index,) if head else ()
    parts = [Part(Guess.TITLE, first, own), *texts] if first else texts
    return UnitDraft(title, joined(parts), tuple(lines_of(parts)))


def _raised(block: Recognised, by: int) -> Recognised:
    """A heading inside a unit, so that the unit's own is of the first level."""
    if not _is_head(block):
        return block
    level = min(DEEPEST_HEADING, max(2, block.level - by))
    return replace(block, level=level, markdown=f"{'#' * level} {block.markdown.lstrip('#').strip()}")
