"""Whole units and moves on their way up: what they are made of, where they go, which of them wait or were taken in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.content import Block, Content, Digest, Kind, Language, Module, Uid, Unit
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion.models import Proposal, ProposalKind, ProposalState
from app.infra.db import db


class Own(NamedTuple):
    """A unit that the edition above has not got, with the blocks it would bring along and the units before it."""

    module: Module
    unit: Unit
    anchors: list[Uid]


def own_units(base: Content, content: Content) -> Iterator[Own]:
    """The units of modules from above that are this edition's own, in reading order."""
    above = {unit.uid for _, unit in base.units()}
    known = {module.uid for module in base.modules}
    for module in content.modules:
        if module.uid not in known:
            continue
        for at, unit in enumerate(module.units):
            blocks = tuple(block for block in unit.blocks if base.block(block.uid) is None)
            if unit.uid not in above and blocks:
                yield Own(
                    module, Unit(unit.uid, unit.minutes, blocks), [one.uid for one in reversed(module.units[:at])]
                )


def packed(module: Uid, unit: Unit, languages: Sequence[Language]) -> dict[str, Any]:
    """A unit as a proposal keeps it, in these languages; blocks that have none of them stay behind."""
    blocks = []
    for block in unit.blocks:
        texts = {code: name for code, name in block.texts.items() if code in languages}
        if texts:
            blocks.append({"uid": block.uid, "kind": block.kind.value, "texts": texts})
    return {"module": module, "minutes": unit.minutes, "blocks": blocks}


def unpacked(proposal: Proposal) -> Unit:
    """The unit that a proposal keeps."""
    kept = proposal.structure or {"minutes": 0, "blocks": []}
    blocks = tuple(Block(one["uid"], Kind(one["kind"]), dict(one["texts"])) for one in kept["blocks"])
    return Unit(proposal.block_uid, kept["minutes"], blocks)


def module_of(proposal: Proposal) -> Uid:
    """The module that a proposed unit is for."""
    return str((proposal.structure or {}).get("module", ""))


def whole_text(unit: Unit, language: Language, bodies: Mapping[Digest, str]) -> str:
    """A unit's whole text in a language, as people write it."""
    return "\n\n".join(bodies[block.texts[language]] for block in unit.blocks if language in block.texts)


def title(text: str) -> str:
    """The title that a unit's whole text begins with."""
    return text.partition("\n")[0].lstrip("# ").strip()


class InModule(NamedTuple):
    """The module that a proposed unit is for: its title, the titles of its units, after how many the new one comes."""

    title: str
    units: list[str]
    at: int


def module_units(edition: Edition, proposal: Proposal, anchor: Uid | None, language: Language) -> InModule | None:
    """Where a proposed unit would stand; None when its module is not here."""
    content = contents.state(editions.head_of(edition)).content
    module = next((one for one in content.modules if one.uid == module_of(proposal)), None)
    if module is None:
        return None
    titles = contents.bodies(contents.title_digests(Content((module,))))
    order = sorted(edition.languages, key=lambda code: code[:2] != language[:2])
    names = [contents.unit_title(unit, titles, order) for unit in module.units]
    at = next((i + 1 for i, unit in enumerate(module.units) if unit.uid == anchor), 0)
    named = next((module.titles[code] for code in order if code in module.titles), next(iter(module.titles.values())))
    return InModule(named, names, at)


class Sent(NamedTuple):
    """What became of something that was offered: whether it waits, when it was taken in, with which words."""

    key: str
    waits: bool
    taken_at: datetime | None
    texts: Mapping[Language, str]


def key_of(kind: ProposalKind, uid: Uid) -> str:
    """What tells offers apart: the place of a block is offered apart from its words."""
    return f"{uid}@place" if kind is ProposalKind.MOVE else uid


def sent(edition: Edition) -> list[Sent]:
    """What this edition offered and was not declined or taken back, oldest first; one query."""
    rows = db.session.execute(
        select(
            Proposal.kind,
            Proposal.block_uid,
            Proposal.new_uid,
            Proposal.state,
            Proposal.decided_at,
            Proposal.texts,
        )
        .where(
            Proposal.origin_id == edition.id,
            Proposal.state.in_((ProposalState.OPEN, ProposalState.ACCEPTED, ProposalState.CHANGED)),
        )
        .order_by(Proposal.id)
    )
    return [
        Sent(
            key_of(row.kind, row.new_uid or row.block_uid),
            row.state is ProposalState.OPEN,
            row.decided_at if row.state is not ProposalState.OPEN else None,
            row.texts,
        )
        for row in rows
    ]
