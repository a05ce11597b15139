"""Reading activities and who was there; where they lie, and, through them, persons. Counting is in counting.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, select, true

from app.core.errors import N_, Refused
from app.delivery.kinds import ActivityOrganisationRole, ParticipationRole
from app.delivery.models import (
    Activity,
    ActivityArea,
    ActivityHeadcount,
    ActivityLine,
    ActivityOrganisation,
    ActivityParticipation,
    ActivityProgramme,
    Cohort,
    CohortSession,
    LineOfAction,
    Programme,
    TrainingArea,
)
from app.infra.db import db
from app.people.kinds import Capacity
from app.people.models import Affiliation, Organisation, Person
from app.people.permissions import Actor, Ids, Permission, Scope, allows
from app.people.queries import persons
from app.people.queries.persons import Ties
from app.people.queries.within import Where, within


class NoSuchActivity(Refused):
    text = N_("There is no such activity, or your account does not show it.")
    status = 404


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody on an activity's list."""

    participation: ActivityParticipation
    person: Person
    organisation: Organisation | None


def install() -> None:
    """Tell the layer of people where persons lie because of activities."""
    persons.lies_in("activities", _Activities())


def of_activity(activity: Activity) -> Scope:
    """Where an activity lies: its region, the programmes it counts for, the organisations in it."""
    organisations = db.session.scalars(
        select(ActivityOrganisation.organisation_id).where(ActivityOrganisation.activity_id == activity.id)
    ).all()
    return Scope(
        region=activity.region,
        programmes=programme_ids(activity),
        organisations=frozenset(organisations) if organisations else None,
    )


def visible(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The condition on `Activity` for those on which the actor has this permission."""

    def of_organisations(held: Ids) -> ColumnElement[bool]:
        there = select(ActivityOrganisation.activity_id).where(ActivityOrganisation.organisation_id.in_(held))
        return Activity.id.in_(there)

    def of_programmes(held: Ids) -> ColumnElement[bool]:
        counted = select(ActivityProgramme.activity_id).where(ActivityProgramme.programme_id.in_(held))
        return Activity.id.in_(counted)

    where = Where(region=Activity.region, organisations=of_organisations, programmes=of_programmes)
    return within(actor, permission, where)


def get(actor: Actor, uid: str, permission: Permission) -> Activity:
    """The activity of an address, for somebody who has this permission on it."""
    found = db.session.scalar(select(Activity).where(Activity.uid == uid)) if uid.isprintable() else None
    if found is None or not allows(actor, permission, of_activity(found)):
        raise NoSuchActivity
    return found


def of_organisations(own: Ids | None) -> ColumnElement[bool]:
    """The condition on `Activity` for those that some of these organisations are in; all of them for None."""
    if own is None:
        return true()
    return Activity.id.in_(
        select(ActivityOrganisation.activity_id).where(ActivityOrganisation.organisation_id.in_(own))
    )


def counting_for(programme: Programme, uid: str, own: Ids | None = None) -> Activity | None:
    """The activity of this uid that counts for a programme, and that some of these organisations are in. Unchecked."""
    if not uid.isprintable():
        return None
    return db.session.scalar(
        select(Activity)
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(Activity.uid == uid, ActivityProgramme.programme_id == programme.id, of_organisations(own))
    )


def of_programme(programme: Programme) -> Sequence[Activity]:
    """The activities that count for a programme, its own and those it is a guest at, by day."""
    return db.session.scalars(
        select(Activity)
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(ActivityProgramme.programme_id == programme.id)
        .order_by(func.coalesce(Activity.held_on, Activity.planned_on), Activity.id)
    ).all()


def programme_ids(activity: Activity) -> Ids:
    """The programmes an activity counts for."""
    found = db.session.scalars(
        select(ActivityProgramme.programme_id).where(ActivityProgramme.activity_id == activity.id)
    )
    return frozenset(found)


def organisations_in(activity: Activity) -> dict[ActivityOrganisationRole, list[Organisation]]:
    """The organisations in an activity by their role, by name."""
    rows = db.session.execute(
        select(ActivityOrganisation.role, Organisation)
        .join(Organisation, Organisation.id == ActivityOrganisation.organisation_id)
        .where(ActivityOrganisation.activity_id == activity.id)
        .order_by(Organisation.name, Organisation.id)
    )
    found: dict[ActivityOrganisationRole, list[Organisation]] = {}
    for role, organisation in rows:
        found.setdefault(role, []).append(organisation)
    return found


def takes_part(activity: Activity, organisation_id: int) -> bool:
    """Whether an organisation is in an activity, in whichever role."""
    found = select(ActivityOrganisation.id).where(
        ActivityOrganisation.activity_id == activity.id,
        ActivityOrganisation.organisation_id == organisation_id,
    )
    return db.session.scalar(found.limit(1)) is not None


def sent_somebody(activity: Activity, organisation_id: int) -> bool:
    """Whether anybody is counted as having come for an organisation, by name or without."""
    by_name = select(ActivityParticipation.id).where(
        ActivityParticipation.activity_id == activity.id,
        ActivityParticipation.organisation_id == organisation_id,
        ActivityParticipation.removed_at.is_(None),
    )
    without = select(ActivityHeadcount.id).where(
        ActivityHeadcount.activity_id == activity.id, ActivityHeadcount.organisation_id == organisation_id
    )
    return any(db.session.scalar(found.limit(1)) is not None for found in (by_name, without))


def list_of(actor: Actor, activity: Activity) -> list[Present]:
    """Who was there, as far as the actor may see persons, by name; those taken off are left out."""
    rows = db.session.execute(
        select(ActivityParticipation, Person, Organisation)
        .join(Person, Person.id == ActivityParticipation.person_id)
        .outerjoin(Organisation, Organisation.id == ActivityParticipation.organisation_id)
        .where(
            ActivityParticipation.activity_id == activity.id,
            ActivityParticipation.removed_at.is_(None),
            persons.visible(actor, Permission.SEE_PEOPLE),
        )
        .order_by(Person.family_names, Person.given_names, Person.id)
    )
    return [Present(participation, person, organisation) for participation, person, organisation in rows]


def participations(activity: Activity, person_ids: Sequence[int]) -> dict[int, ActivityParticipation]:
    """These persons on the list of an activity, taken off or not, by id."""
    found = db.session.scalars(
        select(ActivityParticipation).where(
            ActivityParticipation.activity_id == activity.id, ActivityParticipation.person_id.in_(person_ids)
        )
    )
    return {one.person_id: one for one in found}


def headcounts(activity: Activity) -> Sequence[ActivityHeadcount]:
    """The numbers of people without names, as they were written."""
    return db.session.scalars(
        select(ActivityHeadcount)
        .where(ActivityHeadcount.activity_id == activity.id)
        .order_by(ActivityHeadcount.id)
    ).all()  # fmt: skip


def capacities_in(organisation_id: int, person_ids: Sequence[int]) -> dict[int, Capacity]:
    """What these persons are in an organisation now, the first told; who does not belong to it is left out."""
    rows = db.session.execute(
        select(Affiliation.person_id, Affiliation.capacity)
        .where(
            Affiliation.person_id.in_(person_ids),
            Affiliation.organisation_id == organisation_id,
            Affiliation.until.is_(None),
        )
        .order_by(Affiliation.id.desc())
    )
    return dict(rows.all())


def areas_of(programme: Programme) -> Ids:
    """The training areas of a programme."""
    return frozenset(db.session.scalars(select(TrainingArea.id).where(TrainingArea.programme_id == programme.id)))


def lines_of(programme: Programme) -> Ids:
    """The lines of action of a programme."""
    return frozenset(db.session.scalars(select(LineOfAction.id).where(LineOfAction.programme_id == programme.id)))


def may_be(session: CohortSession, programme_id: int) -> bool:
    """Whether a session is of a cohort of the programme and no activity is said to be it yet."""
    of = db.session.scalar(select(Cohort.programme_id).where(Cohort.id == session.cohort_id))
    taken = db.session.scalar(select(Activity.id).where(Activity.session_id == session.id))
    return of == programme_id and taken is None


def areas_and_lines(ids: Sequence[int]) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """The training areas and lines of action of these activities, by activity; two queries for any number."""
    areas = _grouped(select(ActivityArea.activity_id, ActivityArea.area_id).where(ActivityArea.activity_id.in_(ids)))
    lines = _grouped(select(ActivityLine.activity_id, ActivityLine.line_id).where(ActivityLine.activity_id.in_(ids)))
    return {id_: (frozenset(areas.get(id_, ())), frozenset(lines.get(id_, ()))) for id_ in ids}


def roles_of(activity: Activity) -> dict[ParticipationRole, int]:
    """How many named people were there in each role."""
    rows = db.session.execute(
        select(ActivityParticipation.role, func.count(ActivityParticipation.id))
        .where(ActivityParticipation.activity_id == activity.id, ActivityParticipation.removed_at.is_(None))
        .group_by(ActivityParticipation.role)
    )
    return dict(rows.all())


def _grouped(pairs: object) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in db.session.execute(pairs):  # type: ignore[call-overload]
        found.setdefault(one, set()).add(other)
    return found


class _Activities:
    """Persons lie in the programme through which they came to an activity, and in the organisation they came for."""

    def ties(self, ids: Sequence[int]) -> Mapping[int, Ties]:
        rows = db.session.execute(
            select(
                ActivityParticipation.person_id,
                ActivityParticipation.organisation_id,
                ActivityParticipation.programme_id,
            ).where(ActivityParticipation.person_id.in_(ids), ActivityParticipation.removed_at.is_(None))
        )
        found: dict[int, tuple[set[int], set[int]]] = {}
        for person_id, organisation_id, programme_id in rows:
            sent_by, through = found.setdefault(person_id, (set(), set()))
            through.add(programme_id)
            if organisation_id is not None:
                sent_by.add(organisation_id)
        return {id_: Ties(frozenset(sent_by), frozenset(through)) for id_, (sent_by, through) in found.items()}

    def of_organisations(self, held: Ids) -> ColumnElement[bool]:
        return self._there(ActivityParticipation.organisation_id.in_(held))

    def of_programmes(self, held: Ids) -> ColumnElement[bool]:
        return self._there(ActivityParticipation.programme_id.in_(held))

    def of_teachers(self, held: Ids) -> ColumnElement[bool]:
        return false()

    @staticmethod
    def _there(condition: ColumnElement[bool]) -> ColumnElement[bool]:
        there = select(ActivityParticipation.person_id).where(ActivityParticipation.removed_at.is_(None), condition)
        return Person.id.in_(there)
