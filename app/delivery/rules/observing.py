"""Rules on observing trainers: which criteria a rubric has, what may be scored, who may score, what passes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.core.errors import N_, Refused

FILE = Path(__file__).parents[1] / "data" / "rubric.toml"


class NoSuchRubric(Refused):
    text = N_("There is no such rubric.")
    status = 422


class IncompleteScores(Refused):
    text = N_("Please score every criterion from %(lowest)s to %(highest)s.")
    status = 422


class ObservesSelf(Refused):
    text = N_("Nobody observes their own teaching: please let somebody else score it.")
    status = 403


class DoesNotTeach(Refused):
    text = N_("%(name)s does not teach this cohort.")
    status = 422


class NotOfThisCohort(Refused):
    text = N_("This session belongs to another cohort.")
    status = 422


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing an observer looks at. `names` and `explained` by language; `minimum` is the least score that passes."""

    key: str
    minimum: int
    names: Mapping[str, str]
    explained: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rubric:
    """A version of what observers look at, and the lowest and highest score they may give."""

    version: str
    lowest: int
    highest: int
    criteria: tuple[Criterion, ...]


@cache
def rubrics() -> Mapping[str, Rubric]:
    """Every version of the rubric, as the file says."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return {version: _rubric(version, row) for version, row in data["versions"].items()}


@cache
def current() -> Rubric:
    """The rubric that observations are scored with now."""
    return rubrics()[tomllib.loads(FILE.read_text("utf-8"))["current"]]


def rubric(version: str) -> Rubric:
    """A rubric by its version; raises `NoSuchRubric`."""
    found = rubrics().get(version)
    if found is None:
        raise NoSuchRubric
    return found


def _rubric(version: str, row: Mapping[str, Any]) -> Rubric:
    return Rubric(version, row["lowest"], row["highest"], tuple(_criterion(one) for one in row["criteria"]))


def _criterion(row: Mapping[str, Any]) -> Criterion:
    texts = {language: told for language, told in row.items() if isinstance(told, list)}
    return Criterion(
        key=row["key"],
        minimum=row["minimum"],
        names={language: str(told[0]) for language, told in texts.items()},
        explained={language: str(told[1]) for language, told in texts.items()},
    )


def check_scores(held: Rubric, scores: Mapping[str, int]) -> None:
    """Raise `IncompleteScores` unless each criterion, and nothing else, has a whole score within the limits."""
    is_whole = scores.keys() == {one.key for one in held.criteria}
    if not is_whole or any(type(n) is not int or not held.lowest <= n <= held.highest for n in scores.values()):
        raise IncompleteScores(lowest=held.lowest, highest=held.highest)


def below_minimum(held: Rubric, scores: Mapping[str, int]) -> tuple[Criterion, ...]:
    """The criteria in which more is needed before the next level; none when it passes."""
    return tuple(one for one in held.criteria if scores.get(one.key, 0) < one.minimum)


def rating(scores: Mapping[str, int], highest: int = 4, lowest: int = 1) -> float:
    """The mean of the scores, from 0 (all lowest) to 1 (all highest); 0 of no scores."""
    if not scores:
        return 0.0
    return (sum(scores.values()) / len(scores) - lowest) / (highest - lowest)
