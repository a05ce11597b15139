"""How much a translation lags behind its source: from the two versions of the source, old and new.

A change of variables, punctuation or capitals alone asks nobody to translate again. Amounts are words.
"""

from __future__ import annotations

from enum import StrEnum

from rapidfuzz.distance import Indel

from app.core.diff import tokens
from app.core.variables import VARIABLE

MINOR_FROM = 0.9  # of the words shared (design/content.md, "Translating")
_SAYING = frozenset("%‰€$£°±×÷=≠≤≥")  # signs that say something where they stand beside a number


class Staleness(StrEnum):
    """How a translation stands to its source as it is now."""

    FRESH = "fresh"
    MINOR = "minor"
    MAJOR = "major"


def grade(old: str | None, new: str) -> Staleness:
    """Return how stale a translation made of `old` is, now that its source is `new`; None when nobody knows of what."""
    if old is None:
        return Staleness.MAJOR
    before, after = words(old), words(new)
    if before == after:
        return Staleness.FRESH
    alike = Indel.normalized_similarity(before, after)
    return Staleness.MINOR if alike >= MINOR_FROM else Staleness.MAJOR


def only_form(old: str, new: str) -> bool:
    """Whether two versions of a source differ in variables, punctuation or capitals alone."""
    return words(old) == words(new)


def words(text: str) -> list[str]:
    """The words and amounts of a text in small letters; variables, punctuation, marks and space are left out."""
    found = []
    for token in tokens(text):
        if VARIABLE.fullmatch(token) or token.isspace():
            continue
        if any(letter.isalnum() or letter in _SAYING for letter in token):
            found.append("".join(token.casefold().split()))
    return found
