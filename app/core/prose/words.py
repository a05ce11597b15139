"""Three texts woven word by word: what only one side changed is taken, what both changed differently stays apart.

White space goes with the word after it and never makes two words differ. Whether a woven text may be trusted is for
`guards.py` to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from app.core.prose.lines import Change, line_changes
from app.core.prose.regions import groups, new_end
from app.core.prose.tokens import composed, gapped, is_variable

_TABLE_LIMIT = 30_000_000  # token pairs compared in full; above, as lines are, within a bound of work
_WORK_LIMIT = 200_000


class Clash(NamedTuple):
    """Words that both sides changed, each its own way."""

    base: str
    ours: str
    theirs: str


@dataclass
class Woven:
    """The pieces in order; `text` is None while a clash is left. The changed words of each side are for the guards."""

    pieces: list[str | Clash]
    our_words: list[str] = field(default_factory=list)
    their_words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        if any(isinstance(piece, Clash) for piece in self.pieces):
            return None
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    def drafts(self) -> tuple[str, str]:
        """The whole text with our words wherever both sides changed the same ones, and the whole with theirs."""
        pieces = [Clash(piece, piece, piece) if isinstance(piece, str) else piece for piece in self.pieces]
        return "".join(piece.ours for piece in pieces), "".join(piece.theirs for piece in pieces)


def shared(one: Sequence[str], two: Sequence[str]) -> int:
    """Return how many words two token lists have in common, in order; in any order when they are very long."""
    if len(one) * len(two) > _TABLE_LIMIT:
        return (Counter(one) & Counter(two)).total()
    return int(LCSseq.similarity(one, two))


def word_changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return what changed between two token lists; matches too small to mean anything between changes are dropped."""
    if len(old) * len(new) > _TABLE_LIMIT:
        numbers: dict[str, int] = {}
        ids = [[numbers.setdefault(token, len(numbers)) for token in part] for part in (old, new)]
        return _without_crumbs(line_changes(ids[0], ids[1], _WORK_LIMIT), old, new)
    changes: list[Change] = []
    for op in Indel.opcodes(old, new):
        if op.tag != "equal":
            if changes and changes[-1].end == op.src_start and changes[-1].new_end == op.dest_start:
                changes[-1] = changes[-1]._replace(end=op.src_end, new_end=op.dest_end)
            else:
                changes.append(Change(op.src_start, op.src_end, op.dest_start, op.dest_end))
    return _without_crumbs(changes, old, new)


def _without_crumbs(changes: list[Change], old: Sequence[str], new: Sequence[str]) -> list[Change]:
    joined: list[Change] = []
    for change in changes:
        joined.append(change)
        while len(joined) > 1:
            one, two = joined[-2:]
            between = sum(map(len, old[one.end : two.start]))
            if between > min(_weight(one, old, new), _weight(two, old, new)):
                break
            joined[-2:] = [Change(one.start, two.end, one.new_start, two.new_end)]
    return joined


def _weight(change: Change, old: Sequence[str], new: Sequence[str]) -> int:
    return max(sum(map(len, old[change.start : change.end])), sum(map(len, new[change.new_start : change.new_end])))


def weave(base: str, ours: str, theirs: str) -> Woven:
    """Return the three texts as one, each word and each gap from the side that changed it."""
    b, o, t = gapped(base), gapped(ours), gapped(theirs)
    words = [[composed(token) for _, token in pairs] for pairs in (b, o, t)]
    our_changes, their_changes = word_changes(words[0], words[1]), word_changes(words[0], words[2])
    woven = Woven([])
    at = [0, 0, 0]
    after = 0  # which side wrote the words before: 1 ours, 2 theirs, 0 both

    def keep(stop: int, after: int) -> None:
        """Take unchanged words; the first gap is that of the text whose words stand before it."""
        count = stop - at[0]
        same = zip(b[at[0] : stop], o[at[1] : at[1] + count], t[at[2] : at[2] + count], strict=True)
        text = []
        for (gap, word), (our_gap, our_word), (their_gap, their_word) in same:
            if after:
                gap, after = (our_gap, their_gap)[after - 1], 0
            else:
                gap = their_gap if our_gap == gap else our_gap
            text.append(gap + (their_word if our_word == word else our_word))
        _add(woven.pieces, "".join(text))
        at[:] = [n + count for n in at]

    for ours_run, theirs_run in groups(our_changes, their_changes):
        for our_run, their_run in _apart(ours_run, theirs_run, words):
            start = min(run[0].start for run in (our_run, their_run) if run)
            end = max(run[-1].end for run in (our_run, their_run) if run)
            keep(start, after)
            after = 2 if not our_run else 1
            o_end = new_end(our_run, end, at[1] + end - start)
            t_end = new_end(their_run, end, at[2] + end - start)
            our_part, their_part = words[1][at[1] : o_end], words[2][at[2] : t_end]
            if our_run:
                woven.our_words += words[0][start:end] + our_part
            if their_run:
                woven.their_words += words[0][start:end] + their_part
            raw = [_raw(pairs[i:j]) for pairs, i, j in ((b, start, end), (o, at[1], o_end), (t, at[2], t_end))]
            if not their_run or our_part == their_part:
                _add(woven.pieces, raw[1])
            elif not our_run:
                _add(woven.pieces, raw[2])
            else:
                woven.pieces.append(Clash(*raw))
            at[:] = [end, o_end, t_end]
    keep(len(b), after)
    return woven


def _apart(ours: list[Change], theirs: list[Change], words: list[list[str]]) -> list[tuple[list[Change], list[Change]]]:
    """Take changes apart that only touch, where one of them does no more than name another variable."""
    if len(ours) == len(theirs) == 1:
        one, two = ours[0], theirs[0]
        variables = [
            all(map(is_variable, words[0][c.start : c.end] + words[side][c.new_start : c.new_end])) and c.end > c.start
            for c, side in ((one, 1), (two, 2))
        ]
        if any(variables):
            if one.end <= two.start:
                return [([one], []), ([], [two])]
            if two.end <= one.start:
                return [([], [two]), ([one], [])]
    return [(ours, theirs)]


def _raw(pairs: list[tuple[str, str]]) -> str:
    return "".join(gap + token for gap, token in pairs)


def _add(pieces: list[str | Clash], text: str) -> None:
    last = pieces[-1] if pieces else None
    if isinstance(last, str):
        pieces[-1] = last + text
    else:
        pieces.append(text)
