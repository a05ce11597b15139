"""Who is still there: states by date from changes in any order, and the curve of those who stay, session by session.

Kaplan and Meier's estimate, with those at risk beside it; what ends it by reason is Aalen and Johansen's, so that the
shares of the reasons and of those who stay add up to one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.delivery.kinds import EnrolmentState

from .cohorts import ENDS
from .small_groups import hidden

S = EnrolmentState
LEFT = frozenset({S.WITHDRAWN, S.DESERTED})
# Of changes on one day an end holds before a pause, a pause before being active; of two ends, the first here.
_RANK = {S.DESERTED: 0, S.WITHDRAWN: 1, S.TRANSFERRED: 2, S.OTHER: 3, S.COMPLETED: 4, S.PAUSED: 5, S.ACTIVE: 6}


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody's state became this on a day."""

    on: date
    state: EnrolmentState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """An enrolment from its first day: how many sessions it lasted, whether it was left, why, and whose it was.

    `lasted` counts the sessions that the cohort held while it ran. Not left means: completed, moved elsewhere, or still
    there; of these we know only that they stayed so long.
    """

    lasted: int
    left: bool
    reason: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """After so many sessions: how many were still watched, how many left then, how many are known no further.

    `staying` is the share of all who are still there after it, None once nobody is watched; `lost_to` the share of all
    lost up to here by reason.
    """

    session: int
    at_risk: int
    left: int
    censored: int
    staying: float
    lost_to: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """How a group stays. `people` is its denominator; a group too small to be shown has no steps."""

    key: str
    people: int
    steps: tuple[Step, ...]

    @property
    def half_left_after(self) -> int | None:
        """The first session after which half or fewer are still there; None while more than half are."""
        return next((step.session for step in self.steps if step.staying <= 0.5 + 1e-9), None)


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The changes as they happened, whatever the order they were written down in; nothing follows an end."""
    found: list[Change] = []
    by_day: dict[date, Change] = {}
    for change in changes:
        held = by_day.get(change.on)
        if held is None or (_RANK[change.state], change.reason) < (_RANK[held.state], held.reason):
            by_day[change.on] = change
    for day in sorted(by_day):
        found.append(by_day[day])
        if by_day[day].state in ENDS:
            break
    return found


def state_on(enrolled_on: date, changes: Iterable[Change], day: date) -> EnrolmentState | None:
    """Somebody's state at the end of a day; None before they were enrolled."""
    if day < enrolled_on:
        return None
    held = S.ACTIVE
    for change in in_order(changes):
        if change.on > day:
            break
        held = change.state
    return held


def standing(enrolments: Iterable[tuple[date, Sequence[Change]]], day: date) -> Counter[EnrolmentState]:
    """How many enrolments stand how at the end of a day; together they are all that were enrolled by then."""
    found = (state_on(enrolled_on, changes, day) for enrolled_on, changes in enrolments)
    return Counter(state for state in found if state is not None)


def stay(
    enrolled_on: date, changes: Iterable[Change], held_on: Sequence[date], attended_on: Sequence[date],
    groups: Mapping[str, str],
) -> Stay:  # fmt: skip
    """One enrolment as a stay; `held_on` are the days of the cohort's held sessions in order.

    Somebody who deserted without a word is gone after the last session they came to, not on the day somebody noticed;
    where no attendance at all was marked, the day told counts. Who withdrew told us the day.
    """
    last = next((change for change in in_order(changes) if change.state in ENDS), None)
    own = [day for day in held_on if day >= enrolled_on]
    if last is None:
        return Stay(len(own), left=False, groups=groups)
    until = last.on
    seen = [day for day in attended_on if enrolled_on <= day <= until]
    if last.state is S.DESERTED and seen:
        until = max(seen)
    return Stay(bisect_right(own, until), last.state in LEFT, last.reason if last.state in LEFT else "", groups)


def curve(stays: Sequence[Stay], key: str = "") -> Curve:
    """Return the curve from session 0 (left before the first) to the last that anybody stayed for."""
    left = Counter(one.lasted for one in stays if one.left)
    reasons = Counter((one.lasted, one.reason) for one in stays if one.left)
    censored = Counter(one.lasted for one in stays if not one.left)
    at_risk, staying = len(stays), 1.0
    lost: dict[str, float] = {}
    steps = []
    for session in range(max((one.lasted for one in stays), default=-1) + 1):
        if left[session]:
            for (after, reason), number in reasons.items():
                if after == session:
                    lost[reason] = lost.get(reason, 0.0) + staying * number / at_risk
            staying *= 1 - left[session] / at_risk
        steps.append(Step(session, at_risk, left[session], censored[session], staying, dict(sorted(lost.items()))))
        at_risk -= left[session] + censored[session]
    return Curve(key, len(stays), tuple(steps))


def curves(stays: Sequence[Stay], group: str) -> tuple[Curve, ...]:
    """A curve for each value of a group, largest first; those of fewer than five enrolments without their steps.

    As many of the others go with them as keep anybody from reckoning them from the whole; none where nothing is left.
    """
    by_key: dict[str, list[Stay]] = {}
    for one in stays:
        by_key.setdefault(one.groups.get(group, ""), []).append(one)
    ranked = sorted(by_key, key=lambda key: (-len(by_key[key]), key))
    untold = hidden({key: len(by_key[key]) for key in ranked})
    if untold is None:
        return ()
    return tuple(Curve(key, len(by_key[key]), ()) if key in untold else curve(by_key[key], key) for key in ranked)
