"""Order: who stands where, what was moved, and how two orders become one.

One level at a time (modules in the content, units in modules, blocks in units); what a thing holds does not matter
here. Whether a move, an insertion or a removal is wanted is decided elsewhere (`planning`, `applying`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.core.content import Uid


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: within which unit (of a block) or module (of a unit), right after which sibling; None is the start."""

    within: Uid
    after: Uid | None


@dataclass(frozen=True, slots=True)
class Level:
    """The lists of one level by their container, and where each member is."""

    lists: Mapping[Uid, Sequence[Uid]]
    home: dict[Uid, Uid] = field(init=False, default_factory=dict)
    _before: dict[Uid, dict[Uid, Uid | None]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for container, members in self.lists.items():
            self.home.update(dict.fromkeys(members, container))

    def before(self, uid: Uid) -> Uid | None:
        """The sibling right before a member, or None when it is the first."""
        home = self.home[uid]
        if home not in self._before:
            members = self.lists[home]
            self._before[home] = dict(zip(members, [None, *members], strict=False))
        return self._before[home][uid]

    def spot(self, uid: Uid) -> Spot | None:
        """Where the member is, or None when it is not on this level."""
        return Spot(self.home[uid], self.before(uid)) if uid in self.home else None

    def patched(self, without: Collection[Uid], added: Mapping[Uid, Spot]) -> Level:
        """The same level without some members and with others put, or put back, at a spot."""
        lists = {c: [u for u in m if u not in without and u not in added] for c, m in self.lists.items()}
        home = {uid: container for container, members in lists.items() for uid in members}
        home |= {uid: spot.within for uid, spot in added.items()}
        follow: dict[tuple[Uid, Uid | None], list[Uid]] = {}
        for uid, spot in added.items():
            beside = spot.after is not None and home.get(spot.after) == spot.within
            follow.setdefault((spot.within, spot.after if beside else None), []).append(uid)
            lists.setdefault(spot.within, [])
        return Level({c: _with_followers(c, m, follow) for c, m in lists.items()})


def _with_followers(
    container: Uid, members: Iterable[Uid], follow: Mapping[tuple[Uid, Uid | None], Sequence[Uid]]
) -> list[Uid]:
    """The members, each with what is to stand right after it, and what stands after that, and so on."""
    result: list[Uid] = []
    waiting: list[Uid] = list(reversed(follow.get((container, None), ())))
    for member in [None, *members]:
        if member is not None:
            waiting.append(member)
        while waiting:
            uid = waiting.pop()
            result.append(uid)
            waiting.extend(reversed(follow.get((container, uid), ())))
    return result


def moved(old: Level, new: Level) -> frozenset[Uid]:
    """The smallest set of members whose moving turns the old order into the new one; added and removed ones aside."""
    result = set()
    for container, members in new.lists.items():
        stayed = []
        for uid in members:
            if old.home.get(uid) == container:
                stayed.append(uid)
            elif uid in old.home:
                result.add(uid)
        if stayed:
            rank = {uid: i for i, uid in enumerate(old.lists[container])}
            result.update(_out_of_order(stayed, [rank[uid] for uid in stayed]))
    return frozenset(result)


def _out_of_order(members: Sequence[Uid], ranks: Sequence[int]) -> set[Uid]:
    """The members outside the longest run of rising ranks (patience sorting, n log n)."""
    if all(a < b for a, b in pairwise(ranks)):
        return set()
    tops: list[int] = []  # the smallest rank a rising run of each length ends with …
    ends: list[int] = []  # … and the index it has
    previous: list[int] = []
    for i, rank in enumerate(ranks):
        at = bisect_left(tops, rank)
        previous.append(ends[at - 1] if at else -1)
        if at == len(tops):
            tops.append(rank)
            ends.append(i)
        else:
            tops[at], ends[at] = rank, i
    kept, i = set(), ends[-1]
    while i >= 0:
        kept.add(i)
        i = previous[i]
    return {uid for i, uid in enumerate(members) if i not in kept}


def same_spot(uid: Uid, one: Level, other: Level) -> bool:
    """Whether a member stands in the same container, after the same nearest sibling that both have there."""
    return one.home[uid] == other.home[uid] and _neighbour(uid, one, other) == _neighbour(uid, other, one)


def _neighbour(uid: Uid, here: Level, there: Level) -> Uid | None:
    home, at = here.home[uid], here.before(uid)
    while at is not None and there.home.get(at) != home:
        at = here.before(at)
    return at


def arrange(child: Level, parent: Level, gone: Collection[Uid], placed: Collection[Uid]) -> dict[Uid, list[Uid]]:
    """The child's order without `gone`, with `placed` where the parent has them.

    A placed member comes right after the nearest one before it in the parent's list that is in the result's same
    container, else first. Everything else, local additions too, keeps the child's order.
    """
    stays = {uid: home for uid, home in child.home.items() if uid not in gone and uid not in placed}
    follow: dict[tuple[Uid, Uid | None], Sequence[Uid]] = {}
    for container in dict.fromkeys(parent.home[uid] for uid in placed):
        last = None
        for uid in parent.lists[container]:
            if uid in placed:
                follow[container, last] = (uid,)
                last = uid
            elif stays.get(uid) == container:
                last = uid
    containers = dict.fromkeys([*child.lists, *(container for container, _ in follow)])
    return {c: _with_followers(c, [u for u in child.lists.get(c, ()) if u in stays], follow) for c in containers}
