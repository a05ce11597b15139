"""Reading what was typed into the forms of these pages. A missing or odd answer is a refusal that names its field."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request

from app.core.errors import N_, Refused

K = TypeVar("K", bound=StrEnum)
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


class OddDay(Refused):
    text = N_("Please give the day: day, month and year.")
    status = 422


class NeedsAnswer(Refused):
    text = N_("Please choose one of the answers.")
    status = 422


class OddNumber(Refused):
    text = N_("Please write a whole number.")
    status = 422


class Fault(Exception):
    """A refusal and the field it is about."""

    def __init__(self, field: str, refused: Refused) -> None:
        super().__init__(field)
        self.field, self.refused = field, refused


def text(name: str) -> str:
    """What stands in a field; empty where it was not sent."""
    return request.form.get(name, "").strip()


def day(name: str) -> date:
    """A day; raises `Fault`."""
    try:
        found = date.fromisoformat(text(name))
    except ValueError:
        raise Fault(name, OddDay()) from None
    if not EARLIEST <= found <= LATEST:
        raise Fault(name, OddDay())
    return found


def choice(name: str, kind: type[K]) -> K:
    """One of the members of an enumeration; raises `Fault`."""
    try:
        return kind(text(name))
    except ValueError:
        raise Fault(name, NeedsAnswer()) from None


def one_of(name: str, codes: dict[str, str] | tuple[str, ...] | list[str]) -> str:
    """One of these codes; raises `Fault`."""
    found = text(name)
    if found not in codes:
        raise Fault(name, NeedsAnswer())
    return found


def number(name: str) -> int:
    """A whole number; raises `Fault`."""
    found = text(name)
    if not (found.isascii() and found.isdigit() and len(found) < 10):
        raise Fault(name, OddNumber())
    return int(found)
