"""Which groups of a whole stay untold, so that nobody can be reckoned out of it. Pure; who is shown what is elsewhere.

A whole and its groups are one equation: with all but one group known, the last is their difference. So a small group
is never hidden alone: as many of the others go with it as leave every hidden group at least two numbers it may have.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .counting import FEWEST


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


def _is_safe(numbers: Sequence[int]) -> bool:
    """Whether the sum of hidden groups, which anybody can reckon, leaves each of them open. Each has at least one."""
    return len(numbers) >= 2 and sum(numbers) >= FEWEST and sum(numbers) > len(numbers)
