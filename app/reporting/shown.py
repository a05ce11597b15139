"""How figures are written on pages and in files: numbers in the reader's locale, groups as lines of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, format_percent, gettext

from app.core.errors import N_
from app.infra.i18n import format_day
from app.reporting import words
from app.reporting.kinds import Split
from app.reporting.rules import charts
from app.reporting.rules.figures import Figure, Number
from app.reporting.rules.hiding import Told
from app.reporting.rules.periods import Period

HIDDEN = N_("not shown")


@dataclass(frozen=True, slots=True)
class Line:
    """A group as a line of a table and a bar of a chart; `depth` is 1 for what lies within the line above."""

    label: str
    count: int | None
    text: str
    depth: int
    bar: float


def number(value: Number | None) -> str:
    """A number, or that it is not shown."""
    return str(gettext(HIDDEN)) if value is None else str(format_decimal(value))


def percent(share: float | None) -> str:
    """A share of one, in whole percents."""
    return "" if share is None else str(format_percent(round(share, 2)))


def value(figure: Figure) -> str:
    """A figure in words: with what it is out of, and the percents, where it is a part."""
    if figure.of is None:
        return number(figure.value)
    told = {"value": number(figure.value), "of": number(figure.of), "share": percent(figure.share)}
    if figure.value is None:
        return str(gettext("%(value)s, of %(of)s", **told))
    return str(gettext("%(value)s of %(of)s (%(share)s)", **told))


def lines(split: Split, groups: Sequence[Told], youth_until: int) -> list[Line]:
    """Groups as lines, each followed by those within it."""
    largest = max((one.count or 0 for one in groups), default=0)
    found = []
    for one in groups:
        for depth, told in enumerate_tree(one):
            found.append(
                Line(
                    words.group(split, told, youth_until),
                    told.count,
                    number(told.count),
                    depth,
                    charts.bar(told.count, largest),
                )
            )
    return found


def enumerate_tree(one: Told) -> list[tuple[int, Told]]:
    """A group and, one deeper, those within it."""
    return [(0, one), *((1, inner) for inner in one.inside)]


def period(found: Period) -> str:
    """What a period is called: the year, the two years it touches, or its days."""
    if found.year is None:
        return str(gettext("%(first)s to %(last)s", first=format_day(found.since), last=format_day(found.until)))
    return year(found.year, found.since.month)


def year(of: int, starts_in: int = 1) -> str:
    """What a reporting year is called: 2014, or 2014/15 where it begins in another month than January."""
    return str(of) if starts_in == 1 else f"{of}/{(of + 1) % 100:02}"
