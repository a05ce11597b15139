"""Rules on licences: the gate before one, how long it holds, whom it lets somebody teach, and who is active."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.core.errors import N_, Refused
from app.delivery.kinds import CohortLevel, LicenceKind

from .cascade_figures import Share

FILE = Path(__file__).parents[1] / "data" / "gates.toml"
SOON_DAYS = 90
LONGEST_REASON = 1_000

# Whom a licence lets somebody teach. A pilot or a validation is taught like a cohort of the cascade.
TEACHES: Mapping[LicenceKind, frozenset[CohortLevel]] = {
    LicenceKind.TRAINER: frozenset({CohortLevel.CASCADE, CohortLevel.VALIDATION, CohortLevel.PILOT}),
    LicenceKind.MASTER_TRAINER: frozenset(CohortLevel),
}


class Standing(StrEnum):
    """How a licence stands on a day."""

    NOT_YET = "not_yet"
    VALID = "valid"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    REVOKED = "revoked"


class GateShut(Refused):
    text = N_("Something is still missing before this licence can be given; or write why it is given all the same.")


class NeedsRevocationReason(Refused):
    text = N_("Please write why the licence is taken back: the person will read it.")
    status = 422


class RevokedAlready(Refused):
    text = N_("This licence has been taken back already.")


class NoSuchLicence(Refused):
    text = N_("There is no such licence, or your account does not show it.")
    status = 404


class NotRenewable(Refused):
    text = N_("Only a licence that was not taken back is renewed; another one is granted anew.")


class RenewedAlready(Refused):
    text = N_("This licence has been renewed already. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked before a licence is given, and how long it holds; from the data file."""

    attended: float
    test: float
    co_facilitated: int
    observed_solo: int
    valid_months: int
    active_days: int
    renewal_needs_active: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody has to show. `test` is a share of the most points, None where none was taken."""

    attended: Share
    test: float | None
    co_facilitated: int
    observed_solo: int
    last_taught: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand of a gate: what it asks, what there is, whether that is enough. Shares are from 0 to 1."""

    key: str
    wanted: float
    found: float | None
    met: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A licence as it was given."""

    kind: LicenceKind
    valid_from: date
    valid_until: date
    revoked_on: date | None = None


@cache
def gates() -> Mapping[LicenceKind, Gate]:
    """The gate of each kind of licence."""
    data = tomllib.loads(FILE.read_text("utf-8"))
    return {kind: Gate(**data[kind.value]) for kind in LicenceKind}


def asked(gate: Gate, evidence: Evidence) -> tuple[Asked, ...]:
    """Each demand of a gate beside what there is."""
    attended = evidence.attended.value
    return (
        Asked("attended", gate.attended, attended, attended is not None and attended >= gate.attended - 1e-9),
        Asked("test", gate.test, evidence.test, evidence.test is not None and evidence.test >= gate.test - 1e-9),
        Asked(
            "co_facilitated",
            gate.co_facilitated,
            evidence.co_facilitated,
            evidence.co_facilitated >= gate.co_facilitated,
        ),
        Asked(
            "observed_solo", gate.observed_solo, evidence.observed_solo, evidence.observed_solo >= gate.observed_solo
        ),
    )


def asked_again(gate: Gate, evidence: Evidence, today: date) -> tuple[Asked, ...]:
    """What is asked for a renewal: that somebody has been active, where the gate wants it."""
    if not gate.renewal_needs_active:
        return ()
    active = is_active(evidence.last_taught, today, gate.active_days)
    return (Asked("active", 1, float(active), active),)


def check_gate(demands: Collection[Asked], despite: str) -> None:
    """Raise `GateShut` while something is missing and nobody wrote why the licence is given all the same."""
    if not despite.strip() and not all(one.met for one in demands):
        raise GateShut


def ends_on(starts_on: date, months: int) -> date:
    """The last day of a licence: the day before the same day of the month, `months` later."""
    place = starts_on.year * 12 + starts_on.month - 1 + months
    year, month = divmod(place, 12)
    day = min(starts_on.day, calendar.monthrange(year, month + 1)[1])
    return date.fromordinal(date(year, month + 1, day).toordinal() - 1)


def standing(held: Held, on: date) -> Standing:
    """How a licence stands on a day; both its first and its last day count."""
    if held.revoked_on is not None and held.revoked_on <= on:
        return Standing.REVOKED
    if on < held.valid_from:
        return Standing.NOT_YET
    if on > held.valid_until:
        return Standing.ENDED
    return Standing.ENDS_SOON if (held.valid_until - on).days <= SOON_DAYS else Standing.VALID


def may_teach(held: Collection[Held], level: CohortLevel, on: date) -> bool:
    """Whether one of these licences holds on the day and lets somebody teach a cohort of this level."""
    good = {Standing.VALID, Standing.ENDS_SOON}
    return any(level in TEACHES[one.kind] and standing(one, on) in good for one in held)


def is_active(last_taught: date | None, today: date, days: int = 365) -> bool:
    """Whether somebody taught within so many days; holding a licence alone does not make them active."""
    return last_taught is not None and 0 <= (today - last_taught).days <= days


def reason(text: str) -> str:
    """Why a licence is taken back; raises `NeedsRevocationReason`."""
    found = " ".join(text.split())
    if not found or len(found) > LONGEST_REASON or not found.isprintable():
        raise NeedsRevocationReason
    return found
