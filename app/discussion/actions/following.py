"""What a new state of an edition means for its open proposals; told by `commit`, inside the same transaction."""

from __future__ import annotations

from sqlalchemy import select

from app.core.content import Content, digest
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents
from app.discussion.models import Proposal, ProposalKind, ProposalState
from app.infra.db import db
from app.people.permissions import Actor

from .proposals import settle

_DONE = (ProposalState.ACCEPTED, ProposalState.CHANGED)


def follow(actor: Actor, edition: Edition, before: Revision | None, now: Revision) -> None:
    """Mark what stands there by now as overtaken; open again what was accepted after a state that is brought back."""
    if before is None:
        return
    content = contents.state(now).content
    waiting = select(Proposal).where(Proposal.edition_id == edition.id, Proposal.state == ProposalState.OPEN)
    for proposal in db.session.scalars(waiting.order_by(Proposal.id)):
        if _stands(content, proposal):
            settle(actor, proposal, ProposalState.OVERTAKEN, act_id=now.act_id)
    if now.act.kind is ActKind.RESTORE:
        _open_again(edition, content, now.act.stems_from)


def _stands(content: Content, proposal: Proposal) -> bool:
    if proposal.kind is ProposalKind.UNIT:
        return any(unit.uid == proposal.block_uid for _, unit in content.units())
    if proposal.kind is ProposalKind.MOVE:
        return _stands_after(content, proposal)
    block = content.block(proposal.new_uid or proposal.block_uid)
    if proposal.kind is ProposalKind.REMOVE:
        return block is None
    if block is None or not proposal.texts:
        return False
    return all(block.texts.get(code) == digest(text) for code, text in proposal.texts.items())


def _stands_after(content: Content, proposal: Proposal) -> bool:
    """Whether a block that was to be moved follows the one it was to follow, as far as that is here."""
    found = content.find(proposal.block_uid)
    anchor = next((uid for uid in proposal.anchors if content.block(uid) is not None), None)
    if found is None or anchor is None:
        return False
    _, unit, at = found
    return at > 0 and unit.blocks[at - 1].uid == anchor


def _open_again(edition: Edition, content: Content, stems_from: str) -> None:
    number = stems_from.removeprefix("revision ")
    if not number.isdecimal():
        return
    undone = (
        select(Proposal)
        .join(Revision, Revision.act_id == Proposal.act_id)
        .where(
            Proposal.edition_id == edition.id,
            Proposal.state.in_(_DONE),
            Revision.edition_id == edition.id,
            Revision.number > int(number),
        )
    )
    for proposal in db.session.scalars(undone).unique():
        if not _stands(content, proposal):
            proposal.state, proposal.act_id, proposal.look_again = ProposalState.OPEN, None, True
            proposal.decided_at = proposal.decided_by_id = None
            proposal.decided_by_name = proposal.decision_why = ""
