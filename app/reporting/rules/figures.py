"""A figure as it is shown and frozen: its value, what it is out of, its groups. Turned to JSON and back unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.reporting.kinds import Split

from .hiding import Told

Number = int | float
Groups = Mapping[Split, tuple[Told, ...] | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value in a period. With `of`, it is a part of that; a value of None is not told.

    `groups` holds what may be told by each split, None where nothing may. `missing` counts what gave no figure.
    `people` and `organisations` are the ids behind it; they are frozen with it and shown to few.
    """

    code: str
    version: int
    value: Number | None
    of: Number | None = None
    groups: Groups = field(default_factory=dict)
    missing: int = 0
    people: Sequence[int] = ()
    organisations: Sequence[int] = ()

    @property
    def share(self) -> float | None:
        """The value as a part of what it is out of, from 0 to 1."""
        return None if self.value is None or not self.of else self.value / self.of


def groups_to_json(groups: Groups) -> dict[str, Any]:
    """The groups as they are frozen."""
    return {split.value: None if told is None else [_plain(one) for one in told] for split, told in groups.items()}


def groups_from_json(kept: Mapping[str, Any]) -> Groups:
    """Frozen groups as they were."""
    return {Split(name): None if told is None else tuple(_told(one) for one in told) for name, told in kept.items()}


def _plain(told: Told) -> dict[str, Any]:
    return {"key": told.key, "count": told.count, "label": told.label, "inside": [_plain(one) for one in told.inside]}


def _told(kept: Mapping[str, Any]) -> Told:
    return Told(kept["key"], kept["count"], kept["label"], tuple(_told(one) for one in kept["inside"]))
