"""Rules on assessments: what they are made of, whose answers are kept and what does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.core.errors import N_, Refused
from app.learning.kinds import AssessmentKind, ItemKind, Moment

MOST_ITEMS = 200
MOST_LEVELS = 10
LONGEST_WORDS = 1_000
MOST_ANSWERS = 20_000
MOST_POINTS = 100

MOMENTS: Mapping[AssessmentKind, frozenset[Moment]] = MappingProxyType(
    {
        AssessmentKind.PAIR: frozenset({Moment.PRE, Moment.POST}),
        AssessmentKind.QUIZ: frozenset({Moment.ONCE}),
        AssessmentKind.SURVEY: frozenset({Moment.ONCE}),
        AssessmentKind.RUBRIC: frozenset({Moment.ONCE}),
    }
)
FROM_UNITS = frozenset({AssessmentKind.PAIR, AssessmentKind.QUIZ})
OWN_KINDS: Mapping[AssessmentKind, frozenset[ItemKind]] = MappingProxyType(
    {
        AssessmentKind.SURVEY: frozenset({ItemKind.SCALE, ItemKind.OPEN}),
        AssessmentKind.RUBRIC: frozenset({ItemKind.CRITERION}),
    }
)
UNSCORED = frozenset({ItemKind.SCALE})
_UID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}\Z")


class NoSuchAssessment(Refused):
    text = N_("There is no such test, or your account does not show it.")
    status = 404


class NoQuestions(Refused):
    text = N_("These units have no question for this. Questions asked before and after are marked so in the unit.")
    status = 422


class BadItems(Refused):
    text = N_(
        "Please write from 1 to %(most)s questions, each with words of at most %(letters)s letters, and its levels."
    )
    status = 422


class NotAskedThen(Refused):
    text = N_("This is not asked at that moment.")
    status = 422


class NoSuchItem(Refused):
    text = N_("This test has no such question.")
    status = 422


class NotInCohort(Refused):
    text = N_("This person is not in the cohort of this test.")
    status = 422


class Closed(Refused):
    text = N_("This test was closed before that was answered.")


class OtherContent(Refused):
    text = N_("This answer arrived before with other content; both are kept until a person looks at them.")


class BadUid(Refused):
    text = N_("This answer does not say what names it.")
    status = 422


class SupersedesOther(Refused):
    text = N_("This names an answer to correct that is another person's, or to another question.")
    status = 422


class TooManyAnswers(Refused):
    text = N_("That is too much at once: at most %(most)s answers.")
    status = 422


class NotOpen(Refused):
    text = N_("Only open answers are scored by a person; this one is scored by its key.")
    status = 422


class BadPoints(Refused):
    text = N_("Points lie between 0 and what can be had, which is from 1 to %(most)s.")
    status = 422


@dataclass(frozen=True, slots=True)
class OwnItem:
    """What a survey or a rubric asks, by language. A scale or criterion has levels from 0 up, each with its words."""

    kind: ItemKind
    words: Mapping[str, str]
    levels: Sequence[Mapping[str, str]] = ()


def check_own(kind: AssessmentKind, items: Sequence[OwnItem]) -> None:
    """Raise `BadItems` unless a survey or a rubric may ask this."""
    allowed = OWN_KINDS.get(kind, frozenset())
    fine = 0 < len(items) <= MOST_ITEMS and all(
        item.kind in allowed
        and _worded(item.words)
        and (2 <= len(item.levels) <= MOST_LEVELS + 1 or item.kind is ItemKind.OPEN)
        and all(_worded(level) for level in item.levels)
        for item in items
    )
    if not fine:
        raise BadItems(most=MOST_ITEMS, letters=LONGEST_WORDS)


def _worded(words: Mapping[str, str]) -> bool:
    return bool(words) and all(
        text.strip() and len(text) <= LONGEST_WORDS and "\x00" not in text for text in words.values()
    )


def check_uid(uid: str) -> None:
    """Raise `BadUid` unless this can name an event."""
    if not _UID.match(uid):
        raise BadUid


def check_points(points: int, out_of: int) -> None:
    """Raise `BadPoints` unless a person may give this."""
    if not (1 <= out_of <= MOST_POINTS and 0 <= points <= out_of):
        raise BadPoints(most=MOST_POINTS)
