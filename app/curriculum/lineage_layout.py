"""Where the parts of a lineage's drawing stand: a grafted tree whose branches are as wide as their number of blocks.

Pure geometry in pixels, x to the right and y down. Words, colours and links are the template's
(`web/templates/macros/lineage.html`); which editions there are is asked in `queries`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import TypeAlias

LEVEL = 132  # height of a level in the upright tree
SPREAD = 236  # room for a twig and its words
EDGE = 30  # free space around
KNOT = 17  # radius of the circle an edition sits in
STEP = 30  # how far a child is set in on the climbing tree
ROW = 92  # height of an edition on the climbing tree
WIDEST, THINNEST = 22.0, 3.0
CROWN, CROWN_ARC = 9, 150  # leaves over a knot, and the degrees they take
UPRIGHT_TWIGS = 4  # with more twigs than this an upright tree no longer fits a page
LETTERS_UPRIGHT, LETTERS_CLIMBING = 19, 30


@dataclass(frozen=True, slots=True)
class Node:
    """An edition. `lag` counts releases of its parent not yet taken over; `counts` its blocks per link state."""

    id: int
    parent: int | None
    title: str
    version: str
    blocks: int
    lag: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


Nested: TypeAlias = list[tuple[Node, "Nested"]]


@dataclass(frozen=True, slots=True)
class Branch:
    """Wood from a parent to a child, as the outline of an SVG path."""

    child: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of an edition's crown: its foot, and its turn in degrees from upright. The crown shows `counts`."""

    state: str
    x: float
    y: float
    turn: int


@dataclass(frozen=True, slots=True)
class Spot:
    """An edition's place: the middle of its knot, its crown, and where the lines of its words begin."""

    node: Node
    x: int
    y: int
    text_x: int
    text_y: int
    label: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    branches: tuple[Branch, ...]
    spots: tuple[Spot, ...]
    soil: str


def nest(nodes: Iterable[Node]) -> Nested:
    """Return the nodes as nested (node, children) pairs, in the given order.

    A node whose parent is not among them stands as a root. So does the first of a ring of parents, which cannot be
    but must not hang a page.
    """
    by_id = {node.id: node for node in nodes}
    children: dict[int | None, list[Node]] = {}
    for node in by_id.values():
        children.setdefault(node.parent if node.parent in by_id else None, []).append(node)
    placed: set[int] = set()

    def below(node: Node) -> tuple[Node, Nested]:
        placed.add(node.id)
        return node, [below(child) for child in children.get(node.id, ()) if child.id not in placed]

    roots = [below(node) for node in children.get(None, ())]
    roots += [below(node) for node in by_id.values() if node.id not in placed]
    return roots


def upright(nodes: Sequence[Node]) -> Drawing | None:
    """Return the tree as it grows, root in the soil and twigs above; None when it has too many twigs for a page."""
    roots = nest(nodes)
    twigs = sum(map(_twigs, roots))
    if not nodes or twigs > UPRIGHT_TWIGS:
        return None
    depth = max(map(_depth, roots))
    ground = depth * LEVEL - 8
    width = 2 * EDGE + max(twigs, 2) * SPREAD
    thick = _thickness(nodes)
    spots: list[Spot] = []
    branches: list[Branch] = []
    offset = EDGE + (width - 2 * EDGE - twigs * SPREAD) // 2

    def place(tree: tuple[Node, Nested], left: int, level: int) -> int:
        """Place a node over the room its twigs take, and return where its knot stands from the left."""
        node, children = tree
        at, xs = left, []
        for child in children:
            xs.append(place(child, at, level + 1))
            at += _twigs(child) * SPREAD
        x = (xs[0] + xs[-1]) // 2 if xs else left + SPREAD // 4
        y = ground - LEVEL * level - LEVEL // 2
        spots.append(_spot(node, x, y, LETTERS_UPRIGHT))
        for (child_node, _), child_x in zip(children, xs, strict=True):
            branches.append(_grow(child_node.id, x, y, child_x, y - LEVEL, thick[node.id], thick[child_node.id]))
        return x

    for root in roots:
        x = place(root, offset, 0)
        y = ground - LEVEL // 2
        branches.append(
            _grow(root[0].id, x, ground, x, y, min(thick[root[0].id] * 1.5, WIDEST * 1.4), thick[root[0].id])
        )
        offset += _twigs(root) * SPREAD
    middle = width // 2
    soil = f"M{EDGE // 2} {ground + 1}q{middle // 2} -9 {middle - EDGE // 2} 0t{middle - EDGE // 2} 0"
    return Drawing(width, ground + 16, tuple(branches), tuple(reversed(spots)), soil)


def climbing(nodes: Sequence[Node]) -> Drawing:
    """Return the tree as a vine for narrow screens and large trees: one edition a row, children set in under theirs."""
    thick = _thickness(nodes)
    spots: list[Spot] = []
    branches: list[Branch] = []

    def place(tree: tuple[Node, Nested], level: int, under: Spot | None) -> None:
        node, children = tree
        x, y = KNOT + 14 + min(level, 5) * STEP, KNOT + 20 + len(spots) * ROW
        spot = _spot(node, x, y, LETTERS_CLIMBING - 3 * min(level, 5))
        spots.append(spot)
        if under is not None:
            branches.append(_creep(node.id, under.x, under.y, x, y, thick[node.id] * 0.6))
        for child in children:
            place(child, level + 1, spot)

    for root in nest(nodes):
        place(root, 0, None)
    height = 2 * KNOT + 20 + max(len(spots) - 1, 0) * ROW + 44
    return Drawing(328, height, tuple(reversed(branches)), tuple(spots), "")


def _spot(node: Node, x: int, y: int, letters: int) -> Spot:
    """An edition's place with its words to the right, two or three lines of them around the middle."""
    label = node.title if len(node.title) <= letters else node.title[: letters - 1].rstrip() + "…"
    return Spot(node, x, y, x + KNOT + 17, y - (13 if node.lag else 5), label, tuple(_crown(node, x, y)))


def _crown(node: Node, x: int, y: int) -> Iterator[Leaf]:
    """Leaves over the knot, as many of each state as its share of the blocks; every state there is has one."""
    states = _share_out({state: number for state, number in node.counts.items() if number > 0} or {"follow": 1})
    for place, state in enumerate(states):
        turn = -CROWN_ARC // 2 + CROWN_ARC * place // (len(states) - 1)
        angle = radians(turn)
        yield Leaf(state, round(x + KNOT * sin(angle), 1), round(y - KNOT * cos(angle), 1), turn)


def _share_out(counts: Mapping[str, int]) -> list[str]:
    """Return `CROWN` states: each at least once, the rest by largest remainder."""
    total, free = sum(counts.values()), CROWN - len(counts)
    exact = {state: number * free / total for state, number in counts.items()}
    leaves = {state: 1 + int(part) for state, part in exact.items()}
    late = sorted(exact, key=lambda state: (int(exact[state]) - exact[state], state))
    for state in late[: CROWN - sum(leaves.values())]:
        leaves[state] += 1
    return [state for state, number in leaves.items() for _ in range(number)]


def _twigs(tree: tuple[Node, Nested]) -> int:
    return sum(map(_twigs, tree[1])) or 1


def _depth(tree: tuple[Node, Nested]) -> int:
    return 1 + max(map(_depth, tree[1]), default=0)


def _thickness(nodes: Iterable[Node]) -> dict[int, float]:
    """Return how thick each branch is: as its share of the largest edition's blocks, and never too thin to see."""
    most = max((node.blocks for node in nodes), default=0) or 1
    return {node.id: max(THINNEST, WIDEST * node.blocks / most) for node in nodes}


def _grow(child: int, x0: int, y0: int, x1: int, y1: int, width0: float, width1: float) -> Branch:
    """A branch that leaves its parent upward, bends, and tapers to the child's own width."""
    start, end = min(width0, width1 * 1.35) / 2, width1 / 2
    bend = (y0 + y1) / 2
    path = (
        f"M{x0 - start:.1f} {y0}C{x0 - start:.1f} {bend:.1f} {x1 - end:.1f} {bend:.1f} {x1 - end:.1f} {y1}"
        f"H{x1 + end:.1f}C{x1 + end:.1f} {bend:.1f} {x0 + start:.1f} {bend:.1f} {x0 + start:.1f} {y0}Z"
    )
    return Branch(child, path, width1)


def _creep(child: int, x0: int, y0: int, x1: int, y1: int, width: float) -> Branch:
    """A branch down its parent's stem and out to the child's knot, with a round elbow."""
    half, elbow = width / 2, 22
    path = (
        f"M{x0 - half:.1f} {y0}V{y1 - elbow:.1f}Q{x0 - half:.1f} {y1 + half:.1f} {x1} {y1 + half:.1f}"
        f"V{y1 - half:.1f}Q{x0 + half:.1f} {y1 - half:.1f} {x0 + half:.1f} {y1 - elbow:.1f}V{y0}Z"
    )
    return Branch(child, path, width)
