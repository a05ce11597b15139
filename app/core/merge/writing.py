"""The text an answer stands for: a merge with its places filled by both sides' words.

Which answer fits which question is `deciding`'s business.
"""

from __future__ import annotations

import re

from app.core.prose import Place, TextMerge

_LINE = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\||>)")  # a list item, a table row, a quotation: one a line
_BLOCK = re.compile(r"\s*(?:#{1,6}\s|/{3,}|```|~~~)")  # a heading, a typed block, code: set off by an empty line


def both(merge: TextMerge) -> str:
    """Return the merged text with, at each open place, our words followed by theirs."""
    return merge.text(_one_after_the_other)


def _one_after_the_other(place: Place) -> str:
    return joined(place.ours, place.theirs)


def joined(ours: str, theirs: str) -> str:
    """Return two texts one after the other, kept apart as their kind needs."""
    if not ours or not theirs or ours[-1].isspace() or theirs[0].isspace():
        return ours + theirs
    if _BLOCK.match(ours) or _BLOCK.match(theirs):
        return f"{ours}\n\n{theirs}"
    if _LINE.match(ours) or _LINE.match(theirs):
        return f"{ours}\n{theirs}"
    return f"{ours} {theirs}"
