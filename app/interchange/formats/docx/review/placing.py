"""Which block each paragraph and table of a reviewed file belongs to.

By the bookmark around it first, by its words where bookmarks were lost, by its neighbours where it is new. What goes
between two blocks and continues neither belongs to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.alignment import align
from app.interchange.formats.docx.review.story import Item, Paragraph, Table
from app.interchange.formats.docx.review.versions import Seen
from app.interchange.formats.docx.sheets import Shape


@dataclass(slots=True)
class Places:
    """`owners` has an owner for each item, or an empty text; `before` the last owner at or before it.

    `origins` has what went out where an item now stands, for those that continue something.
    """

    owners: list[str]
    before: list[str]
    origins: dict[int, Seen]


def place(
    items: Sequence[Item], found: Sequence[Seen], expected: Mapping[str, Sequence[Seen]], regions: Mapping[str, str]
) -> Places:
    """Return the owners of a file's items.

    `found` is the file with its tracked changes rejected, `expected` what went out by owner in order, `regions` the
    owner that each bookmark stands for.
    """
    labels = [regions.get(items[seen.items[0]].region, "") for seen in found]
    owners = [""] * len(items)
    loose: list[int] = []
    taken: dict[str, set[int]] = defaultdict(set)
    origins: dict[int, Seen] = {}
    by_label: dict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        (by_label[label] if label in expected else loose).append(number)
    for label, numbers in by_label.items():
        wanted = expected[label]
        links = _links(wanted, [found[number] for number in numbers])
        for number, link in zip(numbers, links, strict=True):
            _own(owners, items, found[number], label)
            if link is not None:
                taken[label].add(link)
                origins[found[number].items[0]] = wanted[link]
    left = [(owner, n) for owner, wanted in expected.items() for n in range(len(wanted)) if n not in taken[owner]]
    if loose and left:
        rest = [expected[owner][n] for owner, n in left]
        for number, link in zip(loose, _links(rest, [found[number] for number in loose]), strict=True):
            if link is not None:
                _own(owners, items, found[number], left[link][0])
                origins[found[number].items[0]] = rest[link]
    for number, item in enumerate(items):
        if not owners[number]:
            owners[number] = regions.get(item.region, "")
    _between(items, owners)
    before, last = [], ""
    for owner in owners:
        last = owner or last
        before.append(last)
    return Places(owners, before, origins)


def _links(old: Sequence[Seen], new: Sequence[Seen]) -> list[int | None]:
    if len(old) == len(new) and all(one.words == other.words for one, other in zip(old, new, strict=True)):
        return list(range(len(old)))
    return align([one.words for one in old], [one.words for one in new])


def _own(owners: list[str], items: Sequence[Item], seen: Seen, owner: str) -> None:
    for number in seen.items:
        owners[number] = owner


def _between(items: Sequence[Item], owners: list[str]) -> None:
    """Give new items to the block around them, or to the neighbour whose list, box or quotation they continue."""
    full = [number for number, item in enumerate(items) if not _is_empty(item)]
    at = 0
    while at < len(full):
        if owners[full[at]]:
            at += 1
            continue
        end = at
        while end < len(full) and not owners[full[end]]:
            end += 1
        before = owners[full[at - 1]] if at else ""
        after = owners[full[end]] if end < len(full) else ""
        if before and before == after:
            for place in range(at, end):
                owners[full[place]] = before
        else:
            first = at
            while first < end and before and _goes_on(items[full[first - 1]], items[full[first]]):
                owners[full[first]] = before
                first += 1
            last = end
            while last > first and after and _goes_on(items[full[last]], items[full[last - 1]]):
                last -= 1
                owners[full[last]] = after
        at = end


def _is_empty(item: Item) -> bool:
    return isinstance(item, Paragraph) and not any(atom.part or atom.text.strip() for atom in item.atoms)


def _goes_on(one: Item, other: Item) -> bool:
    """Whether two neighbours are parts of one list, typed block, code or quotation."""
    if isinstance(one, Table) or isinstance(other, Table):
        return False
    a, b = one.shape, other.shape
    if b.is_box_title or a.heading or b.heading:
        return False
    if a.box or b.box:
        return a.box == b.box
    return (_is_listed(a) and _is_listed(b)) or (a.is_code and b.is_code) or (a.is_quote and b.is_quote)


def _is_listed(shape: Shape) -> bool:
    return shape.level >= 0 or shape.is_tick_box or shape.is_continued
