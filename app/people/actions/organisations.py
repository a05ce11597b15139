"""Making and changing organisations, what they belong to, and their figures. Nothing is deleted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.kinds import Figure, OrganisationKind
from app.people.models import Organisation, OrganisationFigure, OrganisationTie
from app.people.permissions import Actor, NotAllowed, Permission, Scope, allows, check
from app.people.queries import organisations as queries
from app.people.rules import accounts, organisations, persons


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What is said of an organisation; a form's draft, checked when it is saved."""

    name: str
    region: str
    kind: OrganisationKind = OrganisationKind.COOPERATIVE
    short_name: str = ""
    place: str = ""
    crops: tuple[str, ...] = ()


@transactional
def create_organisation(
    actor: Actor, details: OrganisationDetails, *, within: Scope | None = None, demo: bool = False
) -> Organisation:
    """Put an organisation on the list; `within` is the programme it joins in the same action, where there is one."""
    check(actor, Permission.MANAGE_ORGANISATIONS, within or Scope(region=details.region))
    name = _name(details.name)
    if queries.known_as(name, details.region) is not None:
        raise organisations.OrganisationKnown(name=name)
    made = Organisation(
        uid=str(uuid.uuid4()), demo=demo, created_at=clock.now(), created_by_id=actor.account_id
    )  # fmt: skip
    _describe(made, details)
    db.session.add(made)
    record(actor.account_id, "organisation.made", made)
    return made


@transactional
def change_organisation(actor: Actor, organisation: Organisation, details: OrganisationDetails) -> None:
    """Change what is said of an organisation."""
    _check(actor, organisation)
    same = queries.known_as(_name(details.name), details.region)
    if same is not None and same.id != organisation.id:
        raise organisations.OrganisationKnown(name=same.name)
    _describe(organisation, details)
    record(actor.account_id, "organisation.changed", organisation)


@transactional
def tie(actor: Actor, upper: Organisation, lower: Organisation, since: date | None = None) -> OrganisationTie:
    """Say that `lower` belongs to `upper`, a federation or network; saying it twice changes nothing."""
    _check(actor, upper)
    _check(actor, lower)
    present = db.session.scalars(select(OrganisationTie).where(OrganisationTie.until.is_(None))).all()
    held = next((one for one in present if (one.upper_id, one.lower_id) == (upper.id, lower.id)), None)
    if held is not None:
        return held
    uppers: dict[int, list[int]] = {}
    for one in present:
        uppers.setdefault(one.lower_id, []).append(one.upper_id)
    organisations.check_tie(upper.id, lower.id, uppers)
    made = OrganisationTie(upper_id=upper.id, lower_id=lower.id, since=since)
    db.session.add(made)
    record(actor.account_id, "organisation.tied", lower, upper=upper.id)
    return made


@transactional
def untie(actor: Actor, tie: OrganisationTie, until: date) -> None:
    """Say that an organisation left what it belonged to; whoever manages one of the two may, for either can leave."""
    ends = db.session.scalars(select(Organisation).where(Organisation.id.in_([tie.upper_id, tie.lower_id]))).all()
    scopes = queries.scopes_of([one.id for one in ends])
    if not any(allows(actor, Permission.MANAGE_ORGANISATIONS, scope) for scope in scopes.values()):
        raise NotAllowed
    organisations.check_left(tie.since, until, clock.now().date())
    if tie.until is None:
        tie.until = until
        record(actor.account_id, "organisation.untied", db.session.get_one(Organisation, tie.lower_id),
               upper=tie.upper_id)  # fmt: skip


@transactional
def add_figure(
    actor: Actor, organisation: Organisation, figure: Figure, value: int, *, on: date, source: str = ""
) -> OrganisationFigure:
    """Note how many of something an organisation had on a day; earlier figures stay."""
    _check(actor, organisation)
    organisations.check_figure(value)
    organisations.check_not_ahead(on, clock.now().date())
    made = OrganisationFigure(
        organisation_id=organisation.id,
        figure=figure,
        value=value,
        on_date=on,
        source=persons.line(source),
        entered_at=clock.now(),
        entered_by_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "organisation.figure", organisation, figure=figure, value=value)
    return made


def _check(actor: Actor, organisation: Organisation) -> None:
    check(actor, Permission.MANAGE_ORGANISATIONS, queries.scopes_of([organisation.id])[organisation.id])


def _describe(organisation: Organisation, details: OrganisationDetails) -> None:
    accounts.check_scope(Scope(region=details.region), region_exists=i18n.is_region(details.region))
    organisation.name, organisation.region = _name(details.name), details.region
    organisation.short_name, organisation.place = persons.line(details.short_name), persons.line(details.place)
    organisation.kind, organisation.crops = details.kind, _lines(details.crops)


def _name(text: str) -> str:
    found = persons.line(text)
    if not found:
        raise organisations.NeedsOrganisationName(most=persons.LONGEST_LINE)
    return found


def _lines(texts: Sequence[str]) -> list[str]:
    return [found for found in (persons.line(text) for text in texts) if found]
