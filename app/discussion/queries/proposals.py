"""Reading proposals: lists with filters, and how each stands to what is there now."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.core.content import Block, Content, Digest, Language, Uid
from app.core.prose import merge_text
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, ProposalState
from app.infra.db import db
from app.people.permissions import Actor, Permission, allows

from . import structure

PER_PAGE = 20


class Show(StrEnum):
    """Which proposals are listed."""

    OPEN = "open"
    LATER = "later"
    DECIDED = "decided"
    MINE = "mine"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a proposal. `merged` is what accepting makes of it: None when both changed the same words."""

    base: str
    current: str
    proposed: str
    merged: str | None
    moved: bool  # whether what it was written against has changed since
    careful: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal beside what stands there now; `gone`: it has no place.

    `anchor` is the block it would come after; the unit, or none for the first place, where it is a whole unit.
    """

    proposal: Proposal
    texts: Mapping[Language, Text]
    current: Mapping[Language, Digest]
    anchor: Uid | None
    gone: bool
    mark: str  # names all that a person looked at, so that a decision on something else is noticed

    @property
    def moved(self) -> bool:
        """Whether the paragraph has changed since it was written."""
        return any(text.moved for text in self.texts.values())

    @property
    def careful(self) -> bool:
        """Whether it can be joined to what stands there, but has to be read."""
        return not self.clashes and any(text.careful for text in self.texts.values())

    @property
    def clashes(self) -> bool:
        """Whether somebody has to write the text."""
        return any(text.merged is None for text in self.texts.values())

    @property
    def clean(self) -> bool:
        """Whether it may be accepted together with others."""
        kind = self.proposal.kind
        plain = kind is not ProposalKind.UNIT and (kind is not ProposalKind.REMOVE or not self.moved)
        return plain and not (self.gone or self.careful or self.clashes or self.proposal.look_again)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of proposals, and how many there are of each kind."""

    proposals: list[Proposal]
    total: int
    counts: dict[Show, int]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def get(edition: Edition, number: int) -> Proposal:
    """A proposal that was made to this edition, or sent by it; `NoSuchProposal` for any other."""
    found = db.session.get(Proposal, number)
    if found is None or edition.id not in (found.edition_id, found.origin_id):
        raise rules.NoSuchProposal
    return found


def listing(actor: Actor, edition: Edition, show: Show, *, unit: Uid = "", search: str = "", page: int) -> Listing:
    """One page of an edition's proposals, newest first; the number of queries does not grow with them."""
    made = select(Proposal).where(Proposal.edition_id == edition.id)
    sent = select(Proposal).where(Proposal.origin_id == edition.id, Proposal.edition_id != edition.id)
    chosen = {one: _wanted(actor, sent if one is Show.SENT else made, one, unit, search) for one in Show}
    counts = {one: _count(statement) for one, statement in chosen.items()}
    rows = chosen[show].order_by(Proposal.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return Listing(list(db.session.scalars(rows)), counts[show], counts)


def of_block(edition: Edition, uid: Uid) -> list[Proposal]:
    """The open proposals on a block, oldest first."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(Proposal.edition_id == edition.id, Proposal.block_uid == uid, _open())
            .order_by(Proposal.id)
        )
    )


def next_open(edition: Edition, after: int) -> Proposal | None:
    """The next proposal that waits for an answer, beginning anew at the end; those put off are left out."""
    waiting = select(Proposal).where(Proposal.edition_id == edition.id, _open(), Proposal.put_off.is_(False))
    further = waiting.where(Proposal.id > after).order_by(Proposal.id).limit(1)
    return db.session.scalar(further) or db.session.scalar(
        waiting.where(Proposal.id < after).order_by(Proposal.id).limit(1)
    )


def open_count(edition: Edition) -> int:
    """How many proposals wait for an answer."""
    return _count(select(Proposal).where(Proposal.edition_id == edition.id, _open()))


def waiting(actor: Actor) -> list[tuple[Edition, int]]:
    """The editions with open proposals that this person decides on, with how many; two queries."""
    rows = db.session.execute(
        select(Proposal.edition_id, func.count())
        .where(_open(), Proposal.put_off.is_(False))
        .group_by(Proposal.edition_id)
    )
    counts = {row[0]: row[1] for row in rows}
    wanted = (Permission.DECIDE_PROPOSAL, Permission.EDIT_CONTENT)
    return [
        (edition, counts[edition.id])
        for edition in editions.by_id(sorted(counts))
        if all(allows(actor, one, editions.scope_of(edition)) for one in wanted)
    ]


def open_by_block(edition: Edition, uids: Collection[Uid]) -> dict[Uid, int]:
    """How many proposals wait on each of these blocks; those without any are left out."""
    rows = db.session.execute(
        select(Proposal.block_uid, func.count())
        .where(Proposal.edition_id == edition.id, Proposal.block_uid.in_(list(uids)), _open())
        .group_by(Proposal.block_uid)
    )
    return {row[0]: row[1] for row in rows}


def judged(edition: Edition, proposals: Sequence[Proposal]) -> list[Judged]:
    """These proposals of one edition beside its draft; one query for all their texts."""
    content = contents.state(editions.head_of(edition)).content
    targets = [_target(content, proposal) for proposal in proposals]
    wanted = {str(name) for p in proposals for name in p.bases.values()}
    wanted |= {name for block in targets if block is not None for name in block.texts.values()}
    bodies = contents.bodies(sorted(wanted))
    return [_judged(content, p, block, bodies) for p, block in zip(proposals, targets, strict=True)]


def _target(content: Content, proposal: Proposal) -> Block | None:
    """The block whose texts a proposal would set; None for one that is not there (yet)."""
    return content.block(proposal.new_uid or proposal.block_uid)


def _judged(content: Content, proposal: Proposal, block: Block | None, bodies: Mapping[Digest, str]) -> Judged:
    if proposal.kind is ProposalKind.UNIT:
        return _judged_unit(content, proposal)
    now = dict(block.texts) if block is not None else {}
    anchor = next((uid for uid in proposal.anchors if content.block(uid) is not None), None)
    inserts = proposal.kind is ProposalKind.INSERT and block is None
    gone = anchor is None if inserts else block is None
    if proposal.kind is ProposalKind.MOVE:
        gone = block is None or anchor is None
    languages = proposal.texts or (proposal.bases if proposal.kind is ProposalKind.REMOVE else {})
    texts = {language: _text(proposal, language, now, bodies) for language in languages}
    seen = repr((proposal.id, proposal.state, sorted(now.items()), anchor, gone))
    return Judged(proposal, texts, now, anchor, gone, hashlib.sha256(seen.encode()).hexdigest()[:16])


def _judged_unit(content: Content, proposal: Proposal) -> Judged:
    """A whole unit beside the module it is for: gone with that, or when a unit of that name has come in otherwise."""
    module = next((m for m in content.modules if m.uid == structure.module_of(proposal)), None)
    order = [unit.uid for unit in module.units] if module is not None else []
    last = order[-1] if order and proposal.anchors else None
    anchor = next((uid for uid in proposal.anchors if uid in order), last)
    gone = module is None or any(unit.uid == proposal.block_uid for _, unit in content.units())
    texts = {code: Text("", "", str(text), str(text), False, careful=False) for code, text in proposal.texts.items()}
    seen = repr((proposal.id, proposal.state, order, anchor, gone))
    return Judged(proposal, texts, {}, anchor, gone, hashlib.sha256(seen.encode()).hexdigest()[:16])


def _text(proposal: Proposal, language: Language, now: Mapping[str, Digest], bodies: Mapping[Digest, str]) -> Text:
    base, current = (bodies.get(names.get(language, ""), "") for names in (proposal.bases, now))
    proposed = str(proposal.texts.get(language, ""))
    if proposal.kind is ProposalKind.REMOVE:
        return Text(base, current, "", "", base != current, careful=base != current)
    merge = merge_text(base, current, proposed)
    moved = base != current
    return Text(base, current, proposed, merge.proposed(), moved, careful=moved and merge.careful)


def _open() -> ColumnElement[bool]:
    return Proposal.state == ProposalState.OPEN


def _wanted(actor: Actor, chosen: Select[Proposal], show: Show, unit: Uid, search: str) -> Select[Proposal]:
    if unit:
        chosen = chosen.where(Proposal.unit_uid == unit)
    columns = (Proposal.why, Proposal.evidence, Proposal.author_name, Proposal.origin_name)
    for word in search.split()[:8]:
        chosen = chosen.where(or_(*(func.lower(c).contains(word.lower(), autoescape=True) for c in columns)))
    if show is Show.OPEN:
        return chosen.where(_open(), Proposal.put_off.is_(False))
    if show is Show.LATER:
        return chosen.where(_open(), Proposal.put_off.is_(True))
    if show is Show.DECIDED:
        return chosen.where(Proposal.state != ProposalState.OPEN)
    if show is Show.MINE:
        return chosen.where(Proposal.account_id == actor.account_id, Proposal.account_id.is_not(None))
    return chosen


def _count(chosen: Select[Proposal]) -> int:
    return db.session.scalar(select(func.count()).select_from(chosen.with_only_columns(Proposal.id).subquery())) or 0
