"""The plan of a sync: what becomes of every module, unit and block, and what a person has to be asked.

Three trees are compared by uid, level by level: is it there (`_presence`), where (`_place`), with which texts
(`texts.compare`). Nothing is changed here; `applying` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.core.content import Block, Content, Digest, Kind, Language, Lock, Uid
from app.core.merge.order import arrange, moved, same_spot
from app.core.merge.outcomes import QUIET, RANK, Action, Because, MoveOutcome, Outcome, SyncPlan, TextOutcome
from app.core.merge.sides import MINUTES, PLAIN, Item, Link, Part, Side, corrected, values
from app.core.merge.texts import UNCHANGED, compare

INNER = {Part.MODULE: Part.UNIT, Part.UNIT: Part.BLOCK}
NONE: Mapping[str, str] = {}
OUTER = {inner: outer for outer, inner in INNER.items()}


def plan(
    base: Content,
    parent: Content,
    child: Content,
    links: Mapping[Uid, Link],
    bodies: Callable[[Digest], str],
    languages: Sequence[Language],
    *,
    locks: bool = True,
) -> SyncPlan:
    """Return what a sync of `child` from `base` to `parent` would do, and what it has to ask.

    `base` and `parent` hold every module the child has from elsewhere, as it last took it and as it is now; one that
    is not to be synced now is given with its base on both sides. Modules on neither are the child's own.
    Only `languages` are asked about: others follow where nobody changed them.
    `locks=False` treats fixed blocks as any other (taking back a sync).
    """
    parent_side, child_side = Side.of(parent), Side.of(child)
    base_side = corrected(Side.of(base), links, parent_side, child_side)
    planner = _Planner(base_side, parent_side, child_side, links, bodies, languages, locks)
    return SyncPlan(tuple(planner.outcomes()), base_side, parent_side, child_side, links, languages, bodies)


class _Planner:
    """One plan being made: the sides, who moved what, and which containers are contested as a whole."""

    def __init__(
        self,
        base: Side,
        parent: Side,
        child: Side,
        links: Mapping[Uid, Link],
        bodies: Callable[[Digest], str],
        languages: Sequence[Language],
        locks: bool,
    ) -> None:
        self.base, self.parent, self.child, self.links = base, parent, child, links
        self.bodies, self.locks = bodies, locks
        self.asked = (MINUTES, *languages)
        self.moved_here = {part: moved(base.levels[part], child.levels[part]) for part in Part}
        self.moved_there = {part: moved(base.levels[part], parent.levels[part]) for part in Part}
        self.removed: dict[Part, set[Uid]] = {part: set() for part in Part}  # by the parent, and touched here
        self.dropped: dict[Part, set[Uid]] = {part: set() for part in Part}  # here, and touched by the parent
        for part in (Part.UNIT, Part.MODULE):
            was, there, here = (set(side.items[part]) for side in (base, parent, child))
            self.removed[part] = {uid for uid in (was & here) - there if self._touched_here(part, uid)}
            self.dropped[part] = {uid for uid in (was & there) - here if self._touched_there(part, uid)}

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome in reading order; what both sides removed comes last."""
        orders = {part: self._reading_order(part) for part in Part}
        for modules in orders[Part.MODULE].values():
            for module in modules:
                yield self._outcome(Part.MODULE, module, module, None)
                for unit in orders[Part.UNIT].get(module, ()):
                    yield self._outcome(Part.UNIT, unit, module, unit)
                    for block in orders[Part.BLOCK].get(unit, ()):
                        yield self._outcome(Part.BLOCK, block, module, unit)
        for part in Part:
            for uid in self.base.items[part]:
                if uid not in self.parent.items[part] and uid not in self.child.items[part]:
                    yield self._outcome(part, uid, *(self.base.place(part, uid) or (None, None)))

    def _reading_order(self, part: Part) -> Mapping[Uid, Sequence[Uid]]:
        here, there = self.child.levels[part], self.parent.levels[part]
        return arrange(here, there, (), {uid for uid in there.home if uid not in here.home})

    # Is a thing touched on a side, so that its removal on the other is a question?

    def _touched_here(self, part: Part, uid: Uid) -> bool:
        """Whether this edition changed or moved what the parent has not got, or anything that would go with it."""
        was = self.base.items[part].get(uid)
        if was is None or uid in self.moved_here[part] or self._link(uid).frozen:
            return True
        was_values = values(was)
        if any(was_values.get(a) != value for a, value in values(self.child.items[part][uid]).items()):
            return True
        if part is Part.BLOCK:
            return False
        inner = INNER[part]
        for member in self.child.levels[inner].lists.get(uid, ()):
            if member not in self.parent.items[inner]:
                if self._touched_here(inner, member):
                    return True
            elif self._put_here(inner, member):
                return True
        return False

    def _touched_there(self, part: Part, uid: Uid) -> bool:
        """Whether the parent changed what this edition dropped, or put anything into it."""
        was, now = self.base.items[part].get(uid), self.parent.items[part][uid]
        if was is None or self._differs(was, now):
            return not self._declined(uid, now)
        if part is Part.BLOCK:
            return False
        inner = INNER[part]
        for member in self.parent.levels[inner].lists.get(uid, ()):
            if member not in self.child.items[inner]:
                if self._touched_there(inner, member):
                    return True
            elif self.base.levels[inner].home.get(member) != uid and member in self.moved_there[inner]:
                return True
        return False

    def _put_here(self, part: Part, uid: Uid) -> bool:
        """Whether this edition itself put the thing into the container it is in."""
        return self.base.levels[part].home.get(uid) != self.child.levels[part].home[uid]

    def _differs(self, one: Item, other: Item) -> bool:
        ours, theirs = values(one), values(other)
        return ours != theirs and any(ours.get(a) != theirs.get(a) for a in self._aspects(ours, theirs))

    def _aspects(self, one: Mapping[str, str], other: Mapping[str, str], third: Mapping[str, str] = NONE) -> list[str]:
        return [a for a in self.asked if a in one or a in other or a in third]

    def _declined(self, uid: Uid, now: Item) -> bool:
        declined, offered = self._link(uid).declined, values(now)
        return bool(declined) and all(declined.get(a) == offered[a] for a in self._aspects(offered, NONE))

    def _link(self, uid: Uid) -> Link:
        return self.links.get(uid, PLAIN)

    # The outcome of one thing

    def _outcome(self, part: Part, uid: Uid, module: Uid | None, unit: Uid | None) -> Outcome:
        there, here = self.parent.items[part].get(uid), self.child.items[part].get(uid)
        if here is None or there is None:
            return self._of_one_side(part, uid, module, unit, there, here)
        return self._of_both(part, uid, module, unit, there, here)

    def _of_both(self, part: Part, uid: Uid, module: Uid | None, unit: Uid | None, there: Item, here: Item) -> Outcome:
        """The outcome of what both sides have: text by text, and its place."""
        texts = self._texts(uid, there, here, self.base.items[part].get(uid))
        place = self._place(part, uid, self._link(uid))
        parts: list[TextOutcome | MoveOutcome] = [*texts.values(), *([place] if place else [])]
        loudest = max(parts, key=_rank, default=None)
        action, because = (loudest.action, loudest.because) if loudest else UNCHANGED
        safe = action in QUIET or all(one.safe for one in parts)
        return Outcome(
            uid, part, _kind(here), module, unit, action, because, texts, place, safe=safe, lock=self._lock(there)
        )

    def _texts(self, uid: Uid, there: Item, here: Item, was: Item | None) -> dict[str, TextOutcome]:
        first, second, third = values(was), values(there), values(here)
        link, fixed = self._link(uid), self._lock(there) is Lock.FIXED
        bodies = self.bodies if isinstance(here, Block) else None
        return {
            a: compare(
                first.get(a),
                second.get(a),
                third.get(a),
                declined=link.declined.get(a),
                frozen=link.frozen,
                fixed=fixed,
                bodies=bodies,
            )
            for a in self._aspects(first, second, third)
        }

    def _of_one_side(
        self, part: Part, uid: Uid, module: Uid | None, unit: Uid | None, there: Item | None, here: Item | None
    ) -> Outcome:
        """The outcome of what one side has not got, or neither has any more: is it to be there?"""
        was, lock = self.base.items[part].get(uid), self._lock(there)
        action, because, safe, under = self._presence(part, uid, self._link(uid), lock is Lock.FIXED)
        first, second, third = values(was), values(there), values(here)
        texts = {
            a: TextOutcome(action, first.get(a), second.get(a), third.get(a), because)
            for a in self._aspects(first, second, third)
        }
        kind = _kind(here or there or was)
        whole = action not in QUIET or under is not None
        return Outcome(uid, part, kind, module, unit, action, because, texts, None, whole, under, safe, lock)

    def _lock(self, there: Item | None) -> Lock | None:
        return there.lock if self.locks and isinstance(there, Block) else None

    def _presence(self, part: Part, uid: Uid, link: Link, fixed: bool) -> tuple[Action, Because, bool, Uid | None]:
        """What becomes of a thing that one side has not got: action, why, whether safe, and whose answer counts."""
        was = uid in self.base.items[part]
        there, here = uid in self.parent.items[part], uid in self.child.items[part]
        if not there and not here:
            return Action.SAME, Because.BOTH_REMOVED, True, None
        outer = OUTER.get(part)
        home = (self.child if here else self.parent).levels[part].home[uid]
        contested = outer is not None and home in (self.removed if here else self.dropped)[outer]
        under = home if contested else None
        if here:
            if link.frozen:
                return Action.KEPT, Because.FROZEN, True, None
            if not was:
                if contested:
                    return Action.CONFLICT, Because.HOME_REMOVED, False, under
                return Action.KEPT, Because.LOCAL, True, None
            if uid in self.removed[part] or (part is Part.BLOCK and self._touched_here(part, uid)):
                return Action.CONFLICT, Because.REMOVED_CHANGED, False, under
            removed_with_home = outer is not None and home not in self.parent.items[outer]
            return Action.DELETED, Because.REMOVED, not contested, home if removed_with_home else None
        if not was:
            if self._declined(uid, self.parent.items[part][uid]):
                return Action.KEPT, Because.DECLINED, True, None
            new_home = outer is not None and home not in self.child.items[outer]
            return Action.INSERTED, Because.NEW, not contested, home if new_home else None
        if fixed:
            return Action.INSERTED, Because.FIXED_DROPPED, False, under
        if link.frozen:
            return Action.KEPT, Because.FROZEN, True, None
        if uid in self.dropped[part] or (part is Part.BLOCK and self._touched_there(part, uid)):
            return Action.CONFLICT, Because.DROPPED_CHANGED, False, under
        return Action.KEPT, Because.DROPPED, True, under

    def _place(self, part: Part, uid: Uid, link: Link) -> MoveOutcome | None:
        """Who moved a thing that all have, or None when nobody did."""
        theirs, ours = uid in self.moved_there[part], uid in self.moved_here[part]
        outer = OUTER.get(part)
        removed = self.removed[outer] if outer else ()
        homeless = bool(removed) and self.child.levels[part].home[uid] in removed and self._put_here(part, uid)
        if not theirs and not ours and not homeless:
            return None
        was, there, here = (side.levels[part] for side in (self.base, self.parent, self.child))

        def outcome(action: Action, because: Because, under: Uid | None = None) -> MoveOutcome:
            return MoveOutcome(action, was.spot(uid), there.spot(uid), here.spot(uid), because, under)

        if link.frozen:
            return outcome(Action.KEPT, Because.FROZEN)
        if theirs and ours:
            if same_spot(uid, there, here):
                return outcome(Action.SAME, Because.BOTH_ALIKE)
            return outcome(Action.CONFLICT, Because.BOTH_MOVED)
        if theirs:
            target = there.home[uid]
            if outer is not None and target in self.dropped[outer]:
                return outcome(Action.CONFLICT, Because.HOME_DROPPED, target)
            new = outer is not None and target not in self.child.items[outer]
            return outcome(Action.MOVED, Because.MOVED, target if new else None)
        if homeless:
            return outcome(Action.CONFLICT, Because.HOME_REMOVED, here.home[uid])
        return outcome(Action.KEPT, Because.MOVED_HERE)


def _rank(one: TextOutcome | MoveOutcome) -> int:
    return RANK[one.action]


def _kind(item: Item | None) -> Kind | None:
    return item.kind if isinstance(item, Block) else None
