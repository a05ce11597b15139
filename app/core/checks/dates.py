"""Whether a date is the same day in both languages, and a month the same month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from app.core.content import Language
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
_ANY = "|".join(_NUMBER_OF)
_BY_NUMBER = re.compile(
    rf"(?<!\w)(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.?[ºª])?(?: de| of)? (?P<m1>{_ANY})\b"
    r"(?:(?:,| de| del)? (?P<y1>\d{4}))?"
    r"|(?<!\w)(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    r"|(?<![\w/.-])(?P<d4>\d{1,2})(?P<sep>[/.-])(?P<m4>\d{1,2})(?P=sep)(?P<y4>\d{4})(?![\d/-])"
)
_BEGINNINGS = "|".join(sorted({name[:3] for name in _NUMBER_OF}))
_DIGITS = re.compile(rf"\d\d*(?=[/.-]\d|(?:st|nd|rd|th|\.?[ºª])? (?:de |of )?(?:{_BEGINNINGS}))")
_BY_NAME = re.compile(rf"\b(?P<m2>{_ANY}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?")
_UNSURE = frozenset({"may", "march"})  # also verbs
_NAMES = frozenset(_NUMBER_OF)
_NUMERIC = re.compile(r"\d[/.-]\d{1,2}[/.-]\d")
Day = tuple[int, int, int]  # year or 0, month, day
Date = tuple[frozenset[Day], str, Span]


def _dates(side: Side) -> list[Date]:
    """The dates of a text, each with the days it may mean: in English 3/4/2025 is in March or in April."""
    found = []
    matches = [match for at in _DIGITS.finditer(side.small) if (match := _BY_NUMBER.match(side.small, at.start()))]
    if any(re.search(f"{name} [0-9]", side.small) for name in side.vocabulary & _NAMES):
        matches = sorted([*matches, *_BY_NAME.finditer(side.small)], key=lambda match: match.start())
    for match in matches:
        start, end = match.span()
        found.append((_days(match, side.language), side.prose[start:end], (start, end)))
    return found


def _days(match: re.Match[str], language: Language) -> frozenset[Day]:
    """The days that a match of one of the two patterns may mean."""
    if match.re is _BY_NAME:
        name, day, year = match.groups()
        return frozenset({(int(year or 0), _NUMBER_OF[name], int(day))})
    d1, m1, y1, y3, m3, d3, d4, _, m4, y4 = match.groups()
    if m1:
        return frozenset({(int(y1 or 0), _NUMBER_OF[m1], int(d1))})
    if y3:
        return frozenset({(int(y3), int(m3), int(d3))})
    days = {(int(y4), int(m4), int(d4))}
    if primary(language) == "en":
        days.add((int(y4), int(d4), int(m4)))
    return frozenset(days)


def _without(some: list[Date], others: list[Date]) -> list[Date]:
    """The dates that the others do not have."""
    days = frozenset(day for date in others for day in date[0])
    return [date for date in some if not date[0] & days and not any(_same(date[0], other[0]) for other in others)]


def _same(a: frozenset[Day], b: frozenset[Day]) -> bool:
    return any(x[1:] == y[1:] and (x[0] == y[0] or not x[0] or not y[0]) for x, y in product(a, b))


def _check(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if not _names_a_month(source) and not _NUMERIC.search(source.prose):
        return
    there, here = _dates(source), _dates(target)
    lacking, extra = _without(there, here), _without(here, there)
    for (_, before, _), (_, after, span) in zip(lacking, extra, strict=False):
        text = N_("The original says %(there)s and the translation %(here)s: is it the same day?")
        yield Found(text, {"there": before, "here": after}, (span,))
    if not lacking and not extra and _names_a_month(target):
        yield from _months(source, target)


def _names_a_month(side: Side) -> bool:
    named = side.vocabulary & _NAMES
    return bool(named - _UNSURE) or any(name.capitalize() in side.prose for name in named)


def _months(source: Side, target: Side) -> Iterator[Found]:
    there, here = ({_NUMBER_OF[name]: name for name in side.vocabulary & _NAMES} for side in (source, target))
    lacking = sorted(number for number, name in there.items() if number not in here and name not in _UNSURE)
    extra = sorted(number for number, name in here.items() if number not in there and name not in _UNSURE)
    for before, after in zip(lacking, extra, strict=False):
        text = N_("The original says %(there)s and the translation %(here)s: is it the same month?")
        at = re.search(rf"\b{here[after]}\b", target.small)
        spans = (at.span(),) if at else ()
        yield Found(text, {"there": there[before], "here": here[after]}, spans)


CHECKS = (Check("dates", N_("Dates"), N_("Dates and months should be the same days in both languages."), _check),)
