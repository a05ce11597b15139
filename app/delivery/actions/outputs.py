"""Writing down what cohorts and activities leave behind, and making a need of a new edition from it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from app.delivery.kinds import OutputKind
from app.delivery.models import Activity, Cohort, Output, OutputOrganisation, OutputPerson, Programme
from app.delivery.queries import scopes
from app.delivery.rules import cohorts
from app.delivery.rules import outputs as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons
from app.people.rules.persons import line
from app.study.actions import needs
from app.study.models import Need


@dataclass(frozen=True, slots=True)
class OutputDetails:
    """What is said of an output."""

    kind: OutputKind
    title: str
    made_on: date
    summary: str = ""


@transactional
def keep_output(
    actor: Actor, of: Cohort | Activity, details: OutputDetails,
    *, people: Mapping[Person, str] | Sequence[Person] = (), organisations: Sequence[Organisation] = (),
) -> Output:  # fmt: skip
    """Write down what a cohort or an activity made, who made it (and their part in it), of which organisations."""
    programme = db.session.get_one(Programme, of.programme_id)
    _check(actor, of, programme)
    made = Output(
        uid=str(uuid.uuid4()),
        programme_id=programme.id,
        cohort_id=of.id if isinstance(of, Cohort) else None,
        activity_id=of.id if isinstance(of, Activity) else None,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    _describe(made, details)
    db.session.add(made)
    db.session.flush()
    parts = people if isinstance(people, Mapping) else dict.fromkeys(people, "")
    lying = persons.scopes_of([person.id for person in parts])
    for person, part in parts.items():
        check(actor, Permission.SEE_PEOPLE, lying[person.id])
        db.session.add(OutputPerson(output_id=made.id, person_id=person.id, part=line(part)))
    for organisation in dict.fromkeys(organisations):
        db.session.add(OutputOrganisation(output_id=made.id, organisation_id=organisation.id))
    record(actor.account_id, "output.kept", made, kind=details.kind)
    return made


@transactional
def change_output(
    actor: Actor, output: Output, details: OutputDetails, *, organisations: Sequence[Organisation] = ()
) -> None:  # fmt: skip
    """Change what is said of an output, and of which organisations it is from now on."""
    _check(actor, *_of(output))
    _describe(output, details)
    db.session.execute(delete(OutputOrganisation).where(OutputOrganisation.output_id == output.id))
    for organisation in dict.fromkeys(organisations):
        db.session.add(OutputOrganisation(output_id=output.id, organisation_id=organisation.id))
    record(actor.account_id, "output.changed", output)


@transactional
def name_makers(actor: Actor, output: Output, people: Sequence[Person], part: str) -> None:
    """Say who made an output and what their part was; naming somebody again replaces the part."""
    _check(actor, *_of(output))
    lying = persons.scopes_of([person.id for person in people])
    there = {
        one.person_id: one
        for one in db.session.scalars(select(OutputPerson).where(OutputPerson.output_id == output.id))
    }
    for person in people:
        check(actor, Permission.SEE_PEOPLE, lying[person.id])
        if person.id in there:
            there[person.id].part = line(part)
        else:
            db.session.add(OutputPerson(output_id=output.id, person_id=person.id, part=line(part)))
    record(actor.account_id, "output.makers", output, people=[person.id for person in people])


@transactional
def take_maker_off(actor: Actor, output: Output, person: Person) -> None:
    """Take somebody off an output who had no part in it."""
    _check(actor, *_of(output))
    mine = (OutputPerson.output_id == output.id, OutputPerson.person_id == person.id)
    db.session.execute(delete(OutputPerson).where(*mine))
    record(actor.account_id, "output.maker_off", output, person=person.id)


@transactional
def need_from(actor: Actor, output: Output, region: str, given: Mapping[str, str]) -> Need:
    """Make a need of a new edition from an output, for the region given; an edition is opened from it there.

    The actor keeps studies there; `given` is the sheet of a need.
    """
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(db.session.get_one(Programme, output.programme_id)))
    if output.need_id is not None:
        raise rules.HasItsNeed
    need = needs.keep_need(actor, region, given)
    db.session.flush()
    output.need_id = need.id
    record(actor.account_id, "output.need", output, need=need.id)
    return need


def _describe(output: Output, details: OutputDetails) -> None:
    if details.made_on > clock.now().date():
        raise rules.MadeAhead
    output.kind, output.title = details.kind, cohorts.title(details.title)
    output.summary, output.made_on = rules.summary(details.summary), details.made_on


def _of(output: Output) -> tuple[Cohort | Activity, Programme]:
    """What an output came from, and its programme."""
    programme = db.session.get_one(Programme, output.programme_id)
    if output.cohort_id is not None:
        return db.session.get_one(Cohort, output.cohort_id), programme
    return db.session.get_one(Activity, output.activity_id), programme


def _check(actor: Actor, of: Cohort | Activity, programme: Programme) -> None:
    """Whoever teaches a cohort keeps its outputs, whoever runs a programme those of its activities."""
    if isinstance(of, Cohort):
        check(actor, Permission.TEACH, scopes.of_cohort(of))
    else:
        check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
