"""Two programmes that share nothing, and everybody who may have to do with one of them, for the attacks.

Who may do what where is computed here from the permission table's rows, not by the functions that are under attack.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.curriculum.models import Release
from app.delivery.actions import (
    activities,
    activities_people,
    attendance,
    cohorts,
    diagnosis,
    follow_up,
    joining,
    licences,
    milestones,
    outputs,
    places,
    programmes,
    risk,
    sessions,
)
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.attendance import Batch
from app.delivery.actions.diagnosis import DiagnosisDetails
from app.delivery.actions.outputs import OutputDetails
from app.delivery.actions.places import PlaceDetails
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import ActivityKind, LicenceKind, OutputKind, PlaceKind, ProgrammeRole, TeachingRole
from app.delivery.models import Activity, Cohort, Enrolment, Programme, ProgrammeOrganisation, Quarantined
from app.delivery.rules.risk_harvests import Window
from app.infra.db import db
from app.learning.actions import assessments, certificates
from app.learning.kinds import AssessmentKind, CertificateKind, ItemKind
from app.learning.rules.assessments import OwnItem
from app.people.actions import cards, consents, organisations, persons
from app.people.actions.persons import PersonDetails
from app.people.kinds import ConsentHow, ConsentPurpose, ContactKind
from app.people.models import Affiliation, Organisation, Person
from app.people.permissions import COMMAND_LINE, TABLE, WITHIN_ONE, Permission, Role, Scope
from app.reporting.actions import snapshots
from tests import factories
from tests.delivery import field as make

HERE, ELSEWHERE = "here", "elsewhere"
FAMILIES = ("cohorts", "programmes", "organisations", "persons", "assessments", "reports", "my", "certificates")


@dataclass(frozen=True)
class Lies:
    """Where a thing lies: its region, and the names of what else it lies in."""

    region: str
    organisations: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    teachers: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Holds:
    """A role and the one thing it is held in: a region, an organisation, a programme, or nothing for everywhere."""

    role: Role
    region: str = ""
    organisation: str = ""
    programme: str = ""
    curriculum: str = ""

    def covers(self, lies: Lies) -> bool:
        """Whether the role holds where the thing lies."""
        return (
            (not self.curriculum)
            and (not self.region or lies.region == self.region or lies.region.startswith(self.region + "-"))
            and (not self.organisation or self.organisation in lies.organisations)
            and (not self.programme or self.programme in lies.programmes)
        )


# Who there is: what they hold, and whose account it is. A person's account needs some role; it opens nothing here.
EVERYBODY: dict[str, tuple[Holds | None, str]] = {
    "visitor": (None, ""),
    "admin": (Holds(Role.ADMINISTRATOR), ""),
    "coordinator.region": (Holds(Role.COORDINATOR, region="PE"), ""),
    "coordinator.here": (Holds(Role.COORDINATOR, programme=HERE), ""),
    "coordinator.elsewhere": (Holds(Role.COORDINATOR, programme=ELSEWHERE), ""),
    "coordinator.coop": (Holds(Role.COORDINATOR, organisation="coop.here"), ""),
    "master.here": (Holds(Role.MASTER_TRAINER, programme=HERE), ""),
    "trainer.here": (Holds(Role.READER, curriculum="my-coop"), "trainer.here"),
    "trainer.elsewhere": (Holds(Role.READER, curriculum="my-coop"), "trainer.elsewhere"),
    "learner.here": (Holds(Role.READER, curriculum="my-coop"), "learner.here"),
    "observer.here": (Holds(Role.OBSERVER, programme=HERE), ""),
    "monitoring.here": (Holds(Role.MONITORING, programme=HERE), ""),
    "monitoring.region": (Holds(Role.MONITORING, region="SV"), ""),
    "donor.here": (Holds(Role.DONOR, programme=HERE), ""),
    "donor.elsewhere": (Holds(Role.DONOR, programme=ELSEWHERE), ""),
    "representative.coop": (Holds(Role.REPRESENTATIVE, organisation="coop.here"), ""),
    "designer": (Holds(Role.DESIGNER, curriculum="my-coop"), ""),
}


def may(who: str, permission: Permission, lies: Lies | None = None) -> bool:
    """What the table says of somebody; with no place, whether anywhere."""
    held, person = EVERYBODY[who]
    if held is None:
        return False
    regional = not held.organisation and not held.programme
    given = permission in TABLE[held.role] and (regional or permission in WITHIN_ONE)
    if given and (lies is None or held.covers(lies)):
        return True
    if person and permission in TABLE[Role.TRAINER] and (lies is None or person in lies.teachers):
        return True
    return bool(person) and permission in TABLE[Role.LEARNER] and (lies is None or person in lies.persons)


@dataclass
class Ground:
    """One of the two programmes: what its addresses are filled with, and where its things lie."""

    name: str
    parts: dict[str, Any]
    lies: dict[str, Lies]
    programme: Programme
    cohort: Cohort
    coop: Organisation
    trainer: Person
    learners: list[Enrolment] = field(default_factory=list)


def _person(name: str, coop: Organisation) -> Person:
    given, _, family = name.partition(" ")
    return persons.create_person(COMMAND_LINE, PersonDetails(given, family, region=coop.region), coop)


def _ground(name: str, region: str, release: Release) -> Ground:
    of = make.programme(f"{name}-programme", region)
    coop = make.organisation(f"Cooperativa {name}", region)
    programmes.take_part(COMMAND_LINE, of, coop, ProgrammeRole.PARTICIPANT)
    taught = make.cohort(of, f"{name}-cohort", host=coop)
    cohorts.teach_from(COMMAND_LINE, taught, release, make.START)
    trainer = _person(f"Formadora {name}", coop)
    cohorts.add_trainer(COMMAND_LINE, taught, trainer, TeachingRole.LEAD, since=make.START, despite="Red nueva")
    learners = [
        cohorts.enrol(COMMAND_LINE, taught, _person(f"Persona{n} {name}", coop), make.START, organisation=coop)
        for n in range(3)
    ]
    planned = sessions.plan_sessions(
        COMMAND_LINE,
        taught,
        [SessionDetails(f"Sesión {n + 1}", date(2026, 3, 6 + 7 * n), units=(make.UNIT,)) for n in range(2)],
    )
    activity = activities.plan_activity(COMMAND_LINE, of, ActivityDetails("Foro", ActivityKind.FORUM, make.START))
    activities_people.add_organisation(COMMAND_LINE, activity, coop)
    programme_lies = Lies(region, programmes=frozenset({name}))
    cohort_lies = Lies(region, frozenset({f"coop.{name}"}), frozenset({name}), teachers=frozenset({f"trainer.{name}"}))
    person_lies = Lies(
        region,
        frozenset({f"coop.{name}"}),
        frozenset({name}),
        frozenset({f"trainer.{name}"}),
        frozenset({f"learner.{name}"}),
    )
    return Ground(
        name,
        {
            "programmes.slug": of.slug,
            "reports.slug": of.slug,
            "slug": taught.slug,
            "number": planned[0].number,
            "enrolment": learners[0].id,
            "person": learners[0].person_id,
            "organisation": coop.id,
            **_of_programme(of, activity, trainer),
            **_of_cohort(taught, learners[0], trainer),
            **_of_person(learners[0], learners[1], coop),
            "reports.code": "people",
            "reports.uid": snapshots.prepare(COMMAND_LINE, [of], None).uid,
            "purpose": "messages",
            "cohorts.observe.person": trainer.id,
            "cohorts.keep_observation.person": trainer.id,
            "cohorts.kind": "csv",
            "cohorts.name": "list",
            "unit": make.UNIT,
        },
        {
            "programmes": programme_lies,
            "taking part": Lies(region, frozenset({f"coop.{name}"}), frozenset({name})),
            "reports": programme_lies,
            "cohorts": cohort_lies,
            "assessments": cohort_lies,
            "sync": cohort_lies,
            "organisations": Lies(region, frozenset({f"coop.{name}"}), frozenset({name})),
            "persons": person_lies,
        },
        of,
        taught,
        coop,
        trainer,
        learners,
    )


def _of_programme(of: Programme, activity: Activity, trainer: Person) -> dict[str, Any]:
    """One of everything that a programme holds, by the endpoints that show or change it."""
    area = milestones.add_area(COMMAND_LINE, of, "Calidad")
    found = diagnosis.keep_diagnosis(COMMAND_LINE, of, DiagnosisDetails("Consulta", make.START, ("Falta agua",)))
    output = outputs.keep_output(COMMAND_LINE, activity, OutputDetails(OutputKind.REPORT, "Memoria", make.START))
    place = places.add_place(COMMAND_LINE, of, PlaceDetails(PlaceKind.MARKET, "Mercado", [[-76.3, -6.4]]))
    licence = licences.grant(COMMAND_LINE, of, trainer, LicenceKind.TRAINER, on=make.START, despite="Red nueva")
    milestone = milestones.add_milestone(COMMAND_LINE, area, "Plan de calidad")
    by_uid = {
        activity.uid: (
            "activity", "edit_activity", "change_activity", "share_activity", "report_activity", "add_organisations",
            "activity_list", "add_people", "add_cohort", "add_newcomer", "take_off", "count_heads", "activity_sheet",
            "drop_organisation",
        ),
        milestone.uid: ("plan_milestone", "reach_milestone"),
        found.uid: ("edit_diagnosis", "change_diagnosis"),
        output.uid: (
            "output", "change_output", "name_makers", "take_maker_off", "output_need", "keep_output_need",
        ),
        place.uid: ("edit_place", "change_place", "archive_place"),
        licence.uid: ("renew_licence", "revoke_licence"),
    }  # fmt: skip
    part = db.session.scalars(select(ProgrammeOrganisation).where(ProgrammeOrganisation.programme_id == of.id)).one()
    return {
        **{f"programmes.{name}.uid": uid for uid, names in by_uid.items() for name in names},
        "programmes.person": trainer.id,
        "line": diagnosis.add_line(COMMAND_LINE, of, "Cosecha de agua").id,
        "part": part.id,
        "window": risk.add_harvest(COMMAND_LINE, of, Window(of.region, "café", 4, 8, "Calendario")).id,
    }


def _of_cohort(taught: Cohort, learner: Enrolment, trainer: Person) -> dict[str, Any]:
    """An agreement with somebody, an assessment and a certificate."""
    agreed = follow_up.agree(COMMAND_LINE, learner, trainer, "Visitarla", on=make.START, due=make.START)
    asked = assessments.create_assessment(
        COMMAND_LINE, taught, AssessmentKind.SURVEY, "Encuesta",
        own=[OwnItem(ItemKind.OPEN, {"es": "¿Qué le sirvió?"})],
    )  # fmt: skip
    given = certificates.issue(COMMAND_LINE, learner, CertificateKind.PARTICIPATION, make.START)
    return {
        "cohorts.uid": agreed.uid,
        "assessment": asked.id,
        "certificate": given.id,
        "serial": given.serial,
        "joining.code": joining.open_door(COMMAND_LINE, taught),
        "item": _kept_aside(),
    }


def _kept_aside() -> int:
    """An event that a phone sent and nobody can place."""
    attendance.receive(COMMAND_LINE, Batch(str(uuid.uuid4()), [{"uid": str(uuid.uuid4()), "kind": "mark"}]))
    return db.session.scalars(select(Quarantined.id).order_by(Quarantined.id.desc())).first() or 0


def _of_person(one: Enrolment, other: Enrolment, coop: Organisation) -> dict[str, Any]:
    """What is kept of one learner, and another one who may be the same."""
    person = db.session.get_one(Person, one.person_id)
    contact = persons.add_contact(COMMAND_LINE, person, ContactKind.PHONE, f"+510000{person.id:06d}")
    agreed = consents.agree(
        COMMAND_LINE, person, ConsentPurpose.MESSAGES, ConsentHow.SIGNATURE, language="es", on=make.START
    )
    held = db.session.scalars(select(Affiliation).where(Affiliation.person_id == person.id)).one()
    network = make.organisation(f"Red {coop.name}", coop.region)
    return {
        "affiliation": held.id,
        "contact": contact.id,
        "consent": agreed.id,
        "card": cards.issue_card(COMMAND_LINE, person).id,
        "first": min(one.person_id, other.person_id),
        "second": max(one.person_id, other.person_id),
        "tie": organisations.tie(COMMAND_LINE, network, coop).id,
    }


def grounds(release: Release | None = None) -> dict[str, Ground]:
    """Both programmes, each with one of everything, taught from a release; the usual small one where none is given."""
    release = release or factories.newest(factories.load())
    made = {name: _ground(name, region, release) for name, region in ((HERE, "PE-SAM"), (ELSEWHERE, "SV-SO"))}
    _accounts(made)
    db.session.commit()
    return made


def _accounts(made: dict[str, Ground]) -> None:
    for who, (held, person) in EVERYBODY.items():
        if held is None:
            continue
        scope = Scope(
            curriculum=held.curriculum or None,
            region=held.region or None,
            organisations=frozenset({made[HERE].coop.id}) if held.organisation else None,
            programmes=frozenset({made[held.programme].programme.id}) if held.programme else None,
        )
        account = factories.account(who, held.role, scope)
        if person:
            kind, _, ground = person.partition(".")
            of = made[ground]
            account.person_id = of.trainer.id if kind == "trainer" else of.learners[0].person_id


def browser(app: Flask, who: str) -> FlaskClient:
    """A browser in which somebody is signed in."""
    client = app.test_client()
    if EVERYBODY[who][0] is not None:
        answer = client.post("/sign-in", data={"username": who, "password": factories.PASSWORD})
        assert answer.status_code == 303, answer.text
    return client
