"""Rules on milestones and targets: how one is reached, what may be promised."""

from __future__ import annotations

from datetime import date

from app.core.errors import N_, Refused

LARGEST_TARGET = 10_000_000


class NeedsEvidence(Refused):
    text = N_("Please write what shows that it was reached, e.g. the certificate's number.")
    status = 422


class ReachedAhead(Refused):
    text = N_("A milestone is reached on a day that has come.")
    status = 422


class OddTarget(Refused):
    text = N_("A target is a whole number from 1 to %(most)s.")
    status = 422


class NotInProgramme(Refused):
    text = N_("%(name)s does not take part in this programme. Add the organisation first.")
    status = 422


class TooManyAreas(Refused):
    text = N_("A programme has at most %(most)s of these.")
    status = 422


MOST_AREAS = 40


def check_reached(reached_on: date | None, evidence: str, today: date) -> None:
    """Raise unless a milestone that is said to be reached has its day, not ahead, and something that shows it."""
    if reached_on is None:
        return
    if reached_on > today:
        raise ReachedAhead
    if not evidence.strip():
        raise NeedsEvidence


def check_target(value: int) -> None:
    """Raise `OddTarget` unless so many can be promised."""
    if not 1 <= value <= LARGEST_TARGET:
        raise OddTarget(most=LARGEST_TARGET)


def check_room(number: int) -> None:
    """Raise `TooManyAreas` when a programme has as many as a table can show."""
    if number >= MOST_AREAS:
        raise TooManyAreas(most=MOST_AREAS)
