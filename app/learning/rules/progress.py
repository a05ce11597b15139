"""How far somebody is: from what they read, attended and were asked, by the cohort's rule; never from a release.

What counts as evidence names a unit by its uid, which is the same in every language and release: so there is one
progress in Spanish and English, and a new release takes nothing away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from app.core.content import Uid
from app.core.errors import N_, Refused
from app.delivery.kinds import Extent, Mark
from app.delivery.rules.attendance import Rate, Taken, rate
from app.learning.kinds import Evidence, Standing


class BadRule(Refused):
    text = N_("That is not a rule for completing: shares lie between 0 and 1, and a unit counts by at least one thing.")
    status = 422


@dataclass(frozen=True, slots=True)
class Rule:
    """When a cohort is completed (domain facts, 5.3): shares from 0 to 1. `unit_by` says what makes a unit done.

    `partly_from` is the share of a session's minutes from which a partial mark counts as having attended. The test is
    asked for only where the cohort has one. `every_unit` asks that each unit of the release is done besides.
    """

    attended: Fraction = Fraction(4, 5)
    test: Fraction = Fraction(7, 10)
    unit_by: frozenset[Evidence] = frozenset({Evidence.ATTENDED, Evidence.ASSESSED})
    partly_from: Fraction = Fraction(1, 2)
    every_unit: bool = False


DEFAULT = Rule()


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence: of which unit, when, in which release; `enough` says that it makes the unit done.

    `there` is whether somebody took part in enough of a session, however much of the unit was taught in it.
    """

    unit: Uid
    kind: Evidence
    on: date
    release_id: int | None
    enough: bool = True
    there: bool = True


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where somebody stands with a unit; `done_in` is the release in which they last did what made it done."""

    standing: Standing
    by: frozenset[Evidence] = frozenset()
    done_in: int | None = None


NOT_BEGUN = UnitStanding(Standing.NOT_BEGUN)


@dataclass(frozen=True, slots=True)
class Presence:
    """One session that was held, for one person: their mark, None where there is none yet, and how long it took."""

    mark: Mark | None
    minutes: int | None = None
    session_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Attendance:
    """How somebody attended, by delivery's own rate: excused and not expected change nothing, parts count by minutes.

    `unmarked` sessions were held and have no mark of this person: they are not known, and count nowhere.
    """

    rate: Rate
    unmarked: int

    @property
    def share(self) -> Fraction | None:
        if not self.rate.expected:
            return None
        return Fraction(self.rate.attended).limit_denominator(10_000) / self.rate.expected


@dataclass(frozen=True, slots=True)
class Lack:
    """What keeps somebody from completing: a sentence with its parts, numbers of a hundred."""

    why: str
    parts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Completion:
    """Whether somebody fulfils the rule, with the figures it was found from."""

    attendance: Attendance
    test: Fraction | None
    units_done: int
    units: int
    lacks: tuple[Lack, ...]

    @property
    def fulfils(self) -> bool:
        return not self.lacks


NO_SESSIONS = N_("There is no mark of any session yet.")
TOO_FEW_SESSIONS = N_("Took part in %(share)s %% of %(expected)s sessions; the rule asks for %(least)s %%.")
NO_TEST = N_("The test has not been taken, or an answer waits to be read.")
LOW_TEST = N_("%(share)s %% of the test is right; the rule asks for %(least)s %%.")
UNITS_MISSING = N_("%(done)s of %(units)s units are done; the rule asks for all.")


def rule(data: Mapping[str, Any]) -> Rule:
    """Read a cohort's rule; what it does not say is as by default. Raises `BadRule`."""
    known = {"attended", "test", "unit_by", "partly_from", "every_unit"}
    try:
        shares = {
            name: Fraction(str(data[name])).limit_denominator(1000)
            for name in ("attended", "test", "partly_from")
            if name in data
        }
        unit_by = frozenset(map(Evidence, data["unit_by"])) if "unit_by" in data else DEFAULT.unit_by
    except (ValueError, TypeError, ZeroDivisionError):
        raise BadRule from None
    every = data.get("every_unit", False)
    if (
        set(data) - known
        or not all(0 <= one <= 1 for one in shares.values())
        or not unit_by
        or every not in (True, False)
    ):
        raise BadRule
    return Rule(**shares, unit_by=unit_by, every_unit=every)


def as_data(found: Rule) -> dict[str, Any]:
    """A rule as it is kept."""
    return {
        "attended": float(found.attended),
        "test": float(found.test),
        "unit_by": sorted(found.unit_by),
        "partly_from": float(found.partly_from),
        "every_unit": found.every_unit,
    }


def was_there(presence: Presence, of: Rule = DEFAULT) -> bool:
    """Whether a mark counts as having attended: late does, partial does from a share of the minutes on."""
    if presence.mark is Mark.PARTIAL:
        if presence.minutes is None or not presence.session_minutes:
            return False
        return Fraction(presence.minutes, presence.session_minutes) >= of.partly_from
    return presence.mark in (Mark.PRESENT, Mark.LATE)


def attendance(presences: Collection[Presence]) -> Attendance:
    """Return how somebody attended the sessions that were held."""
    taken = [Taken(one.mark, one.minutes, one.session_minutes or 1) for one in presences if one.mark is not None]
    return Attendance(rate(taken), len(presences) - len(taken))


def attended_units(
    taught: Iterable[tuple[Uid, Extent | None, int, date]], presence: Presence, of: Rule = DEFAULT
) -> list[Sign]:
    """The signs that a session leaves: its units (uid, extent, release, day). Partly taught is not enough by itself."""
    there = was_there(presence, of)
    if not there and presence.mark is not Mark.PARTIAL:
        return []
    return [
        Sign(unit, Evidence.ATTENDED, on, release, enough=there and extent is not Extent.PARTLY, there=there)
        for unit, extent, release, on in taught
    ]


def standings(signs: Iterable[Sign], of: Rule = DEFAULT) -> dict[Uid, UnitStanding]:
    """Where somebody stands with each unit that there is a sign of; the order of the signs does not matter.

    A unit that was taught partly in two sessions, both of them attended, counts as attended.
    """
    by_unit: dict[Uid, list[Sign]] = {}
    for sign in signs:
        by_unit.setdefault(sign.unit, []).append(sign)
    return {unit: _standing(found, of) for unit, found in by_unit.items()}


def _standing(signs: list[Sign], of: Rule) -> UnitStanding:
    partly = [sign for sign in signs if sign.kind is Evidence.ATTENDED and sign.there and not sign.enough]
    together = partly if len(partly) > 1 else []
    enough = [sign for sign in signs if sign.kind in of.unit_by and (sign.enough or sign in together)]
    by = frozenset(sign.kind for sign in signs)
    if not enough:
        return UnitStanding(Standing.BEGUN, by)
    done_in = max((sign.release_id for sign in enough if sign.release_id is not None), default=None)
    return UnitStanding(Standing.DONE, by, done_in)


def completion(
    presences: Collection[Presence], test: Fraction | None,
    *, test_asked: bool, done: int, units: int, of: Rule = DEFAULT,
) -> Completion:  # fmt: skip
    """Return whether somebody fulfils the rule; `test` is their share of the last test, None where it is not known."""
    found, lacks = attendance(presences), []
    if found.share is None:
        lacks.append(Lack(NO_SESSIONS))
    elif found.share < of.attended:
        parts = {"share": _percent(found.share), "expected": found.rate.expected, "least": _percent(of.attended)}
        lacks.append(Lack(TOO_FEW_SESSIONS, parts))
    if test_asked and of.test and test is None:
        lacks.append(Lack(NO_TEST))
    elif test_asked and test is not None and test < of.test:
        lacks.append(Lack(LOW_TEST, {"share": _percent(test), "least": _percent(of.test)}))
    if of.every_unit and done < units:
        lacks.append(Lack(UNITS_MISSING, {"done": done, "units": units}))
    return Completion(found, test, done, units, tuple(lacks))


def _percent(share: Fraction) -> int:
    """A share of a hundred, rounded down: 79.9 is not 80."""
    return int(share * 100)
