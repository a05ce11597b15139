"""Two sets of frozen figures beside each other: the same indicators in both, and what is in one alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reporting.rules.definitions import Definition
from app.reporting.rules.figures import Figure, Number

from .snapshots import Frozen


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in both; `change` is None where one of them tells no number or they were defined otherwise."""

    definition: Definition
    first: Figure | None
    second: Figure | None

    @property
    def same_definition(self) -> bool:
        """Whether both count the same thing."""
        return None in (self.first, self.second) or self.first_version == self.second_version

    @property
    def change(self) -> Number | None:
        """How much more the second is."""
        if self.first is None or self.second is None or not self.same_definition:
            return None
        if self.first.value is None or self.second.value is None:
            return None
        return self.second.value - self.first.value

    @property
    def first_version(self) -> int | None:
        return None if self.first is None else self.first.version

    @property
    def second_version(self) -> int | None:
        return None if self.second is None else self.second.version


@dataclass(frozen=True, slots=True)
class Pair:
    """Two snapshots and their lines, in the order of the second's definitions."""

    first: Frozen
    second: Frozen
    lines: Sequence[Line]


def beside(first: Frozen, second: Frozen) -> Pair:
    """Put two snapshots beside each other."""
    named = {definition.code: definition for definition, _ in (*first.figures, *second.figures)}
    order = [definition.code for definition, _ in second.figures]
    order += [definition.code for definition, _ in first.figures if definition.code not in order]
    return Pair(first, second, [Line(named[code], first.figure(code), second.figure(code)) for code in order])
