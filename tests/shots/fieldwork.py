"""What the pages of the field are shown with: one of each thing of the programme that is always under way in the demo.

A part of an address is looked up under `endpoint.part`, then under `blueprint.part`, then under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from werkzeug.routing import Rule

from app.delivery.actions import attendance, diagnosis, joining, outputs
from app.delivery.actions.attendance import Batch
from app.delivery.actions.diagnosis import DiagnosisDetails
from app.delivery.actions.outputs import OutputDetails
from app.delivery.kinds import OutputKind
from app.delivery.models import (
    Activity,
    ActivityProgramme,
    Cohort,
    CohortSession,
    Enrolment,
    Place,
    Programme,
    Quarantined,
    TrainerLicence,
)
from app.infra.db import db
from app.learning.actions import printing
from app.learning.models import Assessment, Certificate
from app.people import queries as people
from app.people.models import Organisation
from app.people.permissions import COMMAND_LINE
from app.reporting.actions import files, snapshots

Found = Mapping[str, Any]

FAMILIES = frozenset(
    {"programmes", "cohorts", "joining", "organisations", "persons", "cards", "notebook", "assessments", "my",
     "certificates", "reports", "calendar"}
)  # fmt: skip
_FILES = (
    "assessments.printed", "certificates.badge", "certificates.pdf", "cohorts.attendance_file", "cohorts.roster_file",
    "persons.kept_file", "programmes.geojson", "reports.csv", "reports.file",
)  # fmt: skip
NOT_A_PAGE = {
    **dict.fromkeys(_FILES, "a file to keep"),
    **dict.fromkeys(("calendar.feed", "certificates.keys", "report_figures.show", "sync.begin"), "for machines"),
    "my.picture": "a picture of a unit",
    "my.kept_picture": "a picture of a unit",
    "notebook.worker": "a script",
    "notebook.manifest": "for phones",
    "notebook.shell": "what the notebook keeps; its journeys look at it",
    "persons.cards": "asks for persons; its tests look at it",
}
PROGRAMME, COHORT, TRAINERS = "mycoop-san-martin", "lamas-2026", "formacion-san-martin"


def prepare() -> Found:
    """Look up, in a database that holds the demonstration, what addresses can be made of."""
    cohort = db.session.scalars(select(Cohort).where(Cohort.slug == COHORT)).one()
    trainers = db.session.scalars(select(Cohort).where(Cohort.slug == TRAINERS)).one()
    enrolled = db.session.scalars(
        select(Enrolment).where(Enrolment.cohort_id == cohort.id).order_by(Enrolment.id)
    ).all()
    held = db.session.scalars(
        select(CohortSession).where(CohortSession.cohort_id == cohort.id, CohortSession.held_on.is_not(None))
        .order_by(CohortSession.number.desc())
    ).first()  # fmt: skip
    host = db.session.get_one(Organisation, cohort.host_id)
    assessment = db.session.scalars(select(Assessment).where(Assessment.cohort_id == trainers.id)).first()
    quiz = db.session.scalars(
        select(Assessment).where(Assessment.cohort_id == cohort.id).order_by(Assessment.id.desc())
    ).first()
    certificate = db.session.scalars(select(Certificate).where(Certificate.cohort_id == trainers.id)).first()
    programme = db.session.get_one(Programme, cohort.programme_id)
    account = people.account_by_username("coordina")
    assert account is not None
    who = people.actor_of(account)
    assert held is not None
    assert assessment is not None
    assert quiz is not None
    assert certificate is not None
    return {
        "programmes.slug": PROGRAMME,
        "reports.slug": PROGRAMME,
        "slug": COHORT,
        "assessments.slug": TRAINERS,
        "assessments.assessment": assessment.id,
        "my.assessment": quiz.id,
        "my.unit": "my-coop-1-1",
        "unit": "my-coop-1-1",
        "number": held.number,
        "enrolment": enrolled[8].id,
        "person": enrolled[8].person_id,
        "organisation": host.id,
        "serial": certificate.serial,
        "assessments.printing.job": printing.start_printing(
            who, trainers, [certificate.id], "https://vivero.example"
        ).id,
        "reports.file_state.job": files.ask_for(who, PROGRAMME, None, "xlsx", "es").id,
        "reports.code": "people",
        "reports.uid": snapshots.prepare(who, [programme], None).uid,
        "purpose": "messages",
        "item": _kept_aside(),
        **_of_programme(programme),
        "code": joining.open_door(COMMAND_LINE, cohort),
    }


def values(rule: Rule, found: Found) -> list[dict[str, Any]]:
    """What an address of the field is made of; raises `LookupError` for a part that is not known."""
    blueprint = rule.endpoint.split(".")[0]
    made = {}
    for name in rule.arguments:
        keys = (f"{rule.endpoint}.{name}", f"{blueprint}.{name}", name)
        key = next((one for one in keys if one in found), None)
        if key is None:
            raise LookupError(f"{rule.rule}: tell tests/shots/fieldwork.py what {name} can be")
        made[name] = found[key]
    return [made]


def _of_programme(programme: Programme) -> dict[str, Any]:
    """One of what the programme that is always under way has, or is given here."""
    activity = db.session.scalars(
        select(Activity).join(ActivityProgramme).where(ActivityProgramme.programme_id == programme.id)
    ).first()
    licence = db.session.scalars(select(TrainerLicence).where(TrainerLicence.programme_id == programme.id)).first()
    place = db.session.scalars(select(Place).where(Place.programme_id == programme.id)).first()
    assert activity is not None
    assert licence is not None
    assert place is not None
    day = programme.starts_on
    found = diagnosis.keep_diagnosis(COMMAND_LINE, programme, DiagnosisDetails("Consulta (demo)", day, ("Falta agua",)))
    output = outputs.keep_output(COMMAND_LINE, activity, OutputDetails(OutputKind.REPORT, "Memoria (demo)", day))
    names = {
        activity.uid: ("activity", "edit_activity", "activity_list", "activity_sheet"),
        found.uid: ("edit_diagnosis",),
        output.uid: ("output", "output_need"),
        place.uid: ("edit_place",),
    }
    return {
        **{f"programmes.{name}.uid": uid for uid, some in names.items() for name in some},
        "programmes.line": diagnosis.add_line(COMMAND_LINE, programme, "Cosecha de agua (demo)").id,
        "programmes.person": licence.person_id,
        "cohorts.observe.person": licence.person_id,
        "first": _two(programme)[0],
        "second": _two(programme)[1],
    }


def _two(programme: Programme) -> tuple[int, int]:
    """Two people of the programme, as if they were alike."""
    found = db.session.scalars(
        select(Enrolment.person_id).join(Cohort).where(Cohort.programme_id == programme.id).distinct()
        .order_by(Enrolment.person_id).limit(2)
    ).all()  # fmt: skip
    return found[0], found[1]


def _kept_aside() -> int:
    """An event that a phone sent and nobody can place."""
    attendance.receive(COMMAND_LINE, Batch(str(uuid4()), [{"uid": str(uuid4()), "kind": "mark"}]))
    return db.session.scalars(select(Quarantined.id).order_by(Quarantined.id.desc())).first() or 0
