"""Reading what cohorts and activities left behind, with who made it, as far as the actor may see persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from app.delivery.kinds import OutputKind
from app.delivery.models import Activity, Cohort, Output, OutputOrganisation, OutputPerson, Programme
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission
from app.people.queries import persons


@dataclass(frozen=True, slots=True)
class Listed:
    """An output with the organisations it is of, and those who made it, each with their part."""

    output: Output
    people: tuple[tuple[Person, str], ...]
    organisations: tuple[Organisation, ...]


def of(actor: Actor, what: Programme | Cohort | Activity) -> list[Listed]:
    """What a programme, a cohort or an activity left behind, by day; three queries for any number of outputs."""
    made = db.session.scalars(select(Output).where(_of(what)).order_by(Output.made_on, Output.id)).all()
    ids = [one.id for one in made]
    people = db.session.execute(
        select(OutputPerson.output_id, Person, OutputPerson.part)
        .join(Person, Person.id == OutputPerson.person_id)
        .where(OutputPerson.output_id.in_(ids), persons.visible(actor, Permission.SEE_PEOPLE))
        .order_by(Person.family_names, Person.given_names, Person.id)
    ).all()
    organisations = db.session.execute(
        select(OutputOrganisation.output_id, Organisation)
        .join(Organisation, Organisation.id == OutputOrganisation.organisation_id)
        .where(OutputOrganisation.output_id.in_(ids))
        .order_by(Organisation.name, Organisation.id)
    ).all()
    return [
        Listed(
            one,
            tuple((person, part) for id_, person, part in people if id_ == one.id),
            tuple(organisation for id_, organisation in organisations if id_ == one.id),
        )
        for one in made
    ]


def by_kind(what: Programme | Cohort | Activity) -> dict[OutputKind, int]:
    """How many of each kind there are."""
    counted = select(Output.kind, func.count(Output.id)).where(_of(what)).group_by(Output.kind).order_by(Output.kind)
    return dict(db.session.execute(counted).all())


def get(of_programme: Programme, uid: str) -> Output | None:
    """An output of this programme by its uid."""
    if not uid.isprintable():
        return None
    return db.session.scalar(select(Output).where(Output.uid == uid, Output.programme_id == of_programme.id))


def makers_by_sex(
    what: Programme | Cohort | Activity, kinds: Sequence[OutputKind]
) -> dict[tuple[OutputKind, str], int]:
    """How many people, each once, stand behind outputs of these kinds, by kind and sex; e.g. women in power maps."""
    counted = (
        select(Output.kind, Person.sex, func.count(OutputPerson.person_id.distinct()))
        .join(OutputPerson, OutputPerson.output_id == Output.id)
        .join(Person, Person.id == OutputPerson.person_id)
        .where(_of(what), Output.kind.in_(kinds))
        .group_by(Output.kind, Person.sex)
        .order_by(Output.kind, Person.sex)
    )
    return {(kind, sex.value): number for kind, sex, number in db.session.execute(counted)}


def _of(what: Programme | Cohort | Activity) -> ColumnElement[bool]:
    if isinstance(what, Cohort):
        return Output.cohort_id == what.id
    if isinstance(what, Activity):
        return Output.activity_id == what.id
    return Output.programme_id == what.id
