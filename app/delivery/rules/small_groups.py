"""Which groups of a whole stay untold, so that nobody can be reckoned out of it. Pure; who is shown what is elsewhere.

A whole and its groups are one equation: with all but one group known, the last is their difference. So a small group
is never hidden alone: as many of the others go with it as leave every hidden group at least two numbers it may have.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from .counting import FEWEST

Key = TypeVar("Key", bound=Hashable)


def hidden(people: Mapping[str, int], small: Collection[str] | None = None) -> set[str] | None:
    """The small groups and those that go with them; None where all together would still give them away.

    Every group has somebody in it. Small are those of fewer than five people, unless it is said which are.
    """
    found = {key for key, count in people.items() if count < FEWEST} if small is None else set(small)
    others = sorted(people.keys() - found, key=lambda key: (people[key], key))
    while found and not _is_safe([people[key] for key in found]):
        if not others:
            return None
        found.add(others.pop(0))
    return found


def share_is_open(count: int, of: int) -> bool:
    """Whether a part of people, and what is left of the whole, are both nobody or enough not to be recognised."""
    return all(part == 0 or part >= FEWEST for part in (count, of - count))


def hidden_shares(parts: Mapping[Key, tuple[int, int]]) -> set[Key]:
    """The parts of a whole whose own part (women of an organisation, say: a count, of so many) is not told.

    Those that would give somebody away, and as many others, smallest first, as leave at least two with an open sum.
    """
    found = {key for key, (count, of) in parts.items() if not share_is_open(count, of)}
    others = sorted(parts.keys() - found, key=lambda key: (parts[key][1], str(key)))
    while found and others and not (len(found) > 1 and share_is_open(*_summed(parts[key] for key in found))):
        found.add(others.pop(0))
    return found


def _summed(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    counts, wholes = zip(*parts, strict=True)
    return sum(counts), sum(wholes)


def _is_safe(numbers: Sequence[int]) -> bool:
    """Whether the sum of hidden groups, which anybody can reckon, leaves each of them open. Each has at least one."""
    return len(numbers) >= 2 and sum(numbers) >= FEWEST and sum(numbers) > len(numbers)
