"""Reading licences, and what somebody has to show for one. Three queries for however many persons; unchecked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from app.delivery.kinds import CohortLevel, Mark, SessionState
from app.delivery.models import (
    AttendanceMark,
    Cohort,
    CohortSession,
    Enrolment,
    Programme,
    SessionTrainer,
    TrainerLicence,
    TrainerObservation,
)
from app.delivery.rules import licences as rules
from app.delivery.rules import observing
from app.delivery.rules.cascade_figures import Share
from app.delivery.rules.licences import Evidence, Held
from app.infra.db import db
from app.people.models import Person


def of_persons(person_ids: Sequence[int], programme: Programme | None = None) -> dict[int, list[TrainerLicence]]:
    """The licences of each of these persons, newest first; of one programme, or of all."""
    wanted = select(TrainerLicence).where(TrainerLicence.person_id.in_(person_ids))
    if programme is not None:
        wanted = wanted.where(TrainerLicence.programme_id == programme.id)
    found: dict[int, list[TrainerLicence]] = {id_: [] for id_ in person_ids}
    for licence in db.session.scalars(wanted.order_by(TrainerLicence.valid_from.desc(), TrainerLicence.id.desc())):
        found[licence.person_id].append(licence)
    return found


def is_renewed(licence: TrainerLicence) -> bool:
    """Whether another licence follows this one, and was not taken back."""
    follows = select(TrainerLicence.id).where(
        TrainerLicence.previous_id == licence.id, TrainerLicence.revoked_on.is_(None)
    )
    return db.session.scalar(follows.limit(1)) is not None


def held(licence: TrainerLicence) -> Held:
    """A licence as the rules know it."""
    return Held(licence.kind, licence.valid_from, licence.valid_until, licence.revoked_on)


def may_teach(person: Person, programme: Programme, level: CohortLevel, on: date) -> bool:
    """Whether a licence of this programme lets somebody teach a cohort of this level on a day."""
    licences = of_persons([person.id], programme)[person.id]
    return rules.may_teach([held(one) for one in licences], level, on)


def evidence(
    person_ids: Sequence[int], programme: Programme, tests: Mapping[int, float] | None = None
) -> dict[int, Evidence]:  # fmt: skip
    """What each person has to show in a programme; `tests` are their post-tests, which the layer above knows."""
    attended = _attended(person_ids, programme)
    taught = _taught(person_ids, programme)
    solo = _observed_solo(person_ids, programme)
    return {
        id_: Evidence(
            attended=attended.get(id_, Share(0, 0)),
            test=(tests or {}).get(id_),
            co_facilitated=taught.get(id_, (0, None))[0],
            observed_solo=solo.get(id_, 0),
            last_taught=taught.get(id_, (0, None))[1],
        )
        for id_ in person_ids
    }


def _attended(person_ids: Sequence[int], programme: Programme) -> dict[int, Share]:
    """Each person's best enrolment in a cohort that makes trainers: sessions attended, of those held."""
    came = case((AttendanceMark.mark.in_((Mark.PRESENT, Mark.PARTIAL, Mark.LATE)), 1), else_=0)
    expected = case((AttendanceMark.mark == Mark.NOT_EXPECTED, 0), else_=1)
    rows = db.session.execute(
        select(Enrolment.person_id, func.sum(func.coalesce(came, 0)), func.sum(expected))
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(CohortSession, CohortSession.cohort_id == Cohort.id)
        .outerjoin(
            AttendanceMark,
            (AttendanceMark.session_id == CohortSession.id) & (AttendanceMark.enrolment_id == Enrolment.id),
        )
        .where(
            Enrolment.person_id.in_(person_ids),
            Cohort.programme_id == programme.id,
            Cohort.level.in_((CohortLevel.MASTER, CohortLevel.TRAINERS)),
            CohortSession.state == SessionState.HELD,
        )
        .group_by(Enrolment.person_id, Enrolment.id)
        .order_by(Enrolment.id)
    )
    found: dict[int, Share] = {}
    for person_id, count, of in rows:
        share = Share(int(count), int(of))
        if person_id not in found or (share.value or 0) > (found[person_id].value or 0):
            found[person_id] = share
    return found


def _taught(person_ids: Sequence[int], programme: Programme) -> dict[int, tuple[int, date | None]]:
    """How many sessions each taught together with somebody, and when they last taught."""
    other = aliased(SessionTrainer)
    together = (
        select(other.id)
        .where(other.session_id == SessionTrainer.session_id, other.person_id != SessionTrainer.person_id)
        .exists()
    )
    rows = db.session.execute(
        select(
            SessionTrainer.person_id,
            func.sum(case((together, 1), else_=0)),
            func.max(CohortSession.held_on),
        )
        .join(CohortSession, CohortSession.id == SessionTrainer.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .where(
            SessionTrainer.person_id.in_(person_ids),
            Cohort.programme_id == programme.id,
            CohortSession.state == SessionState.HELD,
        )
        .group_by(SessionTrainer.person_id)
    )
    return {person_id: (int(count), last) for person_id, count, last in rows}


def _observed_solo(person_ids: Sequence[int], programme: Programme) -> dict[int, int]:
    """How many observations of teaching alone had every criterion at its minimum."""
    rows = db.session.scalars(
        select(TrainerObservation)
        .join(Cohort, Cohort.id == TrainerObservation.cohort_id)
        .where(
            TrainerObservation.person_id.in_(person_ids),
            Cohort.programme_id == programme.id,
            TrainerObservation.solo,
        )
        .order_by(TrainerObservation.id)
    )
    found: dict[int, int] = {}
    for one in rows:
        if not observing.below_minimum(observing.rubric(one.rubric), one.scores):
            found[one.person_id] = found.get(one.person_id, 0) + 1
    return found
