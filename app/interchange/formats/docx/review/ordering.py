"""Blocks that stand elsewhere than they stood, and text that stands between blocks."""

from __future__ import annotations

from collections.abc import Sequence

from app.interchange.formats.docx.matching import rising
from app.interchange.formats.docx.review.changes import Insertion, Move, Removal
from app.interchange.formats.docx.review.comparing import Comparison
from app.interchange.formats.docx.review.versions import Seen
from app.interchange.formats.docx.review.wording import markdown_of


def inserted_and_moved(
    comparison: Comparison, removed: Sequence[Removal]
) -> tuple[list[Insertion], list[Removal], list[Move]]:
    """Return what was put between blocks, the removals that are no moves, and the moves."""
    groups = _groups(comparison)
    moves = _out_of_order(comparison)
    left: list[Removal] = []
    for removal in removed:
        said = [one.said for one in comparison.out.seen[f"block:{removal.uid}"]]
        place = next(((n, at) for n, (_, seen) in enumerate(groups) if (at := _find(said, seen)) is not None), None)
        if place is None:
            left.append(removal)
            continue
        number, at = place
        after, seen = groups[number]
        moves.append(Move(removal.uid, after, removal.authors, removal.tracked))
        groups[number : number + 1] = [
            (behind, part) for behind, part in ((after, seen[:at]), (removal.uid, seen[at + len(said) :])) if part
        ]
    inserted = []
    for after, seen in groups:
        items = [number for one in seen for number in one.items]
        authors = comparison.authors(items)
        lowered_by = comparison.out.lowered_by.get(f"block:{after}", 0)
        text = markdown_of(seen, lowered_by)
        if text:
            inserted.append(Insertion(after, text, authors, bool(authors)))
    return inserted, left, moves


def _groups(comparison: Comparison) -> list[tuple[str | None, list[Seen]]]:
    """What belongs to no owner, with the uid of the block before it."""
    groups: list[tuple[str | None, list[Seen]]] = []
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


def _find(said: Sequence[object], seen: Sequence[Seen]) -> int | None:
    width = len(said)
    there = [one.said for one in seen]
    return next((at for at in range(len(there) - width + 1) if width and there[at : at + width] == said), None)


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
            items = [number for number, own in enumerate(comparison.places) if own == owner]
            authors = comparison.authors(items)
            after = owners[place - 1].removeprefix("block:") if place else None
            moves.append(Move(owner.removeprefix("block:"), after, authors, bool(authors)))
    return moves
