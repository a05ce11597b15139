"""Drawings of figures: where bars and columns end. Every one is drawn beside its table, with its numbers as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE = 100.0
COLUMN, TALL, HEAD, FOOT = 40.0, 120.0, 18.0, 18.0
MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column: from `x`, `y` down to the ground, `height` high; `middle` is where its texts stand."""

    label: str
    text: str
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + COLUMN * 0.35


def bar(value: float | None, largest: float) -> float:
    """How long a bar is, of 100; one that is there at all is long enough to be seen."""
    if not value or largest <= 0:
        return 0.0
    return round(max(1.0, WIDE * value / largest), 2)


def columns(values: Sequence[tuple[str, float, str]]) -> list[Column]:
    """Columns of label, value and its text, from left to right; the last eight where there are more."""
    shown = list(values)[-MOST_COLUMNS:]
    largest = max((value for _, value, _ in shown), default=0) or 1
    room = TALL - HEAD - FOOT
    found = []
    for number, (label, value, text) in enumerate(shown):
        height = round(room * value / largest, 2)
        found.append(Column(label, text, number * COLUMN + COLUMN * 0.15, round(TALL - FOOT - height, 2), height))
    return found
