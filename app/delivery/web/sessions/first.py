"""The panel of the first page for those who teach: today's session, the next one, what has no attendance yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from app.delivery.queries import desk, plan
from app.delivery.queries.calendars import region_of_teacher
from app.delivery.rules import calendars as rules
from app.infra import clock
from app.people.permissions import Actor, Permission, allows


def fill(actor: Actor) -> Mapping[str, Any] | None:
    """What the panel shows somebody who teaches; None for everybody else."""
    if actor.person_id is None or not allows(actor, Permission.TEACH):
        return None
    region = region_of_teacher(actor.person_id)
    if region is None:
        return None
    today = clock.now().astimezone(ZoneInfo(rules.zone(region))).date()
    return {
        "plan": plan.today(actor, today),
        "today": today,
        "aside": desk.count_aside(actor),
        "offline": "notebook.show" in current_app.view_functions,
    }
