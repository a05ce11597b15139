"""One function for each way of coming by a figure; `computed` asks the one that a definition names. Unchecked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select

from app.delivery.kinds import ParticipationRole, ProgrammeRole, SessionState
from app.delivery.models import (
    Cohort,
    CohortSession,
    Milestone,
    OrganisationMilestone,
    ProgrammeOrganisation,
    SessionUnit,
    TrainingArea,
)
from app.delivery.queries import counting, counting_events
from app.delivery.rules.counting import By
from app.delivery.rules.small_groups import share_is_open
from app.infra.db import db
from app.people.kinds import Capacity, Sex
from app.people.kinds import Figure as Kept
from app.people.models import Affiliation, Person
from app.reporting.kinds import Measure, Split
from app.reporting.rules.definitions import Definition
from app.reporting.rules.figures import Figure
from app.reporting.rules.hiding import Counted, Told, told

from .asking import Question
from .desk import Desk
from .groups import country_of, largest, people_by, things_by
from .presence import rate

ACTIVE_DAYS = 365
TRAINERS = frozenset({ParticipationRole.TRAINER})
DECIDING = (Capacity.BOARD, Capacity.OVERSIGHT)


def computed(desk: Desk, definition: Definition) -> Figure | None:
    """The figure of a definition; None where it is not counted, not for what was asked, or a part of nothing."""
    if definition.measure is None:
        return None
    found = _MEASURES[definition.measure](desk, definition)
    return None if found is not None and found.of == 0 else found


def all_of(desk: Desk, definitions: Iterable[Definition]) -> dict[str, Figure]:
    """The figures of all definitions that can be counted for what was asked, by code."""
    found = ((one.code, computed(desk, one)) for one in definitions)
    return {code: figure for code, figure in found if figure is not None}


def _figure(definition: Definition, value: float | None, **more: Any) -> Figure:
    return Figure(definition.code, definition.version, value, **more)


def _people(desk: Desk, definition: Definition) -> Figure:
    summed = desk.everybody
    if definition.only is not None:
        summed = desk.presence.summed(desk.question.youth_until, definition.only)
    beside = None if definition.only is None else desk.everybody
    groups = {split: people_by(desk, summed, split, beside, times=False) for split in _splits(desk, definition)}
    return _figure(definition, len(summed.first), groups=groups, people=sorted(summed.first))


def _attendances(desk: Desk, definition: Definition) -> Figure:
    summed = desk.everybody
    groups = {split: people_by(desk, summed, split, None, times=True) for split in _splits(desk, definition)}
    return _figure(definition, summed.attendances, groups=groups, people=sorted(summed.first))


def _splits(desk: Desk, definition: Definition) -> Sequence[Split]:
    return definition.splits if desk.question.breaks_down else ()


def _people_share(desk: Desk, definition: Definition) -> Figure:
    split, key = definition.group or (Split.SEX, Sex.WOMAN.value)
    summed = desk.everybody
    held = summed.people_by[split].get(key, set())
    total = len(summed.first)
    groups = people_by(desk, summed, split, None, times=False) if desk.question.breaks_down else None
    shown = next((one.count for one in groups or () if one.key == key), 0) if groups is not None else None
    return _figure(definition, shown, of=total, people=sorted(held) if shown is not None else ())


def _organisations(desk: Desk, definition: Definition) -> Figure:
    ids = desk.reached
    groups = {
        Split.KIND: things_by(desk.kinds[id_][1] for id_ in ids),
        Split.COUNTRY: things_by(country_of(desk.kinds[id_][2]) for id_ in ids),
    }
    return _figure(definition, len(ids), groups=groups, organisations=sorted(ids))


def _families(desk: Desk, definition: Definition) -> Figure | None:
    if not desk.reached:
        return None
    held = counting_events.figure_of_all(desk.reached, Kept.FAMILIES, desk.question.until)
    if not held.counted:
        return None
    return _figure(definition, held.value, missing=len(held.missing), organisations=sorted(held.counted))


def _events(desk: Desk, definition: Definition) -> Figure | None:
    if desk.question.organisations is not None:
        return None
    asked = desk.question.asked()
    groups = {}
    for split, by in ((Split.KIND, By.KIND), (Split.COUNTRY, By.COUNTRY)):
        counted = counting_events.activities_by(asked, by)
        ranked = sorted(counted, key=lambda key: (-counted[key], str(key)))
        groups[split] = tuple(Told(str(key), counted[key]) for key in ranked)
    return _figure(definition, counting_events.activities(asked), groups=groups)


def _heads(desk: Desk, definition: Definition) -> Figure | None:
    if desk.question.organisations is not None:
        return None
    by_sex = counting_events.heads(desk.question.asked())
    total = sum(by_sex.values())
    if not total:
        return None
    counted = sorted((Counted(key, count, count) for key, count in by_sex.items()), key=largest)
    groups = {Split.SEX: told(total, counted)} if desk.question.breaks_down else {}
    return _figure(definition, total, groups=groups)


def _attendance_rate(desk: Desk, definition: Definition) -> Figure:
    attended, expected = rate(desk.question)
    return _figure(definition, round(attended, 1), of=expected)


def _completion(desk: Desk, definition: Definition) -> Figure:
    held = desk.standing
    return _figure(definition, len(held.completed), of=len(held.people), people=sorted(held.completed))


def _desertion(desk: Desk, definition: Definition) -> Figure:
    held = desk.standing
    return _figure(definition, len(held.deserted), of=len(held.people), people=sorted(held.deserted))


def _re_entry(desk: Desk, definition: Definition) -> Figure:
    held = desk.standing
    return _figure(definition, len(held.back), of=len(held.ever_left), people=sorted(held.back))


def _trainers_active(desk: Desk, definition: Definition) -> Figure | None:
    if desk.question.organisations is not None:
        return None
    until = desk.question.until
    ever = replace(desk.question.asked(), roles=TRAINERS, since=None, until=until)
    recent = replace(ever, since=until - timedelta(days=ACTIVE_DAYS))
    return _figure(definition, counting.people(recent), of=counting.people(ever))


def _women_deciding(desk: Desk, definition: Definition) -> Figure:
    question = desk.question
    taking_part = select(ProgrammeOrganisation.organisation_id).where(
        ProgrammeOrganisation.programme_id.in_(question.ids), ProgrammeOrganisation.role == ProgrammeRole.PARTICIPANT
    )
    wanted = (
        select(Person.id, Person.sex)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Affiliation.organisation_id.in_(taking_part),
            Affiliation.capacity.in_(DECIDING),
            or_(Affiliation.since.is_(None), Affiliation.since <= question.until),
            or_(Affiliation.until.is_(None), Affiliation.until > question.until),
            Person.merged_into_id.is_(None),
            Person.erased_at.is_(None),
        )
        .distinct()
    )
    if question.organisations is not None:
        wanted = wanted.where(Affiliation.organisation_id.in_(question.organisations))
    held = dict(db.session.execute(wanted).all())
    women = [id_ for id_, sex in held.items() if sex is Sex.WOMAN]
    is_open = share_is_open(len(women), len(held))
    return _figure(definition, len(women) if is_open else None, of=len(held), people=sorted(women) if is_open else ())


def _releases(desk: Desk, definition: Definition) -> Figure | None:
    question = desk.question
    if question.organisations is not None:
        return None
    value = db.session.scalar(
        select(func.count(SessionUnit.release_id.distinct()))
        .join(CohortSession, CohortSession.id == SessionUnit.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(
            Cohort.programme_id.in_(question.ids),
            SessionUnit.extent.is_not(None),
            CohortSession.state == SessionState.HELD,
            CohortSession.held_on.between(question.period.since, question.period.until),
        )
    )
    return _figure(definition, value or 0)


def _milestones(desk: Desk, definition: Definition) -> Figure | None:
    steps = _steps(desk.question)
    if not steps:
        return None
    reached = [organisation for organisation, was_reached in steps if was_reached]
    return _figure(definition, len(reached), of=len(steps), organisations=sorted(set(reached)))


def _improved(desk: Desk, definition: Definition) -> Figure | None:
    steps = _steps(desk.question)
    if not steps:
        return None
    improved = {organisation for organisation, was_reached in steps if was_reached}
    return _figure(definition, len(improved), of=len({one for one, _ in steps}), organisations=sorted(improved))


def _steps(question: Question) -> list[tuple[int, bool]]:
    """Organisation and whether it was reached in the period, of each milestone that was open to it then."""
    since, until = question.period.since, question.until
    wanted = (
        select(OrganisationMilestone.organisation_id, OrganisationMilestone.reached_on)
        .join(Milestone, Milestone.id == OrganisationMilestone.milestone_id)
        .join(TrainingArea, TrainingArea.id == Milestone.area_id)
        .where(
            TrainingArea.programme_id.in_(question.ids),
            or_(OrganisationMilestone.reached_on.is_(None), OrganisationMilestone.reached_on >= since),
        )
    )
    if question.organisations is not None:
        wanted = wanted.where(OrganisationMilestone.organisation_id.in_(question.organisations))
    return [(id_, on is not None and on <= until) for id_, on in db.session.execute(wanted)]


_MEASURES: Mapping[Measure, Callable[[Desk, Definition], Figure | None]] = {
    Measure.PEOPLE: _people,
    Measure.ATTENDANCES: _attendances,
    Measure.ORGANISATIONS: _organisations,
    Measure.FAMILIES: _families,
    Measure.EVENTS: _events,
    Measure.HEADS: _heads,
    Measure.PEOPLE_SHARE: _people_share,
    Measure.ATTENDANCE_RATE: _attendance_rate,
    Measure.COMPLETION: _completion,
    Measure.DESERTION: _desertion,
    Measure.RE_ENTRY: _re_entry,
    Measure.TRAINERS_ACTIVE: _trainers_active,
    Measure.WOMEN_DECIDING: _women_deciding,
    Measure.RELEASES: _releases,
    Measure.MILESTONES: _milestones,
    Measure.IMPROVED: _improved,
}
