"""What the links remember after a sync: old bases of what was left for later, declined texts, reasons.

A block that has nothing to remember has no link.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.content import Uid
from app.core.merge.deciding import Decision
from app.core.merge.order import Spot
from app.core.merge.outcomes import Because, Outcome, SyncPlan
from app.core.merge.sides import PLACE, PLAIN, Link, values

_NOT_MOVED_THERE = frozenset({Because.MOVED_HERE, Because.HOME_REMOVED})


def links_after(
    plan: SyncPlan, decisions: Mapping[Uid, Decision], present: frozenset[Uid], act: str | int | None
) -> dict[Uid, Link]:
    """Return the links of the child after a sync whose base is from now on what the plan had as the parent."""
    result = {}
    for outcome in plan.outcomes:
        uid, part = outcome.uid, outcome.part
        there = uid in plan.parent.items[part]
        if not there and uid not in plan.base.items[part]:
            link = plan.links.get(uid, PLAIN)
        elif there or uid in present:
            link = _link(plan, decisions, outcome, uid in present, act)
        else:
            continue
        if link != PLAIN:
            result[uid] = link
    return result


def _link(
    plan: SyncPlan, decisions: Mapping[Uid, Decision], outcome: Outcome, present: bool, act: str | int | None
) -> Link:
    uid, decision, old = outcome.uid, decisions[outcome.uid], plan.links.get(outcome.uid, PLAIN)
    was, there, here = (side.items[outcome.part].get(uid) for side in (plan.base, plan.parent, plan.child))
    first, second = values(was), values(there)
    final = values(decision.item) if present else {}
    equal = present and there is not None and final == second
    base: Mapping[str, str] | None = None
    place: Spot | None = None
    if decision.left_whole:
        base = dict(first)
        place = _spot(plan, decisions, outcome) if there is None and was is not None else None
    elif old.frozen and not equal:
        base = dict(first) if was is not None and first != second else None
    elif decision.left:
        kept = {a: (first if a in decision.left else second).get(a) for a in {**second, **first}}
        base = {a: value for a, value in kept.items() if value is not None}
        base = None if base == second else base
    if PLACE in decision.left:
        place = _spot(plan, decisions, outcome)
    declined = {
        a: value
        for a, value in {**old.declined, **decision.declined}.items()
        if second.get(a) == value and final.get(a) != value
    }
    confirmed = old.confirmed and equal and here is not None and values(here) == final
    reason = old.act
    if equal and not (confirmed or old.frozen or decision.departs):
        reason = None
    elif reason is None and decision.departs:
        reason = act
    return Link(base, place, declined, old.frozen, confirmed, reason)


def _spot(plan: SyncPlan, decisions: Mapping[Uid, Decision], outcome: Outcome) -> Spot | None:
    """Where a thing left for later stood, after the nearest sibling that will still stand there in the next base."""
    was, there = plan.base.levels[outcome.part], plan.parent.levels[outcome.part]
    home = was.home.get(outcome.uid)
    if home is None:
        return None
    at = was.before(outcome.uid)
    while at is not None:
        other, decision = plan.by_uid[at], decisions[at]
        unmoved = other.place is None or other.place.because in _NOT_MOVED_THERE
        stays = (decision.left_whole and at not in there.home) or PLACE in decision.left
        if stays or (there.home.get(at) == home and unmoved):
            break
        at = was.before(at)
    return Spot(home, at)
