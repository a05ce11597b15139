"""What the answers mean for one thing: whether it is there, where, with which texts, and what stays open.

The questions come from `planning`; putting the things together again is `applying`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from app.core.content import Block, Digest, Kind, Lock, Module, Uid, Unit, canonical, digest
from app.core.errors import N_, Refused
from app.core.merge.outcomes import (
    LATER,
    Action,
    Answer,
    Because,
    Choice,
    Choices,
    Outcome,
    SyncPlan,
)
from app.core.merge.sides import MINUTES, PLACE, Item, Part, values
from app.core.merge.writing import both, joined


class NothingToAnswer(Refused):
    """A choice for something the plan does not ask, as happens when the plan has changed since it was shown."""

    text = N_("There is nothing to decide about “%(uid)s” any more. Look at the changes again.")


class NotAnAnswer(Refused):
    """An answer that does not fit the question."""

    text = N_("“%(answer)s” does not answer what is asked about “%(uid)s”.")
    status = 422


class FixedByOriginal(Refused):
    """An answer that keeps a difference where the original's lock allows none."""

    text = N_("The original does not allow changes to “%(uid)s”: take its text, or leave it for later.")


class NoProposal(Refused):
    """A proposal was accepted where the merge makes none."""

    text = N_("There is no proposal for “%(uid)s”: choose the original's text or ours, or write it.")


@dataclass(frozen=True, slots=True)
class Decision:
    """One outcome, answered. `item` is the thing as it will be, or would be if something in it keeps it alive."""

    item: Item | None
    present: bool
    follows: bool = False  # stands where the parent has it
    left: frozenset[str] = frozenset()  # aspects left for later
    left_whole: bool = False
    declined: Mapping[str, str] = field(default_factory=dict)
    departs: bool = False  # an answer that makes or keeps it different from the parent's


def stale(plan: SyncPlan, choices: Choices) -> list[Uid | tuple[Uid, str]]:
    """Return the choices that the plan does not ask for; `later` is never stale."""
    return [key for key, choice in choices.items() if choice.answer is not Answer.LATER and not _fits(plan, key)]


def _fits(plan: SyncPlan, key: Uid | tuple[Uid, str]) -> bool:
    uid, aspect = key if isinstance(key, tuple) else (key, None)
    outcome = plan.by_uid.get(uid)
    if outcome is None:
        return False
    return aspect in outcome.aspects if aspect else outcome.asks or outcome.whole


def decide(plan: SyncPlan, outcome: Outcome, choices: Choices, new: dict[Digest, str]) -> Decision:
    """Return what the choices make of one outcome; texts that have to be stored are added to `new`."""
    there, here = plan.parent.items[outcome.part].get(outcome.uid), plan.child.items[outcome.part].get(outcome.uid)
    if there is None or here is None:
        return _decide_whole(plan, outcome, choices, there, here)
    was = plan.base.items[outcome.part].get(outcome.uid)
    result = _silently(was, there, here)
    left, declined, departs = set(), {}, False
    for aspect, text in outcome.texts.items():
        value = text.child
        if text.asks:
            choice = _choice(choices, outcome, aspect)
            if choice.answer is Answer.LATER:
                left.add(aspect)
            else:
                value = _answered(plan, outcome, aspect, choice, new)
                departs = departs or value != text.parent
                if choice.answer is Answer.OURS and text.parent is not None:
                    declined[aspect] = text.parent
        if value is None:
            result.pop(aspect, None)
        else:
            result[aspect] = value
    follows = False
    if outcome.place is not None and outcome.place.asks:
        answer = _place_answer(choices, outcome)
        follows = answer is Answer.THEIRS
        departs = departs or answer is Answer.OURS
        if answer is Answer.LATER:
            left.add(PLACE)
    item = _rebuilt(was, there, here, result)
    return Decision(item, True, follows, frozenset(left), declined=declined, departs=departs)


def _decide_whole(
    plan: SyncPlan, outcome: Outcome, choices: Choices, there: Item | None, here: Item | None
) -> Decision:
    item = here or there
    choice = _choice(choices, outcome, None, plan) if outcome.whole else LATER
    if choice.answer is Answer.LATER:
        return Decision(item, here is not None, left_whole=outcome.asks)
    if choice.answer is Answer.THEIRS:
        return Decision(item, there is not None)
    if choice.answer is not Answer.OURS:
        raise NotAnAnswer(answer=choice.answer, uid=outcome.uid)
    if outcome.because is Because.FIXED_DROPPED:
        raise FixedByOriginal(uid=outcome.uid)
    return Decision(item, here is not None, declined=dict(values(there)), departs=outcome.asks)


def _choice(choices: Choices, outcome: Outcome, aspect: str | None, plan: SyncPlan | None = None) -> Choice:
    """The choice for one aspect, else for the thing, else (for a whole) for what it is under; later if none."""
    if aspect is not None and (outcome.uid, aspect) in choices:
        return choices[outcome.uid, aspect]
    found = choices.get(outcome.uid)
    if found is not None and found.answer is Answer.WRITTEN and len(outcome.aspects) > 1:
        raise NotAnAnswer(answer=found.answer, uid=outcome.uid)
    if found is None and plan is not None and outcome.under is not None:
        above = plan.by_uid[outcome.under]
        return _choice(choices, above, None, plan) if above.whole else LATER
    return found or LATER


def _place_answer(choices: Choices, outcome: Outcome) -> Answer:
    """Theirs, ours or later. An answer to the texts takes a safe move with it, and leaves a contested one open."""
    place = outcome.place
    own = choices.get((outcome.uid, PLACE))
    if own is not None:
        if own.answer not in (Answer.THEIRS, Answer.OURS, Answer.LATER):
            raise NotAnAnswer(answer=own.answer, uid=outcome.uid)
        return own.answer
    found = choices.get(outcome.uid)
    if found is None and place is not None and place.under is not None:
        found = choices.get(place.under)
    answer = found.answer if found else Answer.LATER
    if answer in (Answer.THEIRS, Answer.OURS, Answer.LATER):
        return answer
    return Answer.THEIRS if place is not None and place.safe else Answer.LATER


def _answered(plan: SyncPlan, outcome: Outcome, aspect: str, choice: Choice, new: dict[Digest, str]) -> str | None:
    """The value an answer gives to one language, title or number."""
    text, answer, uid = outcome.texts[aspect], choice.answer, outcome.uid
    if outcome.lock is Lock.FIXED and answer is not Answer.THEIRS:
        raise FixedByOriginal(uid=uid)
    if answer is Answer.OURS:
        return text.child
    if answer is Answer.WRITTEN:
        return _written(outcome, choice, new)
    if answer is Answer.THEIRS or text.action is Action.TAKEN:
        return text.parent
    if answer is Answer.PROPOSAL:
        made = text.merge.proposed() if text.merge else None
        if made is None:
            raise NoProposal(uid=uid)
        return _stored(made, new)
    if outcome.part is not Part.BLOCK or text.child is None:
        raise NotAnAnswer(answer=answer, uid=uid)
    if text.merge is not None:
        return _stored(both(text.merge), new)
    if text.parent is None:
        return text.child
    return _stored(joined(plan.bodies(text.child), plan.bodies(text.parent)), new)


def _written(outcome: Outcome, choice: Choice, new: dict[Digest, str]) -> str:
    text = canonical(choice.text or "").strip("\n")
    if not text.strip() or (outcome.part is Part.UNIT and not text.strip().isdecimal()):
        raise NotAnAnswer(answer=choice.text or choice.answer, uid=outcome.uid)
    return _stored(text, new) if outcome.part is Part.BLOCK else text.strip()


def _stored(text: str, new: dict[Digest, str]) -> Digest:
    text = canonical(text)
    name = digest(text)
    new[name] = text
    return name


def _silently(was: Item | None, there: Item, here: Item) -> dict[str, str]:
    """The values with what the parent changed taken wherever this edition has not: languages nobody is asked about."""
    first, second, third = values(was), values(there), values(here)
    if first == second:
        return dict(third)
    merged = {a: second.get(a) if third.get(a) == first.get(a) else third.get(a) for a in {**third, **second}}
    return {a: value for a, value in merged.items() if value is not None}


def _rebuilt(was: Item | None, there: Item, here: Item, result: Mapping[str, str]) -> Item:
    """The thing with its answered values; what nobody is asked about (kind, lock) follows the texts and the parent."""
    if isinstance(here, Unit):
        return replace(here, minutes=int(result[MINUTES]))
    if isinstance(here, Module):
        return replace(here, kind=cast(Module, there).kind, titles=result)
    parent = cast(Block, there)
    return Block(here.uid, _kind(cast(Block | None, was), parent, here, result), result, parent.lock)


def _kind(was: Block | None, there: Block, here: Block, result: Mapping[str, str]) -> Kind:
    """The kind that goes with the texts: of the side they are all from, else of the side that changed it."""
    if there.kind is here.kind or result == here.texts:
        return here.kind
    if result == there.texts or was is None or here.kind is was.kind:
        return there.kind
    return here.kind
