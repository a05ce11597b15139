"""Rules on frozen figures: two persons for each, one answer, a year that has ended."""

from __future__ import annotations

from app.core.errors import N_, Refused
from app.reporting.kinds import SnapshotState

LONGEST_NOTE = 2_000


class NoSuchSnapshot(Refused):
    text = N_("There are no such figures, or your account does not show them.")
    status = 404


class OwnFigures(Refused):
    text = N_("You prepared these figures yourself. Somebody else approves them, so that two people have looked.")


class DecidedAlready(Refused):
    text = N_("These figures have been answered already. Nothing was changed.")


class NeedsProgramme(Refused):
    text = N_("Please choose at least one programme.")
    status = 422


class NeedsReason(Refused):
    text = N_("Please write in a sentence what is wrong, for whoever prepared these figures.")
    status = 422


class LongNote(Refused):
    text = N_("That is too long: at most %(most)s letters.")
    status = 422


class NotToCompare(Refused):
    text = N_("Choose two different sets of figures to compare.")
    status = 422


def check_note(text: str) -> str:
    """A note without what no database takes; raises `LongNote`."""
    found = "".join(letter for letter in text if letter.isprintable() or letter == "\n").strip()
    if len(found) > LONGEST_NOTE:
        raise LongNote(most=LONGEST_NOTE)
    return found


def check_decision(state: SnapshotState, prepared_by: int | None, decides: int | None) -> None:
    """Raise unless figures wait, and somebody other than who prepared them decides."""
    if state is not SnapshotState.WAITING:
        raise DecidedAlready
    if decides is None or prepared_by == decides:
        raise OwnFigures
