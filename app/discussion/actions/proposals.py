"""What every proposal is made with, taking one back, and writing down what became of it.

Making one of what somebody proposes is `proposing.py`'s and `offers.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.adaptation.actions.edit import read_pieces
from app.core.content import Language, canonical
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.discussion import rules
from app.discussion.models import Proposal, ProposalKind, ProposalState, Source
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


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


def write(actor: Actor, edition: Edition, **about: Any) -> Proposal:
    """Add a proposal that has been checked, inside whatever action is running; `about` as `build` takes it."""
    proposal = build(actor, edition, **about)
    db.session.add(proposal)
    record(actor.account_id, "proposal.made", proposal, block=proposal.block_uid)
    return proposal


def build(
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
    """A proposal that has been checked; the database does not know it yet."""
    return Proposal(
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
