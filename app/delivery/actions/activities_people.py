"""Who was at an activity: organisations, persons by name, and, kept apart from them, how many without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.delivery.kinds import ActivityOrganisationRole, ParticipationRole, SessionState
from app.delivery.models import Activity, ActivityHeadcount, ActivityOrganisation, ActivityParticipation, Programme
from app.delivery.queries import activities as queries
from app.delivery.queries import scopes
from app.delivery.rules import activities as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.actions import persons as people
from app.people.actions.persons import PersonDetails
from app.people.kinds import Capacity, Sex
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, Scope, check
from app.people.queries import persons
from app.people.rules.persons import line


@dataclass(frozen=True, slots=True)
class Came:
    """As what somebody was there. `capacity` is what they are in the organisation, read there unless said."""

    role: ParticipationRole = ParticipationRole.PARTICIPANT
    organisation: Organisation | None = None
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True)
class Heads:
    """So many people without names; ages with both ends, None where they were not asked."""

    people: int
    sex: Sex = Sex.NOT_STATED
    age_from: int | None = None
    age_to: int | None = None
    organisation: Organisation | None = None
    role: ParticipationRole = ParticipationRole.PARTICIPANT


@transactional
def add_organisation(
    actor: Actor, activity: Activity, organisation: Organisation,
    role: ActivityOrganisationRole = ActivityOrganisationRole.PARTICIPANT, *, through: Programme | None = None,
) -> ActivityOrganisation:  # fmt: skip
    """Say that an organisation is in an activity, `through` a programme; saying it twice changes nothing."""
    programme = _run(actor, activity, through)
    held = db.session.scalar(
        select(ActivityOrganisation).where(
            ActivityOrganisation.activity_id == activity.id,
            ActivityOrganisation.organisation_id == organisation.id,
            ActivityOrganisation.role == role,
        )
    )
    if held is not None:
        return held
    made = ActivityOrganisation(
        activity_id=activity.id, organisation_id=organisation.id, role=role, programme_id=programme.id
    )
    db.session.add(made)
    record(actor.account_id, "activity.organisation", activity, organisation=organisation.id, role=role)
    return made


@transactional
def drop_organisation(
    actor: Actor, activity: Activity, organisation: Organisation, role: ActivityOrganisationRole
) -> None:
    """Take an organisation out of an activity in one role; not where somebody is counted as having come for it."""
    held = db.session.scalars(
        select(ActivityOrganisation).where(
            ActivityOrganisation.activity_id == activity.id,
            ActivityOrganisation.organisation_id == organisation.id,
        )
    ).all()
    found = next((one for one in held if one.role is role), None)
    if found is None:
        raise rules.OrganisationNotThere(name=organisation.called)
    _run(actor, activity, db.session.get_one(Programme, found.programme_id))
    if len(held) == 1 and queries.sent_somebody(activity, organisation.id):
        raise rules.SentSomebody(name=organisation.called)
    db.session.delete(found)
    record(actor.account_id, "activity.organisation_out", activity, organisation=organisation.id, role=role)


@transactional
def add_person(
    actor: Actor, activity: Activity, person: Person, came: Came | None = None, *, through: Programme | None = None
) -> ActivityParticipation:
    """Write somebody on the list of an activity that was held, once and in one role; doing it again replaces it."""
    return add_people(actor, activity, [person], came, through=through)[0]


@transactional
def add_people(
    actor: Actor, activity: Activity, listed: Sequence[Person], came: Came | None = None,
    *, through: Programme | None = None,
) -> list[ActivityParticipation]:  # fmt: skip
    """Write several on the list at once, who came alike; all of them or none."""
    programme = _run(actor, activity, through)
    lying = persons.scopes_of([person.id for person in listed])
    for person in listed:
        check(actor, Permission.SEE_PEOPLE, lying[person.id])
    return _put(actor, activity, programme, listed, came or Came())


@transactional
def add_newcomer(
    actor: Actor, activity: Activity, details: PersonDetails, came: Came | None = None,
    *, through: Programme | None = None, demo: bool = False,
) -> ActivityParticipation:  # fmt: skip
    """Write somebody down who is on no list yet, of the organisation they came for, and that they were there."""
    programme = _run(actor, activity, through)
    check(actor, Permission.MANAGE_PEOPLE, scopes.of_programme(programme))
    came = came or Came()
    person = people.put_person(actor, details, came.organisation, capacity=came.capacity or Capacity.MEMBER, demo=demo)
    return _put(actor, activity, programme, [person], came)[0]


@transactional
def take_off(actor: Actor, activity: Activity, person: Person, why: str) -> None:
    """Take somebody off a list who was not there; the entry stays as a record, with the reason."""
    held = queries.participations(activity, [person.id]).get(person.id)
    if held is None or held.removed_at is not None:
        raise persons.NoSuchPerson
    _run(actor, activity, db.session.get_one(Programme, held.programme_id))
    reason = line(why)
    if not reason:
        raise rules.NeedsWhy
    held.removed_at, held.removed_by_id, held.removed_why = clock.now(), actor.account_id, reason
    record(actor.account_id, "activity.taken_off", activity, person=person.id, reason=reason)


@transactional
def count_heads(
    actor: Actor, activity: Activity, heads: Sequence[Heads], *, through: Programme | None = None
) -> None:  # fmt: skip
    """Say how many without names were there, through one programme; it replaces what was said of it before."""
    programme = _run(actor, activity, through)
    _check_held(activity)
    for one in heads:
        rules.check_headcount(one.people, one.age_from, one.age_to)
        _check_there(activity, one.organisation)
    rules.check_apart(
        [(o.sex, o.age_from, o.age_to, o.role, o.organisation.id if o.organisation else None) for o in heads]
    )
    mine = (ActivityHeadcount.activity_id == activity.id, ActivityHeadcount.programme_id == programme.id)
    before = sum(db.session.scalars(select(ActivityHeadcount.people).where(*mine)))
    db.session.execute(delete(ActivityHeadcount).where(*mine))
    db.session.add_all(
        ActivityHeadcount(
            activity_id=activity.id,
            programme_id=programme.id,
            organisation_id=one.organisation.id if one.organisation else None,
            role=one.role,
            sex=one.sex,
            age_from=one.age_from,
            age_to=one.age_to,
            people=one.people,
            entered_at=clock.now(),
            entered_by_id=actor.account_id,
        )
        for one in heads
    )
    record(actor.account_id, "activity.heads", activity, before=before, after=sum(one.people for one in heads))


def _put(
    actor: Actor, activity: Activity, programme: Programme, listed: Sequence[Person], came: Came
) -> list[ActivityParticipation]:
    _check_held(activity)
    _check_there(activity, came.organisation)
    ids = [person.id for person in listed]
    there = queries.participations(activity, ids)
    told = {} if came.organisation is None else queries.capacities_in(came.organisation.id, ids)
    made = []
    for id_ in dict.fromkeys(ids):
        held = there.get(id_)
        if held is None:
            held = ActivityParticipation(activity_id=activity.id, person_id=id_)
            db.session.add(held)
        elif held.removed_at is None and held.programme_id != programme.id:
            check(actor, Permission.RUN_PROGRAMME, _of(held.programme_id))
        held.programme_id, held.role = programme.id, came.role
        held.organisation_id = came.organisation.id if came.organisation else None
        held.capacity = came.capacity or told.get(id_)
        held.entered_at, held.entered_by_id = clock.now(), actor.account_id
        held.removed_at, held.removed_by_id, held.removed_why = None, None, ""
        made.append(held)
    record(actor.account_id, "activity.people", activity, people=ids, role=came.role)
    return made


def _of(programme_id: int) -> Scope:
    return scopes.of_programme(db.session.get_one(Programme, programme_id))


def _run(actor: Actor, activity: Activity, through: Programme | None) -> Programme:
    """The programme that somebody counts for, which the actor runs: the activity's own unless another is named."""
    programme = through or db.session.get_one(Programme, activity.programme_id)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    if programme.id not in queries.programme_ids(activity):
        raise rules.NotOfItsProgrammes
    return programme


def _check_held(activity: Activity) -> None:
    if activity.state is not SessionState.HELD:
        raise rules.NotHeldYet


def _check_there(activity: Activity, organisation: Organisation | None) -> None:
    if organisation is not None and not queries.takes_part(activity, organisation.id):
        raise rules.OrganisationNotThere(name=organisation.called)
