"""What programmes leave on other pages: how far mine are on the first one, and where an organisation takes part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.queries import milestones
from app.delivery.queries import programmes as queries
from app.infra import clock
from app.people.models import Organisation
from app.people.permissions import Actor, Permission, allows
from app.people.web.records import panels as records
from app.web import today

from .overview import counted

MOST = 4


def install() -> None:
    """Leave the panels where the other pages ask for them."""
    today.register(today.Panel("delivery/programmes/_today.html", _mine, today.FIGURES))
    records.register(
        records.Panel(records.Place.ORGANISATION, "delivery/programmes/_organisation.html", _takes_part, order=30)
    )


def _mine(actor: Actor) -> Mapping[str, Any] | None:
    """The programmes under way that somebody runs, with what each promised; a few, the newest first."""
    if not allows(actor, Permission.RUN_PROGRAMME):
        return None
    found = queries.running(actor, clock.now().date(), MOST)
    if not found:
        return None
    promising = [
        {
            "programme": one,
            "kept": kept,
            "areas": {area.id: area for area in milestones.areas(one)},
            "counted": counted(one),
        }
        for one in found
        if (kept := milestones.targets(one))
    ]
    return {"programmes": promising, "first": found[0]}


def _takes_part(actor: Actor, organisation: Organisation) -> Mapping[str, Any] | None:
    """The programmes that an organisation takes part in, as far as the actor sees them, each with its roles."""
    found = queries.of_organisation(actor, organisation)
    return {"programmes": found} if found else None
