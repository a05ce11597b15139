"""What the first page shows of figures: the newest approved ones of my programmes, and what waits for my approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.people.permissions import Actor, Permission, Role
from app.reporting.queries import snapshots, views

MOST = 5
FOR = frozenset({Role.DONOR, Role.MONITORING, Role.COORDINATOR, Role.ADMINISTRATOR})


def fill(actor: Actor) -> Mapping[str, Any] | None:
    """The programmes with their newest approved figures; None for who follows none and has nothing to approve."""
    if not any(grant.role in FOR and grant.gives(Permission.SEE_FIGURES) for grant in actor.grants):
        return None
    found = [one for one in views.visible(actor, limit=MOST + 1) if one.is_whole]
    waiting = snapshots.waiting_for(actor)
    if not found and not waiting:
        return None
    approved = snapshots.newest_approved(actor, [one.programme for one in found])
    return {"views": found[:MOST], "more": len(found) > MOST, "approved": approved, "waiting": waiting}
