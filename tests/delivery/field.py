"""A programme in the field for tests: two co-operatives, a cohort of trainers, a cohort they teach, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.curriculum.models import Release
from app.curriculum.originals import Original
from app.delivery.actions import cohorts, programmes, sessions
from app.delivery.actions.cohorts import CohortDetails
from app.delivery.actions.programmes import ProgrammeDetails
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import CohortLevel, CohortState, ProgrammeRole, TeachingRole
from app.delivery.models import Cohort, CohortSession, Enrolment, Programme
from app.people import queries as accounts
from app.people.actions import organisations, persons
from app.people.actions.organisations import OrganisationDetails
from app.people.actions.persons import PersonDetails
from app.people.kinds import Sex
from app.people.models import Organisation, Person
from app.people.permissions import COMMAND_LINE, Actor, Role, Scope, own_grants
from app.people.rules.persons import Born
from tests import factories as make

START = date(2026, 3, 2)
UNIT = "my-coop-1-1"
OBSERVED = "Is observed while teaching alone, for the licence"


@dataclass
class Field:
    """What a test works with. `learners` are of the cascade cohort, from both co-operatives in turn."""

    release: Release
    programme: Programme
    coops: list[Organisation]
    masters: Cohort
    cohort: Cohort
    trainer: Person
    qualified: Enrolment
    learners: list[Enrolment]
    sessions: list[CohortSession]


def organisation(name: str, region: str = "PE-SAM") -> Organisation:
    """A co-operative."""
    return organisations.create_organisation(COMMAND_LINE, OrganisationDetails(name, region))


def person(name: str, organisation: Organisation | None = None, *, sex: Sex = Sex.WOMAN, year: int = 1990) -> Person:
    """Somebody of a co-operative."""
    given, _, family = name.partition(" ")
    details = PersonDetails(given, family, sex=sex, born=Born(year=year), region="PE-SAM")
    return persons.create_person(COMMAND_LINE, details, organisation)


def programme(slug: str = "san-martin", region: str = "PE-SAM") -> Programme:
    """A programme of one year."""
    return programmes.create_programme(COMMAND_LINE, slug, ProgrammeDetails("San Martín", region, START))


def cohort(
    of: Programme, slug: str, *, level: CohortLevel = CohortLevel.CASCADE, parent: Cohort | None = None,
    host: Organisation | None = None,
) -> Cohort:  # fmt: skip
    """An active cohort."""
    made = cohorts.open_cohort(COMMAND_LINE, of, slug, CohortDetails(slug, level, START), parent=parent, host=host)
    cohorts.set_state(COMMAND_LINE, made, CohortState.ACTIVE)
    return made


def field(learners: int = 6, meetings: int = 4, original: Original | None = None) -> Field:
    """Make all of it; taught is the usual small original, or another one that has its first unit too."""
    edition = make.load(original)
    release = make.newest(edition)
    of = programme()
    coops = [organisation("ACOPAGRO"), organisation("Oro Verde")]
    for coop in coops:
        programmes.take_part(COMMAND_LINE, of, coop, ProgrammeRole.PARTICIPANT)
    masters = cohort(of, "masters", level=CohortLevel.TRAINERS)
    trainer = person("Teresa Instructora", coops[0])
    qualified = cohorts.enrol(COMMAND_LINE, masters, trainer, START, organisation=coops[0])
    taught = cohort(of, "lamas", parent=masters, host=coops[0])
    cohorts.teach_from(COMMAND_LINE, taught, release, START)
    cohorts.add_trainer(
        COMMAND_LINE, taught, trainer, TeachingRole.LEAD, since=START, qualified_by=qualified, despite=OBSERVED
    )
    enrolled = [
        cohorts.enrol(
            COMMAND_LINE,
            taught,
            person(f"Persona{n} Ejemplo", coops[n % 2], sex=list(Sex)[n % 2], year=1970 + 5 * (n % 11)),
            START,
            organisation=coops[n % 2],
        )
        for n in range(learners)
    ]
    planned = sessions.plan_sessions(
        COMMAND_LINE,
        taught,
        [SessionDetails(f"Sesión {n + 1}", date(2026, 3, 6 + 7 * n), units=(UNIT,)) for n in range(meetings)],
    )
    return Field(release, of, coops, masters, taught, trainer, qualified, enrolled, planned)


def actor(username: str, role: Role, scope: Scope) -> Actor:
    """Somebody with one role."""
    return accounts.actor_of(make.account(username, role, scope))


def as_person(somebody: Person) -> Actor:
    """Somebody who holds no role and is simply who they are."""
    return Actor(account_id=None, name=somebody.name, grants=own_grants(somebody.id), person_id=somebody.id)
