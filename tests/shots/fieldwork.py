"""What the pages of the field are shown with: one of each thing of the programme that is always under way in the demo.

A part of an address is looked up under `endpoint.part`, then under `blueprint.part`, then under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from werkzeug.routing import Rule

from app.delivery.actions import joining
from app.delivery.models import Activity, Cohort, CohortSession, Enrolment
from app.infra.db import db
from app.learning.models import Assessment, Certificate
from app.people.models import Organisation
from app.people.permissions import COMMAND_LINE

Found = Mapping[str, Any]

FAMILIES = frozenset(
    {"programmes", "cohorts", "joining", "organisations", "persons", "cards", "notebook", "assessments", "my",
     "certificates", "reports", "calendar"}
)  # fmt: skip
NOT_A_PAGE = {
    "calendar.feed": "for calendars",
    "notebook.worker": "a script",
    "notebook.manifest": "for phones",
    "notebook.shell": "what the notebook keeps; the journeys look at it",
    "programmes.geojson": "a file to keep",
    "cohorts.roster_file": "a file to keep",
    "cohorts.attendance_csv": "a file to keep",
    "certificates.pdf": "a file to keep",
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
    activity = db.session.scalars(select(Activity).order_by(Activity.id.desc())).first()
    host = db.session.get_one(Organisation, cohort.host_id)
    assessment = db.session.scalars(select(Assessment).where(Assessment.cohort_id == trainers.id)).first()
    quiz = db.session.scalars(
        select(Assessment).where(Assessment.cohort_id == cohort.id).order_by(Assessment.id.desc())
    ).first()
    certificate = db.session.scalars(select(Certificate).where(Certificate.cohort_id == trainers.id)).first()
    assert held is not None
    assert activity is not None
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
        "uid": activity.uid,
        "serial": certificate.serial,
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
