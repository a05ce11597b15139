"""Tests, what was answered, what was read, who completed, what was certified. Facts are appended, never altered."""

from .assessments import Answer, AnswerPoints, Assessment, AssessmentItem, AssessmentResult
from .certificates import BadgeKey, Certificate
from .progress import CompletionDecision, UnitReading

__all__ = [
    "Answer",
    "AnswerPoints",
    "Assessment",
    "AssessmentItem",
    "AssessmentResult",
    "BadgeKey",
    "Certificate",
    "CompletionDecision",
    "UnitReading",
]
