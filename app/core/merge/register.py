"""How an edition stands to its parent: link states, the deviation register, what a release still lacks.

Everything is computed by comparing with the base release; only what comparing cannot show is kept in links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from app.core.content import Block, Content, Digest, Language, LinkState, Lock, Module, Uid, Unit
from app.core.errors import N_
from app.core.merge.order import moved
from app.core.merge.outcomes import ONLY_THEIRS, Action
from app.core.merge.planning import plan
from app.core.merge.sides import PLAIN, Link, Part, Side


def state(uid: Uid, base: Content, child: Content, link: Link | None) -> LinkState:
    """Return a block's standing to the parent edition; equal texts follow by themselves.

    Only languages that both have are compared: translating a block does not adapt it, nor does leaving a
    translation out. A block left for later follows as long as it is what was last reconciled.
    """
    was, here = _block(base, uid), _block(child, uid)
    link = link or PLAIN
    if here is None:
        return LinkState.DROPPED
    if link.frozen:
        return LinkState.FROZEN
    reconciled = [texts for texts in (was.texts if was else None, link.base) if texts]
    if not reconciled:
        return LinkState.LOCAL
    follows = any(_alike(texts, here.texts) for texts in reconciled)
    return LinkState.FOLLOW if follows else LinkState.ADAPTED


def _block(content: Content, uid: Uid) -> Block | None:
    place = content.find(uid)
    return place[1].blocks[place[2]] if place else None


def _alike(one: Mapping[str, Digest], other: Mapping[str, Digest]) -> bool:
    return one is other or all(other.get(language, text) == text for language, text in one.items())


@dataclass(frozen=True, slots=True)
class Departure:
    """One entry of the deviation register: what differs from the parent, and the act that says why.

    `module` and `unit` are where it is, or where it was in the parent for a block that was dropped.
    """

    uid: Uid
    module: Uid
    unit: Uid
    state: LinkState
    moved: bool
    base: Mapping[Language, Digest]
    child: Mapping[Language, Digest]
    act: str | int | None


def departures(base: Content, child: Content, links: Mapping[Uid, Link]) -> list[Departure]:
    """Return every block that departs from the parent, in reading order, dropped ones after what they followed."""
    shifted = moved(Side.of(base).levels[Part.BLOCK], Side.of(child).levels[Part.BLOCK])
    result = []
    for uid in _in_reading_order(base, child):
        link = links.get(uid)
        standing = state(uid, base, child, link)
        if (standing is LinkState.FOLLOW and uid not in shifted) or (standing is LinkState.DROPPED and _not_yet(link)):
            continue
        was, here = _block(base, uid), _block(child, uid)
        module, unit, _ = cast(tuple[Module, Unit, int], child.find(uid) or base.find(uid))
        result.append(
            Departure(
                uid,
                module.uid,
                unit.uid,
                standing,
                uid in shifted,
                was.texts if was else {},
                here.texts if here else {},
                link.act if link else None,
            )
        )
    return result


def _in_reading_order(base: Content, child: Content) -> list[Uid]:
    """The child's blocks, and after each the base's that followed it there and are gone."""
    after: dict[Uid | None, list[Uid]] = {}
    last: Uid | None = None
    for _, _, block in base.blocks():
        if child.find(block.uid):
            last = block.uid
        else:
            after.setdefault(last, []).append(block.uid)
    result = list(after.get(None, ()))
    for _, _, block in child.blocks():
        result += [block.uid, *after.get(block.uid, ())]
    return result


def _not_yet(link: Link | None) -> bool:
    """Whether a block is missing only because its insertion was left for later."""
    return link is not None and link.base is not None and not link.base


def counts(base: Content, child: Content, links: Mapping[Uid, Link]) -> Counter[LinkState]:
    """Return how many blocks stand to the parent in each way."""
    uids = dict.fromkeys(block.uid for content in (child, base) for _, _, block in content.blocks())
    missing = {uid for uid in uids if _not_yet(links.get(uid))}
    return Counter(state(uid, base, child, links.get(uid)) for uid in uids if uid not in missing)


class Lacking(Enum):
    """What keeps an edition from being released, as a sentence for people."""

    UNANSWERED = N_("The original asks every edition to adapt this, or to say why it stays as it is.")
    CONFLICT = N_("The original's change and ours conflict, and nobody has decided yet.")
    FIXED = N_("The original does not allow changes here, and this edition differs.")


def missing_for_release(
    base: Content,
    child: Content,
    links: Mapping[Uid, Link],
    bodies: Callable[[Digest], str],
    languages: Sequence[Language],
) -> list[tuple[Uid, Lacking]]:
    """Return what has to be answered before the child may be released, in reading order.

    `base` is the parent release the child was last synced to. Proposals left for later do not hold a release back;
    conflicts do.
    """
    result = []
    for outcome in plan(base, base, child, links, bodies, languages).outcomes:
        link = links.get(outcome.uid, PLAIN)
        if outcome.asks and outcome.because in ONLY_THEIRS:
            result.append((outcome.uid, Lacking.FIXED))
        elif outcome.action is Action.CONFLICT:
            result.append((outcome.uid, Lacking.CONFLICT))
        elif outcome.lock is Lock.MUST_ADAPT and not link.confirmed and _follows(outcome.uid, base, child, link):
            result.append((outcome.uid, Lacking.UNANSWERED))
    return result


def _follows(uid: Uid, base: Content, child: Content, link: Link) -> bool:
    return state(uid, base, child, link) is LinkState.FOLLOW
