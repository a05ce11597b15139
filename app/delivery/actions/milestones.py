"""Training areas and targets of programmes, and the milestones that organisations plan and reach."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.delivery.kinds import TargetIndicator
from app.delivery.models import Milestone, OrganisationMilestone, Programme, ProgrammeTarget, TrainingArea
from app.delivery.queries import milestones as queries
from app.delivery.queries import scopes
from app.delivery.rules import cohorts
from app.delivery.rules import milestones as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Organisation
from app.people.permissions import Actor, Permission, check
from app.people.rules.persons import line


@transactional
def add_area(actor: Actor, programme: Programme, name: str) -> TrainingArea:
    """Name another thing that a programme trains in."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    there = len(queries.areas(programme))
    rules.check_room(there)
    made = TrainingArea(programme_id=programme.id, position=there + 1, name=cohorts.title(name))
    db.session.add(made)
    record(actor.account_id, "programme.area", made)
    return made


@transactional
def set_target(
    actor: Actor, programme: Programme, indicator: TargetIndicator, value: int,
    *, area: TrainingArea | None = None, by: date | None = None, note: str = "",
) -> ProgrammeTarget:  # fmt: skip
    """Promise a number, in all or in one area; promising it anew replaces it, and the record keeps the old one."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    rules.check_target(value)
    _check_area(programme, area)
    held = queries.target(programme, indicator, area)
    before = held.value if held else None
    if held is None:
        held = ProgrammeTarget(programme_id=programme.id, area_id=area.id if area else None, indicator=indicator.value)
        db.session.add(held)
    held.value, held.by, held.note = value, by, line(note)
    record(actor.account_id, "programme.target", programme, indicator=indicator, before=before, after=value)
    return held


@transactional
def add_milestone(
    actor: Actor, area: TrainingArea, name: str, *, wanted: int | None = None, by: date | None = None
) -> Milestone:
    """Name a step that organisations take in a training area; `wanted` is how many of them are to take it."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(db.session.get_one(Programme, area.programme_id)))
    if wanted is not None:
        rules.check_target(wanted)
    made = Milestone(uid=str(uuid.uuid4()), area_id=area.id, name=cohorts.title(name), wanted=wanted, by=by)
    db.session.add(made)
    record(actor.account_id, "milestone.named", made)
    return made


@transactional
def plan_milestone(
    actor: Actor, milestone: Milestone, organisation: Organisation, planned_for: date | None = None
) -> OrganisationMilestone:
    """Say that an organisation of the programme sets out for a milestone, and by when."""
    held = _held(actor, milestone, organisation)
    held.planned_for = planned_for
    record(actor.account_id, "milestone.planned", milestone, organisation=organisation.id)
    return held


@transactional
def plan_milestones(
    actor: Actor, milestone: Milestone, listed: Sequence[Organisation], planned_for: date | None = None
) -> None:
    """Say that several organisations set out for a milestone; all of them or none."""
    for organisation in listed:
        plan_milestone(actor, milestone, organisation, planned_for)


@transactional
def reach_milestone(
    actor: Actor, milestone: Milestone, organisation: Organisation, on: date | None, evidence: str
) -> OrganisationMilestone:
    """Say when an organisation reached a milestone and what shows it; without a day, that it has not after all."""
    held = _held(actor, milestone, organisation)
    rules.check_reached(on, evidence, clock.now().date())
    before = held.reached_on
    held.reached_on, held.evidence = on, line(evidence)
    record(
        actor.account_id, "milestone.reached", milestone, organisation=organisation.id,
        before=before and before.isoformat(), after=on and on.isoformat(),
    )  # fmt: skip
    return held


def _held(actor: Actor, milestone: Milestone, organisation: Organisation) -> OrganisationMilestone:
    """The organisation's place on the way to a milestone, made where there is none."""
    area = db.session.get_one(TrainingArea, milestone.area_id)
    programme = db.session.get_one(Programme, area.programme_id)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    if organisation.id not in queries.organisation_ids(programme):
        raise rules.NotInProgramme(name=organisation.called)
    held = db.session.scalar(
        select(OrganisationMilestone).where(
            OrganisationMilestone.milestone_id == milestone.id,
            OrganisationMilestone.organisation_id == organisation.id,
        )
    )
    if held is None:
        held = OrganisationMilestone(milestone_id=milestone.id, organisation_id=organisation.id)
        db.session.add(held)
    held.changed_at, held.changed_by_id = clock.now(), actor.account_id
    return held


def _check_area(programme: Programme, area: TrainingArea | None) -> None:
    if area is not None and area.programme_id != programme.id:
        raise scopes.NoSuchProgramme
