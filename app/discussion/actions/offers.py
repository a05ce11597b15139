"""Offering one's own words to the edition above: frozen texts with their reasons, for its people to decide on."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.content import Language, Uid, Unit, digest
from app.curriculum.actions.commit import put_texts
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, Source
from app.discussion.queries import offers, structure
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from .proposals import checked_texts, write
from .structure import rewritten


@transactional
def offer(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    *,
    texts: Mapping[Language, str] | None = None,
    why: str = "",
    evidence: str = "",
    findings: str = "",
    place: bool = False,
) -> Proposal:
    """Offer a block of this edition to the edition it comes from: changed, new, or taken out; or a whole unit.

    `texts` are typed ones, for a correction or to leave out what only holds here; this edition's own otherwise. With
    `place` it is the place of a block that is offered, and nothing else. Without a reason the reasons of the acts
    behind it are copied. Raises `NoParent`, `WholeUnit`, `OwnModule`, `SameAsParent`, `NotMoved`, `LacksVariable`,
    `OfferedAlready`, `TakenAlready`, `NeedsWhy`.
    """
    check(actor, Permission.PROPOSE_CHANGE, editions.scope_of(edition))
    found = offers.find_place(edition, uid) if place else offers.find(edition, uid)
    editions.hold(found.to)
    whole = None
    if found.whole is not None:
        whole, wanted = _whole(edition, found, found.whole, texts)
    else:
        wanted = _wanted(edition, found, texts)
    offers.check_new(edition, found, wanted)
    offers.check(found, wanted)
    reason = why.strip() or found.why
    if not reason:
        raise rules.NeedsWhy
    put_texts({digest(text): text for text in wanted.values()})
    inserts = found.kind is ProposalKind.INSERT
    return write(
        actor,
        found.to,
        source=Source.UPWARD,
        why=reason,
        evidence=evidence.strip() or found.evidence,
        findings=findings or offers.findings_of(actor, edition, found),
        origin=contents.state(editions.head_of(edition)),
        origin_edition=edition,
        origin_name=offers.origin_name(edition, [digest(text) for text in wanted.values()]),
        block_uid=_beside(found) if inserts else uid,
        new_uid=uid if inserts else None,
        unit_uid=found.unit,
        anchors=found.anchors,
        kind=found.kind,
        language=next(iter(wanted), found.to.languages[0]),
        texts=wanted,
        bases={code: name for code, name in found.theirs.items() if code in wanted or not wanted},
        structure=structure.packed(found.module, whole, found.to.languages) if whole is not None else None,
    )


def _whole(
    edition: Edition, found: offers.Offer, unit: Unit, texts: Mapping[Language, str] | None
) -> tuple[Unit, dict[Language, str]]:
    """The unit to offer, as it is here or as it was typed, with its whole texts in the languages they have too."""
    bodies = contents.bodies(name for block in unit.blocks for name in block.texts.values())
    if texts is not None:
        unit, bodies = rewritten(unit, bodies, checked_texts(edition, texts, found.kind))
        put_texts(bodies)
    spoken = dict.fromkeys(code for block in unit.blocks for code in block.texts if code in found.to.languages)
    return unit, {code: structure.whole_text(unit, code, bodies) for code in spoken}


def _wanted(edition: Edition, found: offers.Offer, texts: Mapping[Language, str] | None) -> dict[Language, str]:
    """The texts to offer: those typed that are not theirs, else this edition's own; in languages they have too."""
    if found.kind in (ProposalKind.REMOVE, ProposalKind.MOVE):
        return {}
    known = found.to.languages
    if texts is not None:
        given = checked_texts(edition, texts, found.kind)
        wanted = {code: text for code, text in given.items() if found.theirs.get(code) != digest(text)}
    else:
        names = {code: found.ours[code] for code in found.languages}
        bodies = contents.bodies(names.values())
        wanted = {code: bodies[name] for code, name in names.items()}
    shared = {code: text for code, text in wanted.items() if code in known}
    if not shared:
        raise rules.SameAsParent
    return shared


def _beside(found: offers.Offer) -> Uid:
    """The block above that the new one would follow, for showing the proposal beside it."""
    content = contents.state(editions.head_of(found.to)).content
    return next((uid for uid in found.anchors if content.block(uid) is not None), found.anchors[0])
