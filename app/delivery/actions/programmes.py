"""Making programmes, and saying which organisations take part in them, as what."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.delivery.kinds import ProgrammeRole
from app.delivery.models import Programme, ProgrammeOrganisation
from app.delivery.queries import programmes as queries
from app.delivery.queries import scopes
from app.delivery.rules import cohorts as rules
from app.delivery.rules import programmes
from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.actions import organisations
from app.people.actions.organisations import OrganisationDetails
from app.people.models import Organisation
from app.people.permissions import Actor, Permission, Scope, check
from app.people.queries import organisations as organisation_queries
from app.people.rules.accounts import check_scope


@dataclass(frozen=True, slots=True)
class ProgrammeDetails:
    """What is said of a programme; a form's draft, checked when it is saved."""

    name: str
    region: str
    starts_on: date
    ends_on: date | None = None
    purpose: str = ""
    languages: tuple[str, ...] = ("es",)
    youth_until: int = 29
    year_starts_in: int = 1


@transactional
def create_programme(actor: Actor, slug: str, details: ProgrammeDetails, *, demo: bool = False) -> Programme:
    """Make a programme; its `slug` names it in addresses for good."""
    check(actor, Permission.RUN_PROGRAMME, Scope(region=details.region))
    programmes.check_slug(slug)
    if db.session.scalar(select(Programme.id).where(Programme.slug == slug)) is not None:
        raise programmes.SlugTaken(slug=slug)
    made = Programme(
        uid=str(uuid.uuid4()), slug=slug, demo=demo, created_at=clock.now(), created_by_id=actor.account_id
    )  # fmt: skip
    _describe(made, details)
    db.session.add(made)
    record(actor.account_id, "programme.made", made)
    return made


@transactional
def change_programme(actor: Actor, programme: Programme, details: ProgrammeDetails) -> None:
    """Change what is said of a programme."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    check(actor, Permission.RUN_PROGRAMME, Scope(region=details.region, programmes=frozenset({programme.id})))
    _describe(programme, details)
    record(actor.account_id, "programme.changed", programme)


@transactional
def take_part(
    actor: Actor, programme: Programme, organisation: Organisation, role: ProgrammeRole, *, since: date | None = None
) -> ProgrammeOrganisation:
    """Say that an organisation takes part in a programme; saying it twice changes nothing."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    held = db.session.scalar(
        select(ProgrammeOrganisation).where(
            ProgrammeOrganisation.programme_id == programme.id,
            ProgrammeOrganisation.organisation_id == organisation.id,
            ProgrammeOrganisation.role == role,
        )
    )
    if held is not None:
        held.until = None
        return held
    made = ProgrammeOrganisation(
        programme_id=programme.id, organisation_id=organisation.id, role=role, since=since
    )  # fmt: skip
    db.session.add(made)
    record(actor.account_id, "programme.joined", programme, organisation=organisation.id, role=role)
    return made


@transactional
def take_parts(
    actor: Actor, programme: Programme, listed: Sequence[Organisation], role: ProgrammeRole,
    *, since: date | None = None,
) -> None:  # fmt: skip
    """Let several organisations take part, all in one role; all of them or none."""
    for organisation in listed:
        take_part(actor, programme, organisation, role, since=since)


@transactional
def bring_in(
    actor: Actor, programme: Programme, details: OrganisationDetails, role: ProgrammeRole,
    *, since: date | None = None,
) -> ProgrammeOrganisation:  # fmt: skip
    """Let an organisation take part by its name; one that is on no list yet is put on it, as the details say.

    One that the actor does not see is left to those who do: whoever runs a programme manages what takes part in it.
    """
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    found = organisation_queries.known_as(details.name, details.region)
    if found is None:
        found = organisations.create_organisation(actor, details, within=scopes.of_programme(programme))
        db.session.flush()
    elif not queries.known_among(actor, [found.id]):
        raise programmes.NotYourOrganisation(name=found.name)
    return take_part(actor, programme, found, role, since=since)


@transactional
def end_part(actor: Actor, programme: Programme, part: ProgrammeOrganisation, until: date | None) -> None:
    """Say on which day an organisation left a role; without a day, that it has not left after all."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    if part.programme_id != programme.id:
        raise scopes.NoSuchProgramme
    programmes.check_part(part.since, until)
    part.until = until
    record(
        actor.account_id, "programme.left", programme, organisation=part.organisation_id, role=part.role,
        until=until and until.isoformat(),
    )  # fmt: skip


def _describe(programme: Programme, details: ProgrammeDetails) -> None:
    check_scope(Scope(region=details.region), region_exists=i18n.is_region(details.region))
    rules.check_dates(details.starts_on, details.ends_on)
    programmes.check_year(details.youth_until, details.year_starts_in)
    programmes.check_languages(details.languages)
    programme.name, programme.purpose = rules.title(details.name), programmes.purpose(details.purpose)
    programme.region, programme.languages = details.region, list(details.languages)
    programme.starts_on, programme.ends_on = details.starts_on, details.ends_on
    programme.youth_until, programme.year_starts_in = details.youth_until, details.year_starts_in
