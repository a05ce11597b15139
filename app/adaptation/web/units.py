"""Writing a whole unit that the original has not got, right after another one."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules
from app.core.content import Uid, canonical
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.curriculum.web import redlines
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.rules import UnknownFinding
from app.study.web import offer, ticked
from app.web.errors import back
from app.web.pages import requires

from . import bp, evidence_given, faults, opened, place, saved, why_given
from .blocks import language_of
from .editing import shown

FIELDS: dict[type[Refused], str] = {
    rules.NeedsReason: "why",
    rules.BadMinutes: "minutes",
    UnknownFinding: "findings",
}
USUAL_MINUTES = "90"


@bp.get("/<slug>/<region>/units/<unit>/new")
@requires(Permission.EDIT_CONTENT)
def new_unit(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Offer a place to write a unit in, after another one."""
    return _page(opened(slug, region), unit)


@bp.post("/<slug>/<region>/units/<unit>/new")
@requires(Permission.EDIT_CONTENT)
def save_new_unit(slug: str, region: str, unit: str) -> ResponseReturnValue:
    """Add the unit, or only show how it will look."""
    edition = opened(slug, region)
    if request.form.get("do") == "preview":
        return _page(edition, unit)
    content = contents.state(editions.head_of(edition)).content
    found = reading.unit_of(content, unit)
    minutes = request.form.get("minutes", "").strip()
    try:
        if found is None:
            raise rules.NoSuchUnit
        if not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 6):
            raise rules.BadMinutes
        revision = actions.add_unit(
            current_actor(),
            edition,
            found[0].uid,
            language_of(edition),
            canonical(request.form.get("text", "")).strip("\n"),
            minutes=int(minutes),
            after=unit,
            why=why_given(),
            evidence=evidence_given(),
            findings=ticked(),
        )
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(edition, unit, faults(refused, FIELDS)), refused.status
    saved(edition, gettext("The unit is in."), revision.number)
    units = [one.uid for _, one in contents.state(revision).content.units()]
    written = units[units.index(unit) + 1]
    return back(url_for("curriculum.unit", unit=written, **place(edition, language_of(edition))))


def _page(edition: Edition, uid: Uid, errors: dict[str, list[str]] | None = None) -> str:
    now, language = contents.state(editions.head_of(edition)), language_of(edition)
    found = reading.unit_of(now.content, uid)
    if found is None:
        raise rules.NoSuchUnit
    text = request.form.get("text", "")
    return render_template(
        "adaptation/new_unit.html",
        edition=edition,
        uid=uid,
        title=redlines.unit_titles([now.content], [language, *edition.languages]).get(uid, uid),
        language_of_text=language,
        text=text,
        html=shown(edition, language, text),
        minutes=request.form.get("minutes", USUAL_MINUTES),
        why=why_given(),
        evidence=evidence_given(),
        offer=offer(edition),
        needs_why=bool(now.local.bases),
        errors=errors or {},
    )
