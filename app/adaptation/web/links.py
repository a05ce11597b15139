"""How a block stands to the original, as a person says; what editions below may do; going back to an earlier state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules
from app.core.content import Lock, Uid
from app.core.errors import N_, Refused
from app.curriculum.models import Edition, Revision
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.web import ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, evidence_given, opened, place, saved, why_given
from .blocks import as_it_stands, found, language_of, reading

Deed = Callable[..., Revision]

DEEDS: Mapping[str, tuple[Deed, str]] = {
    "freeze": (
        lambda actor, edition, uid, **said: actions.set_frozen(actor, edition, uid, True, **said),
        N_("It stays as it is, whatever the original changes."),
    ),
    "thaw": (
        lambda actor, edition, uid, **said: actions.set_frozen(actor, edition, uid, False, **said),
        N_("Changes of the original reach it again."),
    ),
    "follow": (actions.follow_again, N_("It has the original's text again.")),
    "confirm": (actions.confirm, N_("Confirmed: the original's text holds here as it is.")),
}


@bp.post("/<slug>/<region>/blocks/<block>/link")
@requires(Permission.EDIT_CONTENT)
def link_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Keep a block as it is, let it follow again, give it the original's text back, or confirm it."""
    if request.form.get("do") not in DEEDS:
        abort(400)
    if "look" in request.form:
        return as_it_stands(opened(slug, region), block)
    deed, said = DEEDS[request.form["do"]]
    why, evidence, findings = why_given(), evidence_given(), ticked()
    return _done(
        slug, region, block,
        lambda edition: deed(current_actor(), edition, block, why=why, evidence=evidence, findings=findings),
        said,
    )  # fmt: skip


@bp.post("/<slug>/<region>/blocks/<block>/lock")
@requires(Permission.EDIT_CONTENT)
def lock_block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Say what editions below may do with a block."""
    wanted = request.form.get("lock", "")
    if wanted not in set(Lock):
        abort(400)
    return _done(
        slug, region, block,
        lambda edition: actions.set_lock(current_actor(), edition, block, Lock(wanted), why=why_given()),
        N_("Editions below will meet it like this from your next release on."),
    )  # fmt: skip


@bp.post("/<slug>/<region>/history/<int:number>/restore")
@requires(Permission.EDIT_CONTENT)
def restore(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Make an earlier state the newest one again."""
    edition = opened(slug, region)
    try:
        revision = actions.restore(current_actor(), edition, number, why=why_given())
    except (rules.NeedsReason, rules.NothingChanged) as refused:
        say(sentence(refused), "fault" if isinstance(refused, rules.NeedsReason) else "note")
        return back(url_for("curriculum.change", number=number, _anchor="restore", **place(edition)))
    saved(edition, gettext("State %(number)s is back.", number=number), revision.number)
    return back(url_for("curriculum.edition", **place(edition)))


def _done(slug: str, region: str, block: Uid, do: Callable[[Edition], Revision], said: str) -> ResponseReturnValue:
    """Do it and return to the block; a refusal is told on the block's own page, with what was typed."""
    edition = opened(slug, region)
    _, unit, _ = found(edition, block)
    language = language_of(edition)
    try:
        saved(edition, gettext(said), do(edition).number)
    except Refused as refused:
        say(sentence(refused), "fault")
        return as_it_stands(edition, block), refused.status
    return back(reading(edition, unit.uid, language, block))
