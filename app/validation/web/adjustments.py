"""Adjustments of an edition in a list, with what they touch and how weighty they are; grading them."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import Refused
from app.curriculum.models import Edition
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.validation.actions import adjustments as actions
from app.validation.queries import adjustments as queries
from app.validation.queries import workshops
from app.validation.rules import adjustments as rules
from app.validation.rules.adjustments import Grade
from app.validation.rules.workshops import mark_of_decision
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, number, opened, place, typed


@bp.get("/<slug>/<region>/adjustments")
@requires(Permission.READ_DRAFT)
def adjustments(slug: str, region: str) -> ResponseReturnValue:
    """List what was changed while the edition is tried, newest first."""
    return _page(opened(slug, region, Permission.READ_DRAFT))


@bp.post("/<slug>/<region>/adjustments")
@requires(Permission.RUN_VALIDATION)
def grade_adjustments(slug: str, region: str) -> ResponseReturnValue:
    """Grade one adjustment, or say yes to all that were worked out."""
    edition = opened(slug, region)
    actor = current_actor()
    try:
        if typed("do") == "confirm":
            count = actions.confirm_grades(actor, edition)
            say(ngettext("%(num)s adjustment is graded.", "%(num)s adjustments are graded.", count))
        else:
            found = queries.get(edition, max(number("adjustment"), 0))
            if typed("grade") not in set(Grade):
                raise rules.UnknownGrade
            actions.grade_adjustment(actor, edition, found, Grade(typed("grade")), typed("why"), seen=typed("seen"))
            say(gettext("Graded."))
    except Refused as refused:
        return _page(edition, sentence(refused)), refused.status
    return back(url_for(".adjustments", **place(edition)))


def _page(edition: Edition, fault: str = "") -> str:
    total, major = queries.counts(edition)
    pages = max(1, -(-total // queries.PER_PAGE))
    page = max(1, min(pages, request.args.get("page", 1, type=int)))
    at = place(edition)
    return render_template(
        "validation/stage_adjustments.html",
        edition=edition,
        at=at,
        listed=queries.listed(edition, offset=(page - 1) * queries.PER_PAGE, limit=queries.PER_PAGE),
        total=total,
        major=major,
        waiting=len(queries.ungraded(edition)),
        again=queries.to_try_again(edition),
        titles=workshops.titles_of(edition),
        runs=workshops.may_run(current_actor(), edition),
        grades=list(Grade),
        mark_of=mark_of_decision,
        page=page,
        pages=pages,
        before=url_for(".adjustments", page=page - 1, **at) if page > 1 else "",
        after=url_for(".adjustments", page=page + 1, **at) if page < pages else "",
        chosen=number("adjustment") if fault else 0,
        why=typed("why") if fault else "",
        fault=fault,
    )
