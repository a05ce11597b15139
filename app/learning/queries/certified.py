"""What certificates of a cohort say of each person: read once, for any number of people. Unchecked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.curriculum.models import Release
from app.delivery.kinds import ProgrammeRole, SessionState
from app.delivery.models import Cohort, CohortTrainer, Enrolment, Programme, ProgrammeOrganisation
from app.infra.db import db
from app.learning.certificates.words import language_of
from app.learning.kinds import CertificateKind
from app.learning.rules import progress
from app.people.models import Organisation, Person

from . import completing, facts, units
from .facts import Place


class Certified:
    """A cohort as its certificates tell of it, with what these people attended."""

    def __init__(self, cohort: Cohort, enrolments: Sequence[Enrolment]) -> None:
        self._cohort, self._rule = cohort, completing.rule_of(cohort)
        self._places = {
            one.id: Place(one.id, cohort.id, one.person_id, one.enrolled_on, one.state) for one in enrolments
        }  # fmt: skip
        self._facts = facts.of_people({one.person_id for one in enrolments}, list(self._places.values()))
        self._said = self._of_all()

    def content(self, enrolment: Enrolment, kind: CertificateKind, on: date) -> dict[str, Any]:
        """All that is printed of somebody but the name, in the certificate's language."""
        presences = self._facts.presences(self._places[enrolment.id])
        there = [one for one in presences if progress.was_there(one, self._rule)]
        minutes = sum(one.session_minutes for one in there)
        said = self._said
        return {
            **said,
            "kind": kind.value,
            "starts_on": said["starts_on"] or self._cohort.starts_on.isoformat(),
            "ends_on": said["ends_on"] or (self._cohort.ends_on or on).isoformat(),
            "hours": round(minutes / 60) or None,
            "sessions_held": len(presences),
            "sessions_attended": len(there),
            "issued_on": on.isoformat(),
            "replaces": None,
        }

    def _of_all(self) -> dict[str, Any]:
        """What is the same for everybody; the first and last day None while no session was held."""
        cohort = self._cohort
        language = cohort.language
        programme = db.session.get_one(Programme, cohort.programme_id)
        host = db.session.get(Organisation, cohort.host_id) if cohort.host_id is not None else None
        held = [one for one in self._facts.meetings.get(cohort.id, ()) if one.state is SessionState.HELD]
        days = [one.on.isoformat() for one in held]
        releases = units.releases_of([cohort.id])
        taught = releases.taught.get(cohort.id, [])
        path = units.path(taught, language, {}, releases)
        rows = [db.session.get_one(Release, release.id) for release in taught]
        titles = [row.edition.titles or row.edition.curriculum.titles for row in rows]
        title = next((t.get(language_of(language)) or next(iter(t.values()), "") for t in titles), "") or cohort.name
        seen = {uid for one in held for uid, extent, _ in one.units if extent is not None}
        return {
            "language": language,
            "title": title,
            "programme": programme.name,
            "host": host.name if host else "",
            "cohort": cohort.name,
            "place": cohort.place,
            "starts_on": min(days, default=None),
            "ends_on": max(days, default=None),
            "units": [one.title for one in path if one.uid in seen or not seen],
            "releases": [f"{row.edition.name} {row.version}" for row in rows],
            "signatories": _signatories(cohort),
            "issuer": _issuer(programme, host),
        }


def _signatories(cohort: Cohort) -> list[dict[str, str]]:
    rows = db.session.execute(
        select(Person.given_names, Person.family_names, CohortTrainer.role)
        .join(Person, Person.id == CohortTrainer.person_id)
        .where(CohortTrainer.cohort_id == cohort.id, CohortTrainer.until.is_(None))
        .order_by(CohortTrainer.id)
    )
    return [{"name": f"{given} {family}".strip(), "role": role.value} for given, family, role in rows]


def _issuer(programme: Programme, host: Organisation | None) -> str:
    """Who certifies: the organisations that lead the programme, else the host, else the programme by its name."""
    names: Sequence[str] = db.session.scalars(
        select(Organisation.name)
        .join(ProgrammeOrganisation, ProgrammeOrganisation.organisation_id == Organisation.id)
        .where(ProgrammeOrganisation.programme_id == programme.id, ProgrammeOrganisation.role == ProgrammeRole.LEAD)
        .order_by(ProgrammeOrganisation.id)
    ).all()
    return ", ".join(names) or (host.name if host else programme.name)
