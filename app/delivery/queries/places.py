"""Reading the places on a programme's map. Unchecked: `scopes` is asked before. No person stands among them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import and_, select

from app.delivery.kinds import PlaceKind
from app.delivery.models import Activity, ActivityProgramme, Place, Programme
from app.delivery.rules.places import Spot
from app.infra.db import db
from app.people.models import Organisation


def places(programme: Programme) -> Sequence[Place]:
    """The places on the map by name, those put away left out."""
    return db.session.scalars(
        select(Place)
        .where(Place.programme_id == programme.id, Place.archived_at.is_(None))
        .order_by(Place.name, Place.id)
    ).all()


def spots(
    programme: Programme, *, kinds: Collection[PlaceKind] | None = None, drawn_at: Activity | None = None
) -> list[Spot]:  # fmt: skip
    """What the map shows and GeoJSON exports, by kind and name; one query. An activity that does not count for the
    programme is not named: its readers do not see it.
    """
    here = select(ActivityProgramme.activity_id).where(ActivityProgramme.programme_id == programme.id)
    found = (
        select(Place, Organisation, Activity)
        .outerjoin(Organisation, Organisation.id == Place.organisation_id)
        .outerjoin(Activity, and_(Activity.id == Place.activity_id, Activity.id.in_(here)))
        .where(Place.programme_id == programme.id, Place.archived_at.is_(None))
        .order_by(Place.kind, Place.name, Place.id)
    )
    if kinds is not None:
        found = found.where(Place.kind.in_(kinds))
    if drawn_at is not None:
        found = found.where(Place.activity_id == drawn_at.id)
    return [
        Spot(
            place.uid,
            place.kind,
            place.name,
            tuple((point[0], point[1]) for point in place.points),
            organisation.name if organisation else "",
            activity.name if activity else "",
            activity.uid if activity else "",
        )
        for place, organisation, activity in db.session.execute(found)
    ]


def get(programme: Programme, uid: str) -> Place | None:
    """A place of this programme by its uid."""
    if not uid.isprintable():
        return None
    return db.session.scalar(select(Place).where(Place.uid == uid, Place.programme_id == programme.id))


def away(programme: Programme) -> Sequence[Place]:
    """The places that were put away, by name."""
    return db.session.scalars(
        select(Place)
        .where(Place.programme_id == programme.id, Place.archived_at.is_not(None))
        .order_by(Place.name, Place.id)
    ).all()


def drawn_at(place: Place) -> Activity | None:
    """The activity at which a place was drawn, where people drew it together."""
    return db.session.get(Activity, place.activity_id) if place.activity_id is not None else None
