"""Choosing an edition's way to a release, moving it from stage to stage, signing it and taking a signature back."""

from __future__ import annotations

from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.validation.models import EditionStage, Signature, StageMove
from app.validation.queries import signing
from app.validation.queries import stages as queries
from app.validation.rules import stages as rules
from app.validation.rules.stages import MoveKind, SignRole


@transactional
def choose_process(actor: Actor, edition: Edition, key: str, why: str) -> None:
    """Let an edition follow another process from its first stage on; what was done before stays in the history."""
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(edition))
    editions.hold(edition)
    process, reason = rules.process(key), rules.reason(why)
    if process.key == queries.process_of(edition).key:
        return
    _stand(actor, edition, process, MoveKind.CHOSEN, reason)


@transactional
def inherit(actor: Actor, edition: Edition, before: Revision | None, after: Revision) -> None:
    """Let an edition that has just been grafted follow its original's process; listens to every new state."""
    if before is None and edition.parent is not None:
        process = queries.process_of(edition.parent)
        if process.key != rules.default():
            _stand(actor, edition, process, MoveKind.INHERITED, after.act.why)


def _stand(actor: Actor, edition: Edition, process: rules.Process, kind: MoveKind, why: str) -> None:
    row = queries.row_of(edition)
    before = queries.stage_of(edition)[1].key
    if row is None:
        row = EditionStage(edition=edition)
        db.session.add(row)
    row.process, row.stage, row.skipped = process.key, process.stages[0].key, []
    _note(actor, edition, kind, process, before, row.stage, why)


@transactional
def move_stage(
    actor: Actor, edition: Edition, wanted: str, *, why: str = "", skip: bool = False, seen: str | None = None
) -> None:
    """Move an edition to another stage: on when its gates are met, over one with a reason, or back with a reason.

    `seen` is the stage at which the person saw it; raises `MovedMeanwhile` when it is not there any more.
    """
    scope = editions.scope_of(edition)
    check(actor, Permission.READ_DRAFT, scope)
    editions.hold(edition)
    process, now, skipped = queries.stage_of(edition)
    if seen is not None and seen != now.key:
        raise rules.MovedMeanwhile
    if not rules.holds(actor, now.roles, scope):
        raise rules.NotYourStage
    reason = rules.reason(why, needed=False)
    forward = process.at(wanted) > process.at(now.key)
    missing = len(queries.missing_at(edition, now)) if forward and not skip else 0
    made = rules.step(process, now.key, wanted, missing=missing, skip=skip, why=reason)
    row = queries.row_of(edition)
    if row is None:
        row = EditionStage(edition=edition, process=process.key, skipped=[])
        db.session.add(row)
    row.stage, row.skipped = made.target.key, rules.skipped_after(process, skipped, made, now.key)
    _note(actor, edition, made.kind, process, now.key, made.target.key, reason)


def _note(
    actor: Actor, edition: Edition, kind: MoveKind, process: rules.Process, before: str, after: str, why: str
) -> None:
    db.session.add(
        StageMove(
            edition_id=edition.id,
            revision_id=edition.head_id,
            at=clock.now(),
            account_id=actor.account_id,
            actor_name=actor.name,
            role=actor.role_name,
            kind=kind,
            process=process.key,
            stage_from=before,
            stage_to=after,
            why=why,
        )
    )
    record(actor.account_id, f"stage.{kind}", edition, before=before, after=after, process=process.key)


@transactional
def sign(
    actor: Actor,
    edition: Edition,
    role: SignRole,
    statement: str,
    *,
    note: str = "",
    seen_head: int | None = None,
) -> Signature:
    """Put one's name under the draft as it stands, in one role, with the sentence that was shown.

    `seen_head` is the revision that was shown; raises `ChangedMeanwhile` when the draft is another one now.
    """
    scope = editions.scope_of(edition)
    check(actor, Permission.SIGN_OFF, scope)
    editions.hold(edition)
    head = editions.head_of(edition)
    holding = [one for one in signing.signatures(edition, head) if not one.outdated]
    mine = [one.role for one in holding if one.signature.account_id == actor.account_id]
    rules.check_signer(actor, role, scope, mine)
    if seen_head is not None and seen_head != head.id:
        raise ChangedMeanwhile
    if role in mine:
        raise rules.SignedAlready
    signature = Signature(
        edition_id=edition.id,
        revision=head,
        role=role,
        at=clock.now(),
        account_id=actor.account_id,
        actor_name=actor.name,
        statement=rules.reason(statement),
        note=rules.reason(note, needed=False),
        withdrawn_by="",
        withdrawn_why="",
    )
    db.session.add(signature)
    record(actor.account_id, "edition.signed", edition, role=role.value, revision=head.id)
    db.session.flush()
    return signature


@transactional
def withdraw_signature(actor: Actor, edition: Edition, signature: Signature, why: str) -> None:
    """Take one's own signature back, with the reason; it stays in the list of all that were given."""
    check(actor, Permission.SIGN_OFF, editions.scope_of(edition))
    if signature.edition_id != edition.id:
        raise rules.NoSuchSignature
    if signature.account_id is None or signature.account_id != actor.account_id:
        raise rules.NotYourSignature
    if signature.withdrawn_at is None:
        reason = rules.reason(why)
        signature.withdrawn_at, signature.withdrawn_by, signature.withdrawn_why = clock.now(), actor.name, reason
        record(actor.account_id, "signature.withdrawn", edition, role=signature.role.value)
