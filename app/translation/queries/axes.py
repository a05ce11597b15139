"""How far editions are on roads other than translating; each feature that knows one leaves here how to ask it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.core.content import Uid
from app.curriculum.models import Edition

Key = tuple[int, Uid]  # an edition's id and a module's uid


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of something is done, out of how much; `changed` counts what was done beyond what was asked."""

    done: int
    total: int
    changed: int = 0

    @property
    def share(self) -> float | None:
        """The share done, from 0 to 1; None where nothing is to be done."""
        return self.done / self.total if self.total else None


Axis = Callable[[Sequence[Edition]], Mapping[Key, Progress]]
_axes: dict[str, tuple[str, Axis]] = {}


def register(name: str, label: str, axis: Axis) -> None:
    """Add an axis under a name, with its label (an English source sentence); registering a name again replaces it.

    The axis is asked once for all editions of a page, and answers per edition and module what it knows of.
    """
    _axes[name] = (label, axis)


def labels() -> dict[str, str]:
    """The labels of all axes by name, in the order in which they were added."""
    return {name: label for name, (label, _) in _axes.items()}


def progress(found: Sequence[Edition]) -> dict[str, Mapping[Key, Progress]]:
    """What every axis says of these editions."""
    return {name: axis(found) for name, (_, axis) in _axes.items()}
