"""Whether a date is the same day in both languages, and a month the same month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from app.core.errors import N_

from .sides import Side
from .things import Check, Context, Found, Span, primary

_MONTHS_EN = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS_ES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_NUMBER_OF = {
    **{name: number for number, name in enumerate(_MONTHS_EN, 1)},
    **{name: number for number, name in enumerate(_MONTHS_ES, 1)},
    "setiembre": 9,
}
_EN, _ES = "|".join(_MONTHS_EN), "|".join([*_MONTHS_ES, "setiembre"])
_DATE = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.?[ºª])?(?: de| of)? (?P<m1>{_EN}|{_ES})\b"
    r"(?:(?:,| de| del)? (?P<y1>\d{4}))?"
    rf"|\b(?P<m2>{_EN}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?"
    r"|\b(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    r"|(?<![\d/.-])(?P<d4>\d{1,2})(?P<sep>[/.-])(?P<m4>\d{1,2})(?P=sep)(?P<y4>\d{4})(?![\d/-])",
)
_MONTH = re.compile(rf"\b(?:{_EN}|{_ES})\b")
_UNSURE = frozenset({"may", "march"})  # also verbs
_NAMES = frozenset(_NUMBER_OF)
_NUMERIC = re.compile(r"\d[/.-]\d{1,2}[/.-]\d")
Day = tuple[int, int, int]  # year or 0, month, day


def _dates(side: Side) -> list[tuple[frozenset[Day], str, Span]]:
    """The dates of a text, each with the days it may mean: in English 3/4/2025 is in March or in April."""
    found = []
    for match in _DATE.finditer(side.small):
        part = match.groupdict()
        year = int(part["y1"] or part["y2"] or part["y3"] or part["y4"] or 0)
        day = int(part["d1"] or part["d2"] or part["d3"] or part["d4"])
        name = part["m1"] or part["m2"] or ""
        month = _NUMBER_OF[name] if name else int(part["m3"] or part["m4"])
        days = {(year, month, day)}
        if part["d4"] and primary(side.language) == "en":
            days.add((year, day, month))
        found.append((frozenset(days), side.prose[slice(*match.span())], match.span()))
    return found


def _same(a: frozenset[Day], b: frozenset[Day]) -> bool:
    return any(x[1:] == y[1:] and (x[0] == y[0] or not x[0] or not y[0]) for x, y in product(a, b))


def _check(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if not _names_a_month(source) and not _NUMERIC.search(source.prose):
        return
    there, here = _dates(source), _dates(target)
    lacking = [date for date in there if not any(_same(date[0], other[0]) for other in here)]
    extra = [date for date in here if not any(_same(date[0], other[0]) for other in there)]
    for (_, before, _), (_, after, span) in zip(lacking, extra, strict=False):
        text = N_("The original says %(there)s and the translation %(here)s: is it the same day?")
        yield Found(text, {"there": before, "here": after}, (span,))
    if not lacking and not extra and _names_a_month(target):
        yield from _months(source, target)


def _names_a_month(side: Side) -> bool:
    named = side.vocabulary & _NAMES
    return bool(named - _UNSURE) or any(name.capitalize() in side.prose for name in named)


def _months(source: Side, target: Side) -> Iterator[Found]:
    there = {_NUMBER_OF[m[0]]: m for m in _MONTH.finditer(source.small)}
    here = {_NUMBER_OF[m[0]]: m for m in _MONTH.finditer(target.small)}
    lacking = [m for number, m in there.items() if number not in here and m[0] not in _UNSURE]
    extra = [m for number, m in here.items() if number not in there and m[0] not in _UNSURE]
    for before, after in zip(lacking, extra, strict=False):
        text = N_("The original says %(there)s and the translation %(here)s: is it the same month?")
        names = {"there": source.prose[slice(*before.span())], "here": target.prose[slice(*after.span())]}
        yield Found(text, names, (after.span(),))


CHECKS = (Check("dates", N_("Dates"), N_("Dates and months should be the same days in both languages."), _check),)
