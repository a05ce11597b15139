"""What the first page shows of figures: the newest approved ones of my programmes, what waits for my approval, and to
those who represent an organisation what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.queries import programme_figures
from app.people.permissions import Actor, Permission, Role, allows
from app.people.queries import organisations
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
    return {"views": found[:MOST], "more": len(found) > MOST, "approved": approved, "waiting": waiting,
            "prepares": allows(actor, Permission.APPROVE_FIGURES)}  # fmt: skip


def ours(actor: Actor) -> Mapping[str, Any] | None:
    """The organisations that somebody represents and the programmes they are in, each with how many came for them."""
    held = views.represented(actor)
    if not held:
        return None
    found = [one for one in views.visible(actor, limit=MOST + 1) if not one.is_whole]
    return {
        "organisations": sorted(organisations.by_ids(sorted(held)).values(), key=lambda one: (one.name, one.id)),
        "sees_people": allows(actor, Permission.SEE_PEOPLE),
        "views": [(one.programme, *_came(one)) for one in found[:MOST]],
        "more": len(found) > MOST,
    }


def _came(view: views.View) -> tuple[int, int]:
    """People and attendances of one's own organisations."""
    counted = programme_figures.by_organisation(view.programme)
    own = [figures for organisation, figures in counted.items() if organisation in (view.organisations or ())]
    return sum(figures.people for figures in own), sum(figures.attendances for figures in own)
