"""Taking in a parent's changes: choices, one by one or in bulk, carried out as one act, and taken back whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import update

from app.adaptation import rules
from app.adaptation.models import Decision, DecisionFinding
from app.adaptation.queries import sync
from app.core.editing import check_variables
from app.core.merge import Answer, Part, apply, undo, undo_links
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import ChangedMeanwhile, begin
from app.curriculum.models import ActKind, Edition, Release, Revision
from app.curriculum.queries import contents, editions, parents
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission
from app.study import actions as study
from app.study.models import Finding
from app.study.queries.findings import reason_of

from .edit import read_pieces
from .reasons import has_reason, with_own_reasons
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
    findings: Collection[int] = (),
    basis: str = "",
    seen_decision: int | None = None,
) -> Decision:
    """Keep a choice on one change of the parent's; nothing is applied yet.

    The choice is kept in any case. When somebody else has chosen since `seen_decision`, theirs stays in force and
    this one is returned as `overtaken`: it stands in the list of choices, to be taken up again by a click.
    `basis` names the texts the person was looking at; on other texts than now, the choice is shown, not applied.
    `findings` are those it is made for; what they say is the reason where none was written nor stands already.
    """
    now = opened(actor, edition, Permission.SYNC_EDITION)
    if answer not in set(Answer):
        raise rules.UnknownAnswer
    question = sync.prepare(edition, release).question(subject)
    if question is None:
        raise rules.NoLongerAsked
    text = (written or "") if answer == Answer.WRITTEN else None
    if not basis or basis == question.basis:
        rules.check_answer(question.outcome, question.aspect, Answer(answer), text or "")
    if text is not None and question.outcome.part is Part.BLOCK:
        read_pieces(text)
        check_variables({"": text}, now.local.resolved)
    cites = study.chosen(actor, edition, findings)
    if not has_reason(now.local.links, question.outcome.uid):
        why = reason_of(actor, edition, why, findings)
    why = why.strip()
    standing = question.decision
    mine = (actor.account_id, answer, text, why, basis or question.basis, [one.id for one in cites])
    if standing is not None and mine == _said(standing):
        return standing
    decision = Decision(
        overtaken=standing is not None
        and standing.id != seen_decision
        and standing.account_id != actor.account_id
        and (standing.choice, standing.written) != (answer, text),
        edition_id=edition.id,
        release_id=release.id,
        subject=subject,
        choice=answer,
        written=text,
        why=why,
        basis=basis or question.basis,
        account_id=actor.account_id,
        actor_name=actor.name,
        at=clock.now(),
        cites=_cites(cites),
    )
    db.session.add(decision)
    record(actor.account_id, "sync.decided", edition, question=subject, answer=answer)
    return decision


def _said(decision: Decision) -> tuple[object, ...]:
    """What tells a choice from another one; the same twice is a form that was sent twice."""
    return (
        decision.account_id,
        decision.choice,
        decision.written,
        decision.why,
        decision.basis,
        decision.findings,
    )


def _cites(found: Collection[Finding]) -> list[DecisionFinding]:
    return [DecisionFinding(finding_id=one.id) for one in found]


@transactional
def accept_safe(
    actor: Actor,
    edition: Edition,
    release: Release,
    seen: Mapping[str, str],
    *,
    why: str = "",
    findings: Collection[int] = (),
) -> int:
    """Take what the original says for many safe changes at once; return how many were taken.

    `seen` maps each question's subject to its basis. What is not asked any more, has changed since, is not safe, or
    was answered by somebody in the meantime is left as it is. `why` and `findings` are said of each one.
    """
    opened(actor, edition, Permission.SYNC_EDITION)
    cites = study.chosen(actor, edition, findings)
    why = reason_of(actor, edition, why, findings)
    taken = [
        q
        for q in sync.prepare(edition, release).asked
        if seen.get(q.subject) == q.basis and q.safe and not q.decided and Answer.THEIRS in q.answers
    ]
    db.session.add_all(
        Decision(
            edition_id=edition.id,
            release_id=release.id,
            subject=q.subject,
            choice=Answer.THEIRS,
            written=None,
            why=why,
            basis=q.basis,
            account_id=actor.account_id,
            actor_name=actor.name,
            at=clock.now(),
            cites=_cites(cites),
        )
        for q in taken
    )
    if taken:
        record(actor.account_id, "sync.accepted", edition, count=len(taken))
    return len(taken)


@transactional
def apply_sync(
    actor: Actor,
    edition: Edition,
    release: Release,
    *,
    safe: bool = False,
    why: str = "",
    findings: Collection[int] = (),
    expected_head: int | None = None,
) -> Revision:
    """Carry out the choices made so far, with `safe` also every change that needs no person; one act, one revision.

    What was not decided is asked again later. Raises `NothingDecided` when there is nothing to carry out, unless
    nothing at all is left to decide: then the release counts as taken in. What choices cite is cited by the act that
    gives their reason; `findings` are cited by the whole, and speak for it where no reason was written.
    """
    now = opened(actor, edition, Permission.SYNC_EDITION)
    if expected_head is not None and edition.head_id != expected_head:
        raise ChangedMeanwhile
    prepared = sync.prepare(edition, release)
    choices = prepared.choices()
    if safe:
        choices = {**prepared.plan.safe_choices(), **choices}
    if not choices and (prepared.questions or not prepared.source.waits):
        raise rules.NothingDecided
    why = reason_of(actor, edition, why, findings)
    if not why and any(q.needs_reason(now.local.links) for q in prepared.questions):
        raise rules.NeedsReason
    stems_from = f"{release.edition.name}@{release.version}"
    act = begin(actor, edition, ActSpec(ActKind.SYNC, why, stems_from))
    study.cite(actor, act, findings)
    applied = apply(prepared.plan, choices, act.id)
    taken = parents.offered_modules(edition, release, now.local)
    bases = {**now.local.bases, **dict.fromkeys(taken, release.id)}
    links = with_own_reasons(actor, edition, prepared, applied.links, act)
    local = parents.with_inherited(replace(now.local, bases=bases, links=links))
    revision = commit(
        actor,
        edition,
        act,
        content=applied.content,
        local=local,
        texts=applied.texts,
        expected_head=expected_head,
    )
    carried_out = [d.id for q in prepared.questions if q.decided and q.decision for d in (q.decision, *q.overtaken)]
    if carried_out:
        db.session.execute(update(Decision).where(Decision.id.in_(carried_out)).values(act_id=act.id))
    return revision


@transactional
def undo_sync(actor: Actor, edition: Edition, number: int, *, why: str = "") -> Revision:
    """Take back a whole sync, given by its revision's number; edits made after it stay.

    Raises `UndoConflicts` when a paragraph it brought was changed since.
    """
    now = opened(actor, edition, Permission.SYNC_EDITION)
    done = editions.revision(edition, number)
    if done is None or done.act.kind is not ActKind.SYNC or done.previous_id is None or sync.is_undone(edition, number):
        raise rules.NothingToUndo
    earlier = editions.revision_by_id(edition, done.previous_id)
    if earlier is None:
        raise rules.NothingToUndo
    before, after = contents.state(earlier), contents.state(done)
    texts = contents.bodies(contents.differing(before.content, after.content, now.content))
    undone = undo(before.content, after.content, now.content, texts.__getitem__, edition.languages)
    if undone.conflicts:
        raise rules.UndoConflicts([outcome.uid for outcome in undone.conflicts])
    bases = {
        uid: before.local.bases.get(uid, release_id) if after.local.bases.get(uid) == release_id else release_id
        for uid, release_id in now.local.bases.items()
        if uid in before.local.bases or uid not in after.local.bases
    }
    links = undo_links(before.local.links, after.local.links, now.local.links)
    local = parents.with_inherited(replace(now.local, bases=bases, links=links))
    db.session.execute(update(Decision).where(Decision.act_id == done.act_id).values(act_id=None))
    return commit(actor, edition, ActSpec(ActKind.UNDO, why, f"revision {number}"), content=undone.content, local=local)
