"""From a stretch that two sides changed to the places a person decides, as small as the meaning allows.

Units are put in columns (base, ours, theirs). Columns that say the same are settled; the others are places, with
a proposal where one can be made. Filling every place with one side's text gives that side's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from app.core.prose.guards import CALM, STRENGTH, Why, doubt
from app.core.prose.pairing import pair
from app.core.prose.units import Unit, units
from app.core.prose.words import weave


@dataclass(frozen=True)
class Place:
    """A passage left for a person: what each side says, and what we propose, if anything."""

    base: str
    ours: str
    theirs: str
    proposal: str | None
    careful: bool
    why: Why


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
        return _text(self.base), _text(self.ours), _text(self.theirs)

    def keys(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        return _key(self.base), _key(self.ours), _key(self.theirs)

    def changed_by(self) -> Side:
        base, ours, theirs = self.keys()
        if ours == theirs:
            texts = self.texts()
            alike = texts[0] in texts[1:] or texts[1].split() == texts[2].split()
            return Side.NONE if alike else Side.SPACING
        return Side.THEIRS if base == ours else Side.OURS if base == theirs else Side.BOTH

    def add(self, other: Column) -> None:
        self.base += other.base
        self.ours += other.ours
        self.theirs += other.theirs


def _text(part: list[Unit]) -> str:
    return "".join(unit.text for unit in part)


def _key(part: list[Unit]) -> tuple[str, ...]:
    return sum((unit.key for unit in part), ())


def open_region(base: str, ours: str, theirs: str, in_code: tuple[bool, bool, bool]) -> list[str | Place]:
    """Return the stretch as settled text and places, in order; two places never touch."""
    if ours.split() == theirs.split():
        return [_settled(base, ours, theirs)]
    b, o, t = (units(text, code) for text, code in zip((base, ours, theirs), in_code, strict=True))
    result: list[str | Place] = []
    run: list[tuple[Side, Column]] = []
    for column in _decidable(_columns(b, o, t)):
        side = column.changed_by()
        if side is Side.NONE:
            if run:
                result.append(_place(run))
                run = []
            result.append(_settled(*column.texts()))
        else:
            run.append((side, column))
    if run:
        result.append(_place(run))
    return result


def _settled(base: str, ours: str, theirs: str) -> str:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    return weave(base, ours, theirs).text or ours


def _place(run: list[tuple[Side, Column]]) -> Place:
    """Columns that touch are one decision; its proposal is all of theirs, its reason the strongest of theirs."""
    whole = Column()
    proposal: str | None = ""
    reasons: list[Why] = []
    for side, column in run:
        whole.add(column)
        part, why = _proposal(side, *column.texts())
        proposal = None if part is None or proposal is None else proposal + part
        reasons.append(why)
    if {Side.OURS, Side.THEIRS} <= {side for side, _ in run}:
        reasons.append(Why.NEIGHBOURS)
    why = max(reasons, key=STRENGTH.__getitem__)
    return Place(*whole.texts(), proposal, why not in CALM, why)


def _proposal(side: Side, base: str, ours: str, theirs: str) -> tuple[str | None, Why]:
    if side is Side.OURS:
        return ours, Why.ONE_SIDE
    if side is Side.THEIRS:
        return theirs, Why.ONE_SIDE
    if ours.split() == theirs.split() or side is Side.SPACING:
        return ours, Why.SPACING
    if not base.strip():
        return ours + theirs, Why.BOTH_ADDED
    if not ours.strip() or not theirs.strip():
        return None, Why.DELETED
    woven = weave(base, ours, theirs)
    text = woven.text
    if text is None:
        return None, Why.OVERLAP
    return text, doubt(base, ours, theirs, woven)


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


def _decidable(columns: list[Column]) -> list[Column]:
    """Cut what both sides wrote anew where they agree; join neighbours that only one and the same side changed."""
    result: list[Column] = []
    last = Side.BOTH
    for column in columns:
        for part in _cut(column):
            side = part.changed_by()
            if side is last and side in (Side.NONE, Side.OURS, Side.THEIRS):
                result[-1].add(part)
            else:
                result.append(part)
            last = side
    return result


def _cut(column: Column) -> list[Column]:
    """Where both sides wrote units anew, set apart those they have in common."""
    ours, theirs = column.ours, column.theirs
    if len(ours) + len(theirs) < 3 or not ours or not theirs:
        return [column]
    matched = [(i, at) for i, at in enumerate(pair(ours, theirs)) if at is not None]
    if not any(len(ours[i].key) > 2 for i, _ in matched):
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
