"""Reading the board of cohorts: those an actor may see and how each is doing, in a few queries for any number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from app.delivery.kinds import CohortLevel, CohortState, EnrolmentState, SessionState
from app.delivery.models import AttendanceMark, Cohort, CohortSession, CohortTrainer, Enrolment, Programme
from app.delivery.rules.attendance import COUNTS, TOOK_PART, Counted
from app.delivery.rules.cascade_figures import Share
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import Actor, Permission

from . import cohorts, follow_up, risk, scopes

ORDERS = ("newest", "name", "next")
OVER = (CohortState.FINISHED, CohortState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for on the board; what is empty bounds nothing. `mine`: those they teach now."""

    search: str = ""
    programme: str = ""
    level: CohortLevel | None = None
    state: CohortState | None = None
    mine: bool = False
    order: str = "newest"


@dataclass(frozen=True, slots=True)
class Line:
    """A cohort at a glance. `came` counts marks of whoever took part, even in a part, out of those who were expected.

    `people` take part now; in a cohort that is over, whoever was ever enrolled. `to_call` is None where the actor does
    not see its people.
    """

    cohort: Cohort
    programme: str
    host: str
    people: int
    next_on: date | None
    came: Share
    to_call: int | None


def any_visible(actor: Actor) -> bool:
    """Whether there is a cohort that the actor may see."""
    seen = select(Cohort.id).where(scopes.cohorts_visible(actor, Permission.SEE_COHORT))
    return bool(db.session.scalar(select(seen.exists())))


def programmes(actor: Actor) -> Sequence[tuple[str, str]]:
    """Short name and name of the programmes whose cohorts the actor may see, for choosing one."""
    seen = select(Cohort.programme_id).where(scopes.cohorts_visible(actor, Permission.SEE_COHORT))
    rows = db.session.execute(
        select(Programme.slug, Programme.name).where(Programme.id.in_(seen)).order_by(Programme.name, Programme.id)
    )
    return [(slug, name) for slug, name in rows]


def count(actor: Actor, wanted: Wanted) -> int:
    """How many cohorts are found."""
    found = select(func.count(Cohort.id)).join(Programme).outerjoin(Organisation, Organisation.id == Cohort.host_id)
    return db.session.scalar(found.where(*_where(actor, wanted))) or 0


def listed(actor: Actor, wanted: Wanted, today: date, *, offset: int = 0, limit: int = 20) -> list[Line]:
    """The cohorts found, each with how it is doing; a dozen queries, however many."""
    following = (
        select(func.min(CohortSession.planned_on))
        .where(
            CohortSession.cohort_id == Cohort.id,
            CohortSession.state == SessionState.PLANNED,
            CohortSession.planned_on >= today,
        )
        .scalar_subquery()
    )
    order: dict[str, list[ColumnElement[Any]]] = {
        "newest": [Cohort.starts_on.desc()],
        "name": [func.lower(Cohort.name)],
        "next": [following.is_(None), following],
    }
    rows = db.session.execute(
        select(Cohort, Programme.name, Organisation.name, following)
        .join(Programme)
        .outerjoin(Organisation, Organisation.id == Cohort.host_id)
        .where(*_where(actor, wanted))
        .order_by(*order.get(wanted.order, order["newest"]), Cohort.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    ids = [row[0].id for row in rows]
    people, came, calls = _people(ids), _came(ids), _calls(actor, ids, today)
    seen = _people_seen(actor, ids)
    return [
        Line(
            cohort, programme, host or "", people.get(cohort.id, 0), next_on, came.get(cohort.id, Share(0, 0)),
            calls.get(cohort.id, 0) if cohort.id in seen else None,
        )
        for cohort, programme, host, next_on in rows
    ]  # fmt: skip


def _where(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [scopes.cohorts_visible(actor, Permission.SEE_COHORT)]
    for word in wanted.search.lower().split()[:6]:
        columns = (Cohort.name, Cohort.place, Cohort.slug, Organisation.name, Programme.name)
        found.append(or_(*(func.lower(column).contains(word, autoescape=True) for column in columns)))
    if wanted.programme:
        found.append(Programme.slug == wanted.programme)
    if wanted.level is not None:
        found.append(Cohort.level == wanted.level)
    if wanted.state is not None:
        found.append(Cohort.state == wanted.state)
    if wanted.mine:
        taught = select(CohortTrainer.cohort_id).where(
            CohortTrainer.person_id == actor.person_id, CohortTrainer.until.is_(None)
        )
        found.append(Cohort.id.in_(taught))
    return found


def _people(ids: Sequence[int]) -> dict[int, int]:
    counted = (
        select(Enrolment.cohort_id, func.count(Enrolment.person_id.distinct()))
        .join(Cohort)
        .where(
            Enrolment.cohort_id.in_(ids),
            cohorts.not_doubled(),
            or_(Enrolment.state == EnrolmentState.ACTIVE, Cohort.state.in_(OVER)),
        )
        .group_by(Enrolment.cohort_id)
    )
    return dict(db.session.execute(counted).all())


def _came(ids: Sequence[int]) -> dict[int, Share]:
    left_out = [mark for mark, counts in COUNTS.items() if counts is Counted.LEFT_OUT]
    counted = (
        select(
            CohortSession.cohort_id,
            func.sum(case((AttendanceMark.mark.in_(TOOK_PART), 1), else_=0)),
            func.sum(case((AttendanceMark.mark.in_(left_out), 0), else_=1)),
        )
        .join(AttendanceMark, AttendanceMark.session_id == CohortSession.id)
        .where(CohortSession.cohort_id.in_(ids))
        .group_by(CohortSession.cohort_id)
    )
    return {id_: Share(int(came), int(of)) for id_, came, of in db.session.execute(counted)}


def _people_seen(actor: Actor, ids: Sequence[int]) -> set[int]:
    seen = select(Cohort.id).where(Cohort.id.in_(ids), scopes.cohorts_visible(actor, Permission.SEE_PEOPLE))
    return set(db.session.scalars(seen))


def _calls(actor: Actor, ids: Sequence[int], today: date) -> Counter[int]:
    going_on = Cohort.state == CohortState.ACTIVE
    chosen = follow_up.visible(actor, Cohort.id.in_(ids), going_on)
    return Counter(one.at_risk.cohort_id for one in risk.whom_to_call(chosen, today))
