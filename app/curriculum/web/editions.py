"""The list of editions and an edition's own page."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.curriculum.queries import editions as queries
from app.curriculum.queries import overview, reading
from app.infra.i18n import language
from app.people.login import current_actor
from app.web.pages import public

from . import bp


@bp.get("/")
@public
def editions() -> ResponseReturnValue:
    """List the editions that this person may read, with search."""
    search = request.args.get("q", "").strip()
    shown = overview.listed(current_actor(), search, language())
    return render_template("curriculum/editions.html", editions=shown, search=search)


@bp.get("/<slug>/<region>/")
@public
def edition(slug: str, region: str) -> ResponseReturnValue:
    """Show an edition: its units, how it stands to its parent, and what can be done with it."""
    seen = reading.view(
        current_actor(), slug, region, version=request.args.get("v"), language=request.args.get("in", language())
    )
    return render_template(
        "curriculum/edition.html",
        seen=seen,
        contents=reading.lines(seen),
        standing=overview.standing(seen),
        releases=queries.releases(seen.edition),
    )
