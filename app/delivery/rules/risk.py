"""Who may be about to leave, by rules that anybody can check: each shows what it found and its limit.

No score and no prediction: thresholds are data, a programme's own where it has set them. The database is
read in queries/risk.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.core.errors import N_, Refused
from app.delivery.kinds import EnrolmentState, Mark, RiskLevel

from .cascade_figures import Share
from .risk_harvests import Window

FILE = Path(__file__).parents[1] / "data" / "risk.toml"
ATTENDED = frozenset({Mark.PRESENT, Mark.PARTIAL, Mark.LATE})
ORDER = tuple(RiskLevel)
MOST_DAYS = 400
LATELY = 4


class OddThreshold(Refused):
    text = N_("%(name)s: this threshold does not exist, or the number cannot be right.")
    status = 422


class ThresholdsCross(Refused):
    text = N_("Red must need more than orange, and orange more than yellow.")
    status = 422


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on each rule speaks; what each means is written in data/risk.toml."""

    yellow_absences: int
    yellow_of_last: int
    yellow_attended: float
    orange_in_a_row: int
    orange_attended: float
    orange_task_days: int
    red_in_a_row: int
    red_silent_days: int
    fewest_sessions: int
    quiet_days: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session that was held while somebody was enrolled, and their mark; None where nobody marked them."""

    on: date
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that the rules look at. `meetings` in order of day; `reported` the reasons heard since they last came.

    `reached_on` is the last contact at which somebody answered; `task_days_late` is how late they are with the groups
    they promised to teach, see `days_late`.
    """

    meetings: Sequence[Meeting]
    enrolled_on: date
    state: EnrolmentState = EnrolmentState.ACTIVE
    returns_on: date | None = None
    reached_on: date | None = None
    reported: frozenset[str] = frozenset()
    task_days_late: int = 0
    harvest: Window | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from the inputs before any threshold. `attended` leaves out excused and not expected sessions.

    `lately` is the same of the last `LATELY` sessions, `before` of those before them: whether somebody comes less.
    `overdue_days` is 0 on the day somebody on a break is to come back, and None before it and for everybody else.
    """

    attended: Share
    in_a_row: int
    absences_lately: int
    last_seen: date | None
    missed_since: int
    silent_days: int
    task_days_late: int
    says_migration: bool
    overdue_days: int | None
    before: Share
    lately: Share


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that spoke: which, how loud, what was found, and from where on it counts. Shares are from 0 to 1."""

    rule: str
    level: RiskLevel
    found: float
    limit: float

    @property
    def text(self) -> str:
        """The rule's sentence, to be translated and filled with `found` and `limit`."""
        return TEXTS[self.rule]


@dataclass(frozen=True, slots=True)
class Risk:
    """How near somebody is to leaving, why, and what it was reckoned from.

    In a harvest the level is one step lower than the findings say, unless they are said to be moving away or were to be
    back from a break.
    """

    level: RiskLevel
    findings: tuple[Finding, ...]
    facts: Facts
    relaxed_by: Window | None = None


TEXTS: Mapping[str, str] = {
    "absences": N_("Sessions missed without an excuse lately: %(found)s (from %(limit)s on)"),
    "attended": N_("Share of sessions attended: %(found)s (below %(limit)s)"),
    "in_a_row": N_("Sessions missed in a row without an excuse: %(found)s (from %(limit)s on)"),
    "task": N_("Days the groups they promised to teach are late: %(found)s (from %(limit)s on)"),
    "silent": N_("Days without being seen or reached: %(found)s (from %(limit)s on)"),
    "migration": N_("Is said to be moving away"),
    "overdue": N_("Days past the day they were to come back: %(found)s (from %(limit)s on)"),
}

Rule = Callable[[Facts, Thresholds], Finding | None]


def _from(rule: str, level: RiskLevel, found: float, limit: float) -> Finding | None:
    return Finding(rule, level, found, limit) if found >= limit else None


def _below(level: RiskLevel, facts: Facts, limit: float, fewest: int) -> Finding | None:
    share = facts.attended.value
    if share is None or facts.attended.of < fewest or share >= limit - 1e-9:
        return None
    return Finding("attended", level, share, limit)


R = RiskLevel
RULES: Sequence[Rule] = (
    lambda f, t: _from("in_a_row", R.RED, f.in_a_row, t.red_in_a_row),
    lambda f, t: _from("silent", R.RED, f.silent_days, t.red_silent_days) if f.missed_since else None,
    lambda f, t: _from("migration", R.RED, int(f.says_migration), 1),
    lambda f, t: _from("in_a_row", R.ORANGE, f.in_a_row, t.orange_in_a_row),
    lambda f, t: _below(R.ORANGE, f, t.orange_attended, t.fewest_sessions),
    lambda f, t: _from("task", R.ORANGE, f.task_days_late, t.orange_task_days + 1),
    lambda f, t: _from("absences", R.YELLOW, f.absences_lately, t.yellow_absences),
    lambda f, t: _below(R.YELLOW, f, t.yellow_attended, t.fewest_sessions),
    lambda f, t: None if f.overdue_days is None else _from("overdue", R.YELLOW, f.overdue_days, 0),
)


@cache
def defaults() -> Thresholds:
    """The thresholds of the data file."""
    return Thresholds(**tomllib.loads(FILE.read_text("utf-8")))


def thresholds(own: Mapping[str, float]) -> Thresholds:
    """The defaults with what a programme set itself; raises where that makes no sense."""
    held: dict[str, Any] = asdict(defaults())
    for name, value in own.items():
        if name not in held or not _is_sound(held[name], value):
            raise OddThreshold(name=name)
    made = Thresholds(**{**held, **own})
    if not (
        made.red_in_a_row > made.orange_in_a_row >= 1
        and made.yellow_attended >= made.orange_attended
        and made.yellow_absences <= made.yellow_of_last
    ):
        raise ThresholdsCross
    return made


def _is_sound(default: object, value: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_DAYS


def days_late(promised: Sequence[tuple[date, int]], taught: int, today: date) -> int:
    """For how many days fewer groups have met than were promised by then; 0 where there are enough.

    `promised` are the numbers of groups and by when, in order of the day; promises add up.
    """
    due = 0
    for by, groups in promised:
        due += groups
        if by < today and due > taught:
            return (today - by).days
    return 0


def facts(inputs: Inputs, today: date, of_last: int) -> Facts:
    """What follows from the inputs alone.

    A session without a mark says nothing. An excused one is neither attended nor missed and breaks no row; who excused
    themselves was heard of that day.
    """
    met = [one for one in inputs.meetings if one.on <= today and one.mark not in (None, Mark.NOT_EXPECTED)]
    expected = [one for one in met if one.mark is not Mark.EXCUSED]
    attended = [one for one in expected if one.mark in ATTENDED]
    last_seen = attended[-1].on if attended else None
    row = 0
    for one in reversed(expected):
        if one.mark is not Mark.ABSENT:
            break
        row += 1
    heard = next((one.on for one in reversed(met) if one.mark is not Mark.ABSENT), None)
    since = max(day for day in (inputs.enrolled_on, heard, inputs.reached_on) if day is not None)
    is_paused = inputs.state is EnrolmentState.PAUSED
    overdue = (today - inputs.returns_on).days if is_paused and inputs.returns_on else -1
    return Facts(
        attended=Share(len(attended), len(expected)),
        in_a_row=row,
        absences_lately=sum(1 for one in met[-of_last:] if one.mark is Mark.ABSENT),
        last_seen=last_seen,
        missed_since=sum(1 for one in met if one.on > since),
        silent_days=max((today - since).days, 0),
        task_days_late=inputs.task_days_late,
        says_migration="migration" in inputs.reported,
        overdue_days=overdue if overdue >= 0 else None,
        before=_share(expected[:-LATELY]),
        lately=_share(expected[-LATELY:]),
    )


def _share(met: Sequence[Meeting]) -> Share:
    return Share(sum(one.mark in ATTENDED for one in met), len(met))


def assess(inputs: Inputs, today: date, limits: Thresholds | None = None) -> Risk:
    """Say how near somebody is to leaving; the loudest finding decides, and of one rule only the loudest is told.

    Whoever is paused is asked for nothing until the day they were to come back; who has left is not at risk any more.
    """
    limits = limits or defaults()
    found = facts(inputs, today, limits.yellow_of_last)
    if inputs.state not in (EnrolmentState.ACTIVE, EnrolmentState.PAUSED):
        return Risk(R.NONE, (), found)
    told: dict[str, Finding] = {}
    for rule in RULES:
        finding = rule(found, limits)
        if finding is not None and (inputs.state is EnrolmentState.ACTIVE or finding.rule in ("overdue", "migration")):
            told.setdefault(finding.rule, finding)
    findings = tuple(sorted(told.values(), key=lambda one: -ORDER.index(one.level)))
    level = findings[0].level if findings else R.NONE
    if inputs.harvest is None or level is R.NONE or found.says_migration or found.overdue_days is not None:
        return Risk(level, findings, found)
    return Risk(ORDER[ORDER.index(level) - 1], findings, found, inputs.harvest)
