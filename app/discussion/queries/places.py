"""Where in an edition something was said or proposed: blocks of the draft, and those it had or its original has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Block, Language, Uid, Unit
from app.core.plain import plain, shortened
from app.core.variables import fill
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, history, parents
from app.discussion import rules
from app.discussion.models import Comment, Proposal
from app.infra.db import db

EXTRACT_LETTERS = 120
_PORTION = 5_000  # keys per query, below the parameter limits of both databases


@dataclass(frozen=True, slots=True)
class Spot:
    """A block and its unit; `there` says whether the draft has it now."""

    unit: Unit | None
    block: Block | None
    there: bool


def spot(edition: Edition, uid: Uid) -> Spot:
    """A block of the draft, of what was last reconciled with the original, or one that was talked about or taken out.

    Raises `NoSuchBlock` for a uid that this edition never had.
    """
    now = contents.state(editions.head_of(edition))
    found = now.content.find(uid)
    if found is not None:
        return Spot(found[1], found[1].blocks[found[2]], True)
    base = parents.base_content(now.local).find(uid)
    if base is not None:
        return Spot(base[1], base[1].blocks[base[2]], False)
    if _known(edition, uid) or history.of_block(edition, uid)[0]:
        return Spot(None, None, False)
    raise rules.NoSuchBlock


def _known(edition: Edition, uid: Uid) -> bool:
    for table in (Comment, Proposal):
        statement = select(table.id).where(table.edition_id == edition.id, table.block_uid == uid).limit(1)
        if db.session.scalar(statement) is not None:
            return True
    return False


def portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys in as many parts as queries are needed to look for them."""
    for start in range(0, len(keys), _PORTION):
        yield keys[start : start + _PORTION]


@dataclass(frozen=True, slots=True)
class Names:
    """What to call the blocks and units of an edition's draft in lists."""

    extracts: Mapping[Uid, str]
    units: Mapping[Uid, Uid]  # block → the unit it stands in now
    titles: Mapping[Uid, str]


def names(edition: Edition, uids: Collection[Uid], language: Language) -> Names:
    """The first words of these blocks and the titles of all units, in one query; blocks that are gone have none."""
    now = contents.state(editions.head_of(edition))
    order = sorted(edition.languages, key=lambda code: code[:2] != language[:2])
    found = {uid: place for uid in dict.fromkeys(uids) if (place := now.content.find(uid)) is not None}
    blocks = {uid: unit.blocks[at] for uid, (_, unit, at) in found.items()}
    digests = [d for block in blocks.values() for d in block.texts.values()]
    texts = contents.bodies([*digests, *contents.title_digests(now.content)])
    extracts = {}
    for uid, block in blocks.items():
        code = next((one for one in [*order, *block.texts] if one in block.texts), None)
        if code is not None:
            words = plain(fill(texts[block.texts[code]], now.local.values(code)))
            extracts[uid] = shortened(words, EXTRACT_LETTERS)
    return Names(
        extracts=extracts,
        units={uid: unit.uid for uid, (_, unit, _) in found.items()},
        titles={unit.uid: contents.unit_title(unit, texts, order) for _, unit in now.content.units()},
    )
