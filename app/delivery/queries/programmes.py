"""Reading programmes: those somebody sees, all of them or through their organisations; who takes part, what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.delivery.kinds import ProgrammeRole, SessionState
from app.delivery.models import Activity, ActivityProgramme, Cohort, Enrolment, Programme, ProgrammeOrganisation
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import Actor, Ids, Permission
from app.people.queries import organisations
from app.people.queries.within import Where, within

from . import activities, scopes
from .cohorts import not_doubled

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page of programmes, who pays for each, and the regions there are among all that somebody sees."""

    programmes: Sequence[Programme]
    total: int
    page: int
    pages: int
    donors: dict[int, list[str]]
    regions: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """An organisation in one role in a programme."""

    part: ProgrammeOrganisation
    organisation: Organisation


def named(slug: str) -> Programme | None:
    """The programme of this short name, unchecked."""
    return db.session.scalar(select(Programme).where(Programme.slug == slug))


def seen(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Programme` for those whose figures the actor sees, or those of an organisation in it."""
    through = (
        select(ProgrammeOrganisation.programme_id)
        .join(Organisation, Organisation.id == ProgrammeOrganisation.organisation_id)
        .where(_by_itself(actor))
    )
    return or_(scopes.programmes_visible(actor, Permission.SEE_FIGURES), Programme.id.in_(through))


def any_seen(actor: Actor) -> bool:
    """Whether there is a programme that the actor sees anything of."""
    return db.session.scalar(select(Programme.id).where(seen(actor)).limit(1)) is not None


def own_organisations(actor: Actor, programme: Programme) -> Ids:
    """The organisations in a programme whose figures the actor sees because of these themselves."""
    found = (
        select(ProgrammeOrganisation.organisation_id)
        .join(Organisation, Organisation.id == ProgrammeOrganisation.organisation_id)
        .where(ProgrammeOrganisation.programme_id == programme.id, _by_itself(actor))
    )
    return frozenset(db.session.scalars(found))


def _by_itself(actor: Actor) -> ColumnElement[bool]:
    """Organisations that somebody follows as such. That they take part in another programme shows nothing of this."""
    where = Where(region=Organisation.region, organisations=lambda held: Organisation.id.in_(held))
    return within(actor, Permission.SEE_FIGURES, where)


def listed(actor: Actor, *, words: str = "", region: str = "", year: int | None = None, page: int = 1) -> Page:
    """The programmes somebody sees, newest first; `region` takes in its parts, `year` those that ran in it."""
    may = seen(actor)
    chosen = [may]
    if words.strip():
        chosen.append(func.lower(Programme.name).contains(words.strip().lower(), autoescape=True))
    if region:
        chosen.append(or_(Programme.region == region, Programme.region.startswith(f"{region}-", autoescape=True)))
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        chosen += [Programme.starts_on <= last, or_(Programme.ends_on.is_(None), Programme.ends_on >= first)]
    total = db.session.scalar(select(func.count(Programme.id)).where(*chosen)) or 0
    pages = max(1, -(-total // PER_PAGE))
    number = min(page, pages)
    found = db.session.scalars(
        select(Programme)
        .where(*chosen)
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    regions = db.session.scalars(select(Programme.region).where(may).distinct().order_by(Programme.region)).all()
    return Page(found, total, number, pages, donors([one.id for one in found]), list(regions))


def running(actor: Actor, day: date, most: int) -> Sequence[Programme]:
    """The programmes that somebody runs and that are under way on a day, those that began last first."""
    return db.session.scalars(
        select(Programme)
        .where(
            scopes.programmes_visible(actor, Permission.RUN_PROGRAMME),
            Programme.starts_on <= day,
            or_(Programme.ends_on.is_(None), Programme.ends_on >= day),
        )
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
        .limit(most)
    ).all()


def donors(ids: Sequence[int]) -> dict[int, list[str]]:
    """Who pays for each of these programmes, by name."""
    rows = db.session.execute(
        select(ProgrammeOrganisation.programme_id, Organisation)
        .join(Organisation, Organisation.id == ProgrammeOrganisation.organisation_id)
        .where(ProgrammeOrganisation.programme_id.in_(ids), ProgrammeOrganisation.role == ProgrammeRole.DONOR)
        .order_by(Organisation.name, Organisation.id)
    )
    found: dict[int, list[str]] = {}
    for programme_id, organisation in rows:
        found.setdefault(programme_id, []).append(organisation.called)
    return found


def parts(programme: Programme) -> list[Part]:
    """The organisations in a programme, one entry for each role, by name."""
    rows = db.session.execute(
        select(ProgrammeOrganisation, Organisation)
        .join(Organisation, Organisation.id == ProgrammeOrganisation.organisation_id)
        .where(ProgrammeOrganisation.programme_id == programme.id)
        .order_by(Organisation.name, ProgrammeOrganisation.id)
    )
    return [Part(part, organisation) for part, organisation in rows]


def cohorts(programme: Programme, most: int) -> tuple[list[tuple[Cohort, int]], int]:
    """The newest cohorts of a programme, each with how many were ever enrolled, and how many cohorts there are."""
    enrolled = (
        select(func.count(Enrolment.person_id.distinct()))
        .where(Enrolment.cohort_id == Cohort.id, not_doubled())
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Cohort, enrolled)
        .where(Cohort.programme_id == programme.id)
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
        .limit(most)
    )
    total = db.session.scalar(select(func.count(Cohort.id)).where(Cohort.programme_id == programme.id)) or 0
    return [(cohort, number) for cohort, number in rows], total


def held_last(programme: Programme, own: Ids | None, most: int) -> Sequence[Activity]:
    """The activities that were held last."""
    found = _of(programme, own).where(Activity.state == SessionState.HELD)
    return db.session.scalars(found.order_by(Activity.held_on.desc(), Activity.id.desc()).limit(most)).all()


def planned_next(programme: Programme, own: Ids | None, most: int) -> Sequence[Activity]:
    """The activities that are planned, those whose day has passed unreported first."""
    found = _of(programme, own).where(Activity.state == SessionState.PLANNED)
    return db.session.scalars(found.order_by(Activity.planned_on, Activity.id).limit(most)).all()


def _of(programme: Programme, own: Ids | None) -> Select[Activity]:
    return (
        select(Activity)
        .join(ActivityProgramme, ActivityProgramme.activity_id == Activity.id)
        .where(ActivityProgramme.programme_id == programme.id, activities.of_organisations(own))
    )


def part(programme: Programme, number: int) -> ProgrammeOrganisation | None:
    """An organisation's role in this programme by its number."""
    return db.session.scalar(
        select(ProgrammeOrganisation).where(
            ProgrammeOrganisation.id == number, ProgrammeOrganisation.programme_id == programme.id
        )
    )


def could_join(actor: Actor, programme: Programme, words: str, most: int = 30) -> Sequence[Organisation]:
    """The organisations somebody knows of, by name or place, that have no role in a programme yet."""
    there = select(ProgrammeOrganisation.organisation_id).where(ProgrammeOrganisation.programme_id == programme.id)
    found = select(Organisation).where(known_of(actor), Organisation.closed_on.is_(None), Organisation.id.not_in(there))
    for word in words.lower().split()[:6]:
        parts = (Organisation.name, Organisation.short_name, Organisation.place)
        found = found.where(or_(*(func.lower(part).contains(word, autoescape=True) for part in parts)))
    return db.session.scalars(found.order_by(Organisation.name, Organisation.id).limit(most)).all()


def known_among(actor: Actor, ids: Sequence[int]) -> dict[int, Organisation]:
    """Those of these organisations that somebody knows of, by id."""
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids), known_of(actor)))
    return {one.id: one for one in found}


def known_of(actor: Actor) -> ColumnElement[bool]:
    """The condition on `Organisation` for those whose sheet or figures somebody sees."""
    either = (Permission.MANAGE_ORGANISATIONS, Permission.SEE_FIGURES)
    return or_(*(organisations.visible(actor, permission) for permission in either))


def of_organisation(actor: Actor, organisation: Organisation) -> list[tuple[Programme, list[ProgrammeOrganisation]]]:
    """The programmes that an organisation takes part in and the actor sees anything of, each with its roles there."""
    rows = db.session.execute(
        select(Programme, ProgrammeOrganisation)
        .join(ProgrammeOrganisation, ProgrammeOrganisation.programme_id == Programme.id)
        .where(ProgrammeOrganisation.organisation_id == organisation.id, seen(actor))
        .order_by(Programme.starts_on.desc(), Programme.id.desc(), ProgrammeOrganisation.id)
    )
    found: dict[Programme, list[ProgrammeOrganisation]] = {}
    for programme, role in rows:
        found.setdefault(programme, []).append(role)
    return list(found.items())
