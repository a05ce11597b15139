"""The list of editions and an edition's own page."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.content import LinkState
from app.curriculum.queries import editions as queries
from app.curriculum.queries import overview, parents, reading
from app.curriculum.queries.readiness import Readiness, readiness
from app.infra.i18n import language
from app.people.login import current_actor
from app.web.pages import public

from . import asked, bp, may_do, panels, text_language

TABS = 4  # versions offered as tabs; the others stand in the list of releases


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
    """Show an edition: what waits, its units, how it stands to its parent, and what can be done with it."""
    actor = current_actor()
    seen = reading.view(actor, slug, region, version=request.args.get("v"), language=text_language())
    may = may_do(seen.edition)
    releases = queries.releases(seen.edition)
    standing = overview.standing(seen) if may.read_draft and seen.release is None else None
    upstream = parents.grandparent_notices(actor, seen.edition) if standing else []
    return render_template(
        "curriculum/edition.html",
        seen=seen,
        here=asked(seen.edition),
        may=may,
        contents=reading.lines(seen),
        standing=standing,
        unit_states=overview.unit_states(seen) if standing else {},
        upstream=upstream,
        ready=_readiness(seen) if may.release and seen.release is None else None,
        releases=releases,
        versions=_versions(seen, [release.version for release in releases], drafts=may.read_draft),
        credits=overview.credited(seen),
        panels=panels.shown(panels.Place.EDITION, panels.Subject(seen)),
        LinkState=LinkState,
    )


def _readiness(seen: reading.View) -> tuple[Readiness, int]:
    """What a release would be, and how many things it lacks."""
    ready = readiness(seen.edition)
    return ready, len(ready.missing) + len(ready.unmet)


def _versions(seen: reading.View, released: list[str], *, drafts: bool) -> list[str]:
    """The versions to offer as tabs: the draft, the newest ones, and the one that is shown."""
    offered = ([reading.DRAFT] if drafts else []) + released[: TABS - drafts]
    return offered if seen.version in offered else [*offered, seen.version]
