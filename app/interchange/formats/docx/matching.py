"""Which section, paragraph and row of one version of a manual is which of another, in an order both share.

Sections are found by their names, what is in them by words. What moved is not followed: it is a deletion where it
was and an insertion where it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypeVar

from app.core.alignment import align
from app.interchange.formats.docx.elements import Element, Grid, ListRef, Para, Section

T = TypeVar("T")
Pair: TypeAlias = tuple[T | None, T | None]  # before and after; one of them may be missing


def pair_sections(before: Sequence[Section], after: Sequence[Section]) -> list[Pair[Section]]:
    """Return both versions' sections as one sequence; those of one name that kept their order are pairs."""
    places = {section.key: place for place, section in enumerate(before)}
    links = [places.get(section.key) for section in after]
    return _woven(before, after, links)


def pair_elements(before: Sequence[Element], after: Sequence[Element]) -> list[Pair[Element]]:
    """Return the elements of a section as one sequence; pairs have one shape and may differ in their words.

    A list goes on as one list at most, and goes on from one at most: an item that would join two lists, or part one,
    is no pair, because a paragraph that stays can count in one list only.
    """
    links = align([element.words() for element in before], [element.words() for element in after])
    links = [
        place if place is not None and same_shape(before[place], element) else None
        for place, element in zip(links, after, strict=True)
    ]
    return list(_one_list_each(_woven(before, after, links)))


def pair_rows(before: Grid, after: Grid) -> list[Pair[list[Para]]]:
    """Return the rows of two tables of one shape as one sequence; the heads are always a pair."""
    old, new = before.rows, after.rows
    links: list[int | None] = [0]
    words = [["\n".join(cell.words() for cell in row) for row in rows[1:]] for rows in (old, new)]
    links += [None if place is None else place + 1 for place in align(words[0], words[1])]
    return _woven(old, new, links)


def same_shape(one: Element, other: Element) -> bool:
    """Whether one can become the other by words alone."""
    if isinstance(one, Grid) and isinstance(other, Grid):
        heads = [[cell.shape() for cell in grid.rows[0]] for grid in (one, other)]
        return one.left == other.left and heads[0] == heads[1]
    return isinstance(one, Para) and isinstance(other, Para) and one.shape() == other.shape()


def _one_list_each(pairs: Sequence[Pair[Element]]) -> Iterator[Pair[Element]]:
    """Yield the pairs with those undone whose lists go on elsewhere, or from elsewhere, by an earlier pair."""
    forth: dict[ListRef, ListRef] = {}
    back: dict[ListRef, ListRef] = {}
    for one, other in pairs:
        if isinstance(one, Para) and isinstance(other, Para) and one.list and other.list:
            if forth.get(one.list, other.list) is not other.list or back.get(other.list, one.list) is not one.list:
                yield one, None
                yield None, other
                continue
            forth[one.list], back[other.list] = other.list, one.list
        yield one, other


def continued_lists(pairs: Sequence[Pair[Element]]) -> dict[ListRef, ListRef]:
    """Return for each list of the first version the list of the second that goes on with it."""
    found: dict[ListRef, ListRef] = {}
    for one, other in pairs:
        if isinstance(one, Para) and isinstance(other, Para) and one.list and other.list:
            found.setdefault(one.list, other.list)
    return found


def _woven(before: Sequence[T], after: Sequence[T], links: Sequence[int | None]) -> list[Pair[T]]:
    """Return both sequences as one: pairs where links rise, what is only in one of them in its place."""
    kept = dict(rising([(place, j) for j, place in enumerate(links) if place is not None]))
    woven: list[Pair[T]] = []
    old_done = new_done = 0
    for old_place, new_place in [*sorted(kept.items()), (len(before), len(after))]:
        woven += [(item, None) for item in before[old_done:old_place]]
        woven += [(None, item) for item in after[new_done:new_place]]
        if old_place < len(before):
            woven.append((before[old_place], after[new_place]))
        old_done, new_done = old_place + 1, new_place + 1
    return woven


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs that rises in both numbers; they come rising in the second."""
    ends: list[int] = []  # lowest first number that a run of each length ends with
    runs: list[int] = []
    for place, _ in pairs:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        runs.append(length)
    chosen: list[tuple[int, int]] = []
    wanted = len(ends) - 1
    for pair, length in zip(reversed(pairs), reversed(runs), strict=True):
        if length == wanted and (not chosen or pair[0] < chosen[-1][0]):
            chosen.append(pair)
            wanted -= 1
    return chosen[::-1]
