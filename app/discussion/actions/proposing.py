"""Proposing another text, a new paragraph, another place or to take one out: one, or all that a file proposes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from app.core import editing
from app.core.content import Block, Content, Digest, Language, Lock, Uid, Unit, canonical, digest
from app.core.errors import Refused
from app.curriculum.actions.commit import put_texts
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, parents
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, Source
from app.discussion.queries import places
from app.infra.audit import record_all
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from .proposals import build, checked_texts

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody proposes for a block: the arguments of `propose`, those alike for a whole file apart."""

    uid: Uid
    kind: ProposalKind
    texts: Mapping[Language, str] = field(default_factory=dict)
    language: Language | None = None
    why: str = ""
    evidence: str = ""
    findings: str = ""
    base: str | None = None
    author_name: str = ""
    said_at: datetime | None = None
    key: str = ""
    after: Uid = ""


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
    wanted = texts if texts is not None else {language or edition.languages[0]: text}
    about = (language, why, evidence, findings, base, author_name, said_at, key, after)
    (made,) = propose_all(actor, edition, [Idea(uid, kind, wanted, *about)], source)
    if isinstance(made, Refused):
        raise made
    return made


@transactional
def propose_all(
    actor: Actor, edition: Edition, ideas: Sequence[Idea], source: Source = Source.SCREEN
) -> list[Proposal | Refused]:
    """Propose all of this as `propose` does each, in a number of queries that does not grow; what is refused is said.

    The answers stand in the order of the ideas: the proposal, also where it was known already, or why there is none.
    """
    check(actor, Permission.PROPOSE_CHANGE, editions.scope_of(edition))
    editions.hold(edition)
    known = _imported(edition, source, [idea.key for idea in ideas if idea.key])
    draft = _Draft(edition, source, [idea.base for idea in ideas if idea.base is not None])
    answers: list[Proposal | Refused] = []
    new: list[Proposal] = []
    for idea in ideas:
        made: Proposal | Refused | None = known.get(idea.key) if idea.key else None
        if made is None:
            try:
                made = draft.proposal(actor, idea)
                new.append(made)
            except Refused as fault:
                made = fault
        if idea.key and isinstance(made, Proposal):
            known[idea.key] = made
        answers.append(made)
    put_texts(draft.new_bases)
    db.session.add_all(new)
    record_all(actor.account_id, "proposal.made", [(one, {"block": one.block_uid}) for one in new])
    return answers


class _Draft:
    """The draft of an edition that things are proposed for, read once for all of them."""

    def __init__(self, edition: Edition, source: Source, bases: Sequence[str]) -> None:
        self.edition, self.source = edition, source
        self.now = contents.state(editions.head_of(edition))
        self.new_bases: dict[Digest, str] = {}
        self._kept = contents.bodies(base for base in bases if _DIGEST.match(base)).keys()

    @cached_property
    def _above(self) -> Content:
        return parents.base_content(self.now.local)

    def proposal(self, actor: Actor, idea: Idea) -> Proposal:
        """What an idea comes to, once everything that may be wrong with it was looked at."""
        found = self.now.content.find(idea.uid)
        if found is None:
            raise rules.NoSuchBlock
        _, unit, at = found
        wanted = checked_texts(self.edition, idea.texts, idea.kind)
        bodies = {digest(text): text for text in wanted.values()}
        editing.check_variables(bodies, self.now.local.resolved)
        editing.check_leads(bodies, self.now.local.media)
        if idea.kind is not ProposalKind.INSERT:
            _check_lock(self._above, unit.blocks[at])
        bases = self._bases(unit.blocks[at], idea, wanted)
        self._check_new(idea, unit, at, wanted, bases)
        anchors = {
            ProposalKind.INSERT: [b.uid for b in reversed(unit.blocks[: at + 1])],
            ProposalKind.MOVE: [idea.after],
        }
        return build(
            actor,
            self.edition,
            block_uid=idea.uid,
            new_uid=secrets.token_hex(8) if idea.kind is ProposalKind.INSERT else None,
            unit_uid=unit.uid,
            anchors=anchors.get(idea.kind, []),
            kind=idea.kind,
            language=idea.language or next(iter(wanted), self.edition.languages[0]),
            texts=dict(wanted),
            bases=bases,
            why=idea.why,
            evidence=idea.evidence,
            findings=idea.findings,
            author_name=idea.author_name,
            said_at=idea.said_at,
            source=self.source,
            key=idea.key,
        )

    def _check_new(
        self, idea: Idea, unit: Unit, at: int, wanted: Mapping[Language, str], bases: Mapping[Language, Digest]
    ) -> None:
        if idea.kind is ProposalKind.CHANGE and all(bases.get(code) == digest(text) for code, text in wanted.items()):
            raise rules.NothingProposed
        if idea.kind is ProposalKind.MOVE and not _would_move(unit.blocks, at, idea.after):
            raise rules.NothingProposed
        if self.source is Source.SCREEN and not idea.why.strip():
            raise rules.NeedsWhy

    def _bases(self, block: Block, idea: Idea, wanted: Mapping[Language, str]) -> dict[Language, Digest]:
        if idea.kind is ProposalKind.REMOVE:
            return dict(block.texts)
        if idea.kind is not ProposalKind.CHANGE:
            return {}
        if idea.base is None:
            return {code: block.texts[code] for code in wanted if code in block.texts}
        if idea.base in self._kept:
            return dict.fromkeys(wanted, idea.base)
        text = canonical(idea.base).strip("\n")
        name = digest(text)
        if name not in block.texts.values():
            self.new_bases[name] = text
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


def _imported(edition: Edition, source: Source, keys: Sequence[str]) -> dict[str, Proposal]:
    """The proposals that came under these keys already."""
    statement = select(Proposal).where(Proposal.edition_id == edition.id, Proposal.source == source)
    return {
        one.import_key: one
        for some in places.portions(keys)
        for one in db.session.scalars(statement.where(Proposal.import_key.in_(some))).unique()
        if one.import_key is not None
    }
