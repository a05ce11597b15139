"""What is not told, so that nobody can be picked out of figures: small groups, and whatever would give them away.

A whole and its groups are one equation: with all but one group known, the last is their difference. So a small group
is never hidden alone: as many of the others go with it as leave every hidden group at least two numbers it may have.
A group that is hidden tells nothing of what it is made of; one that is shown is an equation of its own.
Only reporting years are told apart: figures of two periods of which one lies in the other could be subtracted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.delivery.rules.counting import FEWEST


@dataclass(frozen=True, slots=True)
class Counted:
    """A group as it was counted: `people` decide whether it is shown, `count` is what is shown of it.

    `beside` is how many people the same group has in a figure that is shown too and contains this one.
    """

    key: str
    people: int
    count: int
    label: str = ""
    inside: tuple[Counted, ...] = ()
    beside: int | None = None

    @property
    def is_small(self) -> bool:
        """Whether it, or what it lacks to the figure beside it, could be recognised."""
        lacking = 0 if self.beside is None else self.beside - self.people
        return self.people < FEWEST or 0 < lacking < FEWEST


@dataclass(frozen=True, slots=True)
class Told:
    """A group as it is shown: without its number where that is None."""

    key: str
    count: int | None
    label: str = ""
    inside: tuple[Told, ...] = ()


def told(people: int, groups: Sequence[Counted]) -> tuple[Told, ...] | None:
    """Return the groups of a whole as they may be shown, in their order; None where not even their names may be.

    Groups without anybody are left out. A whole of fewer than five people is not broken down.
    """
    there = [group for group in groups if group.people > 0]
    if people < FEWEST:
        return None
    hidden = _hidden({group.key: group.people for group in there}, {group.key for group in there if group.is_small})
    if hidden is None:
        return None
    return tuple(
        Told(group.key, None, group.label)
        if group.key in hidden
        else Told(group.key, group.count, group.label, (told(group.people, group.inside) or ()) if group.inside else ())
        for group in there
    )


def _hidden(people: Mapping[str, int], small: set[str]) -> set[str] | None:
    """The small groups and those that go with them; None where all together would still give them away."""
    hidden = set(small)
    others = sorted(people.keys() - hidden, key=lambda key: (people[key], key))
    while hidden and not _is_safe([people[key] for key in hidden]):
        if not others:
            return None
        hidden.add(others.pop(0))
    return hidden


def _is_safe(numbers: Sequence[int]) -> bool:
    """Whether the sum of hidden groups, which anybody can reckon, leaves each of them open. Each has at least one."""
    return len(numbers) >= 2 and sum(numbers) >= FEWEST and sum(numbers) > len(numbers)


def share_is_open(count: int, of: int) -> bool:
    """Whether a part of people, and what is left of the whole, are both nobody or enough not to be recognised."""
    return all(part == 0 or part >= FEWEST for part in (count, of - count))
