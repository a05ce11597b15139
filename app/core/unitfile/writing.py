"""From blocks to a unit file's text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest

import yaml

from app.core.content import TYPED_KINDS, Kind, Lock
from app.core.splitting import split

from .things import FileBlock, UnitFile

_MAY_JOIN = frozenset({Kind.LIST, Kind.QUOTE, Kind.CODE})


def dump(unit: UnitFile) -> str:
    """Return the file of a unit; parsing it gives the unit again."""
    uid = unit.uid if yaml.safe_load(unit.uid) == unit.uid else json.dumps(unit.uid)
    return f"---\nuid: {uid}\nminutes: {unit.minutes}\n---\n\n" + dump_blocks(unit.blocks)


def dump_blocks(blocks: Sequence[FileBlock]) -> str:
    """Return the blocks as one text, one blank line apart, with their uids and locks.

    Two lists that follow each other would be read as one; an empty `{: }` line keeps such neighbours apart.
    """
    written = []
    for block, following in zip_longest(blocks, blocks[1:]):
        apart = following is not None and _would_join(block, following)
        written.append(_with_attributes(block, apart=apart))
    return "\n\n".join(written) + ("\n" if written else "")


def _would_join(block: FileBlock, following: FileBlock) -> bool:
    """Whether two neighbours would be read as other pieces than these two."""
    if block.kind not in _MAY_JOIN or following.kind in TYPED_KINDS:
        return False
    return [piece.text for piece in split(f"{block.text}\n\n{following.text}")] != [block.text, following.text]


def _with_attributes(block: FileBlock, *, apart: bool) -> str:
    locked = block.lock is not Lock.ADAPTABLE
    if block.kind in TYPED_KINDS:
        opening, _, rest = block.text.partition("\n")
        options = [f"    id: {block.uid}"] * (block.uid is not None) + [f"    lock: {block.lock}"] * locked
        return "\n".join([opening, *options, rest])
    attributes = [f"#{block.uid}"] * (block.uid is not None) + [f"lock={block.lock}"] * locked
    return f"{block.text}\n{{: {' '.join([*attributes, ''])}}}" if attributes or apart else block.text
