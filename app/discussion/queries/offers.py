"""What an edition could offer to the edition above it: its own words, what speaks for them, where they go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from app.core import editing
from app.core.content import Block, Content, Digest, Language, LinkState, Uid, Unit, digest
from app.core.merge import departures
from app.curriculum.models import Act, ActKind, Edition, Release
from app.curriculum.queries import contents, editions, history, parents
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, ProposalState
from app.infra.db import db
from app.infra.i18n import region_name
from app.people.permissions import Actor
from app.study.queries import findings as study

REASONED = frozenset({ActKind.EDIT, ActKind.LINK, ActKind.COMPOSE})


class Reasons(NamedTuple):
    """What speaks for a block as it is here: reasons, evidence, and the acts that give them."""

    why: str
    evidence: str
    acts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One block that can be offered: to whom, what kind of proposal it makes, the texts on both sides, the reasons."""

    uid: Uid
    unit: Uid
    to: Edition
    kind: ProposalKind
    theirs: Mapping[Language, Digest]  # as last reconciled with them
    ours: Mapping[Language, Digest]
    anchors: list[Uid]
    why: str
    evidence: str
    acts: tuple[int, ...]  # that made it what it is here

    @property
    def languages(self) -> list[Language]:
        """The languages in which ours is another text."""
        return [code for code, name in self.ours.items() if self.theirs.get(code) != name]


def find(edition: Edition, uid: Uid) -> Offer:
    """What can be offered of one block; `NoParent` when it comes from nowhere, `WholeUnit` when they lack its unit.

    A block that is as they have it can still be offered with a text that is typed: a correction.
    """
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    found, was = now.content.find(uid), base.find(uid)
    place = found or was
    if place is None:
        raise rules.NoSuchBlock
    module, unit, at = place
    releases = editions.releases_by_id(sorted(set(now.local.bases.values())))
    source = releases.get(now.local.bases.get((was or (module,))[0].uid, 0))
    if source is None:
        raise rules.NoParent
    link = now.local.links.get(uid)
    named = [link.act] if link is not None else []
    reasons = _reasons(_acts(named), named)
    if found is not None and not reasons.why:
        reasons = _from_history(edition, uid)
    block = found[1].blocks[found[2]] if found else None
    return _offer(source, base, block, unit, at, uid, reasons)


def listed(edition: Edition) -> list[Offer]:
    """Everything of this edition's own that could be of use above, in reading order: adapted, grown here, left out.

    What lies already on their table, and whole units of its own, are left out. A handful of queries for any number.
    """
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    if not base.modules:
        return []
    waiting = offered(edition)
    gone = [d for d in departures(base, now.content, now.local.links) if d.uid not in waiting]
    acts = _acts([d.act for d in gone])
    releases = editions.releases_by_id(sorted(set(now.local.bases.values())))
    result = []
    for departure in gone:
        found, was = now.content.find(departure.uid), base.find(departure.uid)
        place = found or was
        if place is None or departure.state is LinkState.FROZEN:
            continue
        module, unit, at = place
        source = releases.get(now.local.bases.get((was or (module,))[0].uid, 0))
        if source is None:
            continue
        reasons = _reasons(acts, [departure.act])
        try:
            block = found[1].blocks[found[2]] if found else None
            offer = _offer(source, base, block, unit, at, departure.uid, reasons)
        except rules.WholeUnit:
            continue
        if offer.kind is not ProposalKind.CHANGE or offer.languages:
            result.append(offer)
    return result


def offered(edition: Edition) -> set[Uid]:
    """The blocks of this edition that wait for an answer above."""
    rows = db.session.execute(
        select(Proposal.block_uid, Proposal.new_uid).where(
            Proposal.origin_id == edition.id, Proposal.state == ProposalState.OPEN
        )
    )
    return {new or uid for uid, new in rows}


def origin_name(edition: Edition, digests: Collection[Digest]) -> str:
    """How an act names the version that these words come from: the newest release that has them, else the state now."""
    head = editions.head_of(edition)
    newest = editions.latest_release(edition)
    if newest is not None:
        there = contents.state(newest.revision).content
        released = {name for _, _, block in there.blocks() for name in block.texts.values()}
        if newest.revision_id == head.id or (digests and set(digests) <= released):
            return f"{edition.name}@{newest.version}"
    return f"{edition.name}@r{head.number}"


def findings_of(actor: Actor, edition: Edition, offer: Offer) -> str:
    """What the study says of the block and of the acts behind it, a finding a line, as it stands now."""
    said = {finding.code: finding.statement for finding in study.of_block(edition, offer.uid)}
    for some in study.cited(actor, offer.acts).values():
        said.update((one.code, one.statement) for one in some if one.code)
    return "\n".join(f"{code}: {statement}" for code, statement in said.items())


def check(offer: Offer, texts: Mapping[Language, str]) -> None:
    """Raise `LacksVariable` or `BrokenLink` for what these texts need and the edition above has not got."""
    local = contents.state(editions.head_of(offer.to)).local
    rules.check_variables(texts, local.resolved, region_name(offer.to.region))
    editing.check_leads({digest(text): text for text in texts.values()}, local.media)


def _offer(
    source: Release,
    base: Content,
    block: Block | None,
    unit: Unit,
    at: int,
    uid: Uid,
    reasons: Reasons,
) -> Offer:
    theirs = base.block(uid)
    if block is None:
        kind, anchors = ProposalKind.REMOVE, []
    elif theirs is None:
        kind, anchors = ProposalKind.INSERT, [b.uid for b in reversed(unit.blocks[:at])]
        if not any(base.block(one) is not None for one in anchors):
            raise rules.WholeUnit(unit=_title(unit.blocks))
    else:
        kind, anchors = ProposalKind.CHANGE, []
    return Offer(
        uid=uid,
        unit=unit.uid,
        to=source.edition,
        kind=kind,
        theirs=dict(theirs.texts) if theirs is not None else {},
        ours=dict(block.texts) if block is not None else {},
        anchors=anchors,
        why=reasons.why,
        evidence=reasons.evidence,
        acts=reasons.acts,
    )


def _title(blocks: Sequence[Block]) -> str:
    found = contents.bodies(list(blocks[0].texts.values())[:1]) if blocks else {}
    return next(iter(found.values()), "").lstrip("# ").strip()


def _acts(ids: Sequence[str | int | None]) -> dict[int, Act]:
    wanted = sorted({int(one) for one in ids if one is not None})
    return {act.id: act for act in db.session.scalars(select(Act).where(Act.id.in_(wanted)))} if wanted else {}


def _reasons(acts: Mapping[int, Act], ids: Sequence[str | int | None]) -> Reasons:
    """The reasons and the evidence of these acts, each once, as they stand now."""
    found = [acts[int(one)] for one in ids if one is not None and int(one) in acts]
    whys = dict.fromkeys(act.why.strip() for act in found if act.why.strip())
    said = dict.fromkeys(act.stems_from.strip() for act in found if act.stems_from.strip() and act.kind in REASONED)
    return Reasons("\n".join(whys), "; ".join(said), tuple(act.id for act in found))


def _from_history(edition: Edition, uid: Uid) -> Reasons:
    """The reasons of the acts that made a block what it is, where no link names one."""
    steps, _ = history.of_block(edition, uid)
    found = [step.revision.act for step in steps if step.revision.act.kind in REASONED]
    return _reasons({act.id: act for act in found}, [act.id for act in found])
