"""Blocks that stand elsewhere than they stood, and text that stands between blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from app.interchange.formats.docx.matching import rising
from app.interchange.formats.docx.review.changes import Insertion, Move, Removal
from app.interchange.formats.docx.review.comparing import Comparison
from app.interchange.formats.docx.review.versions import Seen
from app.interchange.formats.docx.review.wording import markdown_of

_Group: TypeAlias = tuple[str | None, list[Seen]]  # uid of the block before, and what stands behind it
_Taken: TypeAlias = Mapping[tuple[int, int], str]


def inserted_and_moved(
    comparison: Comparison, removed: Sequence[Removal]
) -> tuple[list[Insertion], list[Removal], list[Move]]:
    """Return what was put between blocks, the removals that are no moves, and the moves."""
    groups = _groups(comparison)
    moves = _out_of_order(comparison)
    left: list[Removal] = []
    where: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for number, (_, seen) in enumerate(groups):
        for at, one in enumerate(seen):
            where[one.said].append((number, at))
    taken: dict[tuple[int, int], str] = {}  # group and place in it -> uid of the block that moved there
    for removal in removed:
        said = [one.said for one in comparison.out.seen[f"block:{removal.uid}"]]
        found = next((place for place in where[said[0]] if _is_there(groups, place, said, taken)), None)
        if found is None:
            left.append(removal)
            continue
        number, at = found
        taken |= {(number, place): removal.uid for place in range(at, at + len(said))}
        before = taken.get((number, at - 1), groups[number][0])
        moves.append(Move(removal.uid, before, removal.authors, removal.tracked))
    by_group: dict[int, dict[int, str]] = defaultdict(dict)
    for (number, at), uid in taken.items():
        by_group[number][at] = uid
    inserted: list[Insertion] = []
    for number, group in enumerate(groups):
        inserted += _insertions(comparison, group, by_group[number])
    return inserted, left, moves


def _is_there(groups: Sequence[_Group], place: tuple[int, int], said: Sequence[object], taken: _Taken) -> bool:
    number, at = place
    seen = groups[number][1][at : at + len(said)]
    free = all((number, other) not in taken for other in range(at, at + len(said)))
    return free and [one.said for one in seen] == said


def _insertions(comparison: Comparison, group: _Group, taken: Mapping[int, str]) -> Iterator[Insertion]:
    """What is new in a group, in stretches between the blocks that moved into it."""
    after, seen = group
    stretch: list[Seen] = []
    for at, one in enumerate(seen):
        if at not in taken:
            stretch.append(one)
            continue
        yield from _insertion(comparison, after, stretch)
        after, stretch = taken[at], []
    yield from _insertion(comparison, after, stretch)


def _insertion(comparison: Comparison, after: str | None, seen: Sequence[Seen]) -> Iterator[Insertion]:
    authors = comparison.authors([number for one in seen for number in one.items])
    text = markdown_of(seen, comparison.out.lowered_by.get(f"block:{after}", 0))
    if text:
        yield Insertion(after, text, authors, bool(authors))


def _groups(comparison: Comparison) -> list[_Group]:
    """What belongs to no owner, with the uid of the block before it."""
    groups: list[_Group] = []
    last: str | None = None
    goes_on = False
    contents = comparison.out.manual.label("contents")
    for one in comparison.after:
        owner = comparison.places[one.items[0]]
        if not owner and one.words == contents:
            continue
        if owner:
            last = owner.removeprefix("block:") if owner.startswith("block:") else last
            goes_on = False
        elif goes_on:
            groups[-1][1].append(one)
        else:
            groups.append((last, [one]))
            goes_on = True
    return groups


def _out_of_order(comparison: Comparison) -> list[Move]:
    """Blocks whose order among the others changed, the fewest that explain it."""
    order = {owner: place for place, owner in enumerate(comparison.out.seen) if owner.startswith("block:")}
    owners = [
        owner for owner in dict.fromkeys(comparison.places[one.items[0]] for one in comparison.after) if owner in order
    ]
    kept = {owners[place] for _, place in rising([(order[owner], place) for place, owner in enumerate(owners)])}
    moves = []
    for place, owner in enumerate(owners):
        if owner not in kept:
            authors = comparison.authors(comparison.items_of(owner))
            after = owners[place - 1].removeprefix("block:") if place else None
            moves.append(Move(owner.removeprefix("block:"), after, authors, bool(authors)))
    return moves
