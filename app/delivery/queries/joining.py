"""Reading who wants to join which cohort. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.core.errors import N_, Refused
from app.delivery.kinds import CohortState, JoinState
from app.delivery.models import Cohort, JoinRequest
from app.infra.db import db
from app.people.models import Person, PersonKey, SignInAttempt
from app.people.permissions import Actor
from app.people.queries import duplicates
from app.people.queries.duplicates import Suggestion
from app.people.rules import duplicates as duplicate_rules
from app.people.rules.duplicates import Known

TRIED = "join"  # how a try to join stands among the tries to sign in


class NoSuchRequest(Refused):
    text = N_("Nobody in this cohort asks for that.")
    status = 404


def by_code(code: str) -> Cohort | None:
    """The cohort that this code lets people into, while it goes on."""
    return db.session.scalar(
        select(Cohort).where(
            Cohort.join_code == code, Cohort.state.not_in([CohortState.FINISHED, CohortState.CANCELLED])
        )
    )


def tries(address: str, since: datetime) -> list[datetime]:
    """When somebody tried to join from this connection since then, oldest first, with a right code or not."""
    return list(
        db.session.scalars(
            select(SignInAttempt.at)
            .where(SignInAttempt.address == address, SignInAttempt.at > since, SignInAttempt.username == TRIED)
            .order_by(SignInAttempt.at, SignInAttempt.id)
        )
    )


def waiting(cohort: Cohort) -> Sequence[JoinRequest]:
    """Who waits for an answer, the longest first."""
    return db.session.scalars(
        select(JoinRequest)
        .where(JoinRequest.cohort_id == cohort.id, JoinRequest.state == JoinState.PENDING)
        .order_by(JoinRequest.id)
    ).all()


def count_waiting(cohort: Cohort) -> int:
    """How many wait for an answer."""
    counted = select(func.count(JoinRequest.id)).where(
        JoinRequest.cohort_id == cohort.id, JoinRequest.state == JoinState.PENDING
    )
    return db.session.scalar(counted) or 0


def get(cohort: Cohort, request_id: int) -> JoinRequest:
    """One wish to join this cohort."""
    found = db.session.get(JoinRequest, request_id)
    if found is None or found.cohort_id != cohort.id:
        raise NoSuchRequest
    return found


def likely(actor: Actor, wishes: Sequence[JoinRequest]) -> dict[int, list[Suggestion]]:
    """Who each of these may be, among those whom the actor sees, by the wish's id."""
    told = [one for one in wishes if one.person_id is None and one.details]
    known = [
        Known(
            one.details["given_names"],
            one.details["family_names"],
            phones=frozenset({one.details["phone"]} - {""}),
        )
        for one in told
    ]
    found = duplicates.like_each(actor, known, limit=5) if known else []
    return {one.id: alike for one, alike in zip(told, found, strict=True)}


def is_anothers(number: str, person: Person) -> bool:
    """Whether somebody else gave this telephone too, with the country's prefix or without it."""
    key = f"{duplicate_rules.STRONG}p:{duplicate_rules.phone_end(number)}"
    found = (
        select(PersonKey.person_id)
        .join(Person, Person.id == PersonKey.person_id)
        .where(PersonKey.key == key, PersonKey.person_id != person.id, Person.merged_into_id.is_(None))
        .limit(1)
    )
    return db.session.scalar(found) is not None
