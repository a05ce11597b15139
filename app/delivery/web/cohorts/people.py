"""The people of a cohort as a list: to find somebody, to print cards, to put somebody on it."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.delivery.kinds import EnrolmentState
from app.delivery.queries import cohort_page, joining
from app.delivery.queries import enrolled as queries
from app.delivery.queries.enrolled import Wanted
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import is_row
from app.people.permissions import Permission
from app.web.pages import requires
from app.web.words import choices

from . import here, marks

EACH = 50
OPEN, ALL = "open", "all"


@bp.get("/<slug>/people/")
@requires(Permission.SEE_PEOPLE)
def people(slug: str) -> ResponseReturnValue:
    """List who is enrolled, first those who take part, each with their attendance."""
    cohort = here.opened(slug, Permission.SEE_PEOPLE)
    wanted = _wanted()
    shown = here.pages_of(
        queries.count(cohort, wanted), EACH, "cohorts.people", **{**request.args.to_dict(), "slug": slug}
    )
    return render_template(
        "delivery/cohorts/people.html",
        cohort=cohort,
        lines=queries.listed(cohort, wanted, offset=shown["offset"], limit=EACH),
        wanted=wanted,
        asked_state=request.args.get("state", OPEN),
        states=choices(EnrolmentState),
        organisations=[(one.id, one.name) for one in queries.organisations(cohort)],
        standing=cohort_page.standing(cohort),
        waiting=joining.count_waiting(cohort),
        may_run=here.may(cohort, Permission.RUN_COHORT),
        may_teach=here.may(cohort, Permission.TEACH),
        told=marks.told,
        **shown,
    )


def _wanted() -> Wanted:
    asked = request.args
    state, organisation = asked.get("state", OPEN), asked.get("organisation", "")
    chosen: EnrolmentState | str | None = None
    if state in set(EnrolmentState):
        chosen = EnrolmentState(state)
    elif state != ALL:
        chosen = OPEN
    return Wanted(asked.get("q", "").strip()[:200], chosen, int(organisation) if is_row(organisation) else None)
