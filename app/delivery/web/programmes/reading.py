"""Reads a sent form of a programme's pages, field by field; what is wrong with a field stands beside it.

Here what was typed becomes days, numbers and kinds. Whether it will do is for the rules, which actions ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from app.core.errors import Refused
from app.delivery.rules import activities, cohorts, diagnosis, milestones, outputs, places, programmes
from app.delivery.web.faults import Faults, NotADay, NotANumber, NotOffered, is_row
from app.infra import clock
from app.people.rules import accounts, organisations, persons

T = TypeVar("T")
K = TypeVar("K", bound=StrEnum)

EARLIEST, LATEST = 1900, 2200
"""The years in which anything that is written down here can lie."""


# Beside which field a refusal stands; what is not here stands above the form.
FIELDS: Mapping[type[Refused], str] = {
    accounts.BadRegion: "region",
    activities.HeldAhead: "held",
    activities.NeedsWhy: "why",
    activities.TooLongActivity: "until",
    cohorts.EndsBeforeStart: "until",
    cohorts.NeedsTitle: "name",
    diagnosis.NeedsLimitation: "found",
    diagnosis.TooManyLimitations: "found",
    milestones.NeedsEvidence: "evidence",
    milestones.OddTarget: "value",
    milestones.ReachedAhead: "on",
    organisations.NeedsOrganisationName: "organisation",
    outputs.LongSummary: "summary",
    outputs.MadeAhead: "on",
    persons.NeedsName: "given_names",
    persons.OddAge: "age",
    places.BadPoint: "points",
    places.NeedsPoints: "points",
    places.OddCoordinates: "points",
    programmes.BadSlug: "slug",
    programmes.EndsBeforeJoining: "until",
    programmes.LongPurpose: "purpose",
    programmes.OddLanguages: "languages",
    programmes.OddMonth: "year_starts_in",
    programmes.OddYouthLimit: "youth_until",
    programmes.SlugTaken: "slug",
}


class Reading(Faults):
    """What was sent, and what is wrong with it: `faults` by the field's name, those of no field under an empty one."""

    beside = FIELDS

    def __init__(self, given: MultiDict[str, str]) -> None:
        super().__init__()
        self.given = given

    def text(self, name: str) -> str:
        """What was typed; a field that was not sent is empty."""
        return self.given.get(name, "")

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a text that say something."""
        return tuple(line.strip() for line in self.text(name).splitlines() if line.strip())

    def day_or_none(self, name: str) -> date | None:
        """A day, None where none was typed."""
        typed = self.text(name).strip()
        if not typed:
            return None
        try:
            found = date.fromisoformat(typed)
        except ValueError:
            found = date.max
        if EARLIEST <= found.year <= LATEST:
            return found
        self.blame(name, NotADay())
        return None

    def day(self, name: str) -> date:
        """A day that is needed. Where it is at fault today stands for it, and nothing is done with it."""
        found = self.day_or_none(name)
        if found is None and name not in self.faults:
            self.blame(name, NotADay())
        return found or clock.now().date()

    def number_or_none(self, name: str) -> int | None:
        """A whole number that a row can hold, None where none was typed."""
        typed = self.text(name).strip()
        if not typed:
            return None
        if not is_row(typed):
            self.blame(name, NotANumber())
            return None
        return int(typed)

    def number(self, name: str) -> int:
        """A whole number that is needed; 0 stands for one at fault, and nothing is done with it."""
        found = self.number_or_none(name)
        if found is None and name not in self.faults:
            self.blame(name, NotANumber())
        return found or 0

    def member(self, name: str, kind: type[K], default: K | None = None) -> K:
        """One of a kind; one that is not offered is a fault."""
        typed = self.text(name)
        if typed in set(kind):
            return kind(typed)
        if typed or default is None:
            self.blame(name, NotOffered())
        return default or next(iter(kind))

    def rows(self, name: str) -> tuple[int, ...]:
        """The numbers of rows that were ticked; what cannot be one is left out."""
        return tuple(int(value) for value in self.given.getlist(name) if is_row(value))
