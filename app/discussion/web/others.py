"""How other editions solved a paragraph, and taking their text with credit."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation.web import saved
from app.core.content import Uid
from app.core.errors import Refused
from app.core.rendering import fill, render
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.web import facts, redlines
from app.discussion import actions, words
from app.discussion.queries import others as queries
from app.discussion.queries import places
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back
from app.web.pages import requires

from . import address, bp, language_of, opened, typed


@bp.get("/<slug>/<region>/blocks/<block>/others")
@requires(Permission.READ_DRAFT)
def others(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Show the texts that other editions have in this place, with their reasons."""
    return _page(opened(slug, region), block)


@bp.post("/<slug>/<region>/blocks/<block>/others")
@requires(Permission.EDIT_CONTENT)
def take_text(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Put another edition's text in the place of ours, naming it."""
    edition = opened(slug, region, Permission.EDIT_CONTENT)
    code = language_of(edition)
    try:
        revision = actions.take_text(
            current_actor(),
            edition,
            block,
            code,
            typed("take"),
            why=typed("why"),
            seen_digest=request.form.get("seen"),
        )
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(edition, block, sentence(refused)), refused.status
    saved(edition, gettext("Taken, with credit to those who wrote it."), revision.number)
    return back(url_for("curriculum.block", block=block, **address(edition, code)))


def _page(edition: Edition, uid: Uid, fault: str = "") -> str:
    now, code = contents.state(editions.head_of(edition)), language_of(edition)
    block = now.content.block(uid)
    if block is None:
        abort(404)
    text = contents.texts_of([block], code)[0] or ""
    found = queries.of_block(current_actor(), edition, uid, code)
    return render_template(
        "discussion/others.html",
        edition=edition,
        uid=uid,
        others=found,
        now=redlines.page(text, code, now.local) if text else "",
        changes={one.digest: redlines.between((text, one.text), code, now.local, now.local) for one in found},
        readings={one.digest: facts.label(fill(render(one.text), one.values), code) for one in found},
        seen=block.texts.get(code, ""),
        names=places.names(edition, [uid], language()),
        language_of_text=code,
        may_edit=editions.may_edit(current_actor(), edition),
        fault=fault,
        typed=request.form,
        words=words,
    )
