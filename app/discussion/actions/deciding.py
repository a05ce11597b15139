"""Deciding on proposals: accepting one as it is or with changes, many clean ones, declining, leaving for later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from flask_babel import gettext
from sqlalchemy import select

from app.adaptation import actions as adaptation
from app.adaptation import rules as adapting
from app.adaptation.actions.edit import read_pieces
from app.adaptation.actions.saving import new_uid, opened, save
from app.core import editing
from app.core.content import Block, Digest, Language, Uid, canonical, digest
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, ProposalState
from app.discussion.queries import proposals as queries
from app.infra.db import db
from app.infra.i18n import region_name
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from .proposals import settle
from .structure import move, take_in


@transactional
def accept(
    actor: Actor,
    proposal: Proposal,
    *,
    texts: Mapping[Language, str] | None = None,
    parts: Collection[Uid] | None = None,
    why: str = "",
    seen: str | None = None,
) -> Revision:
    """Carry a proposal out as an edit, with its reason and evidence, naming who proposed it.

    `texts` are the texts to put there when they are not those proposed, `parts` the blocks of a whole unit that are
    wanted when it is not all of them. `seen` is the mark of what the person looked at. Raises `Decided`, `SeenOther`,
    `NotClean` where somebody has to write, `PlaceGone`, and what an edit raises.
    """
    now = _opened(actor, proposal)
    if seen is not None and seen != now.mark:
        raise rules.SeenOther
    if now.gone:
        raise rules.PlaceGone
    if texts is None and now.clashes:
        raise rules.NotClean
    made = {code: text.merged or "" for code, text in now.texts.items()}
    wanted = made if texts is None else _written(now, texts)
    changed = texts is not None and wanted != made
    if proposal.kind is ProposalKind.UNIT:
        written = wanted if texts is not None else None
        revision, changed = take_in(actor, now, written, parts, _why(proposal, why), _evidence_of(proposal))
    else:
        revision = _EDITS[proposal.kind](actor, now, wanted, _why(proposal, why))
    settle(
        actor, proposal, ProposalState.CHANGED if changed else ProposalState.ACCEPTED, why=why, act_id=revision.act_id
    )
    for other in queries.of_block(proposal.edition, proposal.block_uid):
        other.look_again, other.put_off = True, False
    return revision


@transactional
def accept_clean(actor: Actor, edition: Edition, seen: Mapping[int, str]) -> list[Revision]:
    """Accept many proposals that touch nothing of anybody's; `seen` maps their ids to the marks of what was shown.

    What is not clean, was decided or has changed meanwhile is left as it is; of several on one paragraph none is taken.
    """
    check(actor, Permission.DECIDE_PROPOSAL, editions.scope_of(edition))
    editions.hold(edition)
    rows = db.session.scalars(select(Proposal).where(Proposal.id.in_(sorted(seen))).order_by(Proposal.id)).unique()
    found = [p for p in rows if p.edition_id == edition.id and p.is_open]
    beside = queries.open_by_block(edition, {p.block_uid for p in found})
    taken = []
    for one in queries.judged(edition, found):
        if not one.clean or one.mark != seen[one.proposal.id] or beside.get(one.proposal.block_uid, 0) > 1:
            continue
        taken.append(accept(actor, one.proposal))
    return taken


@transactional
def decline(actor: Actor, proposal: Proposal, why: str, *, seen: str | None = None) -> Proposal:
    """Say no to a proposal, and why; whoever proposed it reads the reason."""
    now = _opened(actor, proposal)
    if seen is not None and seen != now.mark:
        raise rules.SeenOther
    reason = rules.bounded(why)
    if not reason:
        raise rules.NeedsDecline
    settle(actor, proposal, ProposalState.DECLINED, why=reason)
    return proposal


@transactional
def look_later(actor: Actor, proposal: Proposal) -> Proposal:
    """Put a proposal off: it stays open and is listed apart."""
    _opened(actor, proposal)
    proposal.put_off, proposal.look_again = True, False
    return proposal


def _opened(actor: Actor, proposal: Proposal) -> queries.Judged:
    """An open proposal beside what stands there now, once the actor may decide on it; held until this ends."""
    scope = editions.scope_of(proposal.edition)
    check(actor, Permission.DECIDE_PROPOSAL, scope)
    check(actor, Permission.EDIT_CONTENT, scope)
    editions.hold(proposal.edition)
    db.session.scalars(
        select(Proposal).where(Proposal.id == proposal.id).execution_options(populate_existing=True)
    ).unique().one()
    if not proposal.is_open:
        raise rules.Decided(who=proposal.decided_by_name or proposal.author_name)
    return queries.judged(proposal.edition, [proposal])[0]


def _written(now: queries.Judged, texts: Mapping[Language, str]) -> dict[Language, str]:
    """What somebody wrote in the place of the proposed texts; languages not written keep what was proposed."""
    found = {}
    for code, text in now.texts.items():
        typed = canonical(texts[code]).strip("\n") if code in texts else text.merged
        if typed is None:
            raise rules.NotClean
        if not typed.strip():
            raise adapting.NothingWritten
        found[code] = typed
    return found


def _why(proposal: Proposal, more: str) -> str:
    """The reason of the act: the proposal's own, what the decider adds, and who proposed it."""
    who = proposal.author_name
    if proposal.origin is not None:
        place = f"{region_name(proposal.origin.region)} {proposal.origin_name.rpartition('@')[2]}".strip()
        by = gettext("Proposed by %(who)s, %(place)s.", who=who, place=place)
    else:
        by = gettext("Proposed by %(who)s.", who=who)
    return "\n".join(part for part in (proposal.why.strip(), more.strip(), by) if part)


def _evidence_of(proposal: Proposal) -> str:
    """What the act stems from: the proposal's evidence, then the edition whose words they are."""
    return "; ".join(part for part in (proposal.evidence.strip(), proposal.origin_name) if part)


def _change(actor: Actor, now: queries.Judged, wanted: Mapping[Language, str], why: str) -> Revision:
    """Give the block its texts, one edit per language that differs."""
    proposal, revision = now.proposal, None
    uid = proposal.new_uid or proposal.block_uid
    for code, text in wanted.items():
        if now.current.get(code) != digest(text):
            revision = adaptation.edit_block(
                actor,
                proposal.edition,
                uid,
                code,
                text,
                why=why,
                evidence=_evidence_of(proposal),
                seen_digest=now.current.get(code, ""),
            )
    if revision is None:
        raise adapting.NothingChanged
    return revision


def _insert(actor: Actor, now: queries.Judged, wanted: Mapping[Language, str], why: str) -> Revision:
    """Add the new block in all its languages under the uid it has where it comes from, so that both are the same."""
    proposal = now.proposal
    uid, anchor = proposal.new_uid or new_uid(), now.anchor
    if now.current or anchor is None:  # it is here by now, in another language perhaps
        return _change(actor, now, wanted, why)
    state = opened(actor, proposal.edition)
    place = state.content.find(anchor)
    if place is None:
        raise rules.PlaceGone
    pieces = {code: read_pieces(text) for code, text in wanted.items()}
    first, *others = pieces
    names = iter([uid])
    edited = editing.insert_after(place[1], anchor, first, pieces[first], lambda: next(names, None) or new_uid())
    texts = dict(edited.texts)
    spoken: dict[Language, Digest] = {}
    for code in others:
        text = "\n\n".join(piece for _, piece in pieces[code])
        spoken[code] = digest(text)
        texts[spoken[code]] = text
    blocks = tuple(_with_texts(block, spoken) if block.uid == uid else block for block in edited.unit.blocks)
    editing.check_variables(texts, state.local.resolved)
    editing.check_leads(texts, state.local.media)
    content = editing.with_unit(state.content, replace(edited.unit, blocks=blocks))
    return save(
        actor,
        proposal.edition,
        state,
        content,
        changed=edited.changes,
        why=why,
        texts=texts,
        stems_from=_evidence_of(proposal),
    )


def _with_texts(block: Block, more: Mapping[Language, Digest]) -> Block:
    return replace(block, texts={**block.texts, **more})


def _remove(actor: Actor, now: queries.Judged, _wanted: Mapping[Language, str], why: str) -> Revision:
    proposal = now.proposal
    return adaptation.remove_block(
        actor, proposal.edition, proposal.block_uid, why=why, evidence=_evidence_of(proposal)
    )


def _move(actor: Actor, now: queries.Judged, _wanted: Mapping[Language, str], why: str) -> Revision:
    return move(actor, now, why, _evidence_of(now.proposal))


_EDITS: dict[ProposalKind, Callable[[Actor, queries.Judged, Mapping[Language, str], str], Revision]] = {
    ProposalKind.CHANGE: _change,
    ProposalKind.INSERT: _insert,
    ProposalKind.REMOVE: _remove,
    ProposalKind.MOVE: _move,
}
