"""Sources that changed since they were translated, for those who changed them: which changes are no matter."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.core.diff import redline_text
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents
from app.curriculum.web import page_number
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation import actions
from app.translation.queries import overview as queries
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, may, opened, place

PER_PAGE = 40


@bp.get("/<slug>/<region>/changed")
@requires(Permission.READ_DRAFT)
def changed(slug: str, region: str) -> ResponseReturnValue:
    """List what lags behind its source, with what changed in it."""
    return _page(opened(slug, region))


@bp.post("/<slug>/<region>/changed")
@requires(Permission.EDIT_CONTENT)
def no_matter(slug: str, region: str) -> ResponseReturnValue:
    """Say that the changes of the ticked texts do not touch their translations, and why."""
    edition = opened(slug, region, Permission.EDIT_CONTENT)
    ticked: dict[str, list[str]] = {}
    for one in request.form.getlist("cell"):
        code, _, uid = one.partition(":")
        ticked.setdefault(code, []).append(uid)
    why = request.form.get("why", "")
    try:
        done = actions.overrule(
            current_actor(),
            edition,
            list(dict.fromkeys(uid for some in ticked.values() for uid in some)),
            why=why,
            languages=[code for code in edition.languages if code in ticked],
        )
    except Refused as refused:
        return _page(edition, [sentence(refused)], why), refused.status
    say(
        str(
            ngettext(
                "%(num)s translation is up to date again.", "%(num)s translations are up to date again.", len(done)
            )
        )
    )
    return back(url_for(".changed", **place(edition)))


def _page(edition: Edition, faults: list[str] | None = None, why: str = "") -> str:
    page = page_number()
    found, total = queries.lagging(edition, limit=PER_PAGE, page=page)
    titles = contents.bodies(d for one in found for block in one.unit.blocks[:1] for d in block.texts.values())
    return render_template(
        "translation/changed.html",
        edition=edition,
        found=[(one, redline_text(one.old, one.now) if one.old else []) for one in found],
        titles={one.unit.uid: contents.unit_title(one.unit, titles, [language(), *edition.languages]) for one in found},
        total=total,
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
        edits=may(Permission.EDIT_CONTENT, edition),
        faults=faults or [],
        ticked=request.form.getlist("cell"),
        why=why,
    )
