"""Whom a list of an activity offers: people by name, members of the organisations in it, those of a cohort."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select

from app.delivery.models import Activity, ActivityOrganisation, ActivityParticipation, Cohort, Enrolment, Programme
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.people.models import Affiliation, Organisation, Person
from app.people.permissions import Actor, Permission
from app.people.queries import persons

from . import scopes

MOST = 60


def offered(actor: Actor, activity: Activity, words: str) -> list[tuple[Person, Organisation | None]]:
    """People who are not on the list yet, by name: those whose names have the words, or members of its organisations.

    Each comes with an organisation in the activity that they belong to, where there is one; two queries.
    """
    listed = select(ActivityParticipation.person_id).where(
        ActivityParticipation.activity_id == activity.id, ActivityParticipation.removed_at.is_(None)
    )
    found = select(Person).where(
        persons.visible(actor, Permission.SEE_PEOPLE),
        Person.merged_into_id.is_(None),
        Person.erased_at.is_(None),
        Person.id.not_in(listed),
    )
    typed = words.lower().split()[:6]
    if typed:
        names = (Person.given_names, Person.family_names, Person.known_as)
        found = found.where(
            *(or_(*(func.lower(name).contains(word, autoescape=True) for name in names)) for word in typed)
        )
    else:
        found = found.where(Person.id.in_(_members(activity)))
    people = db.session.scalars(found.order_by(Person.family_names, Person.given_names, Person.id).limit(MOST)).all()
    of = belonging(activity, [one.id for one in people])
    return [(one, of.get(one.id)) for one in people]


def belonging(activity: Activity, ids: Sequence[int]) -> dict[int, Organisation]:
    """For which organisation in an activity these people would come: one that they belong to now."""
    rows = db.session.execute(
        select(Affiliation.person_id, Organisation)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .join(ActivityOrganisation, ActivityOrganisation.organisation_id == Organisation.id)
        .where(
            ActivityOrganisation.activity_id == activity.id,
            Affiliation.person_id.in_(ids),
            Affiliation.until.is_(None),
        )
        .order_by(Affiliation.id.desc())
    )
    return dict(rows.all())


def cohorts_of(actor: Actor, programme: Programme) -> Sequence[Cohort]:
    """The cohorts of a programme that somebody sees, by name."""
    return db.session.scalars(
        select(Cohort)
        .where(Cohort.programme_id == programme.id, scopes.cohorts_visible(actor, Permission.SEE_COHORT))
        .order_by(Cohort.name, Cohort.id)
        .limit(500)
    ).all()


def enrolled_in(cohort: Cohort) -> list[tuple[Person, int | None]]:
    """Who is enrolled in a cohort now, each with the organisation that sent them."""
    rows = db.session.execute(
        select(Person, Enrolment.organisation_id)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state.in_(OPEN))
        .order_by(Person.id)
    )
    return [(person, organisation) for person, organisation in rows]


def _members(activity: Activity) -> Select[int]:
    return (
        select(Affiliation.person_id)
        .join(ActivityOrganisation, ActivityOrganisation.organisation_id == Affiliation.organisation_id)
        .where(ActivityOrganisation.activity_id == activity.id, Affiliation.until.is_(None))
    )
