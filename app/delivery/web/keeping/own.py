"""The panel of the first page with what a trainer was told of their own teaching: licences, the last observation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.queries import licensed as queries
from app.infra import clock
from app.people.permissions import Actor
from app.web import today

from .licences import to_grow

TEMPLATE = "keeping/_own.html"


def install() -> None:
    """Leave the panel for the first page."""
    today.register(today.Panel(TEMPLATE, fill, order=today.MINE))


def fill(actor: Actor) -> Mapping[str, Any] | None:
    """One's own licences with the reason where one was taken back, and what an observer wrote; None without either."""
    if actor.person_id is None:
        return None
    licences = queries.own(actor.person_id, clock.now().date())
    observed = queries.last_observed(actor.person_id)
    if not licences and observed is None:
        return None
    return {"licences": licences, "observed": observed, "to_grow": to_grow(observed[0]) if observed else []}
