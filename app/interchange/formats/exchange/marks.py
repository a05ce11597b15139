"""States in files whose own words for them are fewer: a mark goes along, and counts while nobody changed the text."""

from __future__ import annotations

import hashlib
import re

from .things import State

UNSURE = frozenset({State.DRAFT, State.STALE})  # "fuzzy" in PO, "needs …" in XLIFF
_MARK = re.compile(r"([a-z_]+) ([0-9a-f]{8})")


def mark(state: State, target: str) -> str:
    """Return what is written beside a translation: its state and a digest of its text."""
    return f"{state} {_digest(target)}"


def unsure(state: State, target: str) -> bool:
    """Whether a translation goes out as one that somebody has to look at."""
    return state in UNSURE and target != ""


def state_of(written: str, target: str, *, is_unsure: bool) -> State:
    """Return the state of a translation that came back with the mark that was `written`, "" when it has none.

    The state it had, when neither the text nor whether it is unsure was changed. Else what the translator did counts:
    no text is missing, an unsure one is a draft, and one that is done waits for review; approving is done here.
    """
    found = _MARK.fullmatch(written.strip())
    if found and found[1] in tuple(State) and found[2] == _digest(target):
        state = State(found[1])
        if unsure(state, target) == is_unsure:
            return state
    if not target:
        return State.MISSING
    return State.DRAFT if is_unsure else State.REVIEW


def was_missing(written: str) -> bool:
    """Whether a mark says that there was no translation when the file was made."""
    return written == mark(State.MISSING, "")


def _digest(target: str) -> str:
    return hashlib.sha256(target.encode("utf-8", "surrogatepass")).hexdigest()[:8]
