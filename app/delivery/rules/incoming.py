"""What a phone may send: marks, walk-ins and how sessions were, read strictly. What fits nowhere is named, not mended.

An event is a JSON object with `uid`, `kind`, `session` and `recorded_at`. Whether what it names exists, and whether its
sender may say so, is asked in the actions.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.core.errors import N_, Refused
from app.delivery.kinds import Extent, Fault, Mark, SessionState
from app.people.kinds import Sex

from .attendance import marked
from .clocks import EARLIEST, LATEST, off_by
from .cohorts import LONGEST_TITLE, REASONS
from .sessions import LONGEST_MINUTES

MOST_EVENTS = 20_000
MOST_SUPERSEDED = 50
MOST_UNITS = 100
LONGEST_TEXT, LONGEST_NOTE = 200, 2_000
OLDEST = 120
UNSTORABLE = frozenset({"Cc", "Cs"})  # control characters and halves of letters; an emoji of several parts is fine
UID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\Z")
AHEAD, BEHIND = timedelta(days=1), timedelta(days=3653)

Raw = Mapping[str, Any]


class NoBatch(Refused):
    text = N_("What was sent is no list of attendance events. Nothing was taken in; the phone keeps it.")
    status = 422


class TooManyEvents(Refused):
    text = N_("At most %(most)s events are taken at a time. Nothing was taken in; the phone keeps them.")
    status = 413


@dataclass(frozen=True, slots=True)
class Told:
    """What every event says. `session` is the session's uid, `recorded_at` the device's clock."""

    uid: str
    session: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class MarkTold(Told):
    """Whether somebody took part; of an enrolment or a walk-in, by uid, never of both."""

    enrolment: str
    walk_in: str
    mark: Mark
    minutes: int | None
    reason: str
    supersedes: frozenset[str]
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class WalkInTold(Told):
    """Somebody came who is not on the list."""

    name: str
    organisation: str
    sex: Sex
    age: int | None
    phone: str


@dataclass(frozen=True, slots=True)
class SessionTold(Told):
    """How a session was; `cohort` (a slug) and `title` come with one that nobody had planned. None: not said."""

    cohort: str
    title: str
    state: SessionState
    on: date | None
    minutes: int | None
    reason: str
    note: str
    place: str
    taught: tuple[dict[str, Any], ...] | None


class Odd(Exception):
    """An event does not fit, for this reason; inside of this module only."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault)


def digest(raw: Any) -> str:
    """A fingerprint of what an event says; the order of its fields does not matter."""
    said = json.dumps(raw, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def uid_of(raw: Any) -> str:
    """The uid of an event as far as it has one that can be one; else nothing."""
    found = raw.get("uid") if isinstance(raw, Mapping) else None
    return found if isinstance(found, str) and UID.match(found) else ""


def session_of(raw: Any) -> str:
    """The uid of the session that an event names, as far as it can be one; else nothing."""
    return uid_of({"uid": raw.get("session")}) if isinstance(raw, Mapping) else ""


def read(raw: Any, received_at: datetime, device_clock: datetime | None) -> Told | Fault:
    """Return what an event says, or why it cannot be read."""
    if not isinstance(raw, Mapping):
        return Fault.MALFORMED
    form = FORMS.get(raw.get("kind")) if isinstance(raw.get("kind"), str) else None  # type: ignore[arg-type]
    if form is None:
        return Fault.MALFORMED
    fields, reader = form
    if not raw.keys() <= fields:
        return Fault.UNKNOWN_FIELD
    try:
        told = reader(raw)
        _check_times(told, received_at, device_clock)
    except Odd as odd:
        return odd.fault
    return told


def _check_times(told: Told, received_at: datetime, device_clock: datetime | None) -> None:
    """A time lies ahead only if it does so as told and with the device's clock set right."""
    if isinstance(told, MarkTold):
        right = told.occurred_at + off_by(device_clock, received_at)
        first, last = min(told.occurred_at, right), max(told.occurred_at, right)
    elif isinstance(told, SessionTold) and told.on is not None:
        first = last = datetime(told.on.year, told.on.month, told.on.day, tzinfo=UTC)
    else:
        return
    if first > received_at + AHEAD:
        raise Odd(Fault.IN_FUTURE)
    if last < received_at - BEHIND:
        raise Odd(Fault.LONG_AGO)


def _mark(raw: Raw) -> MarkTold:
    enrolment, walk_in = _uid(raw, "enrolment", needed=False), _uid(raw, "walk_in", needed=False)
    if bool(enrolment) == bool(walk_in):
        raise Odd(Fault.MALFORMED)
    if raw.get("mark") in (None, ""):
        raise Odd(Fault.BLANK)
    mark, minutes, reason = _one_of(Mark, raw.get("mark")), _whole(raw, "minutes"), _text(raw, "reason")
    fault = marked(mark, minutes, reason)
    if fault is not None:
        raise Odd(fault)
    recorded_at = _moment(raw, "recorded_at")
    return MarkTold(
        uid=_uid(raw, "uid"),
        session=_uid(raw, "session"),
        recorded_at=recorded_at,
        enrolment=enrolment,
        walk_in=walk_in,
        mark=mark,
        minutes=minutes,
        reason=reason,
        supersedes=_uids(raw, "supersedes"),
        occurred_at=_moment(raw, "occurred_at") if raw.get("occurred_at") is not None else recorded_at,
    )


def _walk_in(raw: Raw) -> WalkInTold:
    age = _whole(raw, "age")
    name = _text(raw, "name")
    if not name or (age is not None and not 0 <= age <= OLDEST):
        raise Odd(Fault.MALFORMED)
    return WalkInTold(
        uid=_uid(raw, "uid"),
        session=_uid(raw, "session"),
        recorded_at=_moment(raw, "recorded_at"),
        name=name,
        organisation=_text(raw, "organisation"),
        sex=_one_of(Sex, raw.get("sex") or Sex.NOT_STATED.value),
        age=age,
        phone=_text(raw, "phone"),
    )


def _session(raw: Raw) -> SessionTold:
    state, minutes, on = _one_of(SessionState, raw.get("state")), _whole(raw, "minutes"), _day(raw, "on")
    reason, title = _text(raw, "reason"), _text(raw, "title", LONGEST_TITLE)
    if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
        raise Odd(Fault.ODD_MINUTES)
    if state is SessionState.PLANNED or (state is SessionState.HELD and on is None):
        raise Odd(Fault.MALFORMED)
    if reason and reason not in REASONS:
        raise Odd(Fault.ODD_REASON)
    return SessionTold(
        uid=_uid(raw, "uid"),
        session=_uid(raw, "session"),
        recorded_at=_moment(raw, "recorded_at"),
        cohort=_text(raw, "cohort"),
        title=title,
        state=state,
        on=on,
        minutes=minutes,
        reason=reason,
        note=_text(raw, "note", LONGEST_NOTE),
        place=_text(raw, "place"),
        taught=_taught(raw),
    )


def _taught(raw: Raw) -> tuple[dict[str, Any], ...] | None:
    given = raw.get("taught")
    if given is None:
        return None
    if not isinstance(given, list) or len(given) > MOST_UNITS:
        raise Odd(Fault.MALFORMED)
    found = []
    for one in given:
        if not isinstance(one, Mapping) or not one.keys() <= {"unit", "extent", "minutes", "note", "block"}:
            raise Odd(Fault.MALFORMED)
        minutes = _whole(one, "minutes")
        if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
            raise Odd(Fault.ODD_MINUTES)
        found.append(
            {
                "unit": _uid(one, "unit"),
                "extent": _one_of(Extent, one.get("extent")).value,
                "minutes": minutes,
                "note": _text(one, "note", LONGEST_NOTE),
                "block": _uid(one, "block", needed=False) or None,
            }
        )
    if len({one["unit"] for one in found}) < len(found):
        raise Odd(Fault.MALFORMED)
    return tuple(found)


def _uid(raw: Raw, field: str, *, needed: bool = True) -> str:
    found = raw.get(field)
    if not needed and (found is None or found == ""):
        return ""
    if not isinstance(found, str) or not UID.match(found):
        raise Odd(Fault.MALFORMED)
    return found


def _uids(raw: Raw, field: str) -> frozenset[str]:
    found = raw.get(field)
    if found is None:
        return frozenset()
    if not isinstance(found, list) or len(found) > MOST_SUPERSEDED:
        raise Odd(Fault.MALFORMED)
    return frozenset(_uid({field: one}, field) for one in found) - {uid_of(raw)}


def _text(raw: Raw, field: str, longest: int = LONGEST_TEXT) -> str:
    found = raw.get(field)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Odd(Fault.MALFORMED)
    line = " ".join(found.split())
    if len(line) > longest or any(unicodedata.category(letter) in UNSTORABLE for letter in line):
        raise Odd(Fault.MALFORMED)
    return line


def _whole(raw: Raw, field: str) -> int | None:
    found = raw.get(field)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int):
        raise Odd(Fault.MALFORMED)
    return found


def _moment(raw: Raw, field: str) -> datetime:
    moment = moment_of(raw.get(field))
    if moment is None:
        raise Odd(Fault.ODD_TIME)
    return moment


def moment_of(text: Any) -> datetime | None:
    """A moment with its time zone that a clock can show, else None."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo is not None and EARLIEST <= found <= LATEST else None
    except (TypeError, ValueError, OverflowError):
        return None


def _day(raw: Raw, field: str) -> date | None:
    found = raw.get(field)
    if found is None:
        return None
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError):
        raise Odd(Fault.ODD_TIME) from None


def _one_of(kind: Any, value: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise Odd(Fault.MALFORMED) from None


_COMMON = {"uid", "kind", "session", "recorded_at"}
FORMS: dict[str, tuple[set[str], Callable[[Raw], Told]]] = {
    "mark": (
        _COMMON | {"enrolment", "walk_in", "mark", "minutes", "reason", "supersedes", "occurred_at"},
        _mark,
    ),
    "walk_in": (_COMMON | {"name", "organisation", "sex", "age", "phone"}, _walk_in),
    "session": (
        _COMMON | {"cohort", "title", "state", "on", "minutes", "reason", "note", "place", "taught"},
        _session,
    ),
}
