"""When harvests are, by region and crop: defaults as data, and what a programme knows better."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.core.errors import N_, Refused

FILE = Path(__file__).parents[1] / "data" / "harvests.toml"

# What crops are called in the records of organisations, so that café and coffee are one.
SAME_CROP: Mapping[str, str] = {"café": "coffee", "cafe": "coffee", "cacao": "cocoa"}


class OddMonths(Refused):
    text = N_("Please choose the first and the last month of the harvest.")
    status = 422


class NeedsCrop(Refused):
    text = N_("Please write which crop is harvested.")
    status = 422


class NoSuchHarvest(Refused):
    text = N_("This programme has written down no such harvest.")
    status = 404


@dataclass(frozen=True, slots=True)
class Window:
    """A harvest from month to month, both included; it may go over New Year. `source` says how sure we are."""

    region: str
    crop: str
    from_month: int
    until_month: int
    source: str = ""


@cache
def defaults() -> tuple[Window, ...]:
    """The windows of the data file."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["window"]
    return tuple(Window(row["region"], row["crop"], row["months"][0], row["months"][1], row["source"]) for row in rows)


def crop_key(name: str) -> str:
    """The one name of a crop, whichever language it was written in."""
    found = " ".join(name.split()).lower()
    return SAME_CROP.get(found, found)


def check_window(window: Window) -> None:
    """Raise unless this names a crop and two months."""
    if not window.crop:
        raise NeedsCrop
    if not (1 <= window.from_month <= 12 and 1 <= window.until_month <= 12):
        raise OddMonths


def known(own: Collection[Window]) -> tuple[Window, ...]:
    """A programme's own windows, and the defaults of every crop and region of which it says nothing itself."""
    kept = (
        window
        for window in defaults()
        if not any(one.crop == window.crop and _within(window.region, one.region) for one in own)
    )
    return (*own, *kept)


def harvest_on(windows: Collection[Window], region: str, crops: Collection[str], day: date) -> Window | None:
    """The window in which a day falls for somebody who grows these crops there; None where none is known to.

    The narrowest region that says anything of a crop decides: what is known of Chiapas stands before Mexico.
    """
    for crop in sorted({crop_key(name) for name in crops}):
        told = [window for window in windows if window.crop == crop and _within(region, window.region)]
        nearest = max((len(window.region) for window in told), default=0)
        for window in told:
            if len(window.region) == nearest and _covers(window, day.month):
                return window
    return None


def until(window: Window, day: date) -> date:
    """The last day of the harvest in which this day falls."""
    year = day.year + (window.until_month < day.month)
    return date(year, window.until_month, calendar.monthrange(year, window.until_month)[1])


def _within(region: str, wider: str) -> bool:
    return region == wider or region.startswith(f"{wider}-")


def _covers(window: Window, month: int) -> bool:
    if window.from_month <= window.until_month:
        return window.from_month <= month <= window.until_month
    return month >= window.from_month or month <= window.until_month
