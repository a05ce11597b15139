"""Writing many people on the list of an activity at once, each for the organisation that they come for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.delivery.kinds import ActivityOrganisationRole, ParticipationRole
from app.delivery.models import Activity, Cohort, Programme
from app.delivery.queries import activities, activity_people, scopes
from app.infra.transactions import transactional
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import organisations

from . import activities_people as actions
from .activities_people import Came


@transactional
def add_organisations(
    actor: Actor, activity: Activity, listed: Collection[Organisation], role: ActivityOrganisationRole,
    *, through: Programme | None = None,
) -> None:  # fmt: skip
    """Say that several organisations are in an activity, all in one role."""
    for organisation in listed:
        actions.add_organisation(actor, activity, organisation, role, through=through)


@transactional
def add_each(
    actor: Actor, activity: Activity, listed: Sequence[Person], role: ParticipationRole,
    *, through: Programme | None = None,
) -> None:  # fmt: skip
    """Write people on the list, each for the organisation in the activity that they belong to, where there is one."""
    of = activity_people.belonging(activity, [person.id for person in listed])
    groups: dict[Organisation | None, list[Person]] = {}
    for person in listed:
        groups.setdefault(of.get(person.id), []).append(person)
    for organisation, people in groups.items():
        actions.add_people(actor, activity, people, Came(role, organisation), through=through)


@transactional
def add_cohort(
    actor: Actor, activity: Activity, cohort: Cohort, role: ParticipationRole, *, through: Programme | None = None
) -> int:
    """Write all who are enrolled in a cohort on the list, each for the organisation that sent them; return how many.

    An organisation that is not in the activity yet takes part from now on.
    """
    check(actor, Permission.SEE_COHORT, scopes.of_cohort(cohort))
    enrolled = activity_people.enrolled_in(cohort)
    sent_by = organisations.by_ids([id_ for _, id_ in enrolled if id_ is not None])
    groups: dict[int | None, list[Person]] = {}
    for person, organisation_id in enrolled:
        groups.setdefault(organisation_id, []).append(person)
    for organisation_id, people in groups.items():
        organisation = None if organisation_id is None else sent_by[organisation_id]
        if organisation is not None and not activities.takes_part(activity, organisation.id):
            actions.add_organisation(actor, activity, organisation, through=through)
        actions.add_people(actor, activity, people, Came(role, organisation), through=through)
    return len(enrolled)
