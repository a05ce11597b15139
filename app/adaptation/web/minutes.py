"""How long each unit takes, on one page for the whole edition."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules
from app.core.content import Uid
from app.core.errors import Refused
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.curriculum.queries.reading import lines, view
from app.curriculum.web import panels
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.web import offer, ticked
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, faults, opened, place, saved, why_given

PANEL = panels.Panel(
    "adaptation/_minutes.html",
    lambda subject: (
        {"uid": subject.unit.uid} if subject.unit and editions.may_edit(current_actor(), subject.edition) else None
    ),
    panels.Place.UNIT,
    90,
)


@bp.get("/<slug>/<region>/minutes")
@requires(Permission.EDIT_CONTENT)
def minutes(slug: str, region: str) -> ResponseReturnValue:
    """Show how long each unit takes, for changing."""
    edition = opened(slug, region)
    return _page(edition, {})


@bp.post("/<slug>/<region>/minutes")
@requires(Permission.EDIT_CONTENT)
def save_minutes(slug: str, region: str) -> ResponseReturnValue:
    """Save it."""
    edition = opened(slug, region)
    units = [unit for _, unit in contents.state(editions.head_of(edition)).content.units()]
    typed = {unit.uid: request.form.get(f"minutes-{unit.uid}", str(unit.minutes)).strip() for unit in units}
    wrong = [uid for uid, text in typed.items() if not (text.isascii() and text.isdecimal() and len(text) < 6)]
    if "look" in request.form:
        return _page(edition, typed)
    try:
        if wrong:
            raise rules.BadMinutes
        wanted = {uid: int(text) for uid, text in typed.items()}
        revision = actions.set_minutes(current_actor(), edition, wanted, why=why_given(), findings=ticked())
    except rules.NothingChanged:
        say(gettext("Nothing was changed, so nothing was saved."), "note")
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        field = f"minutes-{wrong[0]}" if wrong else "why"
        return _page(edition, typed, faults(refused, {}, field)), refused.status
    else:
        saved(edition, gettext("Saved."), revision.number)
    return back(url_for(".minutes", **place(edition)))


def _page(edition: Edition, typed: Mapping[Uid, str], errors: dict[str, list[str]] | None = None) -> str:
    seen = view(current_actor(), edition.slug, edition.region, version="draft", language=language())
    return render_template(
        "adaptation/minutes.html",
        edition=edition,
        language_of_text=seen.language,
        modules=lines(seen),
        typed=typed,
        why=why_given(),
        offer=offer(edition),
        errors=errors or {},
    )
