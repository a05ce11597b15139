"""What tests afterwards say, told by the layer above: gates and cascades ask it, assessments are not known here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Told(Protocol):
    """A layer that knows tests; shares are from 0 to 1."""

    def of_persons(self, person_ids: Sequence[int], programme_id: int) -> Mapping[int, float]:
        """Each person's best test in a cohort of this programme that makes trainers."""

    def of_cohorts(self, programme_ids: Sequence[int]) -> Mapping[int, tuple[float, int]]:
        """The sum of all shares, and how many they are, of each cohort that was tested."""


_told: dict[str, Told] = {}


def told_by(name: str, layer: Told) -> None:
    """Let a layer above tell; saying it again replaces it."""
    _told[name] = layer


def of_persons(person_ids: Sequence[int], programme_id: int) -> dict[int, float]:
    """What each of these persons had in the test of the cohort that qualifies; those without one are left out."""
    found: dict[int, float] = {}
    for layer in _told.values():
        found.update(layer.of_persons(person_ids, programme_id))
    return found


def of_cohorts(programme_ids: Sequence[int]) -> dict[int, tuple[float, int]]:
    """What the people of each cohort had in its test, as sum and number."""
    found: dict[int, tuple[float, int]] = {}
    for layer in _told.values():
        found.update(layer.of_cohorts(programme_ids))
    return found
