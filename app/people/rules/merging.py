"""Rules on taking two records for one person, and on taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.errors import N_, Refused


class AlreadyMerged(Refused):
    text = N_("One of these two records stands for the other already, or is not there any more.")


class UndoLaterFirst(Refused):
    text = N_("The record was joined with yet another one since. Take that apart first.")


class NotMerged(Refused):
    text = N_("These two records have been taken apart already.")


class ErasedSince(Refused):
    text = N_("What was kept of this person has been erased, so nothing can be taken apart or put together.")


def fill(kept: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    """What the record that stays lacks and the other one has: a blank never overwrites a value, nor does another one.

    What is told of one thing goes together: a document's number with its kind, an age with the day it was told.
    """
    found: dict[str, Any] = {}
    for fields in TOGETHER:
        if not any(kept[name] for name in fields) and any(merged[name] for name in fields):
            found |= {name: merged[name] for name in fields}
    return found


def unfill(now: Mapping[str, Any], filled: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What goes back to how it was: what was filled, as far as nobody has changed it since."""
    found: dict[str, Any] = {}
    for fields in TOGETHER:
        given = [name for name in fields if name in filled]
        if given and all(now[name] == filled[name] for name in given):
            found |= {name: before[name] for name in given}
    return found


TOGETHER = (
    ("family_names",),
    ("known_as",),
    ("birth_date", "birth_year", "age_told", "age_told_on"),
    ("document_kind", "document_number"),
    ("languages",),
    ("region",),
    ("place",),
)
