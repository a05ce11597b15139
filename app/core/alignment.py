"""Which old text each new text continues, so that blocks keep their uid when a whole unit is edited.

Texts are compared, never positions alone. The work stays near-linear where texts are mostly equal, because only
what lies between equal texts is compared with each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from rapidfuzz.distance import Indel, LCSseq

SIMILAR_SHARE = 0.4  # of the words, in order: from here on a text may continue another that stands in its place
MOVED_SHARE = 0.7  # the same for a text that stands somewhere else
_MOST_COMPARISONS = 40_000  # in one go; a longer stretch that was rewritten is compared slice by slice
_MOST_WORDS = 400  # compared of each text

Pair: TypeAlias = tuple[int, int]  # index in old, index in new


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return, for each new text, the index of the old text it continues, or None when it is new.

    Equal texts come first, in order where that is possible and else as moves. What is left between them is paired by
    similarity: in order, so that the sum of similarities is largest; at last, much alike, wherever it went. Each old
    text is used at most once.
    """
    found: list[int | None] = [None] * len(new)
    in_order = list(_equal_in_order(old, new))
    for i, j in in_order:
        found[j] = i
    for i, j in _equal_anywhere(old, new, {i for i, _ in in_order}, found):
        found[j] = i
    used = {i for i in found if i is not None}
    words = _Words()
    for old_gap, new_gap in _gaps(in_order, used, found, len(old)):
        for i, j in _similar_in_order(old, new, old_gap, new_gap, words):
            found[j] = i
            used.add(i)
    left_old = [i for i in range(len(old)) if i not in used]
    left_new = [j for j, i in enumerate(found) if i is None]
    for i, j in _similar_anywhere(old, new, left_old, left_new, words):
        found[j] = i
    return found


def _equal_in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Yield pairs of equal texts, rising on both sides: first texts that are unique, then what lies between them."""
    old_counts, new_counts = Counter(old), Counter(new)
    places = {text: i for i, text in enumerate(old) if old_counts[text] == 1}
    unique = [(places[text], j) for j, text in enumerate(new) if text in places and new_counts[text] == 1]
    before = (-1, -1)
    for anchor in [*_longest_rising(unique), (len(old), len(new))]:
        old_start, new_start = before[0] + 1, before[1] + 1
        old_texts, new_texts = old[old_start : anchor[0]], new[new_start : anchor[1]]
        if old_texts and new_texts:
            for step in LCSseq.opcodes(old_texts, new_texts):
                if step.tag == "equal":
                    yield from zip(
                        range(old_start + step.src_start, old_start + step.src_end),
                        range(new_start + step.dest_start, new_start + step.dest_end),
                        strict=True,
                    )
        if anchor[0] < len(old):
            yield anchor
        before = anchor


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest part of the pairs, which rise in their second number, that rises in the first, too."""
    lowest: list[int] = []  # the lowest first number on which a run of this length (less one) can end
    ends: list[int] = []
    previous: list[int] = []
    for place, (i, _) in enumerate(pairs):
        at = bisect_left(lowest, i)
        previous.append(ends[at - 1] if at else -1)
        lowest[at : at + 1] = [i]
        ends[at : at + 1] = [place]
    chosen = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chosen.append(pairs[place])
        place = previous[place]
    return chosen[::-1]


def _equal_anywhere(
    old: Sequence[str], new: Sequence[str], used: set[int], found: Sequence[int | None]
) -> Iterator[Pair]:
    """Yield pairs of equal texts that are left, first with first: these were moved."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for i, text in enumerate(old):
        if i not in used:
            places[text].append(i)
    for j, text in enumerate(new):
        if found[j] is None and places.get(text):
            yield places[text].popleft(), j


def _gaps(
    in_order: Sequence[Pair], used: set[int], found: Sequence[int | None], old_count: int
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the old and new texts that are left between each two pairs that are in order."""
    before = (-1, -1)
    for pair in [*in_order, (old_count, len(found))]:
        if pair[0] > before[0] + 1 and pair[1] > before[1] + 1:
            old_gap = [i for i in range(before[0] + 1, pair[0]) if i not in used]
            new_gap = [j for j in range(before[1] + 1, pair[1]) if found[j] is None]
            if old_gap and new_gap:
                yield from _slices(old_gap, new_gap)
        before = pair


def _slices(old_gap: list[int], new_gap: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield a gap in slices small enough to compare everything in one with everything in it."""
    count = 1
    while (len(old_gap) // count + 1) * (len(new_gap) // count + 1) > _MOST_COMPARISONS:
        count += 1
    for n in range(count):
        old_slice = old_gap[len(old_gap) * n // count : len(old_gap) * (n + 1) // count]
        new_slice = new_gap[len(new_gap) * n // count : len(new_gap) * (n + 1) // count]
        if old_slice and new_slice:
            yield old_slice, new_slice


class _Words:
    """Compares texts by their words, splitting each text once."""

    def __init__(self) -> None:
        self.split: dict[str, list[str]] = {}

    def share(self, one: str, other: str, at_least: float) -> float:
        """The share of words two texts have in common in the same order, from 0 to 1; 0 below `at_least`."""
        return Indel.normalized_similarity(self._of(one), self._of(other), score_cutoff=at_least)

    def _of(self, text: str) -> list[str]:
        words = self.split.get(text)
        if words is None:
            words = self.split[text] = text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
        return words


def _similar_in_order(
    old: Sequence[str], new: Sequence[str], old_gap: Sequence[int], new_gap: Sequence[int], words: _Words
) -> Iterator[Pair]:
    """Yield the pairs in one gap, rising on both sides, whose similarities sum to the most."""
    rows, columns = len(old_gap), len(new_gap)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    shares: dict[Pair, float] = {}
    for i in range(rows - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(columns - 1, -1, -1):
            most = below[j] if below[j] > row[j + 1] else row[j + 1]
            if share := words.share(old[old_gap[i]], new[new_gap[j]], SIMILAR_SHARE):
                shares[i, j] = share
                most = max(most, share + below[j + 1])
            row[j] = most
    i = j = 0
    while i < rows and j < columns:
        share = shares.get((i, j), 0.0)
        if share and best[i][j] == share + best[i + 1][j + 1]:
            yield old_gap[i], new_gap[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _similar_anywhere(
    old: Sequence[str], new: Sequence[str], left_old: Sequence[int], left_new: Sequence[int], words: _Words
) -> Iterable[Pair]:
    """Return pairs of texts that are much alike though they stand elsewhere, most alike first."""
    if len(left_old) * len(left_new) > _MOST_COMPARISONS:
        return []
    pairs = sorted(
        (-share, i, j)
        for i in left_old
        for j in left_new
        if (share := words.share(old[i], new[j], MOVED_SHARE)) >= MOVED_SHARE
    )
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return chosen.items()
