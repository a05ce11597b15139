"""Taking in a parent's changes: choices, one by one or in bulk, carried out as one act, and taken back whole."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from app.adaptation import rules
from app.adaptation.models import Decision
from app.adaptation.queries import sync
from app.core.merge import Answer, apply, undo, undo_links
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import begin
from app.curriculum.models import ActKind, Edition, Release, Revision
from app.curriculum.queries import contents, editions, parents
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission

from .edit import read_pieces
from .saving import opened


@transactional
def decide(
    actor: Actor,
    edition: Edition,
    release: Release,
    subject: str,
    answer: str,
    *,
    written: str | None = None,
    why: str = "",
    basis: str = "",
    seen_decision: int | None = None,
) -> Decision:
    """Keep a choice on one change of the parent's; nothing is applied yet.

    The choice is kept in any case. When somebody else has chosen since `seen_decision`, theirs stays in force and
    this one is returned as `overtaken`: it stands in the list of choices, to be taken up again by a click.
    """
    opened(actor, edition, Permission.SYNC_EDITION)
    if answer not in set(Answer):
        raise rules.UnknownAnswer
    if answer == Answer.WRITTEN:
        read_pieces(written or "")
    prepared = sync.prepare(edition, release)
    question = prepared.question(subject)
    if question is None:
        raise rules.NoSuchUnit
    standing = question.decision
    decision = Decision(
        overtaken=standing is not None
        and standing.id != seen_decision
        and standing.account_id != actor.account_id
        and (standing.choice, standing.written) != (answer, written),
        edition_id=edition.id,
        release_id=release.id,
        subject=subject,
        choice=answer,
        written=written if answer == Answer.WRITTEN else None,
        why=why.strip(),
        basis=basis or question.basis,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=clock.now(),
    )
    db.session.add(decision)
    record(actor.account_id, "sync.decided", edition, question=subject, answer=answer)
    return decision


@transactional
def apply_sync(
    actor: Actor,
    edition: Edition,
    release: Release,
    *,
    safe: bool = False,
    why: str = "",
    expected_head: int | None = None,
) -> Revision:
    """Carry out the choices made so far, with `safe` also every change that needs no person; one act, one revision.

    What was not decided is asked again later. Raises `NothingDecided` when there is nothing to carry out, unless
    nothing at all is left to decide: then the release counts as taken in.
    """
    now = opened(actor, edition, Permission.SYNC_EDITION)
    prepared = sync.prepare(edition, release)
    choices = prepared.choices()
    if safe:
        choices = {**prepared.plan.safe_choices(), **choices}
    if not choices and prepared.questions:
        raise rules.NothingDecided
    stems_from = f"{release.edition.name}@{release.version}"
    act = begin(actor, edition, ActSpec(ActKind.SYNC, why, stems_from))
    applied = apply(prepared.plan, choices, act.id)
    taken = parents.offered_modules(edition, release, now.local)
    bases = {**now.local.bases, **dict.fromkeys(taken, release.id)}
    local = parents.with_inherited(replace(now.local, bases=bases, links=applied.links))
    revision = commit(
        actor,
        edition,
        act,
        content=applied.content,
        local=local,
        texts=applied.texts,
        expected_head=expected_head,
    )
    db.session.execute(
        update(Decision)
        .where(Decision.edition_id == edition.id, Decision.release_id == release.id, Decision.act_id.is_(None))
        .where(Decision.choice != Answer.LATER)
        .values(act_id=act.id)
    )
    return revision


@transactional
def undo_sync(actor: Actor, edition: Edition, number: int, *, why: str = "") -> Revision:
    """Take back a whole sync, given by its revision's number; edits made after it stay.

    Raises `UndoConflicts` when a paragraph it brought was changed since.
    """
    now = opened(actor, edition, Permission.SYNC_EDITION)
    done = editions.revision(edition, number)
    if done is None or done.act.kind is not ActKind.SYNC or done.previous_id is None or _undone(edition, number):
        raise rules.NothingToUndo
    earlier = editions.revision_by_id(edition, done.previous_id)
    if earlier is None:
        raise rules.NothingToUndo
    before, after = contents.state(earlier), contents.state(done)
    texts = contents.bodies(contents.differing(before.content, after.content, now.content))
    undone = undo(before.content, after.content, now.content, texts.__getitem__, edition.languages)
    if undone.conflicts:
        raise rules.UndoConflicts(count=len(undone.conflicts))
    bases = {
        uid: before.local.bases.get(uid, release_id) if after.local.bases.get(uid) == release_id else release_id
        for uid, release_id in now.local.bases.items()
        if uid in before.local.bases or uid not in after.local.bases
    }
    links = undo_links(before.local.links, after.local.links, now.local.links)
    local = parents.with_inherited(replace(now.local, bases=bases, links=links))
    db.session.execute(update(Decision).where(Decision.act_id == done.act_id).values(act_id=None))
    return commit(actor, edition, ActSpec(ActKind.UNDO, why, f"revision {number}"), content=undone.content, local=local)


def _undone(edition: Edition, number: int) -> bool:
    newer = editions.revisions(edition, limit=1_000)
    return any(r.act.kind is ActKind.UNDO and r.act.stems_from == f"revision {number}" for r in newer)
