"""All programmes of which somebody sees figures, with what was approved of each."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.people.login import current_actor
from app.people.permissions import Permission
from app.reporting.queries import snapshots, views
from app.web.pages import requires

from . import reports

ROWS = 25


@reports.get("/")
@requires(Permission.SEE_FIGURES)
def board() -> ResponseReturnValue:
    """Show the programmes, what waits for approval, and the newest snapshots."""
    actor = current_actor()
    asked = "".join(letter for letter in request.args.get("q", "") if letter.isprintable()).strip()[:100]
    page = max(1, request.args.get("page", 1, type=int) or 1)
    found = views.visible(actor, named=asked, limit=ROWS + 1, offset=(min(page, 10_000) - 1) * ROWS)
    return render_template(
        "reporting/board.html",
        views=found[:ROWS],
        approved=snapshots.newest_approved(actor, [one.programme for one in found[:ROWS] if one.is_whole]),
        waiting=snapshots.waiting_for(actor),
        looks_after=any(views.may_look_after(actor, one.programme) for one in found),
        q=asked,
        page=page,
        more=len(found) > ROWS,
    )
