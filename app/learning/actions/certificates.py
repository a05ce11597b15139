"""Issuing certificates with frozen content, correcting and revoking them, signing badges. Names go by erasing.py."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.core.content import Language
from app.curriculum.models import Release
from app.delivery.kinds import EnrolmentState, ProgrammeRole, SessionState
from app.delivery.models import Cohort, CohortTrainer, Enrolment, Programme, ProgrammeOrganisation
from app.delivery.queries import cohorts, scopes
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.learning.certificates import badges
from app.learning.certificates.badges import Key
from app.learning.certificates.words import language_of
from app.learning.kinds import CertificateKind
from app.learning.models import BadgeKey, Certificate
from app.learning.queries import certificates as queries
from app.learning.queries import facts, units
from app.learning.queries.facts import Place
from app.learning.rules import certificates as rules
from app.learning.rules import progress
from app.learning.rules.assessments import NotInCohort
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Permission, allows, check

MOST_HOURS = 10_000
_PURPOSE = b"vivero badge key"


@dataclass(frozen=True, slots=True)
class Wording:
    """What may be said otherwise on a certificate than the cohort says of itself; None is as the cohort says."""

    title: str | None = None
    hours: int | None = None
    language: Language | None = None


@transactional
def issue(
    actor: Actor, enrolment: Enrolment, kind: CertificateKind, on: date, wording: Wording = Wording()
) -> Certificate:
    """Certify that somebody completed a cohort, or took part in it, and freeze all that is said."""
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    check(actor, Permission.CERTIFY, scopes.of_cohort(cohort))
    cohorts.hold(cohort)
    if kind is CertificateKind.COMPLETION and enrolment.state is not EnrolmentState.COMPLETED:
        raise rules.NotCompleted
    person = db.session.get_one(Person, enrolment.person_id)
    held = queries.standing(enrolment.id, kind)
    if held is not None:
        raise rules.CertifiedAlready(name=person.name, serial=held.serial)
    made = _freeze(actor, enrolment, person, kind, on, _content(cohort, enrolment, kind, on, wording))
    record(actor.account_id, "certificate.issued", made, kind=kind)
    return made


@transactional
def issue_many(
    actor: Actor, cohort: Cohort, enrolment_ids: Sequence[int], kind: CertificateKind, on: date
) -> list[Certificate]:
    """Certify several people of a cohort, all of them or none."""
    found = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.id.in_(enrolment_ids))
        .order_by(Enrolment.id)
    ).all()
    if len(found) != len(set(enrolment_ids)):
        raise NotInCohort
    return [issue(actor, enrolment, kind, on) for enrolment in found]


@transactional
def reissue(actor: Actor, certificate: Certificate, on: date, why: str) -> Certificate:
    """Issue a certificate anew with the name as it is written now; the old one is revoked and names the new one.

    What was taught, when and for how long is taken over unchanged.
    """
    cohort = db.session.get_one(Cohort, certificate.cohort_id)
    check(actor, Permission.CERTIFY, scopes.of_cohort(cohort))
    cohorts.hold(cohort)
    reason = _revoke(actor, certificate, why)
    person = db.session.get_one(Person, certificate.person_id)
    enrolment = db.session.get_one(Enrolment, certificate.enrolment_id)
    content = {**certificate.content, "issued_on": on.isoformat(), "replaces": certificate.serial}
    made = _freeze(actor, enrolment, person, certificate.kind, on, content)
    made.replaces_id = certificate.id
    record(actor.account_id, "certificate.reissued", made, replaces=certificate.serial, why=reason)
    return made


@transactional
def revoke(actor: Actor, certificate: Certificate, why: str) -> None:
    """Declare a certificate void; it can be checked as before, and says why it holds no more."""
    check(actor, Permission.CERTIFY, scopes.of_cohort(db.session.get_one(Cohort, certificate.cohort_id)))
    reason = _revoke(actor, certificate, why)
    record(actor.account_id, "certificate.revoked", certificate, why=reason)


@transactional
def badge(actor: Actor, certificate: Certificate, root: str) -> str:
    """A certificate as a signed Open Badge; `root` is the address of this installation, e.g. `https://vivero.example`.

    For the learner themselves and for those who certify in the cohort.
    """
    if actor.person_id != certificate.person_id or not allows(actor, Permission.LEARN):
        check(actor, Permission.CERTIFY, scopes.of_cohort(db.session.get_one(Cohort, certificate.cohort_id)))
    if not certificate.name:
        raise rules.ErasedPerson
    if certificate.revoked_at is not None:
        raise rules.RevokedAlready
    content = {**certificate.content, "digest": certificate.digest}
    address = f"{root.rstrip('/')}/certificates/{certificate.serial}"
    made = badges.credential(content, certificate.name, certificate.code, issuer=root.rstrip("/"), address=address)
    return badges.sign(made, _key(), _passphrase())


def _content(cohort: Cohort, enrolment: Enrolment, kind: CertificateKind, on: date, wording: Wording) -> dict[str, Any]:
    """All that is printed but the name, in the certificate's language."""
    language = wording.language or cohort.language
    programme = db.session.get_one(Programme, cohort.programme_id)
    host = db.session.get(Organisation, cohort.host_id) if cohort.host_id is not None else None
    place = Place(enrolment.id, cohort.id, enrolment.person_id, enrolment.enrolled_on, enrolment.state)
    known = facts.of_people([enrolment.person_id], [place])
    presences = known.presences(place)
    meetings = [one for one in known.meetings.get(cohort.id, ()) if one.state is SessionState.HELD]
    releases = units.releases_of([cohort.id])
    taught = releases.taught.get(cohort.id, [])
    path = units.path(taught, language, {}, releases)
    minutes = sum(one.held_minutes or 0 for one in presences if progress.was_there(one))
    if wording.hours is not None and not 1 <= wording.hours <= MOST_HOURS:
        raise rules.BadHours(most=MOST_HOURS)
    rows = [db.session.get_one(Release, release.id) for release in taught]
    titles = [row.edition.titles or row.edition.curriculum.titles for row in rows]
    title = next((t.get(language_of(language)) or next(iter(t.values()), "") for t in titles), "") or cohort.name
    seen = {uid for one in meetings for uid, extent, _ in one.units if extent is not None}
    return {
        "kind": kind.value,
        "language": language,
        "title": wording.title or title,
        "programme": programme.name,
        "host": host.name if host else "",
        "cohort": cohort.name,
        "place": cohort.place,
        "starts_on": min([one.on for one in meetings] or [cohort.starts_on]).isoformat(),
        "ends_on": max([one.on for one in meetings] or [cohort.ends_on or on]).isoformat(),
        "hours": wording.hours or round(minutes / 60) or None,
        "sessions_held": len(presences),
        "sessions_attended": sum(progress.was_there(one) for one in presences),
        "units": [one.title for one in path if one.uid in seen or not seen],
        "releases": [f"{row.edition.name} {row.version}" for row in rows],
        "signatories": _signatories(cohort),
        "issuer": _issuer(programme, host),
        "issued_on": on.isoformat(),
        "replaces": None,
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


def _freeze(
    actor: Actor, enrolment: Enrolment, person: Person, kind: CertificateKind, on: date, content: dict[str, Any]
) -> Certificate:
    if person.erased_at is not None or not person.name:
        raise rules.ErasedPerson
    code = rules.code(secrets.choice)
    frozen = {
        **content,
        "serial": _new_serial(),
        "name_digest": rules.name_digest(person.name, code),
    }
    made = Certificate(
        serial=frozen["serial"],
        kind=kind,
        person_id=person.id,
        enrolment_id=enrolment.id,
        cohort_id=enrolment.cohort_id,
        language=content["language"],
        content=frozen,
        digest=rules.digest(frozen),
        name=person.name,
        initials=rules.initials(person.name),
        code=code,
        issued_on=on,
        issued_at=clock.now(),
        issued_by_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _new_serial() -> str:
    while True:
        found = rules.serial(secrets.choice)
        if db.session.scalar(select(Certificate.id).where(Certificate.serial == found)) is None:
            return found


def _revoke(actor: Actor, certificate: Certificate, why: str) -> str:
    db.session.refresh(certificate, with_for_update=True)  # somebody else may have revoked it meanwhile
    if certificate.revoked_at is not None:
        raise rules.RevokedAlready
    certificate.revoked_at, certificate.revoked_reason = clock.now(), rules.why(why)
    certificate.revoked_by_id = actor.account_id
    return certificate.revoked_reason


def _key() -> Key:
    """The key that signs now, made when none opens: after SECRET_KEY changed, an older one only checks."""
    for row in db.session.scalars(select(BadgeKey).where(BadgeKey.ended_at.is_(None)).order_by(BadgeKey.id)):
        held = Key(row.kid, row.public, row.private)
        if badges.opens(held, _passphrase()):
            return held
        row.ended_at = clock.now()
    made = badges.new_key(_passphrase())
    db.session.add(
        BadgeKey(kid=made.kid, public=dict(made.public), private=made.private, made_at=clock.now())
    )  # fmt: skip
    db.session.flush()
    return made


def _passphrase() -> bytes:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hashlib.sha256(_PURPOSE + b"\x00" + secret).hexdigest().encode()
