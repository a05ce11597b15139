"""Issuing certificates with frozen content, correcting and revoking them, signing badges. Names go by erasing.py."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.delivery.kinds import EnrolmentState
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import cohorts, scopes
from app.infra import clock
from app.infra.audit import record, record_all
from app.infra.db import db
from app.infra.transactions import transactional
from app.learning.certificates import badges
from app.learning.certificates.badges import Key
from app.learning.kinds import CertificateKind
from app.learning.models import BadgeKey, Certificate
from app.learning.queries import certificates as queries
from app.learning.queries.certified import Certified
from app.learning.rules import certificates as rules
from app.learning.rules.assessments import NotInCohort
from app.people.models import Person
from app.people.permissions import Actor, Permission, allows, check
from app.people.queries import persons

_PURPOSE = b"vivero badge key"


@transactional
def issue(actor: Actor, enrolment: Enrolment, kind: CertificateKind, on: date) -> Certificate:
    """Certify that somebody completed a cohort, or took part in it, and freeze all that is said."""
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    return _issued(actor, cohort, [enrolment], kind, on)[0]


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
    return _issued(actor, cohort, found, kind, on)


def _issued(
    actor: Actor, cohort: Cohort, enrolments: Sequence[Enrolment], kind: CertificateKind, on: date
) -> list[Certificate]:  # fmt: skip
    check(actor, Permission.CERTIFY, scopes.of_cohort(cohort))
    cohorts.hold(cohort)
    people = persons.by_ids([one.person_id for one in enrolments])
    held = queries.standing([one.id for one in enrolments], kind)
    for one in enrolments:
        if kind is CertificateKind.COMPLETION and one.state is not EnrolmentState.COMPLETED:
            raise rules.NotCompleted
        if one.id in held:
            raise rules.CertifiedAlready(name=people[one.person_id].name, serial=held[one.id].serial)
    certified, serials = Certified(cohort, enrolments), _new_serials(len(enrolments))
    made = [
        _freeze(actor, one, people[one.person_id], kind, on, serial, certified.content(one, kind, on))
        for one, serial in zip(enrolments, serials, strict=True)
    ]
    record_all(actor.account_id, "certificate.issued", [(one, {"kind": kind}) for one in made])
    return made


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
    (serial,) = _new_serials(1)
    made = _freeze(actor, enrolment, person, certificate.kind, on, serial, content)
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


def _freeze(
    actor: Actor, enrolment: Enrolment, person: Person, kind: CertificateKind, on: date, serial: str,
    content: dict[str, Any],
) -> Certificate:  # fmt: skip
    if person.erased_at is not None or not person.name:
        raise rules.ErasedPerson
    code = rules.code(secrets.choice)
    frozen = {
        **content,
        "serial": serial,
        "name_digest": rules.name_digest(person.name, code),
    }
    made = Certificate(
        serial=serial,
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
    return made


def _new_serials(count: int) -> list[str]:
    """So many numbers that no certificate has; one query, hardly ever a second one."""
    while True:
        found = {rules.serial(secrets.choice) for _ in range(count)}
        taken = db.session.scalar(select(Certificate.id).where(Certificate.serial.in_(found)).limit(1))
        if taken is None and len(found) == count:
            return sorted(found)


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
