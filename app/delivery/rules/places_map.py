"""Lays places out for a drawing without tiles: a projection into a box, and labels that do not overlap.

The projection is equirectangular, with degrees of longitude shortened as they are at the middle latitude: true enough
for a valley or a country. A map across the 180th meridian is not foreseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, floor, log10, radians

from .places import Point, Spot

SMALLEST_SPAN = 0.01  # degrees: about a kilometre, so that one place alone does not fill the box
KILOMETRES = 111.2  # in a degree of latitude
LETTER = 0.55  # how wide a letter is, as a share of the text's height


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the drawing; y grows downwards, as in SVG."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly within this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A place on the drawing. `label` is where its name stands; None where only its `number` does, for the legend."""

    spot: Spot
    number: int
    points: tuple[Point, ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Canvas:
    """The drawing: its viewBox from 0, its margin, a mark's radius, and the height of text, in the same units."""

    width: float = 800
    height: float = 600
    margin: float = 24
    radius: float = 6
    text: float = 14

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round distance in kilometres, and how long it is on the drawing."""

    kilometres: float
    length: float


def project(points: Iterable[Point], canvas: Canvas) -> dict[Point, Point]:
    """Return where points of longitude and latitude stand on the canvas: north up, within its margin, undistorted."""
    given = list(dict.fromkeys(points))
    if not given:
        return {}
    (middle_x, middle_y), shortened, scale = _view(given, canvas)
    return {
        (longitude, latitude): (
            round(canvas.width / 2 + (longitude - middle_x) * shortened * scale, 2),
            round(canvas.height / 2 - (latitude - middle_y) * scale, 2),
        )
        for longitude, latitude in given
    }


def scale_bar(points: Sequence[Point], canvas: Canvas) -> ScaleBar:
    """Return the longest of 1, 2, 5, 10 … kilometres (or a tenth of them) that takes a third of the drawing at most."""
    *_, scale = _view(points, canvas)
    unit = KILOMETRES / scale  # kilometres that a unit of the drawing stands for
    longest = unit * canvas.width / 3
    power = 10.0 ** floor(log10(longest))
    kilometres = next(step * power for step in (5, 2, 1) if step * power <= longest)
    return ScaleBar(round(kilometres, 6), round(kilometres / unit, 2))


def _view(points: Sequence[Point], canvas: Canvas) -> tuple[Point, float, float]:
    """The middle of points, how degrees of longitude are shortened there, and units of the drawing for each degree."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    middle = ((west + east) / 2, (south + north) / 2)
    shortened = max(cos(radians(middle[1])), 0.01)
    across = max((east - west) * shortened, SMALLEST_SPAN)
    scale = min(
        (canvas.width - 2 * canvas.margin) / across,
        (canvas.height - 2 * canvas.margin) / max(north - south, SMALLEST_SPAN),
    )
    return middle, shortened, scale


def lay_out(spots: Sequence[Spot], canvas: Canvas | None = None) -> list[Drawn]:
    """Return where places and their names stand, in the order given, numbered from 1.

    A name stands beside, above or below its mark, wherever it covers no other name and no mark and stays on the
    canvas; else only the number stands. Earlier places are served first.
    """
    canvas = canvas or Canvas()
    placed = project((point for spot in spots for point in spot.points), canvas)
    drawn = [tuple(placed[point] for point in spot.points) for spot in spots]
    marks = [_mark(points, canvas) for points in drawn]
    taken: list[Box] = []
    found = []
    for number, (spot, points) in enumerate(zip(spots, drawn, strict=True), 1):
        label = _free(_candidates(spot.name, marks[number - 1], canvas), [*marks, *taken], canvas)
        if label is not None:
            taken.append(label)
        found.append(Drawn(spot, number, points, label))
    return found


def _mark(points: Sequence[Point], canvas: Canvas) -> Box:
    """The box of a place's mark; a route's stands at its middle point."""
    x, y = points[len(points) // 2]
    return Box(x - canvas.radius, y - canvas.radius, 2 * canvas.radius, 2 * canvas.radius)


def _candidates(name: str, mark: Box, canvas: Canvas) -> list[Box]:
    """Where a name may stand, the best first: right, left, above, below, then the corners."""
    width, height, gap = len(name) * canvas.text * LETTER, canvas.text * 1.2, canvas.radius / 2
    right, left = mark.x + mark.width + gap, mark.x - gap - width
    above, below = mark.y - gap - height, mark.y + mark.height + gap
    beside, middle = mark.y + (mark.height - height) / 2, mark.x + (mark.width - width) / 2
    corners = [(right, above), (right, below), (left, above), (left, below)]
    return [
        Box(x, y, width, height)
        for x, y in [(right, beside), (left, beside), (middle, above), (middle, below), *corners]
    ]


def _free(candidates: Sequence[Box], taken: Sequence[Box], canvas: Canvas) -> Box | None:
    for box in candidates:
        if canvas.box.holds(box) and not any(box.meets(other) for other in taken):
            return box
    return None
