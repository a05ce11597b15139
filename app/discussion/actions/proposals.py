"""Proposing another text, a new paragraph, another place or to take one out; and taking a proposal back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.adaptation.actions.edit import read_pieces
from app.core import editing
from app.core.content import Block, Content, Digest, Language, Lock, Uid, canonical, digest
from app.curriculum.actions.commit import put_texts
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, parents
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, ProposalState, Source
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def propose(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    kind: ProposalKind,
    text: str = "",
    *,
    language: Language | None = None,
    texts: Mapping[Language, str] | None = None,
    why: str = "",
    evidence: str = "",
    findings: str = "",
    base: str | None = None,
    author_name: str = "",
    said_at: datetime | None = None,
    source: Source = Source.SCREEN,
    key: str = "",
    after: Uid = "",
) -> Proposal:
    """Propose something for a block of an edition's draft; the same `key` from the same source proposes it only once.

    `base` is the text it was written against, or its digest; the draft's now when None. For an insertion `uid` is the
    block it follows, for a move `after` is. Raises `NothingProposed`, `NeedsWhy` (on the screen), `NoSuchBlock`, and
    what is wrong with the text.
    """
    check(actor, Permission.PROPOSE_CHANGE, editions.scope_of(edition))
    editions.hold(edition)
    known = _imported(edition, source, key)
    if known is not None:
        return known
    now = contents.state(editions.head_of(edition))
    found = now.content.find(uid)
    if found is None:
        raise rules.NoSuchBlock
    _, unit, at = found
    block = unit.blocks[at]
    wanted = checked_texts(edition, texts if texts is not None else {language or edition.languages[0]: text}, kind)
    editing.check_variables({digest(t): t for t in wanted.values()}, now.local.resolved)
    editing.check_leads({digest(t): t for t in wanted.values()}, now.local.media)
    if kind is not ProposalKind.INSERT:
        _check_lock(parents.base_content(now.local), block)
    bases = _bases(block, kind, wanted, base)
    if kind is ProposalKind.CHANGE and all(bases.get(code) == digest(words) for code, words in wanted.items()):
        raise rules.NothingProposed
    if kind is ProposalKind.MOVE and not _would_move(unit.blocks, at, after):
        raise rules.NothingProposed
    if source is Source.SCREEN and not why.strip():
        raise rules.NeedsWhy
    anchors = {
        ProposalKind.INSERT: [b.uid for b in reversed(unit.blocks[: at + 1])],
        ProposalKind.MOVE: [after],
    }
    return write(
        actor,
        edition,
        block_uid=uid,
        new_uid=secrets.token_hex(8) if kind is ProposalKind.INSERT else None,
        unit_uid=unit.uid,
        anchors=anchors.get(kind, []),
        kind=kind,
        language=language or next(iter(wanted), edition.languages[0]),
        texts=dict(wanted),
        bases=bases,
        why=why,
        evidence=evidence,
        findings=findings,
        author_name=author_name,
        said_at=said_at,
        source=source,
        key=key,
    )


@transactional
def withdraw(actor: Actor, proposal: Proposal) -> Proposal:
    """Take an open proposal back: whoever made it, or whoever may propose for the edition that sent it."""
    edition = proposal.edition
    editions.hold(edition)
    db.session.refresh(proposal)
    mine = actor.account_id is not None and proposal.account_id == actor.account_id
    if proposal.origin is not None and not mine:
        check(actor, Permission.DECIDE_PROPOSAL, editions.scope_of(proposal.origin))
    elif not mine:
        check(actor, Permission.PROPOSE_CHANGE, editions.scope_of(edition))
        raise rules.NotYours
    if not proposal.is_open:
        raise rules.Decided(who=proposal.decided_by_name or proposal.author_name)
    settle(actor, proposal, ProposalState.WITHDRAWN)
    return proposal


def write(
    actor: Actor,
    edition: Edition,
    *,
    author_name: str = "",
    said_at: datetime | None = None,
    source: Source,
    key: str = "",
    why: str = "",
    evidence: str = "",
    findings: str = "",
    origin: contents.State | None = None,
    origin_edition: Edition | None = None,
    origin_name: str = "",
    **about: object,
) -> Proposal:
    """Add a proposal that has been checked, inside whatever action is running."""
    proposal = Proposal(
        edition=edition,
        why=rules.bounded(why),
        evidence=rules.bounded(evidence),
        findings=rules.bounded(findings, rules.LONGEST_TEXT),
        account_id=None if author_name.strip() else actor.account_id,
        author_name=rules.bounded(author_name, rules.LONGEST_NAME) or actor.name,
        proposed_at=said_at or clock.now(),
        added_at=clock.now(),
        source=source,
        import_key=key or None,
        origin=origin_edition,
        origin_revision_id=origin.revision.id if origin is not None else None,
        origin_name=origin_name,
        state=ProposalState.OPEN,
        look_again=False,
        put_off=False,
        decided_by_name="",
        decision_why="",
        **about,
    )
    db.session.add(proposal)
    record(actor.account_id, "proposal.made", proposal, block=proposal.block_uid)
    return proposal


def settle(actor: Actor, proposal: Proposal, state: ProposalState, *, why: str = "", act_id: int | None = None) -> None:
    """Write down what became of a proposal, inside whatever action is running."""
    proposal.state, proposal.decision_why, proposal.act_id = state, why, act_id
    proposal.decided_at, proposal.decided_by_id, proposal.decided_by_name = clock.now(), actor.account_id, actor.name
    proposal.look_again = proposal.put_off = False
    record(actor.account_id, f"proposal.{state}", proposal)


def checked_texts(edition: Edition, texts: Mapping[Language, str], kind: ProposalKind) -> dict[Language, str]:
    """The proposed texts in their canonical form; none where the kind has none. `NothingSaid` for an empty one."""
    if kind in (ProposalKind.REMOVE, ProposalKind.MOVE):
        return {}
    rules.check_languages(list(texts), edition.languages)
    wanted = {code: canonical(rules.said(text, rules.LONGEST_TEXT)).strip("\n") for code, text in texts.items()}
    for text in wanted.values():
        if not read_pieces(text):
            raise rules.NothingSaid
    if not wanted:
        raise rules.NothingSaid
    return wanted


def _bases(
    block: Block, kind: ProposalKind, wanted: Mapping[Language, str], base: str | None
) -> dict[Language, Digest]:
    if kind is ProposalKind.REMOVE:
        return dict(block.texts)
    if kind is not ProposalKind.CHANGE:
        return {}
    if base is None:
        return {code: block.texts[code] for code in wanted if code in block.texts}
    name = base
    if not contents.bodies([base]):
        text = canonical(base).strip("\n")
        name = digest(text)
        put_texts({name: text})
    return dict.fromkeys(wanted, name)


def _would_move(blocks: tuple[Block, ...], at: int, after: Uid) -> bool:
    """Whether a block may go after another one of its unit, and is not there yet; the title stays first."""
    to = next((i for i, block in enumerate(blocks) if block.uid == after), None)
    return to is not None and at > 0 and to not in (at, at - 1)


def _check_lock(base: Content, block: Block) -> None:
    """Raise `FixedBlock` for what the edition above fixed: here it stays; a correction can be offered up."""
    fixed = base.block(block.uid)
    if fixed is not None and fixed.lock is Lock.FIXED:
        text = contents.bodies(list(block.texts.values())[:1])
        raise editing.FixedBlock(start=editing.beginning(next(iter(text.values()), "")))


def _imported(edition: Edition, source: Source, key: str) -> Proposal | None:
    if not key:
        return None
    return db.session.scalar(
        select(Proposal).where(Proposal.edition_id == edition.id, Proposal.source == source, Proposal.import_key == key)
    )
