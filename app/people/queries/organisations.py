"""Reading organisations, what they belong to and their figures, as far as an actor may know of them.

An organisation lies in its region and in itself. Layers above add what else it lies in (a programme) by `lies_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement, false, func, or_, select

from app.core.errors import N_, Refused
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import Actor, Ids, Permission, Scope, allows

from .within import Where, within

Ties = Callable[[Sequence[int]], Mapping[int, Ids]]
InProgrammes = Callable[[Ids], ColumnElement[bool]]
_programmes: dict[str, tuple[Ties, InProgrammes]] = {}


class NoSuchOrganisation(Refused):
    text = N_("There is no such organisation, or your account does not show it.")
    status = 404


def lies_in(name: str, ties: Ties, condition: InProgrammes) -> None:
    """Let a layer above say in which programmes organisations take part, one by one and as a condition on a list;
    saying it again replaces it.
    """
    _programmes[name] = (ties, condition)


def scopes_of(ids: Sequence[int]) -> dict[int, Scope]:
    """Where these organisations lie, for asking permission; one query for each layer that knows something."""
    regions = dict(
        db.session.execute(select(Organisation.id, Organisation.region).where(Organisation.id.in_(ids))).all()
    )
    tied = [ties(ids) for ties, _ in _programmes.values()]
    return {
        id_: Scope(
            region=region,
            organisations=frozenset({id_}),
            programmes=frozenset().union(*(found.get(id_, frozenset()) for found in tied)),
        )
        for id_, region in regions.items()
    }


def visible(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The condition on `Organisation` for those on which the actor has this permission."""

    def in_programmes(held: Ids) -> ColumnElement[bool]:
        return or_(false(), *(condition(held) for _, condition in _programmes.values()))

    where = Where(region=Organisation.region, organisations=lambda held: Organisation.id.in_(held),
                  programmes=in_programmes)  # fmt: skip
    return within(actor, permission, where)


def get(actor: Actor, organisation_id: int, permission: Permission) -> Organisation:
    """The organisation, for somebody who has this permission on it; else `NoSuchOrganisation`."""
    found = db.session.get(Organisation, organisation_id)
    if found is None or not allows(actor, permission, scopes_of([found.id])[found.id]):
        raise NoSuchOrganisation
    return found


def by_ids(ids: Sequence[int]) -> dict[int, Organisation]:
    """These organisations by id, unchecked: for pages that have checked what names them."""
    return {one.id: one for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}


def known_as(name: str, region: str) -> Organisation | None:
    """The organisation of this name in the region, unchecked: so that one is not made twice."""
    return db.session.scalar(
        select(Organisation)
        .where(func.lower(Organisation.name) == name.strip().lower(), Organisation.region == region)
        .limit(1)
    )
