"""Reading the places on a programme's map. Unchecked: `scopes` is asked before. No person stands among them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.delivery.kinds import PlaceKind
from app.delivery.models import Activity, Place, Programme
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
    """What the map shows and GeoJSON exports, by kind and name; one query."""
    found = (
        select(Place, Organisation)
        .outerjoin(Organisation, Organisation.id == Place.organisation_id)
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
        )
        for place, organisation in db.session.execute(found)
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
