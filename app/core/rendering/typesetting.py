"""Small typography in rendered HTML: what belongs together stays on one line, and a row of tick boxes becomes a list.

Only words change: not tags with their addresses and descriptions, and not code. The Markdown itself stays as written.
"""

from __future__ import annotations

import re

from app.core.typography import BOX, MANY_BOXES, joined

_TAG = re.compile(r"(<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)")
_NAME = re.compile(r"</?(\w+)")
_ROOMS = frozenset({"p", "td"})
_VERBATIM = frozenset({"code", "pre"})
_BEFORE_BOX = re.compile(rf"\s*{BOX}")


def typeset(html: str) -> str:
    """Return the HTML with no-break spaces where words and figures belong together, and many tick boxes one per line.

    Many are `MANY_BOXES` in one paragraph or cell.
    """
    parts = _TAG.split(html)  # words and tags by turns
    words, rooms = _prose(parts)
    changed, at = joined("".join(parts[place] for place in words)), 0
    for place in words:
        end = at + len(parts[place])
        parts[place], at = changed[at:end], end
    for room in rooms:
        _one_per_line(parts, room)
    return "".join(parts)


def _prose(parts: list[str]) -> tuple[list[int], list[list[int]]]:
    """Return where words stand that are no code, and those of each paragraph and cell by themselves."""
    words: list[int] = []
    rooms: list[list[int]] = []
    start = verbatim = 0
    for place, part in enumerate(parts):
        if place % 2 == 0:
            if part and not verbatim:
                words.append(place)
            continue
        name = _NAME.match(part)
        if name and name[1] in _VERBATIM:
            verbatim += -1 if part.startswith("</") else 1
        elif name and name[1] in _ROOMS:
            if part.startswith("</"):
                rooms.append(words[start:])
            start = len(words)
    return words, rooms


def _one_per_line(parts: list[str], room: list[int]) -> None:
    """Put every box of a paragraph or cell but the first on a line of its own, when they are many."""
    if sum(parts[place].count(BOX) for place in room) < MANY_BOXES:
        return
    is_first = True
    for place in room:
        start = parts[place].find(BOX) + 1 if is_first else 0
        if is_first and not start:
            continue
        is_first = False
        parts[place] = parts[place][:start] + _BEFORE_BOX.sub(f"<br>{BOX}", parts[place][start:])
