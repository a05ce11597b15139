"""Searching the translation memory: how something like these words was translated before."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation.queries import desks, memory
from app.web.pages import requires

from . import bp, opened
from .bench import wanted_language

MOST, LEAST_ALIKE, LONGEST = 20, 0.3, 4_000


@bp.get("/<slug>/<region>/memory")
@requires(Permission.TRANSLATE)
def remembered(slug: str, region: str) -> ResponseReturnValue:
    """Show the translations of texts much like the one that is asked for; only what this person may read."""
    edition = opened(slug, region, Permission.TRANSLATE)
    language, text = wanted_language(edition), request.args.get("q", "").strip()[:LONGEST]
    at = desks.desk(edition, language)
    found = (
        memory.alike(memory.Reader(current_actor(), edition), text, at.source, language, best=MOST, least=LEAST_ALIKE)
        if text and at.source
        else []
    )
    return render_template(
        "translation/memory.html", edition=edition, wanted=language, source=at.source, text=text, found=found
    )
