"""Which programme an address names, and how much of it this person sees: all, or what is their organisations'."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request

from app.delivery.models import Activity, Programme
from app.delivery.queries import activities, programmes, scopes
from app.people.login import current_actor
from app.people.permissions import Ids, Permission, allows
from app.web.requests import LARGEST_ROW


@dataclass(frozen=True, slots=True)
class Seen:
    """A programme as this person sees it. `own` are their organisations where these are all they see, else None."""

    programme: Programme
    own: Ids | None
    runs: bool
    names: bool

    @property
    def whole(self) -> bool:
        """Whether all of the programme is shown."""
        return self.own is None


def opened(slug: str, permission: Permission = Permission.SEE_FIGURES) -> Programme:
    """The programme of the address, for somebody who has this permission on all of it."""
    return scopes.programme(current_actor(), slug, permission)


def seen(slug: str) -> Seen:
    """The programme of the address, for those who see it or an organisation that takes part in it."""
    actor = current_actor()
    found = programmes.named(slug)
    if found is None:
        raise scopes.NoSuchProgramme
    scope = scopes.of_programme(found)
    if allows(actor, Permission.SEE_FIGURES, scope):
        runs = allows(actor, Permission.RUN_PROGRAMME, scope)
        return Seen(found, None, runs, allows(actor, Permission.SEE_PEOPLE, scope))
    own = programmes.own_organisations(actor, found)
    if not own:
        raise scopes.NoSuchProgramme
    return Seen(found, own, runs=False, names=False)


def activity_of(seen: Seen, uid: str) -> Activity:
    """An activity that counts for the programme, and that this person sees in it."""
    found = activities.counting_for(seen.programme, uid, seen.own)
    if found is None:
        raise activities.NoSuchActivity
    return found


def page_number() -> int:
    """The page the address asks for, the first where it names none."""
    return min(max(request.args.get("page", 1, type=int), 1), 100_000)


def row_asked(name: str) -> int | None:
    """The row that the address asks for by its number, None where it names none."""
    found = request.args.get(name, type=int)
    return found if found is not None and 0 < found <= LARGEST_ROW else None


def known(endpoint: str) -> bool:
    """Whether there is such a page."""
    return endpoint in current_app.view_functions
