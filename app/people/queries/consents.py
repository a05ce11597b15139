"""Reading what persons agreed to, many at once; what follows from it is in rules/consents.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from app.infra.db import db
from app.people.models import Consent, Person
from app.people.rules import consents as rules
from app.people.rules.consents import Deed, Given


def given(ids: Sequence[int]) -> dict[int, list[Given]]:
    """What each of these persons agreed to, ever; oldest first; one query."""
    found: dict[int, list[Given]] = {id_: [] for id_ in ids}
    for one in db.session.scalars(select(Consent).where(Consent.person_id.in_(ids)).order_by(Consent.id)):
        found[one.person_id].append(Given(one.purpose, one.given_on, one.withdrawn_on, bool(one.guardian_name)))
    return found


def who_allow(ids: Sequence[int], deed: Deed, day: date) -> frozenset[int]:
    """Those of these persons with whose consent this may be done on that day; one query."""
    rows = db.session.scalars(
        select(Consent.person_id).where(
            Consent.person_id.in_(ids),
            Consent.purpose == rules.needs_consent(deed),
            Consent.given_on <= day,
            or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > day),
        )
    )
    return frozenset(rows)


def require(person: Person, deed: Deed, day: date) -> None:
    """Raise `NoConsent` unless this may be done with what we know of this person."""
    if person.id not in who_allow([person.id], deed, day):
        raise rules.NoConsent(name=person.name)
