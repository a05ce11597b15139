"""Reads a sent form of a cohort's pages; what cannot be read, and what the rules refuse, stands beside its field.

Whether what was typed will do is for the rules, which actions ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

from app.core.errors import Refused
from app.delivery.actions import cascade
from app.delivery.rules import cohorts, joining, programmes
from app.delivery.web.faults import Faults, NotADay, NotANumber, NotOffered, is_row
from app.people.rules import persons

T = TypeVar("T")
K = TypeVar("K", bound=StrEnum)
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


# Beside which field a refusal stands; what is not here stands above the form.
FIELDS: Mapping[type[Refused], str] = {
    cascade.OddPromise: "people",
    cohorts.EndsBeforeStart: "ends_on",
    cohorts.BeforeEnrolled: "on",
    cohorts.HoldsOnThatDay: "on",
    cohorts.NeedsReason: "reason",
    cohorts.NeedsReturnDay: "returns_on",
    cohorts.NeedsTitle: "name",
    cohorts.NoLicence: "despite",
    cohorts.NotInTheFuture: "on",
    cohorts.NotQualified: "qualified_by",
    cohorts.OddPlaces: "capacity",
    cohorts.OwnParent: "parent",
    cohorts.SameCohort: "cohort",
    joining.NeedsTelephoneOrPlace: "phone",
    persons.NeedsGuardian: "guardian",
    persons.NeedsName: "given_names",
    persons.OddAge: "born",
    persons.OddPhone: "phone",
    programmes.BadSlug: "slug",
    programmes.SlugTaken: "slug",
}


class Sent(Faults):
    """What was sent and what is wrong with it: `faults` by field; those of no field stand under an empty name."""

    beside = FIELDS

    def text(self, name: str) -> str:
        """What was typed; a field that was not sent is empty."""
        return request.form.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """A day, None where none was typed or it cannot be read."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            found = date.fromisoformat(typed)
        except ValueError:
            found = None
        if found is None or not EARLIEST <= found <= LATEST:
            self.blame(name, NotADay())
            return None
        return found

    def needed_day(self, name: str, otherwise: date) -> date:
        """A day that is needed; `otherwise` stands for one that is not there, and it is a fault."""
        found = self.day(name)
        if found is None and name not in self.faults:
            self.blame(name, NotADay())
        return found or otherwise

    def number(self, name: str) -> int | None:
        """A whole number that a row can hold, None where none was typed or it is none."""
        typed = self.text(name)
        if not typed:
            return None
        if not is_row(typed):
            self.blame(name, NotANumber())
            return None
        return int(typed)

    def member(self, name: str, kind: type[K], otherwise: K) -> K:
        """One of a kind; one that is not offered is a fault."""
        typed = self.text(name)
        if typed in set(kind):
            return kind(typed)
        self.blame(name, NotOffered())
        return otherwise

    def one_of(self, name: str, offered: Mapping[int, T]) -> T | None:
        """What was chosen from a list by its number; nothing chosen is None, something else a fault."""
        typed = self.text(name)
        if not typed:
            return None
        number = int(typed) if is_row(typed) else -1
        if number not in offered:
            self.blame(name, NotOffered())
        return offered.get(number)
