"""Reading learners' cards, and who acts when somebody is signed in with one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.errors import N_, Refused
from app.infra.db import db
from app.people.models import LearnerCard, Person
from app.people.permissions import Actor, Grant, Permission, Role, Scope, allows

from .persons import scopes_of, standing_for


class NoSuchCard(Refused):
    text = N_("There is no such card, or your account does not show it.")
    status = 404


def by_code(code: str) -> LearnerCard | None:
    """The card of this code that has not ended."""
    return db.session.scalar(select(LearnerCard).where(LearnerCard.code == code, LearnerCard.ended_at.is_(None)))


def is_new(code: str) -> bool:
    """Whether this is a card whose owner has not chosen a PIN yet; one that does not exist is not."""
    found = by_code(code)
    return found is not None and not found.pin_hash


def get(actor: Actor, card_id: int) -> LearnerCard:
    """The card, for somebody who teaches or manages its owner."""
    found = db.session.get(LearnerCard, card_id)
    if found is None or not allows(actor, Permission.TEACH, scopes_of([found.person_id])[found.person_id]):
        raise NoSuchCard
    return found


def open_cards(person: Person) -> Sequence[LearnerCard]:
    """The cards of this person that have not ended, oldest first."""
    return db.session.scalars(
        select(LearnerCard)
        .where(LearnerCard.person_id == person.id, LearnerCard.ended_at.is_(None))
        .order_by(LearnerCard.id)
    ).all()


def of_persons(ids: Sequence[int]) -> dict[int, LearnerCard]:
    """The newest open card of each of these persons, unchecked: for pages that have checked the cohort."""
    rows = db.session.scalars(
        select(LearnerCard)
        .where(LearnerCard.person_id.in_(ids), LearnerCard.ended_at.is_(None))
        .order_by(LearnerCard.id)
    )
    return {card.person_id: card for card in rows}


def for_session(card_id: int, stamp: str) -> LearnerCard | None:
    """The card somebody is signed in with, None once it ended or got another PIN."""
    found = db.session.get(LearnerCard, card_id)
    return found if found is not None and found.ended_at is None and found.stamp == stamp else None


def actor_of(card: LearnerCard) -> Actor:
    """Who acts with this card: its owner as a learner, nothing more; a card does not teach."""
    person = standing_for(db.session.get_one(Person, card.person_id))
    me = frozenset({person.id})
    return Actor(
        name=person.known_as or person.name, person_id=person.id, grants=(Grant(Role.LEARNER, Scope(persons=me)),)
    )


def sample() -> LearnerCard | None:
    """The first card of the demonstration that can be used, for its page where cards sign in."""
    return db.session.scalar(
        select(LearnerCard)
        .join(Person, Person.id == LearnerCard.person_id)
        .where(LearnerCard.ended_at.is_(None), Person.demo)
        .order_by(LearnerCard.id)
        .limit(1)
    )
