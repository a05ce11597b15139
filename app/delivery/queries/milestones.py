"""Reading training areas, milestones and targets: which organisation was reached in which area, what was promised.

Unchecked: `scopes` is asked before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from app.delivery.kinds import ProgrammeRole, TargetIndicator
from app.delivery.models import (
    Activity,
    ActivityArea,
    ActivityOrganisation,
    ActivityParticipation,
    Milestone,
    OrganisationMilestone,
    Programme,
    ProgrammeOrganisation,
    ProgrammeTarget,
    TrainingArea,
)
from app.delivery.rules.activities import LEARNING
from app.delivery.rules.counting import AgeGroup, By
from app.infra.db import db
from app.people.kinds import Sex
from app.people.models import Organisation
from app.people.permissions import Ids

from . import counting, counting_events
from .counting_rows import Asked, of_activities


@dataclass(frozen=True, slots=True)
class Cell:
    """An organisation in a training area: in how many held activities, and how far it is with the area's milestones.

    `people` are those known by name who came for it, each once.
    """

    activities: int = 0
    planned: int = 0
    reached: int = 0
    people: int = 0

    @property
    def covered(self) -> bool:
        """Whether the organisation was trained in the area at all."""
        return self.activities > 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Organisations × training areas; every organisation and every area stands in it, covered or not."""

    organisations: Sequence[Organisation]
    areas: Sequence[TrainingArea]
    cells: dict[tuple[int, int], Cell]

    @property
    def covered(self) -> int:
        """How many cells are covered."""
        return sum(cell.covered for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """How many organisations are on the way to a milestone, and how many reached it by the day asked."""

    milestone: Milestone
    planned: int
    reached: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What was promised, and what came of it."""

    target: ProgrammeTarget
    reached: int


def areas(programme: Programme) -> Sequence[TrainingArea]:
    """The training areas of a programme in their order."""
    return db.session.scalars(
        select(TrainingArea).where(TrainingArea.programme_id == programme.id).order_by(TrainingArea.position)
    ).all()


def organisation_ids(programme: Programme) -> Ids:
    """The organisations that have any role in a programme."""
    found = select(ProgrammeOrganisation.organisation_id).where(ProgrammeOrganisation.programme_id == programme.id)
    return frozenset(db.session.scalars(found))


def matrix(programme: Programme) -> Matrix:
    """Which of the participating organisations was trained in which area, and how far they came; five queries."""
    organisations = db.session.scalars(
        select(Organisation)
        .join(ProgrammeOrganisation, ProgrammeOrganisation.organisation_id == Organisation.id)
        .where(
            ProgrammeOrganisation.programme_id == programme.id,
            ProgrammeOrganisation.role == ProgrammeRole.PARTICIPANT,
        )
        .order_by(Organisation.name, Organisation.id)
    ).all()
    held = db.session.execute(
        select(
            ActivityOrganisation.organisation_id, ActivityArea.area_id, func.count(ActivityArea.activity_id.distinct())
        )
        .join(ActivityArea, ActivityArea.activity_id == ActivityOrganisation.activity_id)
        .join(Activity, Activity.id == ActivityArea.activity_id)
        .join(TrainingArea, TrainingArea.id == ActivityArea.area_id)
        .where(
            TrainingArea.programme_id == programme.id,
            ActivityOrganisation.role.in_(counting_events.TAKING_PART),
            *of_activities(counting.of_programme(programme)),
        )
        .group_by(ActivityOrganisation.organisation_id, ActivityArea.area_id)
    )
    trained = {(organisation, area): number for organisation, area, number in held}
    steps = db.session.execute(
        select(
            OrganisationMilestone.organisation_id,
            Milestone.area_id,
            func.count(OrganisationMilestone.id),
            func.count(OrganisationMilestone.reached_on),
        )
        .join(Milestone, Milestone.id == OrganisationMilestone.milestone_id)
        .join(TrainingArea, TrainingArea.id == Milestone.area_id)
        .where(TrainingArea.programme_id == programme.id)
        .group_by(OrganisationMilestone.organisation_id, Milestone.area_id)
    )
    taken = {(organisation, area): (planned, reached) for organisation, area, planned, reached in steps}
    came = _people(programme)
    named = areas(programme)
    cells = {
        (one.id, area.id): Cell(
            trained.get((one.id, area.id), 0), *taken.get((one.id, area.id), (0, 0)), came.get((one.id, area.id), 0)
        )
        for one in organisations
        for area in named
    }
    return Matrix(organisations, named, cells)


def _people(programme: Programme) -> dict[tuple[int | None, int], int]:
    """How many people, each once, came for which organisation to learn in which area."""
    rows = db.session.execute(
        select(
            ActivityParticipation.organisation_id,
            ActivityArea.area_id,
            func.count(ActivityParticipation.person_id.distinct()),
        )
        .join(ActivityArea, ActivityArea.activity_id == ActivityParticipation.activity_id)
        .join(Activity, Activity.id == ActivityArea.activity_id)
        .join(TrainingArea, TrainingArea.id == ActivityArea.area_id)
        .where(
            TrainingArea.programme_id == programme.id,
            ActivityParticipation.programme_id == programme.id,
            ActivityParticipation.removed_at.is_(None),
            ActivityParticipation.role.in_(LEARNING),
            *of_activities(counting.of_programme(programme)),
        )
        .group_by(ActivityParticipation.organisation_id, ActivityArea.area_id)
    )
    return {(organisation, area): number for organisation, area, number in rows}


def steps(programme: Programme) -> dict[int, list[tuple[OrganisationMilestone, Organisation]]]:
    """Which organisations set out for each milestone, those that reached it first, by day and name."""
    rows = db.session.execute(
        select(OrganisationMilestone, Organisation)
        .join(Organisation, Organisation.id == OrganisationMilestone.organisation_id)
        .join(Milestone, Milestone.id == OrganisationMilestone.milestone_id)
        .join(TrainingArea, TrainingArea.id == Milestone.area_id)
        .where(TrainingArea.programme_id == programme.id)
        .order_by(OrganisationMilestone.reached_on.is_(None), OrganisationMilestone.reached_on, Organisation.name)
    )
    found: dict[int, list[tuple[OrganisationMilestone, Organisation]]] = {}
    for step, organisation in rows:
        found.setdefault(step.milestone_id, []).append((step, organisation))
    return found


def milestone(programme: Programme, uid: str) -> Milestone | None:
    """A milestone of this programme by its uid."""
    if not uid.isprintable():
        return None
    return db.session.scalar(
        select(Milestone)
        .join(TrainingArea, TrainingArea.id == Milestone.area_id)
        .where(Milestone.uid == uid, TrainingArea.programme_id == programme.id)
    )


def progress(programme: Programme, day: date) -> list[Progress]:
    """How far the organisations are with each milestone on a day, area by area."""
    reached = func.count(OrganisationMilestone.id).filter(OrganisationMilestone.reached_on <= day)
    rows = db.session.execute(
        select(Milestone, func.count(OrganisationMilestone.id), reached)
        .join(TrainingArea, TrainingArea.id == Milestone.area_id)
        .outerjoin(OrganisationMilestone, OrganisationMilestone.milestone_id == Milestone.id)
        .where(TrainingArea.programme_id == programme.id)
        .group_by(Milestone.id, TrainingArea.position)
        .order_by(TrainingArea.position, Milestone.id)
    )
    return [Progress(milestone, planned, done) for milestone, planned, done in rows]


def target(programme: Programme, indicator: TargetIndicator, area: TrainingArea | None) -> ProgrammeTarget | None:
    """What was promised of an indicator, in all or in one area."""
    of_area = ProgrammeTarget.area_id.is_(None) if area is None else ProgrammeTarget.area_id == area.id
    return db.session.scalar(
        select(ProgrammeTarget).where(
            ProgrammeTarget.programme_id == programme.id,
            ProgrammeTarget.indicator == indicator.value,
            of_area,
        )
    )


def targets(programme: Programme) -> list[Kept]:
    """What a programme promised and what came of it, up to the day promised; those of other layers are left out."""
    held = db.session.scalars(
        select(ProgrammeTarget).where(ProgrammeTarget.programme_id == programme.id).order_by(ProgrammeTarget.id)
    ).all()
    known = {indicator.value for indicator in TargetIndicator}
    return [Kept(one, _reached(programme, one)) for one in held if one.indicator in known]


def asked_of(programme: Programme, promised: ProgrammeTarget) -> Asked:
    """What is counted for a promise: all that the programme has lasted, in its area, up to its day."""
    return replace(counting.of_programme(programme), area=promised.area_id, until=promised.by)


def _reached(programme: Programme, promised: ProgrammeTarget) -> int:
    return _COUNT[TargetIndicator(promised.indicator)](asked_of(programme, promised))


def _women(asked: Asked) -> int:
    return counting.people_by(asked, By.SEX).get((Sex.WOMAN.value,), 0)


def _young(asked: Asked) -> int:
    return counting.people_by(asked, By.AGE).get((AgeGroup.YOUNG.value,), 0)


_COUNT = {
    TargetIndicator.PEOPLE: counting.people,
    TargetIndicator.WOMEN: _women,
    TargetIndicator.YOUNG: _young,
    TargetIndicator.ATTENDANCES: counting.attendances,
    TargetIndicator.ORGANISATIONS: counting_events.organisations,
    TargetIndicator.ACTIVITIES: counting_events.activities,
}
