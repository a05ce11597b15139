"""Where the cohorts of a cascade stand in its picture: top to bottom by depth, wide ones folded into one knot.

Pure geometry in pixels, x to the right and y down. Words, colours and links are the template's; the figures are
cascade.py's.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .cascade_records import Spot

SLOT = 92  # room for a knot and its words
LEVEL = 104  # height of a level
EDGE = 22  # free space around
THINNEST, THICKEST = 9, 24  # radius of a knot: its area is as its people
MOST_SLOTS = 12  # knots beside each other; more do not fit a page
MOST_CHILDREN = 6
LETTERS = 14  # of a line of a knot's words
WORDS = 36  # room for two lines of words and a number below a knot


@dataclass(frozen=True, slots=True)
class Knot:
    """A cohort, or several folded into one: then `spot` is None, `cohorts` says how many and `people` whom they reach.

    People of folded cohorts are added up by cohort: somebody in two of them counts twice, so say "at most".
    `hidden` are the cohorts below a shown one that are not drawn.
    """

    spot: Spot | None
    x: int
    y: int
    radius: int
    label: tuple[str, ...]
    cohorts: int
    people: int
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """From an upper knot to a lower one, as an SVG path."""

    path: str
    folded: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture and its size; knots come parents first, lines lie under them."""

    width: int
    height: int
    knots: tuple[Knot, ...]
    lines: tuple[Line, ...]


class _Node:
    """A cohort, or a fold with no spot, while room is shared out."""

    __slots__ = ("children", "depth", "folded", "hidden", "people", "slots", "spot", "x")

    def __init__(self, spot: Spot | None, depth: int, people: int, folded: int = 0) -> None:
        self.spot, self.depth, self.people, self.folded = spot, depth, people, folded
        self.children: list[_Node] = []
        self.hidden = spot.below if spot else 0
        self.slots, self.x = 1, 0.0


def draw(spots: Sequence[Spot], most_slots: int = MOST_SLOTS) -> Drawing:
    """Return the picture: the cohorts that reach most are unfolded first, as long as there is room."""
    children: dict[int | None, list[Spot]] = {}
    for spot in spots:
        children.setdefault(spot.parent, []).append(spot)
    roots = _shown(children.get(None, []), 0, max(most_slots, 1))
    order = _unfold(roots, children, most_slots)
    _share_out(roots, order)
    return _drawing(roots, order)


def _shown(spots: Sequence[Spot], depth: int, most: int) -> list[_Node]:
    """The cohorts that reach most, and the rest as one fold where it spares room."""
    ranked = sorted(spots, key=lambda spot: (-(spot.direct + spot.through), spot.group.id))
    shown, rest = (ranked, []) if len(ranked) <= most else (ranked[: most - 1], ranked[most - 1 :])
    nodes = [_Node(spot, depth, spot.direct) for spot in shown]
    if rest:
        people = sum(spot.direct + spot.through for spot in rest)
        nodes.append(_Node(None, depth, people, sum(spot.below + 1 for spot in rest)))
    return nodes


def _unfold(roots: list[_Node], children: dict[int | None, list[Spot]], most_slots: int) -> list[_Node]:
    """Unfold from the one that reaches most; return every node, parents before children."""
    order, free = list(roots), most_slots - len(roots)
    waiting = [(-node.spot.through, node.spot.group.id, node) for node in roots if node.spot]
    heapq.heapify(waiting)
    while waiting:
        _, _, node = heapq.heappop(waiting)
        below = children.get(node.spot.group.id, []) if node.spot else []
        room = min(free + 1, MOST_CHILDREN)
        if not below or room < 1:
            continue
        node.children = _shown(below, node.depth + 1, room)
        node.hidden = 0
        free -= len(node.children) - 1
        order += node.children
        for child in node.children:
            if child.spot:
                heapq.heappush(waiting, (-child.spot.through, child.spot.group.id, child))
    return order


def _share_out(roots: list[_Node], order: list[_Node]) -> None:
    for node in reversed(order):
        node.slots = sum(child.slots for child in node.children) or 1
    left = 0
    for root in roots:
        root.x = left + root.slots / 2
        left += root.slots
    for node in order:
        left_here = node.x - node.slots / 2
        for child in node.children:
            child.x = left_here + child.slots / 2
            left_here += child.slots


def _drawing(roots: list[_Node], order: list[_Node]) -> Drawing:
    most = max((node.people for node in order), default=0) or 1
    places = {id(node): (round(EDGE + node.x * SLOT), EDGE + THICKEST + node.depth * LEVEL) for node in order}
    knots, lines = [], []
    for node in order:
        x, y = places[id(node)]
        radius = round(THINNEST + (THICKEST - THINNEST) * sqrt(node.people / most))
        name = node.spot.group.name if node.spot else ""
        knots.append(Knot(node.spot, x, y, radius, _in_lines(name), node.folded or 1, node.people, node.hidden))
        for child in node.children:
            to_x, to_y = places[id(child)]
            bend = (y + to_y) // 2
            lines.append(Line(f"M{x} {y}C{x} {bend} {to_x} {bend} {to_x} {to_y}", child.spot is None))
    depth = max((node.depth for node in order), default=0)
    width = 2 * EDGE + SLOT * max(sum(root.slots for root in roots), 1)
    return Drawing(width, 2 * (EDGE + THICKEST) + depth * LEVEL + WORDS, tuple(knots), tuple(lines))


def _in_lines(name: str) -> tuple[str, ...]:
    """A name in at most two lines, broken between words where that is possible."""
    first = ""
    words = name.split()
    while words and len(f"{first} {words[0]}".strip()) <= LETTERS:
        first = f"{first} {words.pop(0)}".strip()
    if not first and words:
        first, words[0] = words[0][:LETTERS], words[0][LETTERS:]
    rest = " ".join(words)
    return tuple(line for line in (first, rest if len(rest) <= LETTERS else rest[: LETTERS - 1].rstrip() + "…") if line)
