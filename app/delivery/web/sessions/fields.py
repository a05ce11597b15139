"""Reading the forms of sessions: days, times, minutes, places, units. What cannot be read is refused in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time

from flask import request

from app.core.errors import N_, Refused
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import Mode
from app.delivery.rules import cohorts as cohort_rules
from app.delivery.rules import sessions as rules
from app.infra.i18n import sentence
from app.people.rules import persons

FIELDS: Mapping[type[Refused], str] = {
    cohort_rules.NeedsTitle: "title",
    rules.NoSessionDay: "on",
    rules.NoSessionTime: "starts_at",
    rules.OddMinutes: "minutes",
    persons.TooLongLine: "place",
    rules.NotTaughtHere: "units",
    rules.NeedsWhy: "reason",
    rules.LongNote: "note",
    rules.NotInFuture: "on",
    rules.NoDays: "weekdays",
    rules.TooManySessions: "count",
}
YEARS = (2000, 2100)


class OddLine(Refused):
    text = N_("Line %(line)s: write the day and the name, and after them, if you like, hour, minutes and place.")
    status = 422


class OddCount(Refused):
    text = N_("Please write how many sessions, as a whole number.")
    status = 422


def typed(name: str) -> str:
    """A text that the form gives, without blanks around it."""
    return request.form.get(name, "").strip()


def day(text: str) -> date:
    """A day within this century; raises `NoSessionDay`."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise rules.NoSessionDay from None
    if not YEARS[0] <= found.year < YEARS[1]:
        raise rules.NoSessionDay
    return found


def hour(text: str) -> time | None:
    """A time of the day, None where none is given; raises `NoSessionTime`."""
    if not text.strip():
        return None
    try:
        return time.fromisoformat(text.strip().rjust(5, "0")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise rules.NoSessionTime from None


def whole(text: str, otherwise: int | None = None) -> int:
    """A whole number of minutes; raises `OddMinutes`."""
    if not text.strip() and otherwise is not None:
        return otherwise
    if not (text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 6):
        raise rules.OddMinutes(most=rules.LONGEST_MINUTES)
    return int(text)


def count(text: str) -> int:
    """How many sessions; raises `OddCount`."""
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 5 and int(text)):
        raise OddCount
    return int(text)


def mode(text: str) -> Mode:
    """How people meet; in person where nothing is chosen."""
    return Mode(text) if text in set(Mode) else Mode.IN_PERSON


def details() -> SessionDetails:
    """What a form says of one session."""
    return SessionDetails(
        title=typed("title"),
        on=day(typed("on")),
        minutes=whole(typed("minutes"), 90),
        starts_at=hour(typed("starts_at")),
        place=typed("place"),
        mode=mode(typed("mode")),
        units=tuple(dict.fromkeys(request.form.getlist("units"))),
    )


def lines(text: str, pattern: SessionDetails) -> list[SessionDetails]:
    """Several sessions, one on a line: day; name; hour; minutes; place. What a line leaves out is as in the pattern."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("\t", ";").split(";")]
        if len(parts) < 2 or len(parts) > 5:
            raise OddLine(line=number)
        parts += [""] * (5 - len(parts))
        try:
            found.append(
                SessionDetails(
                    title=cohort_rules.title(parts[1]),
                    on=day(parts[0]),
                    starts_at=hour(parts[2]) or pattern.starts_at,
                    minutes=whole(parts[3], pattern.minutes),
                    place=parts[4] or pattern.place,
                    mode=pattern.mode,
                )
            )
        except Refused:
            raise OddLine(line=number) from None
    return found


def days_out(text: str) -> set[date]:
    """Days to leave out: one on a line, or a first and a last one; raises `NoSessionDay`."""
    found: set[date] = set()
    for line in text.splitlines():
        if not line.strip():
            continue
        parts = line.replace("–", " ").replace("→", " ").split()
        ends = [day(part) for part in parts if part not in ("-", "a", "to", "al", "hasta")]
        if not 1 <= len(ends) <= 2 or (ends[-1] - ends[0]).days not in range(401):
            raise rules.NoSessionDay
        found |= {date.fromordinal(n) for n in range(ends[0].toordinal(), ends[-1].toordinal() + 1)}
    return found


def errors(refused: Refused) -> dict[str, list[str]]:
    """The sentence of a refusal under the field it is about."""
    field = next((field for kind, field in FIELDS.items() if isinstance(refused, kind)), "")
    return {field: [sentence(refused)]}


def ticked(names: Iterable[str], top: int) -> set[int]:
    """Small numbers that were ticked, below `top`."""
    return {int(name) for name in names if name.isascii() and name.isdecimal() and len(name) < 4 and int(name) < top}
