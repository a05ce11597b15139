"""Reading certificates: by serial for anybody, of a cohort for those who certify; and the keys that are published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from app.delivery.models import Cohort
from app.delivery.queries import scopes
from app.infra.db import db
from app.infra.jobs import Job
from app.learning.kinds import CertificateState
from app.learning.models import BadgeKey, Certificate
from app.learning.rules import certificates as rules
from app.people.kinds import ConsentPurpose
from app.people.models import Consent, Person
from app.people.permissions import Actor, Permission, Scope, allows


@dataclass(frozen=True, slots=True)
class Checked:
    """What the public check shows of a certificate: all that is printed; of the name, what was agreed to.

    `name` is None once the person was erased: then the number, the training and the dates are shown as ever, with
    `intact`, and whoever holds the paper can have the name on it compared by `name_fits`. Without consent: initials.
    """

    serial: str
    state: CertificateState
    content: dict[str, Any]
    name: str | None
    in_full: bool
    intact: bool
    revoked_on: date | None = None
    reason: str = ""
    replaced_by: str | None = None
    replaces: str | None = None


def in_cohort(cohort: Cohort, certificate_id: int) -> Certificate:
    """A certificate of this cohort by its id; raises `NoSuchCertificate`."""
    found = db.session.get(Certificate, certificate_id)
    if found is None or found.cohort_id != cohort.id:
        raise rules.NoSuchCertificate
    return found


def print_job(cohort: Cohort, job_id: int, kind: str) -> Job | None:
    """The job that makes a file of certificates of this cohort, if it is one."""
    found = db.session.get(Job, job_id)
    return found if found and (found.kind, found.arguments.get("cohort")) == (kind, cohort.id) else None


def by_serial(typed: str) -> Certificate:
    """The certificate with this number, as somebody typed it; raises `NoSuchCertificate`."""
    found = db.session.scalar(select(Certificate).where(Certificate.serial == rules.read_serial(typed)))
    if found is None:
        raise rules.NoSuchCertificate
    return found


def check(typed: str) -> Checked:
    """What anybody may know of the certificate with this number; at most two queries."""
    serial, newer, older = rules.read_serial(typed), aliased(Certificate), aliased(Certificate)
    row = db.session.execute(
        select(Certificate, newer.serial, older.serial, Person.erased_at, agreed(Certificate.person_id))
        .join(Person, Person.id == Certificate.person_id)
        .outerjoin(newer, newer.replaces_id == Certificate.id)
        .outerjoin(older, older.id == Certificate.replaces_id)
        .where(Certificate.serial == serial)
    ).one_or_none()
    if row is None:
        raise rules.NoSuchCertificate
    found, replaced_by, replaces, erased_at, consented = row
    gone = erased_at is not None or not found.name
    state = CertificateState.VALID
    if found.revoked_at is not None:
        state = CertificateState.REPLACED if replaced_by else CertificateState.REVOKED
    return Checked(
        serial=found.serial,
        state=state,
        content=dict(found.content),
        name=None if gone else found.name if consented else found.initials,
        in_full=bool(consented) and not gone,
        intact=rules.digest(found.content) == found.digest,
        revoked_on=found.revoked_at.date() if found.revoked_at else None,
        reason=found.revoked_reason,
        replaced_by=replaced_by,
        replaces=replaces,
    )


def name_fits(typed: str, name: str, code: str) -> bool:
    """Whether this name with the code beside it is the one on a certificate; works after the person was erased."""
    found = by_serial(typed)
    return bool(name.strip() and code.strip()) and found.content["name_digest"] == rules.name_digest(name, code)


def own(actor: Actor, typed: str) -> Certificate:
    """The certificate with this number, for whose it is and for those who certify in its cohort; names nobody else's.

    Once the person was erased there is nothing to print: then, too, `NoSuchCertificate`.
    """
    found = by_serial(typed)
    mine = actor.person_id == found.person_id and allows(actor, Permission.LEARN)
    if not found.name or not (mine or allows(actor, Permission.CERTIFY, _where(found))):
        raise rules.NoSuchCertificate
    return found


def is_own(actor: Actor, serial: str) -> bool:
    """Whether somebody may print this certificate; visitors never, without a question to the database."""
    if actor.is_visitor:
        return False
    try:
        own(actor, serial)
    except rules.NoSuchCertificate:
        return False
    return True


def _where(certificate: Certificate) -> Scope:
    return scopes.of_cohort(db.session.get_one(Cohort, certificate.cohort_id))


def agreed(person_id: Any) -> ColumnElement[bool]:
    """The condition that a person's certificates may show their name to anybody."""
    return (
        select(Consent.id)
        .where(
            Consent.person_id == person_id,
            Consent.purpose == ConsentPurpose.PUBLIC_CERTIFICATE,
            Consent.withdrawn_on.is_(None),
        )
        .exists()
    )


def of_cohort(cohort: Cohort) -> Sequence[Certificate]:
    """The certificates of a cohort, newest first."""
    return db.session.scalars(
        select(Certificate).where(Certificate.cohort_id == cohort.id).order_by(Certificate.id.desc())
    ).all()


def of_person(person_id: int) -> Sequence[Certificate]:
    """The certificates of a person, newest first; unchecked: who shows them asks where each lies."""
    return db.session.scalars(
        select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id.desc())
    ).all()


def shown_to(actor: Actor, person_id: int) -> list[Certificate]:
    """The certificates of a person of the cohorts that this actor teaches, newest first."""
    return [
        one
        for one in of_person(person_id)
        if allows(actor, Permission.TEACH, scopes.of_cohort(db.session.get_one(Cohort, one.cohort_id)))
    ]


def standing(enrolment_ids: Collection[int], kind: str) -> dict[int, Certificate]:
    """The certificates of this kind that hold for these enrolments, by enrolment; one query."""
    rows = db.session.scalars(
        select(Certificate).where(
            Certificate.enrolment_id.in_(enrolment_ids), Certificate.kind == kind, Certificate.revoked_at.is_(None)
        )
    )
    return {row.enrolment_id: row for row in rows}


def published_keys() -> dict[str, Any]:
    """Every key that ever signed a badge, as a JSON Web Key Set: for `/.well-known/jwks.json`."""
    rows = db.session.scalars(select(BadgeKey).order_by(BadgeKey.id))
    return {"keys": [dict(row.public) for row in rows]}
