"""Reading what cohorts and activities left behind, with who made it, as far as the actor may see persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.delivery.kinds import OutputKind
from app.delivery.models import (
    Activity,
    ActivityParticipation,
    Cohort,
    Enrolment,
    Output,
    OutputOrganisation,
    OutputPerson,
    Programme,
)
from app.infra.db import db
from app.people.kinds import Sex
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission
from app.people.queries import persons

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Listed:
    """An output with the organisations it is of, and those who made it, each with their part."""

    output: Output
    people: tuple[tuple[Person, str], ...]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of outputs: what each came from, and how many people, and women among them, made it."""

    listed: Sequence[Listed]
    total: int
    page: int
    pages: int
    origins: dict[int, str]
    makers: dict[int, tuple[int, int]]


def of(actor: Actor, what: Programme | Cohort | Activity) -> list[Listed]:
    """What a programme, a cohort or an activity left behind, by day; three queries for any number of outputs."""
    return _listed(actor, db.session.scalars(select(Output).where(_of(what)).order_by(Output.made_on, Output.id)).all())


def page(
    actor: Actor, what: Programme | Cohort, *, kind: OutputKind | None = None, number: int = 1
) -> Page:  # fmt: skip
    """A page of what a programme or a cohort left behind, newest first, of one kind where it is named."""
    chosen = [_of(what)] if kind is None else [_of(what), Output.kind == kind]
    total = db.session.scalar(select(func.count(Output.id)).where(*chosen)) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(number, pages)
    found = select(Output).where(*chosen).order_by(Output.made_on.desc(), Output.id.desc())
    made = db.session.scalars(found.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    listed = _listed(actor, made)
    return Page(listed, total, number, pages, origins(made), _makers([one.id for one in made]))


def one(actor: Actor, output: Output) -> Listed:
    """An output with those who made it."""
    return _listed(actor, [output])[0]


def makers_offered(actor: Actor, output: Output, words: str, most: int = 60) -> Sequence[Person]:
    """People not named in an output yet: those whose names have the words, or those of its cohort or activity."""
    named = select(OutputPerson.person_id).where(OutputPerson.output_id == output.id)
    found = select(Person).where(
        persons.visible(actor, Permission.SEE_PEOPLE),
        Person.merged_into_id.is_(None),
        Person.erased_at.is_(None),
        Person.id.not_in(named),
    )
    if typed := words.lower().split()[:6]:
        names = (Person.given_names, Person.family_names, Person.known_as)
        found = found.where(
            *(or_(*(func.lower(name).contains(word, autoescape=True) for name in names)) for word in typed)
        )
    else:
        enrolled = select(Enrolment.person_id).where(Enrolment.cohort_id == output.cohort_id)
        there = select(ActivityParticipation.person_id).where(
            ActivityParticipation.activity_id == output.activity_id, ActivityParticipation.removed_at.is_(None)
        )
        found = found.where(or_(Person.id.in_(enrolled), Person.id.in_(there)))
    return db.session.scalars(found.order_by(Person.family_names, Person.given_names, Person.id).limit(most)).all()


def origins(made: Sequence[Output]) -> dict[int, str]:
    """What each output came from, by name."""
    cohorts = dict(
        db.session.execute(
            select(Cohort.id, Cohort.name).where(Cohort.id.in_({one.cohort_id for one in made if one.cohort_id}))
        ).all()
    )
    activities = dict(
        db.session.execute(
            select(Activity.id, Activity.name).where(Activity.id.in_({o.activity_id for o in made if o.activity_id}))
        ).all()
    )
    return {one.id: cohorts.get(one.cohort_id or 0, "") or activities.get(one.activity_id or 0, "") for one in made}


def _makers(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many people made each output, and how many of them are women; seen or not."""
    rows = db.session.execute(
        select(OutputPerson.output_id, func.count(), func.count().filter(Person.sex == Sex.WOMAN))
        .join(Person, Person.id == OutputPerson.person_id)
        .where(OutputPerson.output_id.in_(ids))
        .group_by(OutputPerson.output_id)
    )
    return {output: (everybody, women) for output, everybody, women in rows}


def _listed(actor: Actor, made: Sequence[Output]) -> list[Listed]:
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
