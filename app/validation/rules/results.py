"""What answers amount to: shares in the top band, who passes, breakdowns nobody can be found in, Cronbach's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.core.gains import FEWEST as FEWEST

from .scales import Criterion


class Standing(StrEnum):
    """Whether a unit was found good."""

    PASSED = "passed"
    FAILED = "failed"
    TOO_FEW = "too_few"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer on a criterion; without a respondent it is a show of hands, which has no groups."""

    respondent: str | None
    criterion: Criterion
    question: int
    value: int
    groups: Mapping[str, str]
    hands: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    """Answers on one criterion: how many, in the top band, of how many people, and the middle answer."""

    answers: int
    top: int
    people: int
    median: float | None
    standing: Standing

    @property
    def share(self) -> float | None:
        """The share in the top band, from 0 to 1; None where too few answered to tell."""
        return self.top / self.answers if self.standing in (Standing.PASSED, Standing.FAILED) else None


def passes(top: int, answers: int, threshold: int) -> bool:
    """Whether at least `threshold` per cent of the answers are in the top band, exactly, without rounding up."""
    return answers > 0 and top * 100 >= threshold * answers


def score(given: Sequence[Given], top_from: int, threshold: int) -> Score:
    """The answers on one criterion summed up; `TOO_FEW` below five people."""
    answers = sum(one.hands for one in given)
    top = sum(one.hands for one in given if one.value >= top_from)
    count = people(given)
    if not answers:
        standing = Standing.NOT_TRIED
    elif count < FEWEST:
        standing = Standing.TOO_FEW
    else:
        standing = Standing.PASSED if passes(top, answers, threshold) else Standing.FAILED
    return Score(answers, top, count, median(given), standing)


def people(given: Iterable[Given]) -> int:
    """How many people answered: everybody with a sheet once, and of each show of hands its fullest question."""
    listed = list(given)
    named = {one.respondent for one in listed if one.respondent is not None}
    hands: Counter[int] = Counter()
    for one in listed:
        if one.respondent is None:
            hands[one.question] += one.hands
    return len(named) + max(hands.values(), default=0)


def median(given: Iterable[Given]) -> float | None:
    """The middle answer, or the mean of the two middle ones; None without answers."""
    counts: Counter[int] = Counter()
    for one in given:
        counts[one.value] += one.hands
    total = sum(counts.values())
    if not total:
        return None
    return (_at(counts, (total - 1) // 2) + _at(counts, total // 2)) / 2


def _at(counts: Counter[int], index: int) -> int:
    """The answer at this index when all are put in order."""
    for value in sorted(counts):
        index -= counts[value]
        if index < 0:
            return value
    raise IndexError(index)


def standing(scores: Mapping[Criterion, Score]) -> Standing:
    """A unit passes when every criterion does; one that fails is enough to fail it."""
    found = [scores[criterion].standing if criterion in scores else Standing.NOT_TRIED for criterion in Criterion]
    if all(one is Standing.NOT_TRIED for one in found):
        return Standing.NOT_TRIED
    if Standing.FAILED in found:
        return Standing.FAILED
    return Standing.PASSED if all(one is Standing.PASSED for one in found) else Standing.TOO_FEW


def breakdown(given: Sequence[Given], dimension: str, top_from: int, threshold: int) -> dict[str, Score | None]:
    """The answers on one criterion by group (`sex`, `age`, `role`); None where a group is too small to be told of.

    What is told must not give the rest away: the groups that are hidden are at least two, with at least five people
    together, unless all are told. Whoever said nothing of themselves is the group "".
    """
    grouped: dict[str, list[Given]] = {}
    for one in given:
        grouped.setdefault(one.groups.get(dimension, ""), []).append(one)
    sizes = {name: people(some) for name, some in grouped.items()}
    shown = told(sizes)
    return {
        name: score(some, top_from, threshold) if name in shown else None
        for name, some in sorted(grouped.items(), key=lambda pair: pair[0])
    }


def told(sizes: Mapping[str, int]) -> set[str]:
    """The groups that may be told of, given how many people each has."""
    by_size = sorted((name for name in sizes if sizes[name]), key=lambda name: (sizes[name], name))
    hidden = [name for name in by_size if sizes[name] < FEWEST]
    for name in by_size:
        if not hidden or (len(hidden) > 1 and sum(sizes[one] for one in hidden) >= FEWEST):
            break
        if name not in hidden:
            hidden.append(name)
    return set(by_size) - set(hidden)


def alpha(rows: Sequence[Sequence[int]]) -> float | None:
    """Cronbach's alpha of complete rows (a row per person, a column per question); None when it cannot be worked out.

    k / (k - 1) * (1 - sum of the columns' variances / variance of the rows' sums), with sample variances
    (L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16, 1951, pp. 297-334).
    Needs two questions, two people, and sums that differ.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    k = len(rows[0])
    total = _variance([sum(row) for row in rows])
    if total == 0:
        return None
    parts = sum((_variance([row[column] for row in rows]) for column in range(k)), Fraction(0))
    return float(Fraction(k, k - 1) * (1 - parts / total))


def _variance(values: Sequence[int]) -> Fraction:
    """The sample variance."""
    mean = Fraction(sum(values), len(values))
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)
