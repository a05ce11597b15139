"""The panel of the first page for those who coordinate or observe: the cohorts under way and how each is doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.kinds import CohortState
from app.delivery.queries import cohort_board as queries
from app.delivery.queries.cohort_board import Wanted
from app.people.permissions import Actor, Permission, allows
from app.web import today

from . import here

TEMPLATE = "delivery/cohorts/_today.html"
MOST = 5
UNDER_WAY = Wanted(state=CohortState.ACTIVE, order="next")


def install() -> None:
    """Leave the panel for the first page."""
    today.register(today.Panel(TEMPLATE, fill, today.MINE))


def fill(actor: Actor) -> Mapping[str, Any] | None:
    """The cohorts under way, the next session first; None for who neither runs nor observes any."""
    runs = allows(actor, Permission.RUN_COHORT)
    if not runs and not allows(actor, Permission.OBSERVE_TRAINER):
        return None
    lines = queries.listed(actor, UNDER_WAY, here.today(), limit=MOST + 1)
    if not lines:
        return None
    return {"lines": lines[:MOST], "more": len(lines) > MOST, "observes": not runs}
