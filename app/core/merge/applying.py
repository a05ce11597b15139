"""Carrying out the answers to a sync plan: the new content, its new texts, what the links remember; taking it back.

Finding out what there is to answer is `planning`'s business, what an answer means `deciding`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from app.core.content import Block, Content, Digest, Language, Module, Uid, Unit
from app.core.merge.deciding import Decision, NothingToAnswer, decide, stale
from app.core.merge.order import arrange
from app.core.merge.outcomes import Choices, Outcome, SyncPlan
from app.core.merge.planning import OUTER
from app.core.merge.planning import plan as make_plan
from app.core.merge.remembering import links_after
from app.core.merge.sides import PLACE, Item, Link, Part


@dataclass(frozen=True, slots=True)
class Applied:
    """What a sync makes: the child's new content, the texts it needs stored, all its links, what is still open."""

    content: Content
    texts: Mapping[Digest, str]
    links: Mapping[Uid, Link]
    left: tuple[Outcome, ...]


def apply(plan: SyncPlan, choices: Choices, act: str | int | None = None) -> Applied:
    """Return the child with the answers carried out; what is not answered stays as it is, to be asked again.

    A choice for (uid, aspect) goes before one for the uid, and that before one for the unit or module it is under.
    A unit stays as long as anything in it stays. `act` becomes the reason of blocks that depart by these answers.
    From now on the base of every module is the release that was the parent.
    """
    for key in stale(plan, choices):
        raise NothingToAnswer(uid=key if isinstance(key, str) else key[0])
    new: dict[Digest, str] = {}
    decisions = {outcome.uid: decide(plan, outcome, choices, new) for outcome in plan.outcomes}
    content, present = _content(plan, decisions)
    left = tuple(o for o in plan.outcomes if decisions[o.uid].left_whole or decisions[o.uid].left)
    return Applied(content, new, links_after(plan, decisions, present, act), left)


def _content(plan: SyncPlan, decisions: dict[Uid, Decision]) -> tuple[Content, frozenset[Uid]]:
    """The things that stay or come, in one order, and their uids.

    What was to go but holds something left for later is marked as left for later too.
    """
    orders: dict[Part, Mapping[Uid, Sequence[Uid]]] = {}
    items: dict[Uid, Item] = {}
    kept_alive: set[Uid] = set()
    kept_open: set[Uid] = set()
    for part in (Part.BLOCK, Part.UNIT, Part.MODULE):
        here, there = plan.child.levels[part], plan.parent.levels[part]
        gone: set[Uid] = set()
        placed: set[Uid] = set()
        for uid in [*here.home, *(uid for uid in there.home if uid not in here.home)]:
            decision = decisions[uid]
            if uid in kept_open and not decision.present and uid in here.home:
                decision = decisions[uid] = replace(decision, present=True, left_whole=True)
            if not decision.present and uid not in kept_alive:
                gone.add(uid)
            elif uid not in here.home or decision.follows:
                placed.add(uid)
            if uid not in gone and decision.item is not None:
                items[uid] = decision.item
        if part in OUTER:
            homes = {uid: (there if uid in placed else here).home[uid] for uid in {*here.home, *placed} - gone}
            kept_alive = set(homes.values())
            kept_open = {
                home for uid, home in homes.items() if decisions[uid].left_whole or PLACE in decisions[uid].left
            }
        orders[part] = arrange(here, there, gone, placed)
    modules = []
    for module_uids in orders[Part.MODULE].values():
        for module_uid in module_uids:
            units = [
                replace(
                    cast(Unit, items[unit_uid]),
                    blocks=tuple(cast(Block, items[uid]) for uid in orders[Part.BLOCK].get(unit_uid, ())),
                )
                for unit_uid in orders[Part.UNIT].get(module_uid, ())
            ]
            modules.append(replace(cast(Module, items[module_uid]), units=tuple(units)))
    return Content(tuple(modules)), frozenset(items)


@dataclass(frozen=True, slots=True)
class Undone:
    """A sync taken back: the content, and what could not be because it was changed since (kept as it is now)."""

    content: Content
    conflicts: tuple[Outcome, ...]


def undo(
    before: Content,
    after: Content,
    now: Content,
    bodies: Callable[[Digest], str],
    languages: Sequence[Language],
) -> Undone:
    """Return `now` without what a sync changed from `before` to `after`; later edits stay.

    Where a later edit touched what the sync changed, the text stays as it is now and is listed as a conflict.
    """
    plan = make_plan(after, before, now, {}, bodies, languages, locks=False)
    applied = apply(plan, plan.safe_choices())
    return Undone(applied.content, applied.left)


def undo_links(before: Mapping[Uid, Link], after: Mapping[Uid, Link], now: Mapping[Uid, Link]) -> dict[Uid, Link]:
    """Return the links as they were before a sync, but for those changed since."""
    uids = dict.fromkeys([*before, *now])
    chosen = {uid: before.get(uid) if now.get(uid) == after.get(uid) else now.get(uid) for uid in uids}
    return {uid: link for uid, link in chosen.items() if link is not None}
