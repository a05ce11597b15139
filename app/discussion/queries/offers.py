"""What an edition could offer to the edition above it: its own words, what speaks for them, where they go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from app.core import editing
from app.core.content import Block, Content, Digest, Language, LinkState, Uid, Unit, digest
from app.core.merge import departures
from app.curriculum.models import Act, ActKind, Edition, Release
from app.curriculum.queries import contents, editions, history, parents
from app.discussion import rules
from app.discussion.models import ProposalKind
from app.infra.db import db
from app.infra.i18n import region_name
from app.people.permissions import Actor
from app.study.queries import findings as study

from . import structure

REASONED = frozenset({ActKind.EDIT, ActKind.LINK, ActKind.COMPOSE})


class Reasons(NamedTuple):
    """What speaks for a block as it is here: reasons, evidence, and the acts that give them."""

    why: str
    evidence: str
    acts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be offered: to whom, what kind of proposal it makes, the texts on both sides, the reasons.

    A whole unit has its blocks in `whole` and its module in `module`; what is only moved has no texts.
    """

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
    reconciled: Release
    whole: Unit | None = None
    module: Uid = ""

    @property
    def key(self) -> str:
        """What tells it from other offers."""
        return structure.key_of(self.kind, self.uid)

    @property
    def languages(self) -> list[Language]:
        """The languages in which ours is another text."""
        return [code for code, name in self.ours.items() if self.theirs.get(code) != name]


def find(edition: Edition, uid: Uid) -> Offer:
    """What can be offered of a block, or of a whole unit that is this edition's own.

    `NoParent` when it comes from nowhere, `WholeUnit` for a block of a unit they lack. A block that is as they have it
    can still be offered with a text that is typed: a correction.
    """
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    unit_of_that_name = next((one for one in structure.own_units(base, now.content) if one.unit.uid == uid), None)
    if unit_of_that_name is not None:
        return _whole(edition, now, unit_of_that_name)
    if any(one.uid == uid for _, one in now.content.units()):
        raise rules.OwnModule(unit=_title(_unit(now.content, uid).blocks)) if base.modules else rules.NoParent
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


def find_place(edition: Edition, uid: Uid) -> Offer:
    """The place that a block has here, to be offered; `NotMoved` for one that stands as they have it."""
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    if now.content.find(uid) is None:
        raise rules.NoSuchBlock
    departure = next((d for d in departures(base, now.content, now.local.links) if d.uid == uid and d.moved), None)
    releases = editions.releases_by_id(sorted(set(now.local.bases.values())))
    found = _place(now, base, releases, uid) if departure is not None else None
    if departure is None or found is None:
        raise rules.NotMoved
    return _with_reasons(found, _reasons(_acts([departure.act]), [departure.act]))


def listed(edition: Edition) -> list[Offer]:
    """Everything of this edition's own that could be of use above: adapted, grown here, moved, left out, whole units.

    In reading order, whole units last. What lies already on their table, or was taken in and comes with their next
    release, is left out. A handful of queries for any number.
    """
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    if not base.modules:
        return []
    before = structure.sent(edition)
    gone = departures(base, now.content, now.local.links)
    whole = list(structure.own_units(base, now.content))
    links = {b.uid: link.act for o in whole for b in o.unit.blocks if (link := now.local.links.get(b.uid))}
    acts = _acts([*(d.act for d in gone), *links.values()])
    releases = editions.releases_by_id(sorted(set(now.local.bases.values())))
    result = []
    for departure in gone:
        moved = _place(now, base, releases, departure.uid) if departure.moved else None
        if moved is not None:
            result.append(_with_reasons(moved, _reasons(acts, [departure.act])))
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
    for one in whole:
        reasons = _reasons(acts, [links.get(block.uid) for block in one.unit.blocks])
        offer_of_unit = _unit_offer(releases[now.local.bases[one.module.uid]], one, reasons)
        if offer_of_unit is not None:
            result.append(offer_of_unit)
    return [one for one in result if not _waits(before, one) and not _taken(before, one)]


def offered(edition: Edition) -> set[str]:
    """What of this edition waits for an answer above: blocks, units, and places as `Offer.key` names them."""
    return {one.key for one in structure.sent(edition) if one.waits}


def check_new(edition: Edition, offer: Offer, texts: Mapping[Language, str]) -> None:
    """Raise `OfferedAlready` while an answer is awaited, `TakenAlready` for what only waits for their next release."""
    before = structure.sent(edition)
    if _waits(before, offer):
        raise rules.OfferedAlready(edition=region_name(offer.to.region))
    if _taken(before, offer, texts):
        raise rules.TakenAlready(edition=region_name(offer.to.region))


def _waits(before: Sequence[structure.Sent], offer: Offer) -> bool:
    return any(one.waits and one.key == offer.key for one in before)


def _taken(before: Sequence[structure.Sent], offer: Offer, texts: Mapping[Language, str] | None = None) -> bool:
    """Whether the same was taken in since the release that this edition last took in."""
    found = [one for one in before if one.key == offer.key and one.taken_at and one.taken_at > offer.reconciled.at]
    if not found or not found[-1].texts or offer.kind is ProposalKind.UNIT:
        return bool(found)
    if texts is not None:
        return dict(found[-1].texts) == dict(texts)
    return all(offer.ours.get(code) == digest(text) for code, text in found[-1].texts.items())


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
        reconciled=source,
    )


def _with_reasons(offer: Offer, reasons: Reasons) -> Offer:
    """An offer with these reasons."""
    return replace(offer, why=reasons.why, evidence=reasons.evidence, acts=reasons.acts)


def _place(now: contents.State, base: Content, releases: Mapping[int, Release], uid: Uid) -> Offer | None:
    """The place of a block that both have; None when it is not in both."""
    found, was = now.content.find(uid), base.find(uid)
    source = releases.get(now.local.bases.get(was[0].uid, 0)) if was is not None else None
    if found is None or was is None or source is None:
        return None
    _, unit, at = found
    return Offer(
        uid=uid,
        unit=unit.uid,
        to=source.edition,
        kind=ProposalKind.MOVE,
        theirs={},
        ours={},
        anchors=[b.uid for b in reversed(unit.blocks[:at])],
        why="",
        evidence="",
        acts=(),
        reconciled=source,
    )


def _whole(edition: Edition, now: contents.State, own: structure.Own) -> Offer:
    """A whole unit with the reasons of the acts that made its blocks what they are."""
    named = [link.act for block in own.unit.blocks if (link := now.local.links.get(block.uid))]
    releases = editions.releases_by_id([now.local.bases.get(own.module.uid, 0)])
    source = next(iter(releases.values()), None)
    found = _unit_offer(source, own, _reasons(_acts(named), named)) if source is not None else None
    if found is None:
        raise rules.NoParent
    return found


def _unit_offer(source: Release, own: structure.Own, reasons: Reasons) -> Offer | None:
    """A whole unit as an offer, in the languages that they have too; None when its title is in none of them."""
    kept = structure.packed(own.module.uid, own.unit, source.edition.languages)
    known = {one["uid"] for one in kept["blocks"]}
    if own.unit.blocks[0].uid not in known:
        return None
    return Offer(
        uid=own.unit.uid,
        unit=own.unit.uid,
        to=source.edition,
        kind=ProposalKind.UNIT,
        theirs={},
        ours={},
        anchors=own.anchors,
        why=reasons.why,
        evidence=reasons.evidence,
        acts=reasons.acts,
        reconciled=source,
        whole=Unit(own.unit.uid, own.unit.minutes, tuple(b for b in own.unit.blocks if b.uid in known)),
        module=own.module.uid,
    )


def _unit(content: Content, uid: Uid) -> Unit:
    return next(unit for _, unit in content.units() if unit.uid == uid)


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
