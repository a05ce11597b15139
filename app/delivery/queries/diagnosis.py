"""Reading diagnoses, lines of action and what ties them to activities. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.delivery.models import (
    Activity,
    ActivityLine,
    ActivityProgramme,
    Diagnosis,
    Limitation,
    LimitationLine,
    LineOfAction,
    Programme,
)
from app.delivery.rules.diagnosis import Trace
from app.infra.db import db
from app.people.models import Organisation


def diagnoses(programme: Programme) -> Sequence[Diagnosis]:
    """The diagnoses of a programme by day."""
    return db.session.scalars(
        select(Diagnosis).where(Diagnosis.programme_id == programme.id).order_by(Diagnosis.on_date, Diagnosis.id)
    ).all()


def limitations(programme: Programme) -> Sequence[Limitation]:
    """All that the programme's diagnoses found, diagnosis by diagnosis."""
    return db.session.scalars(
        select(Limitation)
        .join(Diagnosis, Diagnosis.id == Limitation.diagnosis_id)
        .where(Diagnosis.programme_id == programme.id)
        .order_by(Diagnosis.on_date, Diagnosis.id, Limitation.position)
    ).all()


def limitations_of(diagnosis: Diagnosis) -> Sequence[Limitation]:
    """What one diagnosis found, in its order."""
    return db.session.scalars(
        select(Limitation).where(Limitation.diagnosis_id == diagnosis.id).order_by(Limitation.position)
    ).all()


def lines_of(programme: Programme) -> Sequence[LineOfAction]:
    """The lines of action of a programme in their order."""
    return db.session.scalars(
        select(LineOfAction).where(LineOfAction.programme_id == programme.id).order_by(LineOfAction.position)
    ).all()


def plan_of(line: LineOfAction) -> Sequence[Activity]:
    """The training plan of a line of action: its activities by the day they are planned for."""
    return db.session.scalars(
        select(Activity)
        .join(ActivityLine, ActivityLine.activity_id == Activity.id)
        .where(ActivityLine.line_id == line.id)
        .order_by(Activity.planned_on, Activity.id)
    ).all()


def trace(programme: Programme) -> Trace:
    """What answers what in a programme, to be read both ways; two queries for any number of them."""
    answers = db.session.execute(
        select(LimitationLine.limitation_id, LimitationLine.line_id)
        .join(LineOfAction, LineOfAction.id == LimitationLine.line_id)
        .where(LineOfAction.programme_id == programme.id)
    )
    serves = db.session.execute(
        select(ActivityLine.line_id, ActivityLine.activity_id)
        .join(LineOfAction, LineOfAction.id == ActivityLine.line_id)
        .where(LineOfAction.programme_id == programme.id)
    )
    return Trace(frozenset((a, b) for a, b in answers), frozenset((a, b) for a, b in serves))


def without_line(programme: Programme) -> Sequence[Activity]:
    """The activities of a programme that no line of action asks for, by day."""
    asked = (
        select(ActivityLine.activity_id)
        .join(LineOfAction, LineOfAction.id == ActivityLine.line_id)
        .where(LineOfAction.programme_id == programme.id)
    )
    return db.session.scalars(
        select(Activity)
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(ActivityProgramme.programme_id == programme.id, Activity.id.not_in(asked))
        .order_by(Activity.planned_on, Activity.id)
    ).all()


def get(programme: Programme, uid: str) -> Diagnosis | None:
    """A diagnosis of this programme by its uid."""
    if not uid.isprintable():
        return None
    return db.session.scalar(select(Diagnosis).where(Diagnosis.uid == uid, Diagnosis.programme_id == programme.id))


def line(programme: Programme, number: int) -> LineOfAction | None:
    """A line of action of this programme by its number."""
    return db.session.scalar(
        select(LineOfAction).where(LineOfAction.id == number, LineOfAction.programme_id == programme.id)
    )


def activities_in(trace: Trace) -> dict[int, Activity]:
    """The activities that some line of action asks for, by id, in the order of their days."""
    ids = {activity for _, activity in trace.line_activities}
    found = db.session.scalars(
        select(Activity).where(Activity.id.in_(ids)).order_by(Activity.planned_on, Activity.id)
    )  # fmt: skip
    return {one.id: one for one in found}


def groups(programme: Programme) -> dict[int, Organisation]:
    """The organisations with which a programme's diagnoses were made, by id."""
    asked = select(Diagnosis.organisation_id).where(Diagnosis.programme_id == programme.id)
    return {one.id: one for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(asked)))}
