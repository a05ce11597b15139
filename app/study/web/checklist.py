"""The checklist of contextualisation: every question, its answer here, and answering it."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.core.overtaken import mark_of
from app.curriculum.models import Edition
from app.curriculum.queries import reading
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study import actions, rules
from app.study.checklist import BY_KEY
from app.study.kinds import CheckState
from app.study.queries import checks
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, faults_of, frame, opened, place


@bp.get("/<slug>/<region>/study/checklist")
@requires(Permission.READ_DRAFT)
def checklist(slug: str, region: str) -> ResponseReturnValue:
    """Show what to look at before the edition is taught, what was settled, by whom and when."""
    return _page(opened(slug, region), "", {})


@bp.post("/<slug>/<region>/study/checklist")
@requires(Permission.KEEP_STUDY)
def answer_checklist(slug: str, region: str) -> ResponseReturnValue:
    """Answer one question."""
    edition = opened(slug, region, Permission.KEEP_STUDY)
    item, state = request.form.get("item", ""), request.form.get("state", "")
    if item not in BY_KEY or state not in set(CheckState):
        abort(400)
    try:
        actions.check_item(
            current_actor(),
            edition,
            item,
            CheckState(state),
            note=request.form.get("note", ""),
            units=[unit for unit in request.form.getlist("units") if unit],
            seen=request.form.get("seen", ""),
        )
    except Refused as refused:
        return _page(edition, item, faults_of(refused, "note")), refused.status
    say(gettext("Noted."))
    return back(url_for(".checklist", _anchor=f"c-{item}", **place(edition)))


def _page(edition: Edition, open_item: str, faults: dict[str, str]) -> str:
    seen = reading.view(current_actor(), edition.slug, edition.region, version=reading.DRAFT, language=language())
    given = checks.answers(edition)
    return render_template(
        "study/checklist.html",
        **frame(edition),
        answers=given,
        progress=checks.checklist_progress(edition),
        states=list(CheckState),
        units=[line for _, lines in reading.lines(seen) for line in lines],
        open_item=open_item,
        typed=request.form,
        mark_of=lambda given: mark_of(rules.answered(given)),
        faults=faults,
    )
