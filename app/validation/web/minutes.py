"""The minutes: to read, to print, their free words; closing a workshop and opening it again."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from app.core.errors import Refused
from app.core.rendering import render
from app.infra.i18n import LANGUAGES, language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation import actions, minutes_text
from app.validation.models import Workshop
from app.validation.models.workshops import Verdict
from app.validation.queries import remarks
from app.validation.queries import workshops as queries
from app.validation.rules.workshops import mark_of_notes
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, bp, frame, typed, workshop_of


def language_asked() -> str:
    """The language the minutes are wanted in."""
    wanted = request.args.get("in", "")
    return wanted if wanted in LANGUAGES else language()


@bp.get(f"{AT}/minutes")
@requires(Permission.RUN_VALIDATION)
def minutes(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show the minutes as they stand, or as they were kept when the workshop was closed."""
    return _page(workshop_of(slug, region, workshop))


@bp.post(f"{AT}/minutes")
@requires(Permission.RUN_VALIDATION)
def write_notes(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Keep the free words of the minutes."""
    shown = workshop_of(slug, region, workshop)
    try:
        actions.write_notes(current_actor(), shown, dict(request.form), seen=typed("seen"))
    except Refused as refused:
        return _page(shown, sentence(refused)), refused.status
    say(gettext("The minutes are saved."))
    return back(url_for(".minutes", **at(shown)))


@bp.post(f"{AT}/close")
@requires(Permission.RUN_VALIDATION)
def close_workshop(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Close the workshop and keep its results and minutes."""
    shown = workshop_of(slug, region, workshop)
    try:
        actions.close_workshop(current_actor(), shown)
    except Refused as refused:
        return _page(shown, sentence(refused)), refused.status
    say(gettext("The workshop is closed. Its results and minutes stay as they are now."))
    return back(url_for(".results", **at(shown)))


@bp.post(f"{AT}/reopen")
@requires(Permission.RUN_VALIDATION)
def reopen_workshop(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Open a closed workshop again, with the reason."""
    shown = workshop_of(slug, region, workshop)
    try:
        actions.reopen_workshop(current_actor(), shown, typed("why"))
    except Refused as refused:
        return _page(shown, sentence(refused)), refused.status
    say(gettext("The workshop is open again. What was kept when it was closed can still be read, and counts no more."))
    return back(url_for(".workshop", **at(shown)))


def _page(shown: Workshop, fault: str = "") -> str:
    wanted = language_asked()
    text = minutes_text.write(shown, wanted)
    return render_template(
        "validation/workshop_minutes.html",
        **frame(shown),
        html=Markup(render(text)),  # noqa: S704 - rendered and cleaned by core.rendering
        wanted=wanted,
        closings=queries.closings(shown),
        closing=queries.closing(shown),
        waiting=remarks.verdicts(shown).get(Verdict.OPEN, 0),
        typed={**shown.notes, **dict(request.form)},
        seen=mark_of_notes(shown.notes),
        fault=fault,
    )
