"""Days and hours as people say them: `viernes, 5 de diciembre`; today is called today."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache, lru_cache

from babel import Locale
from babel.dates import DateTimePattern, format_time, parse_pattern
from flask_babel import get_locale, gettext

_YEAR = re.compile(r"(\s*'[^']*')?[\s,]*y+\s*$")


def weekday(on: date) -> str:
    """A day with its weekday and month, without the year."""
    return _written(str(get_locale()), on)


@lru_cache(4096)
def _written(locale: str, on: date) -> str:
    """The same in a language that is named; the same days are written often."""
    return str(_pattern(locale).apply(on, Locale.parse(locale)))


@cache
def _pattern(locale: str) -> DateTimePattern:
    """How a whole date is written in a language, its year left out; finding that takes longer than writing a date."""
    whole: DateTimePattern = Locale.parse(locale).date_formats["full"]
    return parse_pattern(_YEAR.sub("", whole.pattern))


def near(on: date, today: date) -> str:
    """How near a coming day is, in a word; empty beyond a week."""
    ahead = (on - today).days
    if ahead == 0:
        return str(gettext("Today"))
    if ahead == 1:
        return str(gettext("Tomorrow"))
    return str(gettext("In %(days)s days", days=ahead)) if 1 < ahead <= 7 else ""


def hour(at: time) -> str:
    """An hour, to the minute."""
    return str(format_time(at, "short", locale=get_locale()))
