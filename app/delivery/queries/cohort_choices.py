"""Reading what a form about a cohort offers: programmes, hosts, cohorts it may stem from. Unchecked but for actors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from app.delivery.models import Cohort, Programme, ProgrammeOrganisation
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import Actor, Permission

from . import cohorts, scopes


def programmes_to_run(actor: Actor) -> Sequence[Programme]:
    """The programmes in which the actor may open cohorts, by name."""
    return db.session.scalars(
        select(Programme)
        .where(scopes.programmes_visible(actor, Permission.RUN_COHORT), Programme.closed_on.is_(None))
        .order_by(Programme.name, Programme.id)
    ).all()


def programme_of(cohort: Cohort) -> Programme:
    """The programme that a cohort belongs to."""
    return db.session.get_one(Programme, cohort.programme_id)


def slug_of(cohort_id: int) -> str:
    """The short name of a cohort."""
    return db.session.get_one(Cohort, cohort_id).slug


def hosts(programme: Programme, cohort: Cohort | None = None) -> dict[int, Organisation]:
    """The organisations that can host a cohort: those of the programme, and the one that hosts it now; by name."""
    taking_part = select(ProgrammeOrganisation.organisation_id).where(
        ProgrammeOrganisation.programme_id == programme.id
    )
    offered: list[ColumnElement[bool]] = [Organisation.id.in_(taking_part)]
    if cohort is not None and cohort.host_id is not None:
        offered.append(Organisation.id == cohort.host_id)
    found = db.session.scalars(select(Organisation).where(or_(*offered)).order_by(Organisation.name, Organisation.id))
    return {one.id: one for one in found}


def parents(programme: Programme, cohort: Cohort | None = None) -> dict[int, Cohort]:
    """The cohorts that another one can stem from: of its programme, not itself; by name."""
    found = db.session.scalars(
        select(Cohort).where(Cohort.programme_id == programme.id).order_by(Cohort.name, Cohort.id)
    )
    return {one.id: one for one in found if cohort is None or one.id != cohort.id}


def free_slug(wanted: str) -> str:
    """A short name that no cohort has: the one wanted, or with the first number that makes it another."""
    slug, number = wanted, 1
    while cohorts.known(slug):
        number += 1
        slug = f"{wanted[:50]}-{number}"
    return slug
