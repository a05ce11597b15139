"""Telling the layer of delivery what tests afterwards say: for the gate before a licence, and for the cascade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.delivery.kinds import CohortLevel
from app.delivery.models import Cohort, Enrolment
from app.delivery.queries import tested
from app.infra.db import db
from app.learning.kinds import AssessmentKind, Moment
from app.learning.models import Assessment, AssessmentResult

AFTERWARDS = or_(
    and_(Assessment.kind == AssessmentKind.PAIR, AssessmentResult.moment == Moment.POST),
    and_(Assessment.kind == AssessmentKind.QUIZ, AssessmentResult.moment == Moment.ONCE),
)
TRAINING = (CohortLevel.MASTER, CohortLevel.TRAINERS)


class Tests:
    """Tests that end a cohort: pairs afterwards and quizzes; what waits for a person or was a group's is left out."""

    def of_persons(self, person_ids: Sequence[int], programme_id: int) -> Mapping[int, float]:
        """Each person's best test in a cohort of this programme that makes trainers."""
        found: dict[int, float] = {}
        for person_id, points, out_of in db.session.execute(
            _shares(Enrolment.person_id).where(
                Enrolment.person_id.in_(person_ids), Cohort.programme_id == programme_id, Cohort.level.in_(TRAINING)
            )
        ):
            found[person_id] = max(found.get(person_id, 0.0), float(points) / out_of)
        return found

    def of_cohorts(self, programme_ids: Sequence[int]) -> Mapping[int, tuple[float, int]]:
        """The sum of all shares, and how many they are, of each cohort that was tested."""
        found: dict[int, tuple[float, int]] = {}
        for cohort_id, points, out_of in db.session.execute(
            _shares(Enrolment.cohort_id).where(Cohort.programme_id.in_(programme_ids))
        ):
            total, number = found.get(cohort_id, (0.0, 0))
            found[cohort_id] = (total + float(points) / out_of, number + 1)
        return found


def _shares(key: Any) -> Select[Any]:
    """Points and what could be had, of each enrolment with such a test, beside a key of it."""
    return (
        select(key, func.sum(AssessmentResult.points), func.sum(AssessmentResult.out_of))
        .join(Assessment, Assessment.id == AssessmentResult.assessment_id)
        .join(Enrolment, Enrolment.id == AssessmentResult.enrolment_id)
        .join(Cohort, and_(Cohort.id == Enrolment.cohort_id, Cohort.id == Assessment.cohort_id))
        .where(AFTERWARDS, AssessmentResult.in_group.is_(False))
        .group_by(Enrolment.id, key)
        .having(func.sum(AssessmentResult.waiting) == 0, func.sum(AssessmentResult.out_of) > 0)
    )


def install() -> None:
    """Tell from now on."""
    tested.told_by("learning", Tests())
