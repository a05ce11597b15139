"""Rules on outputs: what may be written of them, and that one need at most is made from each."""

from __future__ import annotations

from app.core.errors import N_, Refused

LONGEST_SUMMARY = 8_000


class LongSummary(Refused):
    text = N_("That is too long: at most %(most)s letters.")
    status = 422


class MadeAhead(Refused):
    text = N_("It was made on a day that has come.")
    status = 422


class HasItsNeed(Refused):
    text = N_("A need was written down from this already; look at it there.")


def summary(text: str) -> str:
    """What it says, in one or several lines; raises `LongSummary`."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) > LONGEST_SUMMARY or "\x00" in found:
        raise LongSummary(most=LONGEST_SUMMARY)
    return found
