"""What keeping people leaves on the page of somebody in a cohort: how near they are to leaving, and the way to act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.models import Enrolment
from app.delivery.queries import follow_up, risk
from app.delivery.web.cohorts import panels
from app.infra import clock
from app.people.login import current_actor


def install() -> None:
    """Leave the panel."""
    panels.register(panels.Panel("keeping/_person.html", _fill, order=20))


def _fill(enrolment: Enrolment) -> Mapping[str, Any]:
    mine, today = follow_up.one(enrolment), clock.now().date()
    found = risk.of(mine, today)
    return {
        "one": found[0] if found else None,
        "contacts": len(follow_up.contacts(mine).get(enrolment.id, ())),
        "open": len(follow_up.open_interventions(mine).get(enrolment.id, ())),
        "may_write": bool(follow_up.readable(current_actor(), mine)),
        "day": today,
    }
