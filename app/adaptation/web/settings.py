"""What an edition says of itself: its title, whom it thanks, who may read its releases."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.adaptation import actions, rules
from app.core.errors import N_, Refused
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.curriculum.web import panels
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, faults, opened, place

TAB = panels.Tab(
    "settings",
    N_("Settings"),
    "adaptation.settings",
    lambda edition: allows(current_actor(), Permission.RELEASE_EDITION, editions.scope_of(edition)),
    order=90,
)


@bp.get("/<slug>/<region>/settings")
@requires(Permission.RELEASE_EDITION)
def settings(slug: str, region: str) -> ResponseReturnValue:
    """Show what the edition says of itself, for changing."""
    edition = opened(slug, region, Permission.RELEASE_EDITION)
    return _page(edition, dict(edition.titles), "\n".join(edition.credits), public=edition.public)


@bp.post("/<slug>/<region>/settings")
@requires(Permission.RELEASE_EDITION)
def save_settings(slug: str, region: str) -> ResponseReturnValue:
    """Save it."""
    edition = opened(slug, region, Permission.RELEASE_EDITION)
    titles = {code: request.form.get(f"title-{code}", "") for code in edition.languages}
    credits, public = request.form.get("credits", ""), request.form.get("public") == "yes"
    try:
        actions.set_settings(current_actor(), edition, titles=titles, credits=credits.splitlines(), public=public)
    except rules.NothingChanged:
        say(gettext("Nothing was changed, so nothing was saved."), "note")
    except Refused as refused:
        return _page(edition, titles, credits, public=public, errors=faults(refused, {}, "credits")), refused.status
    else:
        say(gettext("Saved."))
    return back(url_for(".settings", **place(edition)))


def _page(
    edition: Edition, titles: dict[str, str], credits: str, *, public: bool, errors: dict[str, list[str]] | None = None
) -> str:
    return render_template(
        "adaptation/settings.html",
        edition=edition,
        from_files=edition.parent_id is None and editions.last_loaded(edition) is not None,
        titles=titles,
        credits=credits,
        public=public,
        errors=errors or {},
    )
