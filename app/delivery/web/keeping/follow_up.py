"""Keeping people: everybody who may be leaving a cohort or a programme, what was agreed with them, and what worked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.delivery.kinds import RiskLevel
from app.delivery.models import Cohort
from app.delivery.queries import follow_up as queries
from app.delivery.queries import keeping, leaving, risk, scopes
from app.delivery.queries.risk import AtRisk
from app.delivery.web.blueprints import cohorts, programmes
from app.infra import clock
from app.people.login import current_actor
from app.people.permissions import Permission, allows
from app.web.pages import requires

from . import reaching

PER_PAGE = 30
IN_DANGER = (RiskLevel.RED, RiskLevel.ORANGE, RiskLevel.YELLOW)
HARVEST = "harvest"
VIEWS = ("danger", *(level.value for level in IN_DANGER), HARVEST, "all")


@cohorts.get("/<slug>/follow-up")
@requires(Permission.SEE_PEOPLE)
def follow_up(slug: str) -> ResponseReturnValue:
    """Show everybody who may be leaving this cohort, and what was agreed with whom."""
    actor = current_actor()
    cohort = scopes.cohort(actor, slug, Permission.SEE_PEOPLE)
    given = _given(queries.of_cohort(actor, cohort))
    scope = scopes.of_cohort(cohort)
    return render_template(
        "keeping/follow_up.html",
        cohort=cohort,
        proposals=leaving.open_in(cohort) if allows(actor, Permission.TEACH, scope) else [],
        may_run=allows(actor, Permission.RUN_COHORT, scope),
        **given,
    )


@programmes.get("/<slug>/follow-up", endpoint="follow_up")
@requires(Permission.SEE_PEOPLE)
def follow_up_of_programme(slug: str) -> ResponseReturnValue:
    """Show everybody who may be leaving a programme; one with very many people is asked for by cohort."""
    actor = current_actor()
    programme = scopes.programme(actor, slug, Permission.SEE_PEOPLE)
    choices = keeping.cohorts_of(actor, programme)
    wanted = request.args.get("cohort", "")
    chosen = next((one for one in choices if one.slug == wanted), None)
    enrolments = queries.visible(actor, Cohort.id == chosen.id) if chosen else queries.of_programme(actor, programme)
    number = keeping.number_open(enrolments)
    given = {} if number > queries.MOST_AT_ONCE else _given(enrolments)
    return render_template(
        "keeping/follow_up_programme.html",
        programme=programme,
        cohorts=choices,
        chosen=chosen.slug if chosen else "",
        enrolled=number,
        proposals=leaving.to_decide(actor, programme),
        may_run=True,
        may_set=allows(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme)),
        **given,
    )


def _given(chosen: queries.Chosen) -> dict[str, Any]:
    """What the list shows of these enrolments; the number of queries does not grow with them."""
    today = clock.now().date()
    asked = request.args
    view = asked.get("view", "danger")
    view = view if view in VIEWS else "danger"
    q = " ".join(asked.get("q", "").split())
    everybody = risk.of(chosen, today)
    agreed = keeping.agreements(chosen, today)
    found = [one for one in everybody if _in_view(one, view) and q.lower() in one.name.lower()]
    if asked.get("sort") == "name":
        found.sort(key=lambda one: (one.name.lower(), one.enrolment_id))
    page = min(max(asked.get("page", 1, type=int), 1), max(-(-len(found) // PER_PAGE), 1))
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    open_ones = [one for one in agreed if one.result is None]
    by_person: dict[int, list[keeping.Agreement]] = {}
    for one in open_ones:
        by_person.setdefault(one.held.enrolment_id, []).append(one)
    return {
        "people": shown,
        "ways": reaching.ways(shown, risk.reach([one.person_id for one in shown]), current_actor().name, today),
        "view": view,
        "q": q,
        "sort": asked.get("sort", ""),
        "views": [(name, _count(everybody, name)) for name in VIEWS],
        "total": len(found),
        "page": page,
        "pages": max(-(-len(found) // PER_PAGE), 1),
        "open": open_ones,
        "agreed_with": by_person,
        "worked": queries.what_worked(chosen),
        "readable": queries.readable(current_actor(), chosen),
        "day": today,
    }


def _in_view(one: AtRisk, view: str) -> bool:
    if view == "all":
        return True
    if view == HARVEST:
        return one.risk.relaxed_by is not None
    if view == "danger":
        return one.risk.level is not RiskLevel.NONE
    return one.risk.level.value == view


def _count(everybody: Sequence[AtRisk], view: str) -> int:
    return sum(_in_view(one, view) for one in everybody)
