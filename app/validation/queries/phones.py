"""The phones of a workshop: which there are, for whom they answer, how many joined from one network just now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.infra.db import db
from app.validation.models import JoinAttempt, Participant, Phone, Sheet, Workshop
from app.validation.rules import phones as rules

from .workshops import participants


@dataclass(frozen=True, slots=True)
class Listed:
    """A phone with the people of the list that it answers for, those without a name, and its sheets."""

    phone: Phone
    people: tuple[Participant, ...]
    nameless: int
    sheets: int


def by_key(workshop: Workshop, key: str) -> Phone | None:
    """The phone with this fingerprint, if it joined."""
    return db.session.scalar(select(Phone).where(Phone.workshop_id == workshop.id, Phone.key == key))


def by_number(workshop: Workshop, number: int) -> Phone:
    """A phone by its number; raises `NoSuchPhone`."""
    found = db.session.scalar(select(Phone).where(Phone.workshop_id == workshop.id, Phone.number == number))
    if found is None:
        raise rules.NoSuchPhone
    return found


def held(workshop: Workshop, key: str) -> Sequence[Participant]:
    """The people of the list for whom a phone answers, by number."""
    own = (Participant.workshop_id == workshop.id, Participant.key == key)
    return db.session.scalars(select(Participant).where(*own).order_by(Participant.number)).all()


def respondents(workshop: Workshop, key: str) -> set[str]:
    """Those without a name who have answered on a phone."""
    own = (Sheet.workshop_id == workshop.id, Sheet.key == key, Sheet.respondent.is_not(None))
    return {one for one in db.session.scalars(select(Sheet.respondent).where(*own).distinct()) if one}


def count(workshop: Workshop) -> int:
    """How many phones have joined; they are numbered in that order."""
    return db.session.scalar(select(func.max(Phone.number)).where(Phone.workshop_id == workshop.id)) or 0


def joined_since(address: str, since: datetime) -> int:
    """How many phones joined any workshop from a network address since then."""
    return db.session.scalar(select(func.count(Phone.id)).where(Phone.address == address, Phone.at > since)) or 0


def failures(address: str, since: datetime) -> int:
    """How often this network address gave a wrong code since then, at any workshop."""
    return (
        db.session.scalar(
            select(func.count(JoinAttempt.id)).where(
                JoinAttempt.address == address, JoinAttempt.at > since, ~JoinAttempt.succeeded
            )
        )
        or 0
    )


def listed(workshop: Workshop) -> list[Listed]:
    """Every phone, the newest first; three queries for any number of them."""
    people: dict[str, list[Participant]] = {}
    for one in participants(workshop):
        if one.key is not None:
            people.setdefault(one.key, []).append(one)
    rows = db.session.execute(
        select(Sheet.key, func.count(func.distinct(Sheet.respondent)), func.count(Sheet.id))
        .where(Sheet.workshop_id == workshop.id, Sheet.key.is_not(None))
        .group_by(Sheet.key)
    )
    counts = {row[0]: (row[1], row[2]) for row in rows}
    phones = db.session.scalars(select(Phone).where(Phone.workshop_id == workshop.id).order_by(Phone.number.desc()))
    return [Listed(one, tuple(people.get(one.key, ())), *counts.get(one.key, (0, 0))) for one in phones]
