"""Who teaches in a programme, which licences they hold, what they still lack, and how they were observed.

Unchecked: the programme or cohort is asked before. A constant number of queries, whatever the number of persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.delivery.kinds import LicenceKind, SessionState
from app.delivery.models import Cohort, CohortSession, CohortTrainer, Programme, TrainerLicence, TrainerObservation
from app.delivery.rules import licences as rules
from app.delivery.rules.licences import Asked, Standing
from app.infra.db import db
from app.people.models import Person
from app.people.permissions import Actor, Permission
from app.people.queries import persons

from . import licences, tested

HOLDS = frozenset({Standing.VALID, Standing.ENDS_SOON, Standing.NOT_YET})


@dataclass(frozen=True, slots=True)
class Licensed:
    """A licence and how it stands today."""

    held: TrainerLicence
    standing: Standing


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who teaches or is licensed: their licences, newest first, and each gate with what they have to show."""

    person: Person
    licences: tuple[Licensed, ...]
    gates: dict[LicenceKind, tuple[Asked, ...]]
    last_taught: date | None
    is_active: bool

    @property
    def now(self) -> Licensed | None:
        """The licence that lets them teach, the one that holds longest; else None."""
        good = [one for one in self.licences if one.standing in HOLDS]
        return max(good, key=lambda one: (one.held.valid_until, one.held.id), default=None)

    def missing(self, kind: LicenceKind) -> tuple[Asked, ...]:
        """What they still lack for a licence of this kind."""
        return tuple(one for one in self.gates[kind] if not one.met)


def teachers(actor: Actor, programme: Programme, today: date, person_id: int | None = None) -> list[Teacher]:
    """Everybody who teaches in a programme or holds one of its licences, as far as the actor sees them; by name."""
    teaching = select(CohortTrainer.person_id).join(Cohort).where(Cohort.programme_id == programme.id)
    licensed = select(TrainerLicence.person_id).where(TrainerLicence.programme_id == programme.id)
    wanted = select(Person).where(
        Person.id.in_(teaching) | Person.id.in_(licensed),
        persons.visible(actor, Permission.SEE_PEOPLE),
        Person.merged_into_id.is_(None),
    )
    if person_id is not None:
        wanted = wanted.where(Person.id == person_id)
    people = db.session.scalars(wanted.order_by(Person.family_names, Person.given_names, Person.id)).all()
    ids = [one.id for one in people]
    held = licences.of_persons(ids, programme)
    evidence = licences.evidence(ids, programme, tested.of_persons(ids, programme.id))
    gates = rules.gates()
    return [
        Teacher(
            person=one,
            licences=tuple(Licensed(each, rules.standing(licences.held(each), today)) for each in held[one.id]),
            gates={kind: rules.asked(gates[kind], evidence[one.id]) for kind in LicenceKind},
            last_taught=evidence[one.id].last_taught,
            is_active=rules.is_active(evidence[one.id].last_taught, today),
        )
        for one in people
    ]


@dataclass(frozen=True, slots=True)
class Own:
    """A licence of one's own, and the programme whose it is."""

    licence: Licensed
    programme: str


def own(person_id: int, today: date) -> list[Own]:
    """Somebody's licences as they stand: of each programme and kind the newest, by programme; one query."""
    rows = db.session.execute(
        select(TrainerLicence, Programme.name)
        .join(Programme, Programme.id == TrainerLicence.programme_id)
        .where(TrainerLicence.person_id == person_id)
        .order_by(Programme.name, TrainerLicence.valid_from.desc(), TrainerLicence.id.desc())
    )
    found: dict[tuple[int, LicenceKind], Own] = {}
    for held, name in rows:
        one = Own(Licensed(held, rules.standing(licences.held(held), today)), name)
        found.setdefault((held.programme_id, held.kind), one)
    return list(found.values())


def last_observed(person_id: int) -> tuple[TrainerObservation, str] | None:
    """How somebody was observed the last time, and the cohort they taught; one query."""
    found = db.session.execute(
        select(TrainerObservation, Cohort.name)
        .join(Cohort, Cohort.id == TrainerObservation.cohort_id)
        .where(TrainerObservation.person_id == person_id)
        .order_by(TrainerObservation.on_date.desc(), TrainerObservation.id.desc())
        .limit(1)
    ).first()
    return None if found is None else (found[0], found[1])


def licence(programme: Programme, uid: str) -> TrainerLicence:
    """A licence of this programme by its uid."""
    found = db.session.scalar(
        select(TrainerLicence).where(TrainerLicence.uid == uid, TrainerLicence.programme_id == programme.id)
    )
    if found is None:
        raise rules.NoSuchLicence
    return found


def observations(person_ids: Sequence[int], programme_id: int) -> dict[int, list[TrainerObservation]]:
    """How these persons were observed in this programme, newest first."""
    found: dict[int, list[TrainerObservation]] = {}
    for one in db.session.scalars(
        select(TrainerObservation)
        .join(Cohort, Cohort.id == TrainerObservation.cohort_id)
        .where(TrainerObservation.person_id.in_(person_ids), Cohort.programme_id == programme_id)
        .order_by(TrainerObservation.on_date.desc(), TrainerObservation.id.desc())
    ):
        found.setdefault(one.person_id, []).append(one)
    return found


def trainers(cohort: Cohort) -> list[Person]:
    """Who teaches or taught a cohort, by name."""
    return list(
        db.session.scalars(
            select(Person)
            .join(CohortTrainer, CohortTrainer.person_id == Person.id)
            .where(CohortTrainer.cohort_id == cohort.id)
            .order_by(Person.family_names, Person.given_names, Person.id)
        )
    )


def held_sessions(cohort: Cohort, most: int = 30) -> Sequence[CohortSession]:
    """The sessions that a cohort held, the newest first."""
    return db.session.scalars(
        select(CohortSession)
        .where(CohortSession.cohort_id == cohort.id, CohortSession.state == SessionState.HELD)
        .order_by(CohortSession.number.desc())
        .limit(most)
    ).all()
