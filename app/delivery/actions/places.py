"""Putting places on a programme's map, correcting them, putting them away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from app.delivery.kinds import PlaceKind
from app.delivery.models import Activity, Place, Programme
from app.delivery.queries import activities, scopes
from app.delivery.rules import activities as activity_rules
from app.delivery.rules import cohorts
from app.delivery.rules import places as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Organisation
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import line


@dataclass(frozen=True, slots=True)
class PlaceDetails:
    """What is said of a place. `points` are pairs of longitude and latitude: one, or a route's in order."""

    kind: PlaceKind
    name: str
    points: Sequence[Sequence[float]]
    note: str = ""


@transactional
def add_place(
    actor: Actor, programme: Programme, details: PlaceDetails,
    *, organisation: Organisation | None = None, drawn_at: Activity | None = None,
) -> Place:  # fmt: skip
    """Put a place on the map: whose it is, and at which activity it was drawn, where people drew it together."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    _check_drawn_at(programme.id, drawn_at)
    made = Place(
        uid=str(uuid.uuid4()),
        programme_id=programme.id,
        activity_id=drawn_at.id if drawn_at else None,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    _describe(made, details, organisation)
    db.session.add(made)
    record(actor.account_id, "place.added", made)
    return made


@transactional
def change_place(
    actor: Actor, place: Place, details: PlaceDetails,
    *, organisation: Organisation | None = None, drawn_at: Activity | None = None,
) -> None:  # fmt: skip
    """Correct a place: what is said of it, whose it is, at which activity it was drawn."""
    _check(actor, place)
    if drawn_at is None or drawn_at.id != place.activity_id:
        _check_drawn_at(place.programme_id, drawn_at)
    _describe(place, details, organisation)
    place.activity_id = drawn_at.id if drawn_at else None
    record(actor.account_id, "place.changed", place)


@transactional
def archive_place(actor: Actor, place: Place, *, away: bool = True) -> None:
    """Take a place off the map, or bring it back; nothing of it is lost."""
    _check(actor, place)
    place.archived_at = clock.now() if away else None
    record(actor.account_id, "place.archived" if away else "place.brought_back", place)


def _check(actor: Actor, place: Place) -> None:
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(db.session.get_one(Programme, place.programme_id)))


def _check_drawn_at(programme_id: int, activity: Activity | None) -> None:
    if activity is not None and programme_id not in activities.programme_ids(activity):
        raise activity_rules.NotOfItsProgrammes


def _describe(place: Place, details: PlaceDetails, organisation: Organisation | None) -> None:
    place.kind, place.name, place.note = details.kind, cohorts.title(details.name), line(details.note)
    place.points = [list(point) for point in rules.check_points(details.kind, details.points)]
    place.organisation_id = organisation.id if organisation else None
