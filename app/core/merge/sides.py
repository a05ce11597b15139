"""The three sides of a merge, indexed: what was last reconciled, what the parent has now, what the child has now.

Here too: the base as the links correct it, because a block left for later keeps the base it had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias, cast

from app.core.content import Block, Content, Digest, Language, Module, Uid, Unit
from app.core.merge.order import Level, Spot

Item: TypeAlias = Block | Unit | Module

MINUTES = "minutes"
PLACE = "place"
_ROOT = ""


class Part(StrEnum):
    """What an outcome is about."""

    MODULE = "module"
    UNIT = "unit"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Link:
    """What is remembered of a block beyond its texts; a block that plainly follows has none.

    `base` is what was last reconciled, where that is not what the module's base release says: digests per language;
    empty when the block was not there. Units and modules left for later have links too: a unit's base is
    `{"minutes": "90"}`, a module's its titles. `place` is where the thing stood when its place was last reconciled.
    """

    base: Mapping[str, Digest] | None = None
    place: Spot | None = None
    declined: Mapping[Language, Digest] = field(default_factory=dict)
    frozen: bool = False
    confirmed: bool = False
    act: str | int | None = None

    @property
    def left(self) -> bool:
        """Whether something about it was left for later (or is held back because it is frozen)."""
        return self.base is not None or self.place is not None


PLAIN = Link()


def values(item: Item | None) -> Mapping[str, str]:
    """What can be told apart and answered by itself: digests of a block, minutes of a unit, titles of a module."""
    if isinstance(item, Block):
        return item.texts
    if isinstance(item, Unit):
        return {MINUTES: str(item.minutes)}
    return item.titles if item else {}


@dataclass(frozen=True, slots=True)
class Side:
    """One content tree by uid and by level."""

    items: Mapping[Part, Mapping[Uid, Item]]
    levels: Mapping[Part, Level]

    @classmethod
    def of(cls, content: Content) -> Side:
        """Index a content tree; raise ValueError when a uid stands for two modules, units or blocks in it."""
        modules: dict[Uid, Item] = {m.uid: m for m in content.modules}
        units: dict[Uid, Item] = {u.uid: u for _, u in content.units()}
        blocks: dict[Uid, Item] = {b.uid: b for _, u in content.units() for b in u.blocks}
        members = len(content.modules) + sum(1 + len(unit.blocks) for _, unit in content.units())
        once = len(modules) + len(units) + len(blocks) == members
        if not once or any(uid in units or uid in blocks for uid in modules) or any(uid in blocks for uid in units):
            raise ValueError("a uid stands for two things in one content tree")
        levels = {
            Part.MODULE: Level({_ROOT: list(modules)}),
            Part.UNIT: Level({m.uid: [u.uid for u in m.units] for m in content.modules}),
            Part.BLOCK: Level({u.uid: [b.uid for b in u.blocks] for _, u in content.units()}),
        }
        return cls({Part.MODULE: modules, Part.UNIT: units, Part.BLOCK: blocks}, levels)

    @property
    def units(self) -> Mapping[Uid, Unit]:
        """The units by uid."""
        return cast(Mapping[Uid, Unit], self.items[Part.UNIT])

    @property
    def blocks(self) -> Mapping[Uid, Block]:
        """The blocks by uid."""
        return cast(Mapping[Uid, Block], self.items[Part.BLOCK])

    def place(self, part: Part, uid: Uid) -> tuple[Uid | None, Uid | None] | None:
        """The module and the unit a thing is in (or is), or None when it is not here."""
        if uid not in self.items[part]:
            return None
        if part is Part.MODULE:
            return uid, None
        unit = uid if part is Part.UNIT else self.levels[Part.BLOCK].home[uid]
        return self.levels[Part.UNIT].home.get(unit), unit


def corrected(base: Side, links: Mapping[Uid, Link], parent: Side, child: Side) -> Side:
    """The base with what the links remember of things left for later put in its place."""
    left = {uid: link for uid, link in links.items() if link.left}
    if not left:
        return base
    items, levels = {}, {}
    for part in Part:
        known = dict(base.items[part])
        without: set[Uid] = set()
        added: dict[Uid, Spot] = {}
        for uid, link in left.items():
            pattern = base.items[part].get(uid) or child.items[part].get(uid) or parent.items[part].get(uid)
            if pattern is None:
                continue
            if link.base is not None and not link.base:
                without.add(uid)
                known.pop(uid, None)
                continue
            if link.base is not None:
                known[uid] = _with_values(pattern, link.base)
            spot = link.place
            if spot is None and uid not in base.items[part]:
                spot = child.levels[part].spot(uid) or parent.levels[part].spot(uid)
            if spot is not None and uid in known:
                added[uid] = spot
        items[part] = known
        levels[part] = base.levels[part].patched(without, added)
    return Side(items, levels)


def _with_values(item: Item, wanted: Mapping[str, str]) -> Item:
    if isinstance(item, Block):
        return replace(item, texts=dict(wanted))
    if isinstance(item, Unit):
        return replace(item, minutes=int(wanted[MINUTES]))
    return replace(item, titles=dict(wanted))
