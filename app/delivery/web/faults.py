"""What every form of this layer does with what was typed wrongly: the fault stands beside its field, nothing is done.

How a form reads its fields is in cohorts/sent.py and programmes/reading.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

from app.core.errors import N_, Refused
from app.infra.i18n import sentence
from app.web.requests import LARGEST_ROW

T = TypeVar("T")


class NotADay(Refused):
    text = N_("Please write the day as year, month, day, for example 2026-03-15.")
    status = 422


class NotANumber(Refused):
    text = N_("Please write a whole number.")
    status = 422


class NotOffered(Refused):
    text = N_("Please choose one of those shown.")
    status = 422


class Faults:
    """`faults` by the field's name, those of no field under an empty one; `beside` says where a refusal stands."""

    beside: ClassVar[Mapping[type[Refused], str]] = {}

    def __init__(self) -> None:
        self.faults: dict[str, list[str]] = {}
        self.status = 422

    def blame(self, name: str, refused: Refused) -> None:
        """Put a refusal beside a field."""
        self.faults.setdefault(name, []).append(sentence(refused))

    def do(self, deed: Callable[[], T], **instead: str) -> T | None:
        """Do it unless a field is at fault; a refusal becomes a fault, beside its field or the one named `instead`.

        What somebody may not see or do at all stays a refusal.
        """
        if self.faults:
            return None
        try:
            return deed()
        except Refused as refused:
            if refused.status in (401, 403, 404):
                raise
            self.status = refused.status
            name = self.beside.get(type(refused), "")
            self.blame(instead.get(name, name), refused)
            return None


def is_row(text: str) -> bool:
    """Whether a text is a number that a row can have; digits without end are none."""
    return text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= LARGEST_ROW
