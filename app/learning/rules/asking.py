"""When somebody may answer by themselves, from where their cohort stands; who teaches enters answers whenever."""

from __future__ import annotations

from app.learning.kinds import AssessmentKind, Moment


def moment_for(kind: AssessmentKind, held: int, ahead: int) -> Moment | None:
    """The moment a learner is asked at now: a pair before the first session and after the last; None for not now.

    `held` and `ahead` count the cohort's sessions. A rubric is filled in by who watches, never by oneself.
    """
    if kind is AssessmentKind.PAIR:
        return Moment.PRE if not held else Moment.POST if not ahead else None
    return None if kind is AssessmentKind.RUBRIC else Moment.ONCE
