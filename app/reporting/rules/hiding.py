"""What is not told, so that nobody can be picked out of figures: small groups, and whatever would give them away.

Which groups go with a small one is delivery's law (`small_groups`), for its own pages tell groups too. A group that is
hidden tells nothing of what it is made of; one that is shown is an equation of its own.
Only reporting years are told apart: figures of two periods of which one lies in the other could be subtracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.delivery.rules import small_groups
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
    hidden = small_groups.hidden(
        {group.key: group.people for group in there}, {group.key for group in there if group.is_small}
    )
    if hidden is None:
        return None
    return tuple(
        Told(group.key, None, group.label)
        if group.key in hidden
        else Told(group.key, group.count, group.label, (told(group.people, group.inside) or ()) if group.inside else ())
        for group in there
    )


def is_open_beside(key: str, whole: Mapping[str, int], parts: Iterable[Mapping[str, int]]) -> bool:
    """Whether one group of a whole may be told, where parts of it are broken down elsewhere, as single years are.

    What lies outside of a part is a whole of its own, which anybody can reckon. Groups are of people who stand in one
    each; whoever was young in the whole may be older in a part, so what a part has too much of is left out.
    """
    outsides = ({one: count - part.get(one, 0) for one, count in whole.items()} for part in parts)
    return all(_tells(key, groups) for groups in (whole, *outsides))


def _tells(key: str, groups: Mapping[str, int]) -> bool:
    there = {one: count for one, count in groups.items() if count > 0}
    untold = small_groups.hidden(there)
    return untold is not None and key not in untold
