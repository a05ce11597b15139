"""From a stretch that two sides changed to the places a person decides, as small as the meaning allows.

Units are put in columns (base, ours, theirs). Columns that say the same are settled; the others are places, with
a proposal where one can be made. Filling every place with one side's text gives that side's words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from app.core.prose.guards import CALM, STRENGTH, Why, doubt, may_be_drafted
from app.core.prose.pairing import likeness, pair
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


_LINK = re.compile(r"[ \t>]*\[[^\]]+\]:\s")

ISLAND_WORDS = 2  # a fence or a bracket that both sides share does not part two places
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
        return _text(self.base), _text(self.ours), _text(self.theirs)

    def keys(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        return _key(self.base), _key(self.ours), _key(self.theirs)

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


def _text(part: list[Unit]) -> str:
    return "".join(unit.text for unit in part)


def _key(part: list[Unit]) -> tuple[str, ...]:
    return sum((unit.key for unit in part), ())


def _same(one: list[Unit], two: list[Unit]) -> bool:
    """Whether two passages have the same words, in the same kind of block as far as that can be seen."""
    if _key(one) != _key(two):
        return False
    return len(one) != len(two) or not any(a.frame.differs(b.frame) for a, b in zip(one, two, strict=True))


def open_region(base: str, ours: str, theirs: str, in_code: tuple[bool, bool, bool]) -> list[str | Place]:
    """Return the stretch as settled text and places, in order; two places never touch."""
    if ours.split() == theirs.split():
        return [_settled(base, ours, theirs)]
    b, o, t = (units(text, code) for text, code in zip((base, ours, theirs), in_code, strict=True))
    return _written(_runs(_decidable(_columns(b, o, t))))


Run = list[tuple["Side", Column]]


def _runs(columns: list[Column]) -> list[Run]:
    """Columns in runs, settled and open by turns; what stands between two open ones may be too little to part them."""
    runs: list[Run] = []
    for column in columns:
        side = column.changed_by()
        if runs and (side is Side.NONE) == _is_settled(runs[-1]):
            runs[-1].append((side, column))
            continue
        if len(runs) > 1 and side is not Side.NONE and _is_island(runs[-1]):
            island = runs.pop()
            runs[-1] += [*island, (side, column)]
            continue
        runs.append([(side, column)])
    return runs


def _is_settled(run: Run) -> bool:
    return all(side is Side.NONE for side, _ in run)


def _is_island(run: Run) -> bool:
    return sum(len(_text(column.ours).split()) for _, column in run) <= ISLAND_WORDS


def _written(runs: list[Run]) -> list[str | Place]:
    """The runs as text and places. Where the sides part with different spacing, the spacing goes with the place."""
    result: list[str | Place] = []
    gaps = ("", "", "")
    for at, run in enumerate(runs):
        if not _is_settled(run):
            result.append(_place(run, gaps))
            gaps = ("", "", "")
            continue
        for _, column in run[:-1]:
            result.append(_settled(*column.texts()))
        last = run[-1][1]
        texts = last.texts()
        tails = _tail(last.base), _tail(last.ours), _tail(last.theirs)
        if at + 1 < len(runs) and tails[1] != tails[2]:
            gaps = tails
            texts = (texts[0].removesuffix(tails[0]), texts[1].removesuffix(tails[1]), texts[2].removesuffix(tails[2]))
        result.append(_settled(*texts))
    return result


def _tail(part: list[Unit]) -> str:
    return part[-1].tail if part else ""


def _settled(base: str, ours: str, theirs: str) -> str:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    return weave(base, ours, theirs).text or ours


def _place(run: Run, gaps: tuple[str, str, str]) -> Place:
    """Columns that touch are one decision; its proposal is all of theirs, its reason the strongest of theirs."""
    whole = Column()
    pieces: list[str] = []
    reasons: list[Why] = []
    for side, column in run:
        whole.add(column)
        proposal, why = _proposal(side, column)
        reasons.append(why)
        if proposal is not None:
            pieces.append(proposal)
    if {Side.OURS, Side.THEIRS} <= {side for side, _ in run}:
        reasons.append(Why.NEIGHBOURS)
    why = max(reasons, key=STRENGTH.__getitem__)
    base, ours, theirs = (gap + text for gap, text in zip(gaps, whole.texts(), strict=True))
    together = None
    if len(pieces) == len(run):
        together = _glued([max(gaps[1:], key=_breaks), *sorted(pieces, key=_only_links)])
        for side, text in ((Side.OURS, ours), (Side.THEIRS, theirs)):
            if {found for found, _ in run} <= {side, Side.NONE}:
                together = text
    return Place(base, ours, theirs, together, why not in CALM, why)


_LINE_START = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|#|>|\||!\[|```|~~~|///)")  # what can only begin a line


def _glued(pieces: list[str]) -> str:
    """Join pieces that stood apart in their own texts; whole lines stay whole lines."""
    text = ""
    for piece in pieces:
        whole_lines = _LINE_START.match(piece) or "\n" in piece.rstrip("\n")
        if text.strip() and piece.strip() and not text.endswith("\n") and whole_lines:
            text = text.rstrip(" \t") + "\n"
        text += piece
    return text


def _breaks(gap: str) -> int:
    return gap.count("\n")


def _only_links(text: str) -> bool:
    """Whether a text is link definitions alone, which belong after what uses them."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and all(_LINK.match(line) for line in lines)


def _proposal(side: Side, column: Column) -> tuple[str | None, Why]:
    base, ours, theirs = column.texts()
    if side is Side.NONE:
        return _settled(base, ours, theirs), Why.ONE_SIDE
    if side is Side.OURS:
        return ours, Why.ONE_SIDE
    if side is Side.THEIRS:
        return theirs, Why.ONE_SIDE
    if side is Side.SPACING:
        return ours, Why.SPACING
    if not base.strip():
        return _glued(sorted((ours, theirs), key=_only_links)), Why.BOTH_ADDED
    if not ours.strip() or not theirs.strip():
        return None, Why.DELETED
    woven = weave(base, ours, theirs)
    text = woven.text
    if text is not None:
        return text, doubt(base, ours, theirs, woven)
    text = _added_to_rewritten(column)
    if text is not None:
        return text, Why.ADDED
    draft = woven.with_our_words()
    if draft not in (ours, theirs) and may_be_drafted(base, ours, theirs, woven):
        return draft, Why.PARTLY
    return None, Why.OVERLAP


def _added_to_rewritten(column: Column) -> str | None:
    """Where one side only added units and the other wrote the passage anew: the new passage and the additions."""
    for kept, anew in ((column.ours, column.theirs), (column.theirs, column.ours)):
        added = list(kept)
        for unit in column.base:
            same = next((i for i, other in enumerate(added) if other.key == unit.key), None)
            if same is None:
                break
            del added[same]
        else:
            before = kept is column.ours and kept[0].key == added[0].key
            return _glued([_text(added), _text(anew)] if before else [_text(anew), _text(added)])
    return None


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


def _matched(ours: list[Unit], theirs: list[Unit]) -> list[tuple[int, int]]:
    """The units the sides share, found the same way whichever side is called ours."""
    if _key(ours) <= _key(theirs):
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
    if common < SHARED_TO_CUT * min(len(_key(ours)), len(_key(theirs))):
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
