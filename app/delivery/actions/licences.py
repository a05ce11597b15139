"""Granting, renewing and taking back the licences of trainers. A licence given despite its gate says why."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from app.delivery.kinds import LicenceKind
from app.delivery.models import Programme, TrainerLicence
from app.delivery.queries import licences as queries
from app.delivery.queries import scopes
from app.delivery.rules import licences as rules
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.models import Person
from app.people.permissions import Actor, Permission, check
from app.people.queries import persons
from app.people.rules.persons import line


@transactional
def grant(
    actor: Actor, programme: Programme, person: Person, kind: LicenceKind, *, on: date,
    tests: Mapping[int, float] | None = None, despite: str = "",
) -> TrainerLicence:  # fmt: skip
    """Give somebody a licence whose gate they have passed, or write why `despite` what is missing."""
    _check(actor, programme, person)
    gate = rules.gates()[kind]
    demands = rules.asked(gate, queries.evidence([person.id], programme, tests)[person.id])
    rules.check_gate(demands, line(despite))
    return _give(actor, programme, person.id, kind, on, despite="" if all(one.met for one in demands) else despite)


@transactional
def renew(actor: Actor, licence: TrainerLicence, *, on: date, despite: str = "") -> TrainerLicence:
    """Give somebody their licence anew, from the day after it ends or from `on`, whichever is later."""
    programme = db.session.get_one(Programme, licence.programme_id)
    person = db.session.get_one(Person, licence.person_id)
    _check(actor, programme, person)
    db.session.refresh(licence, with_for_update=True)
    if licence.revoked_on is not None:
        raise rules.NotRenewable
    if queries.is_renewed(licence):
        raise rules.RenewedAlready
    gate = rules.gates()[licence.kind]
    demands = rules.asked_again(gate, queries.evidence([person.id], programme)[person.id], on)
    rules.check_gate(demands, line(despite))
    starts = max(on, date.fromordinal(licence.valid_until.toordinal() + 1))
    despite = "" if all(one.met for one in demands) else despite
    return _give(actor, programme, person.id, licence.kind, starts, despite=despite, previous=licence)


@transactional
def revoke(actor: Actor, licence: TrainerLicence, *, on: date, why: str) -> None:
    """Take a licence back from a day on; it stays on record with the reason."""
    programme = db.session.get_one(Programme, licence.programme_id)
    _check(actor, programme, db.session.get_one(Person, licence.person_id))
    db.session.refresh(licence, with_for_update=True)
    if licence.revoked_on is not None:
        raise rules.RevokedAlready
    licence.revoked_reason = rules.reason(why)
    licence.revoked_on, licence.revoked_at, licence.revoked_by_id = on, clock.now(), actor.account_id
    record(actor.account_id, "licence.revoked", licence, person=licence.person_id)


def _check(actor: Actor, programme: Programme, person: Person) -> None:
    check(actor, Permission.CERTIFY, scopes.of_programme(programme))
    check(actor, Permission.SEE_PEOPLE, persons.scopes_of([person.id])[person.id])


def _give(
    actor: Actor, programme: Programme, person_id: int, kind: LicenceKind, starts: date,
    *, despite: str, previous: TrainerLicence | None = None,
) -> TrainerLicence:  # fmt: skip
    made = TrainerLicence(
        uid=str(uuid.uuid4()),
        person_id=person_id,
        programme_id=programme.id,
        kind=kind,
        valid_from=starts,
        valid_until=rules.ends_on(starts, rules.gates()[kind].valid_months),
        previous_id=previous.id if previous else None,
        granted_despite=line(despite),
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    db.session.flush()
    record(actor.account_id, "licence.given", made, person=person_id, kind=kind)
    return made
