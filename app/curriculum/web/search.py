"""Finding words in the units that a person may read."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.curriculum.queries import searching
from app.people.login import current_actor
from app.web.pages import public

from . import bp, page_number, text_language


@bp.get("/search")
@public
def search() -> ResponseReturnValue:
    """Show the units that have the words, each with an extract."""
    query, page = request.args.get("q", "").strip()[: searching.LONGEST_QUERY], page_number()
    found = searching.search(current_actor(), query, text_language(), page)
    return render_template(
        "curriculum/search.html",
        query=query,
        found=found,
        page=page,
        pages=max(1, -(-found.total // searching.PER_PAGE)),
    )
