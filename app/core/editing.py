"""What an edit does to a unit: which blocks of a rewritten text go on from which, and what that changes.

Pure: takes the unit, the texts it had and the texts it gets, and gives the new unit and the list of changes. Whether
an edit is allowed is decided here too (locks, variables, size), so that pages, commands and imports cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .alignment import align
from .content import Block, Content, Digest, Kind, Language, Lock, Uid, Unit, digest
from .errors import N_, Refused
from .languages import digest_in, is_variant
from .leads import broken
from .merge.order import Level, moved
from .variables import names


class Change(StrEnum):
    """What happened to a block."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Edited:
    """A unit after an edit, the texts that are new, and every block that changed, with how."""

    unit: Unit
    texts: Mapping[Digest, str]
    changes: Mapping[Uid, Change]


class FixedBlock(Refused):
    text = N_("“%(start)s…” is fixed by the original: it cannot be changed, moved or removed here.")


class UnknownVariable(Refused):
    text = N_("{{%(name)s}} stands in “%(start)s…”, but this edition has no variable of that name.")
    status = 422


class BrokenLink(Refused):
    text = N_(
        "“%(address)s” in “%(start)s…” leads nowhere. Links begin with https://, and pictures are written media/…."
    )
    status = 422


class EmptyUnit(Refused):
    text = N_("A unit needs a title and at least one paragraph; nothing was saved.")
    status = 422


class NoTitle(Refused):
    text = N_("A unit begins with its title, on a line of its own that starts with “# ”.")
    status = 422


def beginning(text: str, words: int = 8) -> str:
    """The first words of a text, for naming a block to people."""
    return " ".join(text.replace("#", " ").replace("/", " ").split()[:words])


def rewrite(
    unit: Unit,
    language: Language,
    pieces: Sequence[tuple[Kind, str]],
    bodies: Mapping[Digest, str],
    new_uid: Callable[[], Uid],
) -> Edited:
    """Give a unit a new text in one language; blocks keep their uids by their texts and their neighbours.

    Blocks that have no text in this language stay, after the block they stood after. A block whose text is gone is
    removed in every language. A variant is rewritten as it is read, and keeps only what then differs from the wider
    language. `bodies` holds the unit's texts.
    """
    unit = _as_read(unit, language)
    if not pieces:
        raise EmptyUnit
    if pieces[0][0] is not Kind.HEADING or not pieces[0][1].startswith("# "):
        raise NoTitle
    had = [block for block in unit.blocks if language in block.texts]
    origin = align([bodies[block.texts[language]] for block in had], [text for _, text in pieces])
    texts = {digest(text): text for _, text in pieces}
    spoken: list[Block] = []
    changes: dict[Uid, Change] = {}
    for (kind, text), old in zip(pieces, origin, strict=True):
        name = digest(text)
        if old is None:
            block = Block(new_uid(), kind, {language: name})
            changes[block.uid] = Change.ADDED
        else:
            block = had[old]
            if block.texts[language] != name:
                block = replace(block, kind=kind, texts={**block.texts, language: name})
                changes[block.uid] = Change.CHANGED
        spoken.append(block)
    kept = {block.uid for block in spoken}
    changes.update((block.uid, Change.REMOVED) for block in had if block.uid not in kept)
    for uid in _moved([b.uid for b in had if b.uid in kept], [b.uid for b in spoken]):
        changes.setdefault(uid, Change.MOVED)
    blocks = [_differing(block, language) for block in _with_silent(unit.blocks, spoken, language)]
    return Edited(replace(unit, blocks=tuple(blocks)), texts, changes)


def rewrite_block(
    unit: Unit, uid: Uid, language: Language, pieces: Sequence[tuple[Kind, str]], new_uid: Callable[[], Uid]
) -> Edited:
    """Give one block a new text; of several pieces the first stays in its place and the others come after it."""
    if not pieces:
        return remove_block(unit, uid)
    blocks: list[Block] = []
    changes: dict[Uid, Change] = {}
    for block in unit.blocks:
        if block.uid != uid:
            blocks.append(block)
            continue
        kind, text = pieces[0]
        if block.texts.get(language) != digest(text):
            block = _differing(replace(block, kind=kind, texts={**block.texts, language: digest(text)}), language)
            changes[uid] = Change.CHANGED
        added = [Block(new_uid(), kind, {language: digest(text)}) for kind, text in pieces[1:]]
        changes.update((new.uid, Change.ADDED) for new in added)
        blocks += [block, *added]
    return Edited(_titled(unit, blocks), {digest(text): text for _, text in pieces}, changes)


def _as_read(unit: Unit, language: Language) -> Unit:
    """The unit with the wider language's texts standing where a variant says nothing itself."""
    if not is_variant(language):
        return unit
    blocks = tuple(
        replace(block, texts={**block.texts, language: name}) if (name := digest_in(block.texts, language)) else block
        for block in unit.blocks
    )
    return replace(unit, blocks=blocks)


def _differing(block: Block, language: Language) -> Block:
    """The block without a variant's text that says what the wider language says."""
    others = {code: name for code, name in block.texts.items() if code != language}
    if is_variant(language) and language in block.texts and digest_in(others, language) == block.texts[language]:
        return replace(block, texts=others)
    return block


def insert_after(
    unit: Unit, after: Uid, language: Language, pieces: Sequence[tuple[Kind, str]], new_uid: Callable[[], Uid]
) -> Edited:
    """Add blocks right after another one."""
    added = [Block(new_uid(), kind, {language: digest(text)}) for kind, text in pieces]
    blocks = [b for block in unit.blocks for b in ([block, *added] if block.uid == after else [block])]
    changes = {block.uid: Change.ADDED for block in added}
    return Edited(_titled(unit, blocks), {digest(text): text for _, text in pieces}, changes)


def move_block(unit: Unit, uid: Uid, steps: int) -> Edited:
    """Move a block up (negative) or down by some places; the title stays first."""
    blocks = list(unit.blocks)
    at = next(i for i, block in enumerate(blocks) if block.uid == uid)
    to = min(max(at + steps, 1), len(blocks) - 1)
    blocks.insert(to, blocks.pop(at))
    return Edited(_titled(unit, blocks), {}, {uid: Change.MOVED} if to != at else {})


def remove_block(unit: Unit, uid: Uid) -> Edited:
    """Take a block out, in every language."""
    return Edited(_titled(unit, [block for block in unit.blocks if block.uid != uid]), {}, {uid: Change.REMOVED})


def _titled(unit: Unit, blocks: Sequence[Block]) -> Unit:
    """The unit with these blocks, the first of which must be its title."""
    if not blocks:
        raise EmptyUnit
    if blocks[0].kind is not Kind.HEADING:
        raise NoTitle
    return replace(unit, blocks=tuple(blocks))


def with_unit(content: Content, unit: Unit) -> Content:
    """The content with one unit in the place of the unit of the same uid."""
    return Content(
        tuple(
            replace(module, units=tuple(unit if u.uid == unit.uid else u for u in module.units))
            if any(u.uid == unit.uid for u in module.units)
            else module
            for module in content.modules
        )
    )


def _moved(before: Sequence[Uid], after: Sequence[Uid]) -> frozenset[Uid]:
    """The fewest blocks whose moving explains the new order."""
    return moved(Level({"": before}), Level({"": after}))


def _with_silent(before: Sequence[Block], spoken: Sequence[Block], language: Language) -> list[Block]:
    """The spoken blocks in their new order, with those that have no text in this language after their old neighbour."""
    followers: dict[Uid | None, list[Block]] = {}
    anchor: Uid | None = None
    kept = {block.uid for block in spoken}
    for block in before:
        if language in block.texts:
            anchor = block.uid if block.uid in kept else anchor
        else:
            followers.setdefault(anchor, []).append(block)
    result = list(followers.get(None, []))
    for block in spoken:
        result += [block, *followers.get(block.uid, [])]
    return result


def check_locks(base: Content, edited: Edited, before: Unit, bodies: Mapping[Digest, str]) -> None:
    """Raise `FixedBlock` if the edit touches a block that the parent edition, as last reconciled, fixed."""
    blocks = {block.uid: block for block in (*before.blocks, *edited.unit.blocks)}
    for uid in edited.changes:
        block = base.block(uid)
        if block is not None and block.lock is Lock.FIXED:
            text = next((bodies[d] for d in blocks[uid].texts.values() if d in bodies), "")
            raise FixedBlock(start=beginning(text))


def check_variables(texts: Mapping[Digest, str], known: Mapping[str, object]) -> None:
    """Raise `UnknownVariable` for the first `{{name}}` that the edition does not know."""
    for text in texts.values():
        for name in names(text):
            if name not in known:
                raise UnknownVariable(name=name, start=beginning(text))


def check_leads(texts: Mapping[Digest, str], pictures: Collection[str]) -> None:
    """Raise `BrokenLink` for the first link or picture that leads nowhere; `pictures` are the edition's own."""
    for text in texts.values():
        address = broken(text, pictures)
        if address is not None:
            raise BrokenLink(address=address[:200], start=beginning(text))
