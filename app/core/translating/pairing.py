"""Which pairs a change of an edition makes: "this target text was made of this source text".

Pairs are named by the digests of both texts, so that whoever has the same two texts, in whichever edition, has a fresh
translation. What a pair says is never taken back; a new source text simply has no pair yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.core.content import Block, Content, Digest, Language, Uid
from app.core.languages import digest_in, spoken

Source = Callable[[Language], Language | None]


class Origin(StrEnum):
    """How it came that a pair is one."""

    LOADED = "loaded"  # both stood in the files of an original
    WRITTEN = "written"  # somebody wrote the target while the source read like this
    JOINED = "joined"  # taking in a parent's changes made a new target text
    FORM = "form"  # the source changed in variables, punctuation or capitals alone
    TOGETHER = "together"  # the same person changed both, for the same reason, one after the other
    OVERRULED = "overruled"  # somebody said that the change does not touch the translation
    REDIRECTED = "redirected"  # the language is translated from another one now; both agreed with the one before
    REBUILT = "rebuilt"  # found in the states of a database that knew no pairs
    IMPORTED = "imported"  # a memory that was brought along


WRITING = frozenset({Origin.LOADED, Origin.WRITTEN, Origin.JOINED})  # whoever did it is the author of the target


@dataclass(frozen=True, slots=True)
class Made:
    """What a change did to one cell. `before` is the source text that went, "" when the target is what changed.

    `new` is set when the pair holds only if nobody has made the target of anything yet.
    """

    uid: Uid
    source_language: Language
    target_language: Language
    source: Digest
    target: Digest
    before: Digest = ""
    new: bool = False


def made_by(before: Content, after: Content, source: Source, *, writing: bool) -> list[Made]:
    """Return what a change did to cells that have both texts, in reading order.

    With `writing`, whoever changed a target wrote it against the source as it then stood. Without (taking in changes,
    going back), a target that changed counts as made of its source only if it is a new text, for otherwise it has
    its pairs already. Where only the source changed, the pair is a question of form (`before` is set).
    """
    found: list[Made] = []
    for old, new in _changed(before, after):
        for target_language, target in new.texts.items():
            source_language = source(target_language)
            if source_language is None:
                continue
            here = digest_in(new.texts, source_language)
            if not here or spoken(new.texts, source_language) == target_language:
                continue
            was = old.texts.get(target_language, "") if old is not None else ""
            source_was = digest_in(old.texts, source_language) if old is not None else ""
            if was != target:
                found.append(Made(new.uid, source_language, target_language, here, target, new=not writing))
            elif source_was != here:
                found.append(
                    Made(new.uid, source_language, target_language, here, target, source_was, new=not source_was)
                )
    return found


def _changed(before: Content, after: Content) -> Iterator[tuple[Block | None, Block]]:
    """The blocks whose texts are not what they were, in reading order, with what they were."""
    for old, new in _changed_units(before, after):
        known = {block.uid: block for block in old}
        for block in new:
            was = known.get(block.uid) or before.block(block.uid)
            if was is None or was.texts != block.texts:
                yield was, block


def _changed_units(before: Content, after: Content) -> Iterator[tuple[Iterable[Block], Iterable[Block]]]:
    known = {unit.uid: unit for _, unit in before.units()}
    for _, unit in after.units():
        old = known.get(unit.uid)
        if old is not unit and (old is None or old.blocks is not unit.blocks):
            yield (old.blocks if old else ()), unit.blocks
