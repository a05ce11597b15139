"""Where programmes, cohorts and sessions lie, and, through them, organisations and persons. Asked by every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, or_, select

from app.core.errors import N_, Refused
from app.delivery.models import Cohort, CohortSession, CohortTrainer, Enrolment, Programme, ProgrammeOrganisation
from app.infra.db import db
from app.people.models import Organisation, Person
from app.people.permissions import Actor, Ids, Permission, Scope, allows
from app.people.queries import organisations, persons, programmes
from app.people.queries.persons import Ties
from app.people.queries.within import Where, within


class NoSuchProgramme(Refused):
    text = N_("There is no such programme, or your account does not show it.")
    status = 404


class NoSuchCohort(Refused):
    text = N_("There is no such cohort, or your account does not show it.")
    status = 404


class NoSuchSession(Refused):
    text = N_("This cohort has no such session.")
    status = 404


def install() -> None:
    """Tell the layer of people where organisations and persons lie because of programmes and cohorts."""
    organisations.lies_in("delivery", _programmes_of, _organisation_in)
    persons.lies_in("delivery", _Cohorts())
    programmes.tell("delivery", _Programmes())


def of_programme(programme: Programme) -> Scope:
    """Where a programme lies: in itself and in its region. Its organisations see what is theirs, not all of it."""
    return Scope(region=programme.region, programmes=frozenset({programme.id}))


def of_cohort(cohort: Cohort) -> Scope:
    """Where a cohort lies: its region, programme and host, and those who teach it now."""
    teachers = db.session.scalars(
        select(CohortTrainer.person_id).where(CohortTrainer.cohort_id == cohort.id, CohortTrainer.until.is_(None))
    )
    return Scope(
        region=cohort.region,
        organisations=None if cohort.host_id is None else frozenset({cohort.host_id}),
        programmes=frozenset({cohort.programme_id}),
        teachers=frozenset(teachers),
    )


def programme(actor: Actor, slug: str, permission: Permission) -> Programme:
    """The programme of an address, for somebody who has this permission on it."""
    found = db.session.scalar(select(Programme).where(Programme.slug == slug))
    if found is None or not allows(actor, permission, of_programme(found)):
        raise NoSuchProgramme
    return found


def cohort(actor: Actor, slug: str, permission: Permission) -> Cohort:
    """The cohort of an address, for somebody who has this permission on it."""
    found = db.session.scalar(select(Cohort).where(Cohort.slug == slug))
    if found is None or not allows(actor, permission, of_cohort(found)):
        raise NoSuchCohort
    return found


def session(held_by: Cohort, number: int) -> CohortSession:
    """A session of this cohort by its number."""
    found = db.session.scalar(
        select(CohortSession).where(CohortSession.cohort_id == held_by.id, CohortSession.number == number)
    )
    if found is None:
        raise NoSuchSession
    return found


def programmes_visible(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The condition on `Programme` for those on which the actor has this permission."""
    where = Where(region=Programme.region, programmes=lambda held: Programme.id.in_(held))
    return within(actor, permission, where)


def cohorts_visible(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The condition on `Cohort` for those on which the actor has this permission."""
    where = Where(
        region=Cohort.region,
        organisations=lambda held: Cohort.host_id.in_(held),
        programmes=lambda held: Cohort.programme_id.in_(held),
        teachers=lambda held: Cohort.id.in_(_taught_by(held)),
    )
    return within(actor, permission, where)


def _taught_by(held: Ids) -> Select[int]:
    return select(CohortTrainer.cohort_id).where(CohortTrainer.person_id.in_(held), CohortTrainer.until.is_(None))


def _programmes_of(ids: Sequence[int]) -> dict[int, Ids]:
    found: dict[int, set[int]] = {}
    for organisation_id, programme_id in db.session.execute(
        select(ProgrammeOrganisation.organisation_id, ProgrammeOrganisation.programme_id)
        .where(ProgrammeOrganisation.organisation_id.in_(ids))
    ):  # fmt: skip
        found.setdefault(organisation_id, set()).add(programme_id)
    return {id_: frozenset(held) for id_, held in found.items()}


def _organisation_in(held: Ids) -> ColumnElement[bool]:
    taking_part = select(ProgrammeOrganisation.organisation_id).where(ProgrammeOrganisation.programme_id.in_(held))
    return Organisation.id.in_(taking_part)


class _Programmes:
    """The programmes within which roles are given."""

    def offered(self, actor: Actor, permission: Permission) -> Sequence[programmes.Offered]:
        seen = programmes_visible(actor, permission)
        rows = db.session.execute(select(Programme.id, Programme.name, Programme.region).where(seen))
        return [programmes.Offered(*row) for row in rows]

    def named(self, ids: Sequence[int]) -> Mapping[int, str]:
        rows = db.session.execute(select(Programme.id, Programme.name).where(Programme.id.in_(ids)))
        return {row.id: row.name for row in rows}


class _Cohorts:
    """Persons lie where they are enrolled and where they teach; those who teach a cohort reach those enrolled in it."""

    def ties(self, ids: Sequence[int]) -> Mapping[int, Ties]:
        rows = db.session.execute(
            select(Enrolment.person_id, Enrolment.organisation_id, Cohort.programme_id, CohortTrainer.person_id)
            .join(Cohort, Cohort.id == Enrolment.cohort_id)
            .outerjoin(CohortTrainer, (CohortTrainer.cohort_id == Cohort.id) & CohortTrainer.until.is_(None))
            .where(Enrolment.person_id.in_(ids))
        ).all()
        teaching = db.session.execute(
            select(CohortTrainer.person_id, Cohort.programme_id)
            .join(Cohort, Cohort.id == CohortTrainer.cohort_id)
            .where(CohortTrainer.person_id.in_(ids))
        ).all()
        found = {id_: (set[int](), set[int](), set[int]()) for id_ in ids}
        for person_id, organisation_id, programme_id, teacher_id in rows:
            sent_by, in_programmes, taught_by = found[person_id]
            in_programmes.add(programme_id)
            if organisation_id is not None:
                sent_by.add(organisation_id)
            if teacher_id is not None:
                taught_by.add(teacher_id)
        for person_id, programme_id in teaching:
            found[person_id][1].add(programme_id)
        return {id_: Ties(*(frozenset(held) for held in parts)) for id_, parts in found.items()}

    def of_organisations(self, held: Ids) -> ColumnElement[bool]:
        return Person.id.in_(select(Enrolment.person_id).where(Enrolment.organisation_id.in_(held)))

    def of_programmes(self, held: Ids) -> ColumnElement[bool]:
        learners = select(Enrolment.person_id).join(Cohort).where(Cohort.programme_id.in_(held))
        trainers = select(CohortTrainer.person_id).join(Cohort).where(Cohort.programme_id.in_(held))
        return or_(Person.id.in_(learners), Person.id.in_(trainers))

    def of_teachers(self, held: Ids) -> ColumnElement[bool]:
        return Person.id.in_(select(Enrolment.person_id).where(Enrolment.cohort_id.in_(_taught_by(held))))
