"""Where the curve of those who stay lies on paper: steps, ticks, the numbers under the axis, a row of plants.

Pure geometry in pixels, x to the right and y down. Words and links are the template's; the figures are retention.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .retention import Curve, Step

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 72, 16, 14, 30
MOST_TICKS = 12
MOST_PLANTS = 16
SMALLEST, TALLEST = 7, 30
BAR = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A curve as an SVG path; `style` tells several apart in grey."""

    key: str
    path: str
    style: int
    end_x: int
    end_y: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A session under the axis: where, which, and how many were still watched when it began."""

    x: int
    session: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class Plant:
    """How tall a plant stands for the share that is still there after a session; it wilts once half have left."""

    x: int
    size: int
    wilts: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture; `half` is the height of one half, `grid` the heights of the quarters."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    grid: tuple[tuple[int, int], ...]
    plants: tuple[Plant, ...]


def draw(curves: Sequence[Curve]) -> Chart | None:
    """The picture of one or several curves; the first gives ticks and plants. None where there is nothing to draw."""
    shown = [one for one in curves if len(one.steps) > 1]
    if not shown:
        return None
    last = max(one.steps[-1].session for one in shown)
    first = shown[0].steps
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        bottom=HEIGHT - BOTTOM,
        lines=tuple(_line(one, last, place) for place, one in enumerate(shown)),
        ticks=tuple(Tick(_x(step.session, last), step.session, step.at_risk) for step in _thinned(first, MOST_TICKS)),
        grid=tuple((_y(part / 4), part * 25) for part in range(5)),
        plants=tuple(
            Plant(_x(step.session, last), round(SMALLEST + (TALLEST - SMALLEST) * step.staying), step.staying <= 0.5)
            for step in _thinned(first, MOST_PLANTS)
        ),
    )


def _x(session: int, last: int) -> int:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * session / max(last, 1))


def _y(staying: float) -> int:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - staying))


def _line(curve: Curve, last: int, style: int) -> Line:
    path, y = [f"M{_x(0, last)} {_y(1.0)}"], _y(1.0)
    x = _x(0, last)
    for step in curve.steps:
        x = _x(step.session, last)
        path.append(f"H{x}")
        if _y(step.staying) != y:
            y = _y(step.staying)
            path.append(f"V{y}")
    return Line(curve.key, "".join(path), style, x, y)


def _thinned(steps: Sequence[Step], most: int) -> list[Step]:
    """At most so many of the steps, evenly, with the last one."""
    if len(steps) <= most:
        return list(steps)
    every = -(-(len(steps) - 1) // (most - 1))
    found = list(steps[::every])
    return found if found[-1] is steps[-1] else [*found[: most - 1], steps[-1]]


def losses(curve: Curve, most: int = 3) -> list[Step]:
    """The sessions after which most people left, the worst first; only those after which somebody did."""
    lost = [step for step in curve.steps if step.left]
    return sorted(sorted(lost, key=lambda step: (-step.left, step.session))[:most], key=lambda step: step.session)


def bar(count: int, of: int) -> int:
    """How long a bar is for a count out of the largest."""
    return round(BAR * count / of) if of else 0
