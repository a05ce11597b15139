"""What learning shows on the pages of an enrolment and of a person: how far they are, results, certificates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.delivery.models import Enrolment
from app.delivery.web.cohorts import panels as of_enrolments
from app.infra import clock
from app.infra.i18n import language
from app.learning.queries import certificates, home
from app.learning.web.my.home import PLANTS
from app.people.login import current_actor
from app.people.models import Person
from app.people.permissions import Actor
from app.people.web.records import panels as of_records


def install() -> None:
    """Leave these panels there."""
    of_enrolments.register(of_enrolments.Panel("learning/_of_enrolment.html", _progress, order=40))
    of_records.register(of_records.Panel(of_records.Place.PERSON, "learning/_of_person.html", _certificates, order=60))


def _progress(enrolment: Enrolment) -> Mapping[str, Any] | None:
    """Where somebody stands in this cohort, for who teaches it."""
    mine = home.in_cohort(current_actor(), enrolment, clock.now().date(), language())
    if mine is None:
        return None
    given = [one for one in certificates.of_person(enrolment.person_id) if one.enrolment_id == enrolment.id]
    return {"mine": mine, "certificates": given, "plants": PLANTS}


def _certificates(actor: Actor, person: Person) -> Mapping[str, Any] | None:
    """What was certified to somebody in the cohorts that this actor teaches or certifies."""
    found = certificates.shown_to(actor, person.id)
    return {"certificates": found} if found else None
