"""How days and times of sessions are written on their pages: short, with the day of the week."""

from __future__ import annotations

from datetime import date, time, timedelta

import flask_babel
from babel.dates import get_day_names
from flask_babel import gettext

from app.delivery.kinds import SessionState
from app.delivery.models import CohortSession
from app.people.models import Person

PICTURES = {
    SessionState.PLANNED: "bud",
    SessionState.HELD: "check",
    SessionState.MOVED: "move",
    SessionState.CANCELLED: "cross",
}


def day(on: date) -> str:
    """A day with its weekday, e.g. vie 6 mar 2026."""
    return str(flask_babel.format_date(on, "EEE d MMM y")).replace(".", "")


def hour(at: time | None) -> str:
    """A time as a clock shows it; nothing where none is known."""
    return at.isoformat("minutes") if at is not None else ""


def month(year: int, number: int) -> str:
    """A month with its year."""
    return str(flask_babel.format_date(date(year, number, 1), "MMM y")).replace(".", "")


def month_name(number: int) -> str:
    """The name of a month."""
    return str(flask_babel.format_date(date(2026, number, 1), "LLLL"))


def weekdays() -> list[tuple[int, str]]:
    """The days of the week, Monday (0) first."""
    names = get_day_names("abbreviated", locale=flask_babel.get_locale())
    return [(number, str(names[number]).rstrip(".")) for number in range(7)]


def on(session: CohortSession) -> date:
    """The day of a session: as held, else as planned."""
    return session.held_on or session.planned_on


def when(session: CohortSession) -> str:
    """Day and time of a session."""
    return " · ".join(part for part in (day(on(session)), hour(session.starts_at)) if part)


def until(at: time | None, minutes: int) -> str:
    """When something ends that begins then."""
    if at is None:
        return ""
    end = timedelta(hours=at.hour, minutes=at.minute + minutes)
    return f"{end.seconds // 3600:02d}:{end.seconds // 60 % 60:02d}"


def names(people: list[Person]) -> str:
    """Names one after the other."""
    return ", ".join(one.name for one in people)


def minutes(number: int) -> str:
    """A number of minutes in words."""
    return str(gettext("%(count)s min", count=number))
