"""Styles that programs change and people do not: taken back before anything is compared.

Some programs know none of our styles and give every paragraph their own; LibreOffice gives a paragraph the style of a
deleted one before it. What somebody restyled with tracking on is never taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.interchange.formats.docx.review.story import Item, Paragraph
from app.interchange.formats.docx.review.versions import Seen

RESTYLED_SHARE = 0.2  # of the paragraphs that kept their words: from here on a program did it
LEAST_RESTYLED = 10


def take_back_styles(items: Sequence[Item], origins: Mapping[int, Seen], *versions: Sequence[Seen]) -> bool:
    """Give what a program restyled the shape that went out; return whether it had restyled the whole file."""
    same = [(one, origins[one.items[0]]) for one in versions[0] if one.items[0] in origins]
    same = [(one, origin) for one, origin in same if one.words == origin.words]
    other = sum(one.said != origin.said for one, origin in same)
    whole = other >= LEAST_RESTYLED and other > RESTYLED_SHARE * len(same)
    for seen in versions:
        for one in seen:
            origin, item = origins.get(one.items[0]), items[one.items[0]]
            if origin is None or (isinstance(item, Paragraph) and item.reshaped):
                continue
            if whole or _follows_a_deleted_mark(items, one.items[0]):
                _take_back(one, origin, looks=whole)
    return whole


def _follows_a_deleted_mark(items: Sequence[Item], number: int) -> bool:
    before = items[number - 1] if number else None
    return isinstance(before, Paragraph) and bool(before.went)


def _take_back(one: Seen, origin: Seen, *, looks: bool) -> None:
    if (one.rows is None) != (origin.rows is None):
        return
    one.shape, one.is_rule = origin.shape, origin.is_rule
    if looks and one.words == origin.words:
        one.runs, one.rows = origin.runs, origin.rows
    one.forget()
