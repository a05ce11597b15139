"""Lists: those of Word, and those typed by hand with a bullet, a dash, a number or a box before each line.

A typed number is a list only when another one follows it in the right order; a lone `1986. ` is a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.interchange.formats.docx.foreign.pieces import Para, Piece
from app.interchange.formats.nodes import Inline, Run

_BULLETS = "•·▪▫◦‣∙●○■◆◇►▶▸➢➤➔→✓✔❖❑❒⬧⬥*§☞✗★⚫⁃‐"  # what word processors and people put before a line
_BULLET = re.compile(rf"[{re.escape(_BULLETS)}][ \t\u00a0]*(?=\S)|[-–—][ \t\u00a0]+(?=\S)|o\t+(?=\S)")
_BOX = re.compile(r"[☐☑☒□][ \t\u00a0]*(?=\S)|[\[(](?: {0,3}|[xX])[\])][ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})(?:\.-|[.)º°](?!\d)|-(?=[ \t]))[ \t\u00a0]*(?=\S)")
_LETTER = re.compile(r"\(?([a-zA-Z])[.)](?=[ \t\u00a0])[ \t\u00a0]*(?=\S)")
_WORD = re.compile(r"[^\W_]")
_TICKED = frozenset("☑☒xX")
LOOK_AHEAD = 6  # paragraphs within which the next number must come
STEP = 360  # twips of indentation that make an item one deeper


class Marker(NamedTuple):
    """What stands before a typed item: how many characters, and what Markdown has for it."""

    length: int
    ordered: bool = False
    number: int = 0
    letter: str = ""
    box: str = ""


class Item(NamedTuple):
    """One item: its depth from 0, its mark in Markdown, its runs."""

    depth: int
    mark: str
    runs: list[Inline]
    list_id: str


def typed_marker(text: str) -> Marker | None:
    """Return the bullet, number, letter or box that a line begins with, or None."""
    if match := _BOX.match(text):
        if sum(map(text.count, "☐☑☒□")) > 1:
            return None  # choices in one line, to be ticked there
        return Marker(match.end(), box="[x]" if _TICKED & set(match[0]) else "[ ]")
    if match := _BULLET.match(text):
        return Marker(match.end()) if _WORD.search(text, match.end()) else None
    if match := _NUMBER.match(text):
        is_apart = match[0][-1:].isspace() or match.end() == len(text)
        return Marker(match.end(), ordered=True, number=int(match[1])) if is_apart else None
    match = _LETTER.match(text)
    return Marker(match.end(), ordered=True, letter=match[1]) if match else None


def typed_items(pieces: Sequence[Piece], headings: frozenset[int] | set[int]) -> dict[int, Marker]:
    """Return the paragraphs that are typed items, by place, with their marker."""
    markers: dict[int, Marker] = {}
    for place, piece in enumerate(pieces):
        if (
            isinstance(piece, Para)
            and place not in headings
            and not piece.in_list
            and not piece.is_contents
            and not piece.note
            and (marker := typed_marker(piece.text))
        ):
            markers[place] = marker
    return {place: marker for place, marker in markers.items() if _is_item(place, marker, markers)}


def _is_item(place: int, marker: Marker, markers: dict[int, Marker]) -> bool:
    if not marker.ordered:
        return True
    near = [*range(place - 1, place - LOOK_AHEAD - 1, -1)], [*range(place + 1, place + LOOK_AHEAD + 1)]
    for places, step in zip(near, (-1, 1), strict=True):
        for other_place in places:
            other = markers.get(other_place)
            if other is None:
                continue
            if marker.letter and other.letter and ord(other.letter) == ord(marker.letter) + step:
                return True
            if marker.number and other.number == marker.number + step:
                return True
    return False


def without_marker(runs: Sequence[Inline], length: int) -> list[Inline]:
    """Return runs without white space at their beginning and as many characters after it."""
    left: list[Inline] = []
    begun = False
    for run in runs:
        if isinstance(run, Run):
            text = run.text if begun else run.text.lstrip()
            begun = begun or bool(text)
            taken = min(length, len(text))
            length -= taken
            if text[taken:]:
                left.append(run._replace(text=text[taken:]))
        else:
            left.append(run)
    return left


def mark_of(marker: Marker) -> tuple[str, str]:
    """Return an item's mark in Markdown, and the words of the marker that Markdown has no mark for."""
    if marker.box:
        return f"- {marker.box}", ""
    if marker.letter:
        return "-", f"{marker.letter}) "
    return (f"{marker.number}." if marker.ordered else "-"), ""


def depths(indents: Sequence[int]) -> list[int]:
    """Return how deep each typed item is, from how far it is indented."""
    found: list[int] = []
    stack: list[int] = []
    for indent in indents:
        while stack and indent < stack[-1] - STEP // 2:
            stack.pop()
        if not stack or indent > stack[-1] + STEP // 2:
            stack.append(indent)
        found.append(min(8, len(stack) - 1))
    return found
