"""Rules on sessions: days by a weekly pattern, what a report must say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from app.core.errors import N_, Refused

MOST_SESSIONS = 400
LONGEST_MINUTES = 24 * 60


class OddMinutes(Refused):
    text = N_("A session takes from 1 to %(most)s minutes.")
    status = 422


class TooManySessions(Refused):
    text = N_("A cohort has at most %(most)s sessions.")
    status = 422


class NotTaughtHere(Refused):
    text = N_("This unit is not in the release that the cohort is taught from.")
    status = 422


class NotInFuture(Refused):
    text = N_("A session is reported once it was held; that day lies ahead.")
    status = 422


def by_weekdays(first: date, weekdays: Collection[int], count: int, skip: Collection[date] = ()) -> list[date]:
    """Return `count` days from `first` on that fall on these weekdays (0 is Monday) and are not skipped."""
    if not 0 < count <= MOST_SESSIONS:
        raise TooManySessions(most=MOST_SESSIONS)
    found: list[date] = []
    day = first
    while len(found) < count and (day - first).days <= 7 * MOST_SESSIONS * 2:
        if day.weekday() in weekdays and day not in skip:
            found.append(day)
        day += timedelta(days=1)
    return found


def check_minutes(minutes: int) -> None:
    """Raise `OddMinutes` unless a session can take so long."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise OddMinutes(most=LONGEST_MINUTES)
