"""Whose figures somebody may see: all of a programme, or those of their own organisation within it. Default is none.

Coordinators, monitoring and donors see all of the programmes that they run, follow or support; a donor's role within
their organisation stands for the programmes that this organisation pays for. A representative of an organisation sees
what its own people did, and nothing of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, false, func, or_, select

from app.delivery.kinds import ProgrammeRole
from app.delivery.models import Cohort, Enrolment, Programme, ProgrammeOrganisation
from app.delivery.queries import scopes
from app.delivery.queries.scopes import NoSuchProgramme
from app.infra.db import db
from app.people.permissions import Actor, Grant, Ids, Permission, Role, Scope, allows
from app.people.queries.within import Where, within


@dataclass(frozen=True, slots=True)
class View:
    """A programme as somebody may see its figures; `organisations` bounds them to what these did."""

    programme: Programme
    organisations: Ids | None = None

    @property
    def is_whole(self) -> bool:
        return self.organisations is None


def of(actor: Actor, slug: str) -> View:
    """The figures of a programme that this actor may see; else `NoSuchProgramme`."""
    programme = db.session.scalar(select(Programme).where(Programme.slug == slug)) if slug.isprintable() else None
    if programme is None:
        raise NoSuchProgramme
    if db.session.scalar(select(Programme.id).where(Programme.id == programme.id, whole(actor))) is not None:
        return View(programme)
    own = represented(actor)
    if not own or programme.id not in set(db.session.scalars(select(Programme.id).where(_reached_by(own)))):
        raise NoSuchProgramme
    return View(programme, own)


def visible(actor: Actor, *, named: str = "", limit: int = 100, offset: int = 0) -> Sequence[View]:
    """The programmes of which this actor may see figures, newest first; those whose name has these letters."""
    own = represented(actor)
    wanted = (
        select(Programme, whole(actor))
        .where(or_(whole(actor), _reached_by(own)))
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
    )
    if named:
        wanted = wanted.where(func.lower(Programme.name).contains(named.lower(), autoescape=True))
    seen = db.session.execute(wanted.limit(limit).offset(offset))
    return [View(programme, None if is_whole else own) for programme, is_whole in seen]


def whole(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Programme` for those of which the actor may see all figures."""
    paying = [
        Programme.id.in_(
            select(ProgrammeOrganisation.programme_id).where(
                ProgrammeOrganisation.role == ProgrammeRole.DONOR,
                ProgrammeOrganisation.organisation_id.in_(grant.scope.organisations or frozenset()),
            )
        )
        for grant in _within_organisations(actor, Role.DONOR)
    ]
    where = Where(region=Programme.region, programmes=lambda held: Programme.id.in_(held))
    return or_(within(_but_representing(actor), Permission.SEE_FIGURES, where), *paying)


def may_look_after(actor: Actor, programme: Programme) -> bool:
    """Whether the actor prepares and approves the figures of a programme."""
    return allows(actor, Permission.APPROVE_FIGURES, scopes.of_programme(programme))


def may_see_people(actor: Actor, view: View) -> bool:
    """Whether the actor may ask who stands behind a figure; whom they are then shown is asked person by person."""
    if view.organisations is None:
        return allows(_but_representing(actor), Permission.SEE_PEOPLE, scopes.of_programme(view.programme))
    return any(
        grant.gives(Permission.SEE_PEOPLE) and bool((grant.scope.organisations or frozenset()) & view.organisations)
        for grant in actor.grants
    )


def _but_representing(actor: Actor) -> Actor:
    """The actor without what they may as a representative: wherever that role holds, it is for their own alone."""
    return replace(actor, grants=tuple(grant for grant in actor.grants if grant.role is not Role.REPRESENTATIVE))


def represented(actor: Actor) -> Ids:
    """The organisations that somebody represents."""
    held = (grant.scope.organisations or frozenset() for grant in _within_organisations(actor, Role.REPRESENTATIVE))
    return frozenset().union(*held)


def _within_organisations(actor: Actor, role: Role) -> list[Grant]:
    """The grants of a role that are bounded by organisations and by nothing else."""
    return [
        grant
        for grant in actor.grants
        if grant.role is role
        and grant.gives(Permission.SEE_FIGURES)
        and grant.scope.organisations is not None
        and grant.scope == Scope(organisations=grant.scope.organisations)
    ]


def _reached_by(organisations: Ids) -> ColumnElement[bool]:
    """The condition on `Programme` for those in which one of these organisations takes part."""
    if not organisations:
        return false()
    taking_part = select(ProgrammeOrganisation.programme_id).where(
        ProgrammeOrganisation.organisation_id.in_(organisations)
    )
    sent = (
        select(Cohort.programme_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.organisation_id.in_(organisations))
    )
    return or_(Programme.id.in_(taking_part), Programme.id.in_(sent))
