"""A unit as somebody in a cohort reads it: of the release they are taught from, in their language, for participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Language, Uid, Unit
from app.core.errors import N_, Refused
from app.core.languages import base_of
from app.curriculum.models import Release
from app.curriculum.queries import contents, reading
from app.delivery.models import Cohort, Enrolment
from app.delivery.rules.cohorts import OPEN
from app.infra.db import db
from app.learning.models import UnitReading
from app.people.models import Person
from app.people.permissions import Actor, Permission, Scope, allows

from . import units
from .completing import IN_COHORT
from .units import Path


class NotMine(Refused):
    text = N_("This unit is not one of your groups', or your account does not show it.")
    status = 404


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit of somebody's cohort, ready to be shown. `read` says that they said so before, in any language."""

    cohort: Cohort
    enrolment: Enrolment
    view: reading.View
    unit: Unit
    path: Sequence[Path]
    at: int
    read: bool

    @property
    def person(self) -> Person:
        """Who reads."""
        return db.session.get_one(Person, self.enrolment.person_id)

    @property
    def here(self) -> Path:
        return self.path[self.at]

    @property
    def before(self) -> Path | None:
        return self.path[self.at - 1] if self.at else None

    @property
    def after(self) -> Path | None:
        return self.path[self.at + 1] if self.at + 1 < len(self.path) else None


def lesson(actor: Actor, slug: str, unit: Uid, language: Language) -> Lesson:
    """The unit, for who is or was in this cohort; raises `NotMine`."""
    cohort, enrolment = enrolled(actor, slug)
    known = units.releases_of([cohort.id])
    path = units.path(known.taught.get(cohort.id, []), language, {}, known)
    at = next((n for n, one in enumerate(path) if one.uid == unit), None)
    if at is None:
        raise NotMine
    view = _view(path[at].release_id, language)
    found = reading.unit_of(view.state.content, unit)
    if found is None:
        raise NotMine
    held = select(UnitReading.uid).where(UnitReading.person_id == actor.person_id, UnitReading.unit_uid == unit)
    return Lesson(cohort, enrolment, view, found[1], path, at, db.session.scalar(held.limit(1)) is not None)


def path_of(actor: Actor, slug: str, language: Language) -> tuple[Cohort, Sequence[Path]]:
    """The actor's cohort of this address and the units it is taught; raises `NotMine`."""
    cohort, _ = enrolled(actor, slug)
    known = units.releases_of([cohort.id])
    return cohort, units.path(known.taught.get(cohort.id, []), language, {}, known)


def picture(actor: Actor, slug: str, name: str) -> str:
    """The stored digest of a picture that units of this cohort's releases name; raises `NotMine`."""
    cohort, _ = enrolled(actor, slug)
    for release in units.releases_of([cohort.id]).taught.get(cohort.id, []):
        stored = _view(release.id, cohort.language).state.local.media.get(name)
        if stored is not None:
            return stored
    raise NotMine


def enrolled(actor: Actor, slug: str) -> tuple[Cohort, Enrolment]:
    """The cohort of an address with the actor's own enrolment in it, the one that runs first; raises `NotMine`."""
    me = actor.person_id
    if me is None or not allows(actor, Permission.LEARN, Scope(persons=frozenset({me}))):
        raise NotMine
    rows = db.session.execute(
        select(Cohort, Enrolment)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Cohort.slug == slug, Enrolment.person_id == me, Enrolment.state.in_(IN_COHORT))
        .order_by(Enrolment.id.desc())
    ).all()
    if not rows:
        raise NotMine
    row = next((row for row in rows if row[1].state in OPEN), rows[0])
    return row[0], row[1]


def _view(release_id: int, language: Language) -> reading.View:
    release = db.session.get_one(Release, release_id)
    codes = release.edition.languages
    near = [code for code in codes if base_of(code) == base_of(language)]
    spoken = language if language in near else next(iter(near), codes[0])
    return reading.View(release.edition, release, contents.state(release.revision), spoken)
