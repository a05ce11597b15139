"""Which lines changed between two texts, decided as `git merge-file` decides it.

The merge promises to settle everything git settles, and in the same words, so the choice between equally short
scripts is made as git makes it: Myers' middle snake on the lines that have a partner, then each run of changed
lines slid down, or to where the other text changed too. Merging these scripts is in `regions.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

# A bound on the work for one pair of texts, in visited diagonals: beyond it what is left counts as replaced.
# Real lessons stay below a hundredth of it; hostile ones cost about a second.
WORK_LIMIT = 1_000_000
_MANY = 1024
_WINDOW = 100


class Change(NamedTuple):
    """Lines `start:end` of the first text became lines `new_start:new_end` of the second."""

    start: int
    end: int
    new_start: int
    new_end: int


def line_changes(old: Sequence[int], new: Sequence[int], work_limit: int = WORK_LIMIT) -> list[Change]:
    """Return what changed, in order; equal lines are equal numbers, and no two changes touch."""
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head + tail == len(old) == len(new):
        return []
    old_changed, new_changed = bytearray(len(old) + 1), bytearray(len(new) + 1)
    old_kept = _with_partner(old, new, head, tail, old_changed)
    new_kept = _with_partner(new, old, head, tail, new_changed)
    kept = [old[i] for i in old_kept], [new[i] for i in new_kept]
    _compare(*kept, old_kept, new_kept, old_changed, new_changed, work_limit)
    _slide(old, old_changed, new_changed)
    _slide(new, new_changed, old_changed)
    return _script(old_changed, new_changed)


def _with_partner(lines: Sequence[int], other: Sequence[int], head: int, tail: int, changed: bytearray) -> list[int]:
    """The positions worth comparing; lines that cannot match, or match far too often to mean much, are changed."""
    counts: dict[int, int] = {}
    for line in other:
        counts[line] = counts.get(line, 0) + 1
    root = 1
    size = len(lines)
    while size:
        root, size = root * 2, size >> 2
    many = min(root, _MANY)
    last = len(lines) - tail - 1
    rank = bytearray(len(lines))  # 0: no partner, 1: some, 2: many
    for i in range(head, last + 1):
        found = counts.get(lines[i], 0)
        rank[i] = 0 if not found else 2 if found >= many else 1
    noise = _noise(rank, head, last)
    kept = []
    for i in range(head, last + 1):
        if rank[i] and not noise[i]:
            kept.append(i)
        else:
            changed[i] = 1
    return kept


def _noise(rank: bytearray, head: int, last: int) -> bytearray:
    """Mark the frequent lines that stand among lines without partners, so that matching them would only mislead."""
    noise = bytearray(len(rank))
    at = rank.find(2, head)
    if at == -1 or rank.find(0, head, last + 1) == -1:
        return noise
    lonely = [0, *accumulate(not found for found in rank)]  # up to each line
    while at != -1 and at <= last:
        start = max(head, at - _WINDOW, rank.rfind(1, max(0, at - _WINDOW), at) + 1)
        following = rank.find(1, at, min(last, at + _WINDOW) + 1)
        end = following if following != -1 else min(last, at + _WINDOW) + 1
        before, after = lonely[at] - lonely[start], lonely[end] - lonely[at + 1]
        frequent = end - start + 1 - before - after  # the line itself counts on either side
        noise[at] = bool(before and after and frequent * 4 < frequent + before + after)
        at = rank.find(2, at + 1)
    return noise


def _compare(
    a: list[int],
    b: list[int],
    a_at: list[int],
    b_at: list[int],
    a_changed: bytearray,
    b_changed: bytearray,
    work: int,
) -> None:
    """Mark what a shortest script changes, halving the box at the middle snake."""
    boxes = [(0, len(a), 0, len(b))]
    while boxes:
        low1, high1, low2, high2 = boxes.pop()
        while low1 < high1 and low2 < high2 and a[low1] == b[low2]:
            low1, low2 = low1 + 1, low2 + 1
        while low1 < high1 and low2 < high2 and a[high1 - 1] == b[high2 - 1]:
            high1, high2 = high1 - 1, high2 - 1
        split = None
        if low1 < high1 and low2 < high2 and work > 0:
            split, used = _middle(a, b, low1, high1, low2, high2, work)
            work -= used
        if split is None:
            for i in range(low1, high1):
                a_changed[a_at[i]] = 1
            for i in range(low2, high2):
                b_changed[b_at[i]] = 1
        else:
            boxes += ((split[0], high1, split[1], high2), (low1, split[0], low2, split[1]))


def _middle(
    a: list[int], b: list[int], low1: int, high1: int, low2: int, high2: int, limit: int
) -> tuple[tuple[int, int] | None, int]:
    """A point on a shortest path through the box, found from both ends; None when the limit of work is reached."""
    lowest, highest = low1 - high2, high1 - low2
    first, last = low1 - low2, high1 - high2
    odd = (first - last) & 1
    far = high1 + high2 + 2
    fmin = fmax = first
    bmin = bmax = last
    forward, backward = {first: low1}, {last: high1}
    used = 0
    while used <= limit:
        if fmin > lowest:
            fmin -= 1
            forward[fmin - 1] = -1
        else:
            fmin += 1
        if fmax < highest:
            fmax += 1
            forward[fmax + 1] = -1
        else:
            fmax -= 1
        for d in range(fmax, fmin - 1, -2):
            before, after = forward[d - 1], forward[d + 1]
            x = before + 1 if before >= after else after
            y = x - d
            while x < high1 and y < high2 and a[x] == b[y]:
                x, y = x + 1, y + 1
            forward[d] = x
            if odd and bmin <= d <= bmax and backward[d] <= x:
                return (x, y), used
        if bmin > lowest:
            bmin -= 1
            backward[bmin - 1] = far
        else:
            bmin += 1
        if bmax < highest:
            bmax += 1
            backward[bmax + 1] = far
        else:
            bmax -= 1
        for d in range(bmax, bmin - 1, -2):
            before, after = backward[d - 1], backward[d + 1]
            x = before if before < after else after - 1
            y = x - d
            while x > low1 and y > low2 and a[x - 1] == b[y - 1]:
                x, y = x - 1, y - 1
            backward[d] = x
            if not odd and fmin <= d <= fmax and x <= forward[d]:
                return (x, y), used
        used += fmax - fmin + bmax - bmin + 2
    return None, used


def _slide(lines: Sequence[int], changed: bytearray, other: bytearray) -> None:
    """Move each run of changed lines as far down as it goes, or to the last place where the other text changed too.

    Runs are counted by the unchanged lines before them, which pair up in both texts.
    """
    size = len(lines)
    beside = _runs(other)
    start = changed.find(1)
    unchanged = start  # unchanged lines before the run
    while start != -1:
        end = start
        while changed[end]:
            end += 1
        while True:
            length = end - start
            while start > 0 and lines[start - 1] == lines[end - 1]:
                start, end, unchanged = start - 1, end - 1, unchanged - 1
                changed[start], changed[end] = 1, 0
                while start > 0 and changed[start - 1]:
                    start -= 1
            top = end
            match = unchanged if beside[unchanged] else -1
            while end < size and lines[start] == lines[end]:
                changed[start], changed[end] = 0, 1
                start, end, unchanged = start + 1, end + 1, unchanged + 1
                while changed[end]:
                    end += 1
                if beside[unchanged]:
                    match = unchanged
            if end - start == length:
                break
        if end != top and match != -1:
            while unchanged > match:
                start, end, unchanged = start - 1, end - 1, unchanged - 1
                changed[start], changed[end] = 1, 0
                while start > 0 and changed[start - 1]:
                    start -= 1
        following = changed.find(1, end)
        unchanged += following - end
        start = following


def _runs(changed: bytearray) -> bytearray:
    """For each count of unchanged lines, whether a run of changed lines comes right after them."""
    runs = bytearray()
    here = 0
    for flag in changed[:-1]:
        if flag:
            here = 1
        else:
            runs.append(here)
            here = 0
    runs.append(here)
    return runs


def _script(old_changed: bytearray, new_changed: bytearray) -> list[Change]:
    changes: list[Change] = []
    i = j = 0
    while True:
        next_i, next_j = old_changed.find(1, i), new_changed.find(1, j)
        if next_i == -1 and next_j == -1:
            return changes
        steps = [found - at for found, at in ((next_i, i), (next_j, j)) if found != -1]
        i, j = i + min(steps), j + min(steps)
        start, new_start = i, j
        while old_changed[i]:
            i += 1
        while new_changed[j]:
            j += 1
        changes.append(Change(start, i, new_start, j))
