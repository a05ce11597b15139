"""Units of three texts side by side: which of them belong together, and which side changed them.

A column is the smallest thing that can be settled or left open; what is proposed for it is in `places.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import chain

from app.core.prose.pairing import likeness, pair
from app.core.prose.units import Unit, units

SHARED_TO_CUT = 0.4  # of the shorter text, both sides must share this much before it is cut where they agree


class Side(Enum):
    """Which side changed the words of a column."""

    NONE = "none"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    SPACING = "spacing"


@dataclass
class Column:
    """Units that belong together, one list per text, any of them empty."""

    base: list[Unit] = field(default_factory=list)
    ours: list[Unit] = field(default_factory=list)
    theirs: list[Unit] = field(default_factory=list)

    def texts(self) -> tuple[str, str, str]:
        return text_of(self.base), text_of(self.ours), text_of(self.theirs)

    def keys(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        return key_of(self.base), key_of(self.ours), key_of(self.theirs)

    def changed_by(self) -> Side:
        same = [_same(self.ours, self.theirs), _same(self.base, self.ours), _same(self.base, self.theirs)]
        if same[0]:
            base, ours, theirs = self.texts()
            return Side.NONE if base in (ours, theirs) or ours.split() == theirs.split() else Side.SPACING
        return Side.THEIRS if same[1] else Side.OURS if same[2] else Side.BOTH

    def add(self, other: Column) -> None:
        self.base += other.base
        self.ours += other.ours
        self.theirs += other.theirs


def text_of(part: list[Unit]) -> str:
    """Return the text of these units, joined."""
    return "".join(unit.text for unit in part)


def key_of(part: list[Unit]) -> tuple[str, ...]:
    """Return the words of these units, in order; what counts when two passages are compared."""
    return part[0].key if len(part) == 1 else tuple(chain.from_iterable(unit.key for unit in part))


def _same(one: list[Unit], two: list[Unit]) -> bool:
    """Whether two passages have the same words, in the same kind of block as far as that can be seen."""
    if key_of(one) != key_of(two):
        return False
    return len(one) != len(two) or not any(a.frame.differs(b.frame) for a, b in zip(one, two, strict=True))


def share_a_sentence(base: str, ours: str, theirs: str) -> bool:
    """Whether both sides changed one and the same sentence or item, be it in lines that git settles each by itself."""
    return any(column.changed_by() is Side.BOTH for column in columns(units(base), units(ours), units(theirs)))


def columns(base: list[Unit], ours: list[Unit], theirs: list[Unit]) -> list[Column]:
    """Return the columns of three lists of units, in order; joined they are the three lists.

    What both sides wrote anew is cut where they agree; neighbours that only one and the same side changed are joined.
    """
    result: list[Column] = []
    last = Side.BOTH
    for column in _columns(base, ours, theirs):
        for part in _cut(column):
            side = part.changed_by()
            if side is last and side in (Side.NONE, Side.OURS, Side.THEIRS):
                result[-1].add(part)
            else:
                result.append(part)
            last = side
    return result


def _columns(base: list[Unit], ours: list[Unit], theirs: list[Unit]) -> list[Column]:
    """One column per base unit and one per gap between them that a side filled; a replacement is one column."""
    our_place, their_place = pair(base, ours), pair(base, theirs)
    our_added, their_added = _added(our_place, len(ours)), _added(their_place, len(theirs))
    columns: list[Column] = []
    joined = [False, False]  # whether the last column holds a replacement on our, on their side
    for j in range(len(base) + 1):
        gap = Column([], [ours[i] for i in our_added[j]], [theirs[i] for i in their_added[j]])
        gone = [False, False]
        if j < len(base):
            mine, other = our_place[j], their_place[j]
            gone = [mine is None, other is None]
            here = Column([base[j]], [] if mine is None else [ours[mine]], [] if other is None else [theirs[other]])
        else:
            here = Column()
        added = [bool(gap.ours), bool(gap.theirs)]
        starts = [added[side] and gone[side] for side in (0, 1)]
        carried = [joined[side] and gone[side] for side in (0, 1)]
        if any(added):
            if any(carried):
                columns[-1].add(gap)
            else:
                columns.append(gap)
        if j == len(base):
            break
        if (any(starts) or any(carried)) and columns:
            columns[-1].add(here)
        else:
            columns.append(here)
        joined = [starts[side] or carried[side] for side in (0, 1)]
    return columns


def _added(place: list[int | None], count: int) -> list[list[int]]:
    """For each gap before, between and after the base units, the side's own units that belong there."""
    added: list[list[int]] = [[] for _ in range(len(place) + 1)]
    gap, taken = 0, 0
    for j, at in enumerate(place):
        if at is None:
            continue
        added[gap] += range(taken, at)
        gap, taken = j + 1, at + 1
    added[gap] += range(taken, count)
    return added


def _matched(ours: list[Unit], theirs: list[Unit]) -> list[tuple[int, int]]:
    """The units the sides share, found the same way whichever side is called ours."""
    if key_of(ours) <= key_of(theirs):
        return [(i, at) for i, at in enumerate(pair(ours, theirs)) if at is not None]
    return [(at, i) for i, at in enumerate(pair(theirs, ours)) if at is not None]


def _cut(column: Column) -> list[Column]:
    """Where both sides wrote units anew, set apart those they have in common."""
    ours, theirs = column.ours, column.theirs
    if len(ours) + len(theirs) < 3 or not ours or not theirs:
        return [column]
    matched = _matched(ours, theirs)
    common = sum(
        likeness(ours[i].key, theirs[at].key) * min(len(ours[i].key), len(theirs[at].key)) for i, at in matched
    )
    if common < SHARED_TO_CUT * min(len(key_of(ours)), len(key_of(theirs))):
        return [column]
    parts: list[Column] = []
    i = j = 0
    for next_i, next_j in [*matched, (len(ours), len(theirs))]:
        if next_i > i or next_j > j:
            parts.append(Column([], ours[i:next_i], theirs[j:next_j]))
        if next_i < len(ours):
            parts.append(Column([], [ours[next_i]], [theirs[next_j]]))
        i, j = next_i + 1, next_j + 1
    first = next((part for part in parts if part.keys()[1] != part.keys()[2]), parts[0])
    first.base = column.base
    return parts
