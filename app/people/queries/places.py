"""What the organisations and programmes are called in which roles hold; asked once for all of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g, has_request_context
from sqlalchemy import select

from app.infra.db import db
from app.people.models import Organisation, RoleAssignment

from . import programmes


@dataclass(frozen=True, slots=True)
class Places:
    """Names by id; what has none is shown by its number."""

    organisations: Mapping[int, str]
    programmes: Mapping[int, str]

    def organisation(self, id_: int | None) -> str | None:
        """What an organisation is called, None for no organisation."""
        return None if id_ is None else self.organisations.get(id_, str(id_))

    def programme(self, id_: int | None) -> str | None:
        """What a programme is called, None for no programme."""
        return None if id_ is None else self.programmes.get(id_, str(id_))


def of_roles() -> Places:
    """The names of everything a role was ever given in; two queries for each request that asks."""
    if not has_request_context():
        return _read()
    if "places_of_roles" not in g:
        g.places_of_roles = _read()
    found: Places = g.places_of_roles
    return found


def _read() -> Places:
    rows = db.session.execute(
        select(Organisation.id, Organisation.short_name, Organisation.name).where(
            Organisation.id.in_(
                select(RoleAssignment.organisation_id).where(RoleAssignment.organisation_id.is_not(None))
            )
        )
    )
    held = db.session.scalars(
        select(RoleAssignment.programme_id).where(RoleAssignment.programme_id.is_not(None)).distinct()
    )
    return Places(
        {id_: short or name for id_, short, name in rows}, programmes.named([id_ for id_ in held if id_ is not None])
    )
