"""What somebody is asked when they answer by themselves: the questions in their language, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.content import Language
from app.delivery.kinds import SessionState
from app.delivery.models import Cohort, CohortSession, Enrolment
from app.infra.db import db
from app.learning.kinds import AssessmentKind, Moment
from app.learning.models import Assessment, AssessmentItem
from app.learning.rules import asking
from app.learning.rules.assessments import NoSuchAssessment
from app.people.permissions import Actor

from . import assessments, reading
from .assessments import Held
from .papers import Paper


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person before one assessment; `held` is what they answered at `moment`, `asks` whether it is asked now."""

    assessment: Assessment
    enrolment: Enrolment
    paper: Paper
    moment: Moment
    asks: bool
    held: dict[int, Held]
    language: Language

    @property
    def open(self) -> list[AssessmentItem]:
        """What was not answered yet, in order."""
        return [item for item in self.paper.items if item.id not in self.held]

    @property
    def finished(self) -> bool:
        return not self.open

    @property
    def tells(self) -> bool:
        """Whether the answers may be told: not before the course, where the same is asked again at its end."""
        return self.moment is not Moment.PRE and self.assessment.kind is not AssessmentKind.SURVEY


def sitting(actor: Actor, assessment_id: int, language: Language) -> Sitting:
    """The assessment, for who is or was in its cohort; raises `NoSuchAssessment`."""
    assessment = db.session.get(Assessment, assessment_id)
    if assessment is None or assessment.kind is AssessmentKind.RUBRIC:
        raise NoSuchAssessment
    cohort = db.session.get_one(Cohort, assessment.cohort_id)
    try:
        _, enrolment = reading.enrolled(actor, cohort.slug)
    except reading.NotMine:
        raise NoSuchAssessment from None
    paper, now = Paper(assessment), _moment(assessment)
    moment = now or Moment.POST
    found = assessments.holding(paper, moment, [enrolment.id])
    held = {item_id: one for (_, item_id), one in found.items()}
    asks = now is not None and assessment.closed_at is None
    return Sitting(assessment, enrolment, paper, moment, asks, held, language)


def _moment(assessment: Assessment) -> Moment | None:
    rows: Sequence[tuple[SessionState, int]] = [
        (state, count)
        for state, count in db.session.execute(
            select(CohortSession.state, func.count())
            .where(CohortSession.cohort_id == assessment.cohort_id)
            .group_by(CohortSession.state)
        )
    ]
    counted = dict(rows)
    return asking.moment_for(
        assessment.kind, counted.get(SessionState.HELD, 0), counted.get(SessionState.PLANNED, 0)
    )  # fmt: skip
