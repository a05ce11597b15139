"""The board of cohorts: those one may see, how each is doing, and who needs a call."""

from __future__ import annotations

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from app.delivery.kinds import CohortLevel, CohortState
from app.delivery.queries import cohort_board as queries
from app.delivery.queries.cohort_board import Wanted
from app.delivery.web.blueprints import cohorts as bp
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.pages import requires

from . import here

EACH = 20


def offered() -> bool:
    """Whether somebody has something there: a cohort that they may see, or leave to open one."""
    actor = current_actor()
    if allows(actor, Permission.RUN_COHORT):
        return True
    if not allows(actor, Permission.SEE_COHORT):
        return False
    if "cohorts_offered" not in g:
        g.cohorts_offered = queries.any_visible(actor)
    return bool(g.cohorts_offered)


@bp.get("/")
@requires(Permission.SEE_COHORT)
def board() -> ResponseReturnValue:
    """List the cohorts that this person may see, with search, choices and how each is doing."""
    actor, wanted = current_actor(), _wanted()
    shown = here.pages_of(queries.count(actor, wanted), EACH, "cohorts.board", **request.args.to_dict())
    return render_template(
        "delivery/cohorts/board.html",
        lines=queries.listed(actor, wanted, here.today(), offset=shown["offset"], limit=EACH),
        wanted=wanted,
        programmes=queries.programmes(actor),
        may_open=allows(actor, Permission.RUN_COHORT),
        teaches=actor.person_id is not None,
        CohortLevel=CohortLevel,
        CohortState=CohortState,
        **shown,
    )


def _wanted() -> Wanted:
    asked = request.args
    level, state = asked.get("level", ""), asked.get("state", "")
    return Wanted(
        search=asked.get("q", "").strip()[:200],
        programme=asked.get("programme", "")[:200],
        level=CohortLevel(level) if level in set(CohortLevel) else None,
        state=CohortState(state) if state in set(CohortState) else None,
        mine=asked.get("mine") == "yes",
        order=asked.get("sort", "") if asked.get("sort") in queries.ORDERS else "newest",
    )
