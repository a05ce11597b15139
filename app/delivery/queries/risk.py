"""Who is at risk in a cohort, in a programme or among one's own: reckoned for all of them at once, in few queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select

from app.delivery.kinds import EnrolmentState, RiskLevel, SessionState
from app.delivery.models import (
    Cohort,
    CohortSession,
    CohortTrainer,
    Commitment,
    Enrolment,
    FollowUpContact,
    HarvestWindow,
    Intervention,
    Programme,
    RiskSetting,
)
from app.delivery.rules import risk as rules
from app.delivery.rules import risk_harvests
from app.delivery.rules.cohorts import OPEN
from app.delivery.rules.risk import ATTENDED, Inputs, Meeting, Risk, Thresholds
from app.delivery.rules.risk_harvests import Window
from app.infra.db import db
from app.people.kinds import ContactKind
from app.people.models import ContactPoint, Organisation, Person, PersonContact

from . import follow_up
from .follow_up import Chosen


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody enrolled, and how near they are to leaving. `contacts` newest first.

    `called` is what one says to them, `language` the first they speak (empty: not told), `region` the cohort's.
    """

    enrolment_id: int
    person_id: int
    name: str
    cohort_id: int
    cohort: str
    slug: str
    programme_id: int
    state: EnrolmentState
    returns_on: date | None
    risk: Risk
    contacts: Sequence[FollowUpContact]
    quiet_days: int
    called: str = ""
    language: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach somebody; not their `own` means a neighbour's or relative's, as `note` says."""

    kind: ContactKind
    value: str
    own: bool
    note: str


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call today: why is in the findings of `at_risk.risk`, in what is `due`, or that they `return` now."""

    at_risk: AtRisk
    reach: tuple[Reach, ...]
    due: tuple[Intervention, ...]


def settings(programme_ids: Sequence[int]) -> dict[int, tuple[Thresholds, tuple[Window, ...]]]:
    """The thresholds and the harvests that hold in each of these programmes."""
    asked = select(RiskSetting).where(RiskSetting.programme_id.in_(programme_ids))
    own = {one.programme_id: one.thresholds for one in db.session.scalars(asked)}
    windows: dict[int, list[Window]] = {}
    for one in db.session.scalars(
        select(HarvestWindow).where(HarvestWindow.programme_id.in_(programme_ids)).order_by(HarvestWindow.id)
    ):
        windows.setdefault(one.programme_id, []).append(
            Window(one.region, one.crop, one.from_month, one.until_month, one.source)
        )
    return {
        id_: (rules.thresholds(own.get(id_, {})), risk_harvests.known(windows.get(id_, ()))) for id_ in programme_ids
    }


def own(programme: Programme) -> tuple[Mapping[str, float], Sequence[HarvestWindow]]:
    """In which thresholds a programme differs, and the harvests it says itself, by region and crop."""
    held = db.session.scalar(select(RiskSetting).where(RiskSetting.programme_id == programme.id))
    windows = db.session.scalars(
        select(HarvestWindow)
        .where(HarvestWindow.programme_id == programme.id)
        .order_by(HarvestWindow.region, HarvestWindow.crop, HarvestWindow.id)
    ).all()
    return (held.thresholds if held else {}), windows


def window(programme: Programme, window_id: int) -> HarvestWindow:
    """A harvest that this programme said itself."""
    found = db.session.get(HarvestWindow, window_id)
    if found is None or found.programme_id != programme.id:
        raise risk_harvests.NoSuchHarvest
    return found


def of(chosen: Chosen, today: date) -> list[AtRisk]:
    """Everybody chosen who has not left, the nearest to leaving first; six queries."""
    rows = _rows(chosen)
    held = settings(sorted({row.programme_id for row in rows}))
    met, contacts, promised = follow_up.meetings(chosen), follow_up.contacts(chosen), _promised(chosen)
    found = []
    for row in rows:
        limits, windows = held[row.programme_id]
        made = contacts.get(row.id, [])
        inputs = _inputs(row, met.get(row.id, []), [one for one in made if one.on_date <= today], windows, today)
        groups, taught = promised.get(row.id, ([], 0))
        late = replace(inputs, task_days_late=rules.days_late(groups, taught, today))
        risk = rules.assess(late, today, limits)
        found.append(
            AtRisk(
                enrolment_id=row.id,
                person_id=row.person_id,
                name=f"{row.given_names} {row.family_names}".strip(),
                cohort_id=row.cohort_id,
                cohort=row.name,
                slug=row.slug,
                programme_id=row.programme_id,
                state=row.state,
                returns_on=row.returns_on,
                risk=risk,
                contacts=made,
                quiet_days=limits.quiet_days,
                called=row.known_as or row.given_names,
                language=(row.languages or [""])[0],
                region=row.cohort_region,
            )
        )
    return sorted(found, key=_urgency)


def _urgency(one: AtRisk) -> tuple[int, int, str, int]:
    return (-rules.ORDER.index(one.risk.level), -one.risk.facts.silent_days, one.name, one.enrolment_id)


def _rows(chosen: Chosen) -> Sequence[Any]:
    return db.session.execute(
        select(
            Enrolment.id,
            Enrolment.person_id,
            Enrolment.cohort_id,
            Enrolment.state,
            Enrolment.enrolled_on,
            Enrolment.returns_on,
            Person.given_names,
            Person.family_names,
            Person.known_as,
            Person.languages,
            Cohort.name,
            Cohort.slug,
            Cohort.programme_id,
            Cohort.region.label("cohort_region"),
            Organisation.region.label("organisation_region"),
            Organisation.crops,
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Organisation, Organisation.id == func.coalesce(Enrolment.organisation_id, Cohort.host_id))
        .where(Enrolment.id.in_(chosen), Enrolment.state.in_(OPEN))
    ).all()


def _promised(chosen: Chosen) -> dict[int, tuple[list[tuple[date, int]], int]]:
    """The groups each of these promised to teach, with the day, and how many of theirs have met; one query."""
    meets = exists().where(CohortSession.cohort_id == CohortTrainer.cohort_id, CohortSession.state == SessionState.HELD)
    taught = (
        select(func.count(func.distinct(CohortTrainer.cohort_id)))
        .where(CohortTrainer.qualified_by_id == Commitment.enrolment_id, meets)
        .correlate(Commitment)
        .scalar_subquery()
    )
    found: dict[int, tuple[list[tuple[date, int]], int]] = {}
    for enrolment_id, by, cohorts, held in db.session.execute(
        select(Commitment.enrolment_id, Commitment.by, Commitment.cohorts, taught)
        .where(Commitment.enrolment_id.in_(chosen))
        .order_by(Commitment.by, Commitment.id)
    ):
        found.setdefault(enrolment_id, ([], held))[0].append((by, cohorts))
    return found


def _inputs(
    row: Any, met: Sequence[Meeting], made: Sequence[FollowUpContact],
    windows: Sequence[Window], today: date,
) -> Inputs:  # fmt: skip
    seen = max((one.on for one in met if one.mark in ATTENDED), default=row.enrolled_on)
    return Inputs(
        meetings=met,
        enrolled_on=row.enrolled_on,
        state=row.state,
        returns_on=row.returns_on,
        reached_on=max((one.on_date for one in made if one.reached), default=None),
        reported=frozenset(one.reason for one in made if one.reason and one.on_date > seen),
        harvest=risk_harvests.harvest_on(windows, row.organisation_region or row.cohort_region, row.crops or (), today),
    )


def whom_to_call(chosen: Chosen, today: date) -> list[Call]:
    """Whom to call today, the most urgent first; eight queries.

    On the list are those at risk whom nobody has reached within the quiet days, and anybody with whom something agreed
    is due. With each stand the numbers to reach them by: their own and preferred ones first.
    """
    due = {
        enrolment_id: tuple(one for one in rows if one.due_on <= today)
        for enrolment_id, rows in follow_up.open_interventions(chosen).items()
    }
    everybody = of(chosen, today)
    wanted = [
        one
        for one in everybody
        if due.get(one.enrolment_id) or (one.risk.level is not RiskLevel.NONE and not _reached_lately(one, today))
    ]
    found = reach([one.person_id for one in wanted])
    return [Call(one, found.get(one.person_id, ()), due.get(one.enrolment_id, ())) for one in wanted]


def _reached_lately(one: AtRisk, today: date) -> bool:
    """Whether somebody was reached within the quiet days; that a break is over is said whatever was said before it."""
    since = one.returns_on if one.risk.facts.overdue_days is not None else None
    return any(
        made.reached and 0 <= (today - made.on_date).days < one.quiet_days and (since is None or made.on_date >= since)
        for made in one.contacts
    )


def reach(person_ids: Sequence[int]) -> dict[int, tuple[Reach, ...]]:
    """How each of these persons is reached, own and preferred ways first; one query, unchecked."""
    rows = db.session.execute(
        select(PersonContact.person_id, ContactPoint.kind, ContactPoint.value, PersonContact.own, PersonContact.note)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_point_id)
        .where(PersonContact.person_id.in_(person_ids))
        .order_by(PersonContact.own.desc(), PersonContact.preferred.desc(), PersonContact.id)
    )
    found: dict[int, tuple[Reach, ...]] = {}
    for person_id, kind, value, own, note in rows:
        found[person_id] = (*found.get(person_id, ()), Reach(kind, value, own, note))
    return found
