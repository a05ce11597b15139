"""The panel of the first page: whom to call today and why, for those who teach and those who coordinate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.kinds import CohortState
from app.delivery.models import Cohort
from app.delivery.queries import follow_up, risk, scopes
from app.infra import clock
from app.people.permissions import Actor, Permission, allows
from app.web import today

from . import reaching

TEMPLATE = "keeping/_calling.html"
MOST = 12  # shown on the first page; the list of each cohort has everybody


def install() -> None:
    """Leave the panel for the first page."""
    today.register(today.Panel(TEMPLATE, whom_to_call, order=today.PEOPLE))


def whom_to_call(actor: Actor) -> Mapping[str, Any] | None:
    """Whom this actor should call today; None for those who teach and coordinate nothing that is under way."""
    if not allows(actor, Permission.TEACH):
        return None
    found = follow_up.under_way(actor)
    if not found.cohorts:
        return None
    if found.enrolled > follow_up.MOST_AT_ONCE:
        return {"too_many": True, "cohorts": found.cohorts, "enrolled": found.enrolled}
    day = clock.now().date()
    teaching = (scopes.cohorts_visible(actor, Permission.TEACH), Cohort.state == CohortState.ACTIVE)
    calls = risk.whom_to_call(follow_up.visible(actor, *teaching), day)
    urgent = [one for one in calls if one.at_risk.risk.relaxed_by is None or one.due]
    later = [one for one in calls if one.at_risk.risk.relaxed_by is not None and not one.due]
    people = [one.at_risk for one in calls]
    reach = {one.at_risk.person_id: one.reach for one in calls}
    return {
        "too_many": False,
        "cohorts": found.cohorts,
        "urgent": urgent[:MOST],
        "later": later[:MOST],
        "all": len(calls),
        "rest": max(len(urgent) - MOST, 0) + max(len(later) - MOST, 0),
        "lists": dict(sorted({one.slug: one.cohort for one in people}.items())),
        "ways": reaching.ways(people, reach, actor.name, day),
        "day": day,
    }
