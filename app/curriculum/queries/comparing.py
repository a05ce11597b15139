"""Two versions of an edition side by side: which blocks changed, came, went or moved, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.content import Block, Content, Digest, Language, Uid
from app.core.diff import word_diff
from app.core.editing import Change
from app.core.merge.order import moved
from app.core.merge.sides import Part, Side
from app.people.permissions import Actor

from . import contents, reading

Pair = tuple[str, str]  # the text before and after; empty where there is none


@dataclass(frozen=True, slots=True)
class Changed:
    """A block that is not the same in two contents, with its texts in the languages that differ."""

    uid: Uid
    unit: Uid
    how: Change
    texts: Mapping[Language, Pair]


def compare(actor: Actor, slug: str, region: str, old: str, new: str) -> list[Changed]:
    """Compare two versions (or `draft`) of an edition that the actor may read."""
    before = reading.view(actor, slug, region, version=old).state.content
    after = reading.view(actor, slug, region, version=new).state.content
    return changes(before, after)


def changes(
    before: Content, after: Content, bodies: Mapping[Digest, str] | None = None, *, only: Collection[Uid] = ()
) -> list[Changed]:
    """Every block that differs, in the order of the newer content, removed ones after what they followed.

    The texts are read unless `bodies` holds them; `only` keeps the changes of these blocks.
    """
    before, after = narrowed(before, after)
    bodies = contents.bodies(contents.differing(before, after)) if bodies is None else bodies
    old = {b.uid: (u.uid, b) for _, u, b in before.blocks()}
    new = {b.uid: (u.uid, b) for _, u, b in after.blocks()}
    shifted = moved(Side.of(before).levels[Part.BLOCK], Side.of(after).levels[Part.BLOCK])
    found = []
    for uid in _order(before, after):
        if only and uid not in only:
            continue
        was, now = old.get(uid), new.get(uid)
        unit = (now or was or ("", None))[0]
        texts = _texts(was[1] if was else None, now[1] if now else None, bodies)
        how = _how(was is not None, now is not None, bool(texts), uid in shifted)
        if how is not None:
            found.append(Changed(uid, unit, how, texts))
    return found


def narrowed(before: Content, after: Content) -> tuple[Content, Content]:
    """Both contents without the units that are the same in both; what differs is all there."""
    old = {unit.uid: unit for _, unit in before.units()}
    same = {unit.uid for _, unit in after.units() if old.get(unit.uid) == unit}

    def rest(content: Content) -> Content:
        return Content(tuple(replace(m, units=tuple(u for u in m.units if u.uid not in same)) for m in content.modules))

    return rest(before), rest(after)


def _order(before: Content, after: Content) -> list[Uid]:
    here = {block.uid for _, _, block in after.blocks()}
    gone: dict[Uid | None, list[Uid]] = {}
    last: Uid | None = None
    for _, _, block in before.blocks():
        if block.uid in here:
            last = block.uid
        else:
            gone.setdefault(last, []).append(block.uid)
    result = list(gone.get(None, []))
    for _, _, block in after.blocks():
        result += [block.uid, *gone.get(block.uid, [])]
    return result


def _texts(was: Block | None, now: Block | None, bodies: Mapping[str, str]) -> dict[Language, Pair]:
    first, second = (was.texts if was else {}), (now.texts if now else {})
    return {
        language: (bodies.get(first.get(language, ""), ""), bodies.get(second.get(language, ""), ""))
        for language in {**first, **second}
        if first.get(language) != second.get(language)
    }


def _how(was: bool, now: bool, differs: bool, shifted: bool) -> Change | None:
    if was and now:
        return Change.CHANGED if differs else Change.MOVED if shifted else None
    return Change.ADDED if now else Change.REMOVED


def in_words(pair: Pair) -> str:
    """A change as one line of text: [-removed-] and {+added+} words, as git's word diff writes them."""
    marks = {"insert": "{{+{after}+}}", "delete": "[-{before}-]", "replace": "[-{before}-]{{+{after}+}}"}
    return "".join(marks.get(str(c.op), "{before}").format(before=c.before, after=c.after) for c in word_diff(*pair))


def as_dict(change: Changed) -> dict[str, Any]:
    """A change as JSON."""
    return {
        "block": change.uid,
        "unit": change.unit,
        "change": change.how.value,
        "texts": {language: {"before": a, "after": b} for language, (a, b) in change.texts.items()},
    }
