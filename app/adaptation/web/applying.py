"""Applying what was decided on the original's changes as one step, and taking that step back."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules, words
from app.adaptation.queries import sync
from app.adaptation.queries.naming import Names
from app.core.errors import Refused
from app.core.merge import Answer
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.models import ActKind, Revision
from app.curriculum.queries import editions
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.web import offer, ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, why_given
from .desk import Desk, desk_of


@bp.get("/<slug>/<region>/sync/apply")
@requires(Permission.SYNC_EDITION)
def sync_summary(slug: str, region: str) -> ResponseReturnValue:
    """Show what applying will do, and ask for one reason for the whole."""
    desk = desk_of(slug, region)
    return _summary(desk, desk.prepared())


@bp.post("/<slug>/<region>/sync/apply")
@requires(Permission.SYNC_EDITION)
def sync_apply(slug: str, region: str) -> ResponseReturnValue:
    """Carry out the choices as one step that can be taken back whole."""
    desk = desk_of(slug, region)
    prepared = desk.prepared()
    head = request.form.get("head", "")
    expected = int(head) if head.isdecimal() and len(head) < 12 else -1
    why = why_given()
    if "look" in request.form:
        return _summary(desk, prepared, why=why)
    try:
        revision = actions.apply_sync(
            current_actor(),
            desk.edition,
            prepared.release,
            safe=request.form.get("safe") == "1",
            why=why,
            findings=ticked(),
            expected_head=expected,
        )
    except ChangedMeanwhile:
        done = editions.head_of(desk.edition)
        if done.act.kind is ActKind.SYNC and done.previous_id == expected:
            return back(desk.url("sync_done", number=done.number))
        fault = gettext("The edition was changed after you opened this page. Look once more at what will happen.")
        return _summary(desk, prepared, fault=fault, why=why)
    except Refused as refused:
        return _summary(desk, prepared, fault=sentence(refused), why=why)
    return back(desk.url("sync_done", number=revision.number))


@bp.get("/<slug>/<region>/sync/done/<int:number>")
@requires(Permission.SYNC_EDITION)
def sync_done(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Show what a sync did, how to take it back, and what is left."""
    desk = desk_of(slug, region)
    return _done(desk, _sync_revision(desk, number))


@bp.post("/<slug>/<region>/sync/done/<int:number>/undo")
@requires(Permission.SYNC_EDITION)
def sync_undo(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Take a whole sync back; the choices stay as they were made."""
    desk = desk_of(slug, region)
    done = _sync_revision(desk, number)
    try:
        actions.undo_sync(current_actor(), desk.edition, number, why=request.form.get("why", ""))
    except rules.UndoConflicts as refused:
        return _done(desk, done, refused)
    except rules.NothingToUndo:
        return back(desk.url("sync_done", number=number))
    say(gettext("Everything this brought has been taken back. Your choices are still here."))
    return back(desk.url("sync"))


def _sync_revision(desk: Desk, number: int) -> Revision:
    found = editions.revision(desk.edition, number)
    if found is None or found.act.kind is not ActKind.SYNC:
        abort(404)
    return found


def _summary(desk: Desk, prepared: sync.Sync, *, fault: str = "", why: str = "") -> ResponseReturnValue:
    names = Names(prepared, language())
    decided = [q for q in prepared.asked if q.decided]
    page = render_template(
        "adaptation/sync_apply.html",
        desk=desk,
        prepared=prepared,
        decided=[(answer, [q for q in decided if q.decision and q.decision.choice == answer]) for answer in Answer],
        safe=[q for q in prepared.asked if q.safe and not q.decided and not q.later],
        left=[q for q in prepared.asked if not q.decided and not (q.safe and not q.later)],
        reasons=[q for q in prepared.questions if q.needs_reason(prepared.now.local.links)],
        names=names,
        fault=fault,
        why=why,
        safe_too=request.form.get("safe") == "1",
        offer=offer(desk.edition),
        words=words,
    )
    return page, 409 if fault else 200


def _done(desk: Desk, done: Revision, refused: rules.UndoConflicts | None = None) -> ResponseReturnValue:
    prepared = desk.prepared()
    names = Names(prepared, language())
    page = render_template(
        "adaptation/sync_done.html",
        desk=desk,
        done=done,
        decisions=sync.applied_by(done.act_id),
        undone=sync.is_undone(desk.edition, done.number),
        refused=refused,
        conflicts=[(uid, _unit_of(prepared, uid), names.extract(uid)) for uid in refused.uids] if refused else [],
        left=prepared.asked,
        names=names,
        words=words,
    )
    return page, 409 if refused else 200


def _unit_of(prepared: sync.Sync, uid: str) -> str | None:
    found = prepared.now.content.find(uid)
    return found[1].uid if found else None
