"""Two texts side by side, each cut down to the sentences in which they differ. Whole redlines are in diff.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .diff import Op, redline_text
from .plain import shortened

AROUND = 90  # letters of what stayed that are shown beside a change, when its sentence is longer
LONGEST = 420  # letters of one side before the rest is left out
_BORDER = re.compile(r"(?<=[.!?…])\s+|(?<= )·\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `changed` where the other text says something else."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Both texts, as far as they differ; `whole` when nothing of either was left out."""

    before: Sequence[Piece]
    after: Sequence[Piece]
    whole: bool


def beside(before: str, after: str, *, whole: bool = False) -> Sides:
    """Return both texts with what differs marked, and only the sentences in which they differ, or all of it if asked.

    Neither side is longer than `LONGEST` letters and a word, unless it is asked for whole. A text that is only on one
    side is changed from its first word to its last.
    """
    changes = redline_text(before, after)
    sides: list[list[Piece]] = [[], []]
    for at, change in enumerate(changes):
        equal = change.op is Op.EQUAL
        text = change.after if whole or not equal else _near(change.after, at > 0, at + 1 < len(changes))
        if equal:
            for side in sides:
                side.append(Piece(text, changed=False))
        else:
            for side, words in zip(sides, (change.before, change.after), strict=True):
                if words:
                    side.append(Piece(words, changed=True))
    if not whole:
        sides = [_limited(side) for side in sides]
    shown = tuple("".join(piece.text for piece in side) for side in sides)
    return Sides(sides[0], sides[1], shown == (before, after))


def _near(text: str, after_change: bool, before_change: bool) -> str:
    """What of an unchanged stretch belongs to the sentences of the changes beside it."""
    head = _to_border(text) if after_change else ""
    tail = _from_border(text) if before_change else ""
    if len(head) + len(tail) + len(" … ") >= len(text):
        return text
    between = " … " if after_change and before_change else ("" if not after_change else " …")
    return f"{head.rstrip()}{between}{tail}" if after_change else f"… {tail.lstrip()}"


def _to_border(text: str) -> str:
    """The rest of the sentence that a text begins in, or its next words when that is long."""
    found = _BORDER.search(text)
    head = text[: found.start()] if found else text
    return head if len(head) <= AROUND else text[: AROUND + 1].rsplit(" ", 1)[0]


def _from_border(text: str) -> str:
    """The beginning of the sentence that a text ends in, or its last words when that is long."""
    borders = [found.end() for found in _BORDER.finditer(text)]
    tail = text[borders[-1] :] if borders and borders[-1] < len(text) else ("" if borders else text)
    return tail if len(tail) <= AROUND else text[-AROUND - 1 :].partition(" ")[2]


def _limited(side: Sequence[Piece]) -> list[Piece]:
    """A side up to its longest, cut between words."""
    kept: list[Piece] = []
    left = LONGEST
    for piece in side:
        text = shortened(piece.text, left)
        kept.append(Piece(text, piece.changed))
        if text != piece.text:
            break
        left -= len(text)
        if left <= 0:
            if len(kept) < len(side):
                kept.append(Piece(" …", changed=False))
            break
    return kept
