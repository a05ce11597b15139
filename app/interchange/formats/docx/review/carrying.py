"""Carries what changed between two canonical texts into the text as its authors wrote it, variables included."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from app.core import variables
from app.core.diff import tokens

_MOST_COMPARISONS = 25_000_000  # tokens times tokens; a larger stretch is one change


class _Edit(NamedTuple):
    """Tokens from `start` to `end` of the common text become `text`."""

    start: int
    end: int
    text: list[str]


def carry(written: str, before: str, after: str, *, only_variables: bool = False) -> str:
    """Return `written` with the changes that lead from `before` to `after`, which is how `written` is printed.

    What differs between `written` and `before` stays as written where `after` left it alone; with `only_variables`
    nothing of it stays but variables.
    """
    if before == after:
        return written
    common = _tokens(before)
    ours = _edits(common, _tokens(written))
    if only_variables:
        ours = [edit for edit in ours if any(map(variables.names, edit.text))]
    theirs = _edits(common, _tokens(after))
    return "".join(_merged(common, ours, theirs))


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text; of a block that several people changed the same texts are asked for again and again."""
    return tuple(tokens(text))


def overwritten(before: str, after: str) -> tuple[str, ...]:
    """The variables that stand less often in one text than in the other."""
    had, has = (variables.VARIABLE.findall(text) for text in (before, after))
    return tuple(name for name in dict.fromkeys(had) if has.count(name) < had.count(name))


def _merged(common: Sequence[str], ours: list[_Edit], theirs: list[_Edit]) -> Iterator[str]:
    starts = [edit.start for edit in theirs]
    kept = []
    for edit in ours:
        first, last = bisect_left(starts, edit.start), bisect_right(starts, edit.end)
        if not any(_collide(edit, other) for other in theirs[max(0, first - 1) : last]):
            kept.append(edit)
    at = 0
    for edit in sorted([*kept, *theirs], key=lambda edit: (edit.start, edit.end)):
        yield from common[at : edit.start]
        yield from edit.text
        at = max(at, edit.end)
    yield from common[at:]


def _collide(one: _Edit, other: _Edit) -> bool:
    """Whether both change the same tokens, or put something into the same place."""
    if one.start == one.end or other.start == other.end:
        point, wide = (one, other) if one.start == one.end else (other, one)
        return wide.start < point.start < wide.end or wide[:2] == point[:2]
    return max(one.start, other.start) < min(one.end, other.end)


def _edits(a: Sequence[str], b: Sequence[str]) -> list[_Edit]:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a_end, b_end = len(a) - end, len(b) - end
    if start == a_end and start == b_end:
        return []
    if (a_end - start) * (b_end - start) > _MOST_COMPARISONS:
        return [_Edit(start, a_end, list(b[start:b_end]))]
    found: list[_Edit] = []
    a_at = b_at = start
    for same in LCSseq.opcodes(a[start:a_end], b[start:b_end]).as_matching_blocks():
        here, there = start + same.a, start + same.b
        if here > a_at or there > b_at:
            found.append(_Edit(a_at, here, list(b[b_at:there])))
        a_at, b_at = here + same.size, there + same.size
    return found
