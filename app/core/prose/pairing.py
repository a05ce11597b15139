"""Which unit of a text continues which unit of another, by likeness in order, never by position alone."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.prose.lines import line_changes
from app.core.prose.units import Unit
from app.core.prose.words import shared

_PAIRS_LIMIT = 6_000  # above this many pairs only equal units are paired
_ALIKE = 0.5
_CONTAINED = 0.8


def likeness(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Return from 0 to 1 how much two token lists share in order; 0 when one does not continue the other."""
    if one == two:
        return 1.0
    if not one or not two:
        return 0.0
    common = shared(one, two)
    share = 2 * common / (len(one) + len(two))
    if share >= _ALIKE:
        return share
    shorter = min(len(one), len(two))
    return _ALIKE if shorter >= 5 and common >= _CONTAINED * shorter else 0.0


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> list[int | None]:
    """Return for each old unit the index of the new one that continues it, or None; indexes only grow."""
    result: list[int | None] = [None] * len(old)
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head].key == new[head].key:
        result[head] = head
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail].key == new[-1 - tail].key:
        result[len(old) - 1 - tail] = len(new) - 1 - tail
        tail += 1
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(a) * len(b) <= _PAIRS_LIMIT:
        _pair_box(a, b, head, head, result)
        return result
    numbers: dict[tuple[str, ...], int] = {}
    ids = [[numbers.setdefault(unit.key, len(numbers)) for unit in part] for part in (a, b)]
    i = j = 0
    for change in [*line_changes(ids[0], ids[1])]:
        while i < change.start:
            result[head + i] = head + j
            i, j = i + 1, j + 1
        inner_a, inner_b = a[change.start : change.end], b[change.new_start : change.new_end]
        if len(inner_a) * len(inner_b) <= _PAIRS_LIMIT:
            _pair_box(inner_a, inner_b, head + change.start, head + change.new_start, result)
        i, j = change.end, change.new_end
    while i < len(a) and j < len(b):
        result[head + i] = head + j
        i, j = i + 1, j + 1
    return result


def _pair_box(a: Sequence[Unit], b: Sequence[Unit], a_at: int, b_at: int, result: list[int | None]) -> None:
    """Pair so that the sum of likeness, weighted by length, is greatest."""
    if not a or not b:
        return
    wide = len(b) + 1
    best = [0.0] * wide
    table = []
    for unit in a:
        row = [0.0] * wide
        taken = bytearray(wide)
        size = len(unit.key)
        for j, other in enumerate(b, 1):
            like = likeness(unit.key, other.key)
            score = best[j]
            if row[j - 1] > score:
                score = row[j - 1]
            if like:
                with_pair = best[j - 1] + (like - 0.25) * (2 + min(size + len(other.key), 60))
                if with_pair > score:
                    score = with_pair
                    taken[j] = 1
            row[j] = score
        table.append((best, row, taken))
        best = row
    i, j = len(a), len(b)
    while i and j:
        above, row, taken = table[i - 1]
        if taken[j]:
            result[a_at + i - 1] = b_at + j - 1
            i, j = i - 1, j - 1
        elif row[j] == above[j]:
            i -= 1
        else:
            j -= 1
