"""The five criteria a unit is judged by, the scales of answers, and the questions that are asked unless changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import N_, Refused

LONGEST_QUESTION = 300
MOST_QUESTIONS = 40


class Criterion(StrEnum):
    """What a unit is judged by, in the order it is asked."""

    ATTRACTION = "attraction"
    COMPREHENSION = "comprehension"
    IDENTIFICATION = "identification"
    ACCEPTANCE = "acceptance"
    INDUCEMENT = "inducement"


class Scale(StrEnum):
    """The answers people choose from."""

    FIVE = "five"  # 1 to 5
    FOUR = "four"  # 0 to 3: nothing, little, fairly, very


@dataclass(frozen=True, slots=True)
class Steps:
    """A scale's answers from lowest to highest; answers up to `comment_until` ask for a comment."""

    lowest: int
    highest: int
    top_from: int
    comment_until: int

    @property
    def values(self) -> range:
        return range(self.lowest, self.highest + 1)


STEPS: dict[Scale, Steps] = {Scale.FIVE: Steps(1, 5, 4, 2), Scale.FOUR: Steps(0, 3, 2, 0)}

QUESTIONS: tuple[tuple[Criterion, dict[str, str]], ...] = (
    (
        Criterion.ATTRACTION,
        {
            "es": "¿Cuánto le gustó esta unidad y cómo se presenta?",
            "en": "How much did you like this unit and the way it looks?",
        },
    ),
    (
        Criterion.COMPREHENSION,
        {
            "es": "¿Cuánto se entiende lo que dice la unidad?",
            "en": "How well can what the unit says be understood?",
        },
    ),
    (
        Criterion.COMPREHENSION,
        {
            "es": "¿Las palabras son las que se usan aquí?",
            "en": "Are the words those that people use here?",
        },
    ),
    (
        Criterion.IDENTIFICATION,
        {
            "es": "¿Los casos y los ejemplos se parecen a lo que se vive aquí?",
            "en": "Are the cases and examples like life here?",
        },
    ),
    (
        Criterion.ACCEPTANCE,
        {
            "es": "¿Está de acuerdo con lo que enseña? ¿Nada le molesta ni ofende?",
            "en": "Do you agree with what it teaches? Is there nothing that bothers or offends you?",
        },
    ),
    (
        Criterion.INDUCEMENT,
        {
            "es": "¿Cuánto le anima a hacer algo en su cooperativa?",
            "en": "How much does it move you to do something in your co-operative?",
        },
    ),
)


class BadSettings(Refused):
    text = N_("The top band begins between %(first)s and %(last)s, and the share to reach is from 1 to 100 per cent.")
    status = 422


class BadQuestion(Refused):
    text = N_("A question needs a text of at most %(most)s letters in every language of the list.")
    status = 422


class TooManyQuestions(Refused):
    text = N_("More than %(most)s questions about one unit are too many for anybody.")
    status = 422


class NeedsEveryCriterion(Refused):
    text = N_("Every criterion needs at least one question.")
    status = 422


def check_settings(scale: Scale, top_from: int, threshold: int) -> None:
    """Raise `BadSettings` unless the top band is part of the scale, not all of it, and the threshold a percentage."""
    steps = STEPS[scale]
    if not (steps.lowest < top_from <= steps.highest and 1 <= threshold <= 100):
        raise BadSettings(first=steps.lowest + 1, last=steps.highest)


def check_question(texts: dict[str, str]) -> None:
    """Raise `BadQuestion` unless a question says something, not too long, in each of its languages."""
    if not texts or any(not text.strip() or len(text) > LONGEST_QUESTION for text in texts.values()):
        raise BadQuestion(most=LONGEST_QUESTION)


def check_questions(asked: list[Criterion]) -> None:
    """Raise `NeedsEveryCriterion` or `TooManyQuestions` unless these questions make a questionnaire."""
    if set(asked) != set(Criterion):
        raise NeedsEveryCriterion
    if len(asked) > MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
