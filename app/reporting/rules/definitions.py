"""The definitions of indicators, read from `data/indicators.toml`: every version there ever was, and which holds."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import N_, Refused
from app.reporting.kinds import Measure, Split, Unit

FILE = Path(__file__).parents[1] / "data" / "indicators.toml"


class NoSuchIndicator(Refused):
    text = N_("There is no such indicator.")
    status = 404


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as it was defined from a day on. Texts are by language; without a `measure` it is not counted."""

    code: str
    version: int
    valid_from: date
    standard: str
    unit: Unit
    name: Mapping[str, str]
    rule: Mapping[str, str]
    source: Mapping[str, str]
    missing: Mapping[str, str]
    measure: Measure | None = None
    splits: tuple[Split, ...] = ()
    only: frozenset[str] | None = None
    group: tuple[Split, str] | None = None

    def said(self, texts: Mapping[str, str], language: str) -> str:
        """One of its texts in a language; in English where it has none in that one."""
        return texts.get(language) or texts.get("en", "")


@functools.cache
def every() -> tuple[Definition, ...]:
    """All versions of all indicators, in the order of the file."""
    return tuple(_read(one) for one in tomllib.loads(FILE.read_text("utf-8"))["indicator"])


def holding(day: date, all_of_them: Sequence[Definition] | None = None) -> tuple[Definition, ...]:
    """The version of each indicator that holds on a day, in the order of the file; the first one before any did."""
    found: dict[str, Definition] = {}
    for one in sorted(every() if all_of_them is None else all_of_them, key=lambda one: (one.valid_from, one.version)):
        if one.code not in found or one.valid_from <= day:
            found[one.code] = one
    order = {one.code: number for number, one in reversed(list(enumerate(all_of_them or every())))}
    return tuple(sorted(found.values(), key=lambda one: order[one.code]))


def of(code: str, version: int) -> Definition:
    """One version of an indicator, however old; else `NoSuchIndicator`."""
    found = next((one for one in every() if (one.code, one.version) == (code, version)), None)
    if found is None:
        raise NoSuchIndicator
    return found


def now(code: str, day: date) -> Definition:
    """The version of an indicator that holds on a day; else `NoSuchIndicator`."""
    found = next((one for one in holding(day) if one.code == code), None)
    if found is None:
        raise NoSuchIndicator
    return found


def _read(one: Mapping[str, Any]) -> Definition:
    only = one.get("only")
    group = one.get("group")
    return Definition(
        code=one["code"],
        version=one["version"],
        valid_from=one["valid_from"],
        standard=one["standard"],
        unit=Unit(one["unit"]),
        name=one["name"],
        rule=one.get("rule", {}),
        source=one.get("source", {}),
        missing=one.get("missing", {}),
        measure=Measure(one["measure"]) if "measure" in one else None,
        splits=tuple(Split(name) for name in one.get("splits", [])),
        only=None if only is None else frozenset(only),
        group=None if group is None else (Split(group[0]), str(group[1])),
    )
