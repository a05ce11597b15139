"""Rules on seeking people out: what a contact and an agreement must say, what verifies a desertion, what worked.

"Came back" always means a session attended after it; nobody's opinion is asked for that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import N_, Refused
from app.delivery.kinds import ContactWay, Mark

from .cascade_figures import Share
from .cohorts import REASONS, NeedsReason
from .risk import ATTENDED, Meeting

WITHIN_SESSIONS = 2
AFTER_DAYS = (14, 30)
LONGEST_NOTE = 2_000
AWAY = frozenset({Mark.ABSENT, Mark.EXCUSED})


class NeedsAgreement(Refused):
    text = N_("Please write what was agreed, at most %(most)s letters.")
    status = 422


class LongNote(Refused):
    text = N_("That note is too long: at most %(most)s letters.")
    status = 422


class ContactInFuture(Refused):
    text = N_("A contact is written down once it has been made; that day lies ahead.")
    status = 422


class DueBeforeStart(Refused):
    text = N_("The day by which it is due lies before the day it was agreed.")
    status = 422


class OthersContact(Refused):
    text = N_("That contact was with somebody else.")
    status = 422


class NobodyReached(Refused):
    text = N_("Nobody was reached at that contact, so it cannot show that the person has left for good.")
    status = 422


class NobodyAnswered(Refused):
    text = N_("Nobody was reached at that contact, so nobody said whether we may call and write.")
    status = 422


class NotDeserted(Refused):
    text = N_("This person is not recorded as having left without a word.")


class ContactTooOld(Refused):
    text = N_("After that contact the person came to a session again, so it says nothing of their leaving.")


class NoSuchContact(Refused):
    text = N_("There is no such contact or agreement, or your account does not show it.")
    status = 404


class NoSuchEnrolment(Refused):
    text = N_("There is no such person in this cohort, or your account does not show them.")
    status = 404


class KnownContact(Refused):
    text = N_("This contact has been written down already, and says something else.")


@dataclass(frozen=True, slots=True)
class Contact:
    """A try to reach somebody who is enrolled."""

    enrolment: int
    way: ContactWay
    reached: bool
    on: date


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of contacts of one kind with people who were away; `way` None is nobody contacting them.

    `came_back` is out of those of whom we can know: they came, or enough sessions were held since. `too_early` are the
    others.
    """

    way: ContactWay | None
    reached: bool
    came_back: Share
    too_early: int


@dataclass(frozen=True, slots=True)
class Since:
    """What happened in the days after something was agreed: sessions held at which they were expected, and attended."""

    days: int
    sessions: Share
    is_over: bool

    @property
    def came_back(self) -> bool | None:
        """Whether they came at all; None while the days run, or where no session was held."""
        if self.sessions.count:
            return True
        return False if self.is_over and self.sessions.of else None


def note(text: str) -> str:
    """A text of several lines; raises `LongNote`."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) > LONGEST_NOTE or "\x00" in found:
        raise LongNote(most=LONGEST_NOTE)
    return found


def agreed(text: str) -> str:
    """What was agreed; raises `NeedsAgreement`."""
    found = note(text)
    if not found:
        raise NeedsAgreement(most=LONGEST_NOTE)
    return found


def check_contact(on: date, reason: str, today: date) -> None:
    """Raise unless a contact may have been on this day, with this reason heard or none."""
    if on > today:
        raise ContactInFuture
    if reason and reason not in REASONS:
        raise NeedsReason


def check_verifies(reached: bool, on: date, last_attended: date | None) -> None:
    """Raise unless a contact can show that somebody left for good: somebody answered, and no session since."""
    if not reached:
        raise NobodyReached
    if last_attended is not None and last_attended > on:
        raise ContactTooOld


def what_worked(
    contacts: Sequence[Contact], meetings: Mapping[int, Sequence[Meeting]], within: int = WITHIN_SESSIONS
) -> tuple[Worked, ...]:
    """For each way, reached or not: of those who were away when contacted, how many came within so many sessions.

    Each contact counts by itself: somebody who was called and visited counts for both. The last row is what happened
    without any contact: of the times somebody began to miss sessions and nobody sought them out before they came again.
    """
    counts: dict[tuple[ContactWay | None, bool], list[int]] = {}
    days: dict[int, list[date]] = {}
    for one in contacts:
        days.setdefault(one.enrolment, []).append(one.on)
        met = _marked(meetings.get(one.enrolment, ()))
        place = bisect_right([meeting.on for meeting in met], one.on)
        if place and met[place - 1].mark in AWAY:
            _count(counts, (one.way, one.reached), met[place:], within)
    for enrolment, rows in meetings.items():
        met = _marked(rows)
        for start, end in _absences(met):
            until = met[end].on if end < len(met) else date.max
            if not any(met[start].on <= day <= until for day in days.get(enrolment, ())):
                _count(counts, (None, False), met[start + 1 :], within)
    ways = [(way, reached) for way in ContactWay for reached in (True, False)]
    return tuple(_worked(key, counts[key]) for key in (*ways, (None, False)) if key in counts)


def _marked(rows: Sequence[Meeting]) -> list[Meeting]:
    return [one for one in rows if one.mark not in (None, Mark.NOT_EXPECTED)]


def _absences(met: Sequence[Meeting]) -> list[tuple[int, int]]:
    """Where each time of being away begins, and the place of the session attended after it."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for place, one in enumerate(met):
        if one.mark in ATTENDED:
            if start is not None:
                found.append((start, place))
            start = None
        elif start is None:
            start = place
    return found if start is None else [*found, (start, len(met))]


def _count(
    counts: dict[tuple[ContactWay | None, bool], list[int]], key: tuple[ContactWay | None, bool],
    after: Sequence[Meeting], within: int,
) -> None:  # fmt: skip
    held = counts.setdefault(key, [0, 0, 0])
    came = any(one.mark in ATTENDED for one in after[:within])
    held[0 if came else 1 if len(after) >= within else 2] += 1


def _worked(key: tuple[ContactWay | None, bool], counted: Sequence[int]) -> Worked:
    came, stayed_away, early = counted
    return Worked(key[0], key[1], Share(came, came + stayed_away), early)


def since(opened_on: date, meetings: Sequence[Meeting], today: date) -> tuple[Since, ...]:
    """What happened in the first 14 and 30 days after something was agreed."""
    found = []
    for days in AFTER_DAYS:
        until = opened_on + timedelta(days=days)
        after = [one for one in _marked(meetings) if opened_on < one.on <= until]
        found.append(Since(days, Share(sum(one.mark in ATTENDED for one in after), len(after)), today > until))
    return tuple(found)
