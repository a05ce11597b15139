"""Days and hours as people say them: `viernes, 5 de diciembre`; today is called today."""

from __future__ import annotations

from datetime import date, time
from functools import cache

from babel import Locale
from babel.dates import DateTimePattern, format_time, match_skeleton
from flask_babel import get_locale, gettext


def weekday(on: date) -> str:
    """A day with its weekday and month, without the year."""
    return str(_pattern(str(get_locale())).apply(on, get_locale()))


@cache
def _pattern(locale: str) -> DateTimePattern:
    """How this is written in a language; finding it takes longer than writing a date by it."""
    parsed = Locale.parse(locale)
    found = match_skeleton("MMMMEEEEd", parsed.datetime_skeletons) or "yMMMMEEEEd"
    pattern: DateTimePattern = parsed.datetime_skeletons[found]
    return pattern


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
