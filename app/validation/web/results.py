"""What was found: shares in the top band per unit and criterion, who passed, and the same by groups of people."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation.queries import answers, workshops
from app.validation.queries import results as queries
from app.validation.rules.frozen import DIMENSIONS
from app.validation.rules.results import FEWEST
from app.validation.rules.scales import Criterion
from app.web.pages import requires

from . import AT, bp, frame, workshop_of


@bp.get(f"{AT}/results")
@requires(Permission.READ_DRAFT)
def results(slug: str, region: str, workshop: int) -> ResponseReturnValue:
    """Show the results: as kept once closed; before that to those who run the workshop alone."""
    shown = workshop_of(slug, region, workshop, Permission.READ_DRAFT)
    runs = workshops.may_run(current_actor(), shown.edition)
    asked = {one.id: one for one in workshops.questions(shown)}
    comments: dict[str, list[answers.Comment]] = {}
    for one in answers.comments(shown) if runs else []:
        comments.setdefault(one.unit_uid, []).append(one)
    return render_template(
        "validation/workshop_results.html",
        **frame(shown),
        results=queries.shown(shown, running=runs),
        closing=workshops.closing(shown),
        criteria=list(Criterion),
        dimensions=DIMENSIONS,
        fewest=FEWEST,
        asked=asked,
        comments=comments,
    )
