"""Rules on sessions: days by a weekly pattern, what a report must say, and what holds of several reports."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.core.errors import N_, Refused
from app.delivery.kinds import Mode, SessionState

MOST_SESSIONS = 400
LONGEST_MINUTES = 24 * 60
LONGEST_NOTE = 2_000
LONGEST_MINUTES_TEXT = 20_000


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


class NeedsWhy(Refused):
    text = N_("Please choose why the session did not take place: it is what helps the next group.")
    status = 422


class NoDays(Refused):
    text = N_("Please choose at least one day of the week.")
    status = 422


class Held(Refused):
    text = N_("This session was held already. Correct the report of it instead.")


class NotPlanned(Refused):
    text = N_("This session is no longer only a plan. Correct the report of it instead.")


class NoSessionTime(Refused):
    text = N_("Please write the time as hour and minutes, for example 14:30.")
    status = 422


class NoSessionDay(Refused):
    text = N_("Please choose a day, for example 2026-03-15.")
    status = 422


class LongNote(Refused):
    text = N_("A note has at most %(most)s letters. Please shorten it.")
    status = 422


def note(text: str, most: int = LONGEST_NOTE) -> str:
    """A text of several lines without blanks at its ends; raises `LongNote`."""
    found = "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if len(found) > most or not found.replace("\n", "").isprintable():
        raise LongNote(most=most)
    return found


def by_weekdays(
    first: date, weekdays: Collection[int], count: int, skip: Collection[date] = (), months: Collection[int] = ()
) -> list[date]:
    """Return `count` days from `first` on that fall on these weekdays (0 is Monday) and are not skipped.

    Days in `months` (1 is January) are skipped too, unless these are all the months there are.
    """
    if not 0 < count <= MOST_SESSIONS:
        raise TooManySessions(most=MOST_SESSIONS)
    found: list[date] = []
    day = first
    while len(found) < count and (day - first).days <= 7 * MOST_SESSIONS * 2:
        if day.weekday() in weekdays and day not in skip and (day.month not in months or len(months) > 11):
            found.append(day)
        day += timedelta(days=1)
    return found


def check_minutes(minutes: int) -> None:
    """Raise `OddMinutes` unless a session can take so long."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise OddMinutes(most=LONGEST_MINUTES)


@dataclass(frozen=True, slots=True)
class Reported:
    """How somebody says a session was, and when they said so by our clock. None or empty: nothing is said of that."""

    uid: str
    made_at: datetime
    state: SessionState
    on: date | None = None
    minutes: int | None = None
    reason: str = ""
    note: str = ""
    place: str = ""
    mode: Mode | None = None
    taught: list[Any] | None = None
    trainers: list[Any] | None = None


def fold(reports: Collection[Reported]) -> Reported:
    """Return what holds of several reports, in whatever order they came.

    The last one says whether it was held; each other thing holds as it was last said by a report of the same state.
    What a later report leaves blank stays.
    """
    ordered = sorted(reports, key=lambda report: (report.made_at, report.uid), reverse=True)
    newest = ordered[0]
    alike = [report for report in ordered if report.state is newest.state]

    def said(part: Callable[[Reported], Any]) -> Any:
        return next((part(report) for report in alike if part(report) not in (None, "")), part(newest))

    return Reported(
        uid=newest.uid,
        made_at=newest.made_at,
        state=newest.state,
        on=said(lambda report: report.on),
        minutes=said(lambda report: report.minutes),
        reason=said(lambda report: report.reason),
        note=said(lambda report: report.note),
        place=said(lambda report: report.place),
        mode=said(lambda report: report.mode),
        taught=said(lambda report: report.taught),
        trainers=said(lambda report: report.trainers),
    )
