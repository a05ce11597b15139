"""Languages of the interface, and dates, numbers and names in them."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from typing import Any

import flask_babel
import pycountry  # a table of ISO codes; it has no types of its own
from babel import Locale, UnknownLocaleError
from babel.dates import get_datetime_format
from flask import current_app, has_request_context, request, session
from flask_babel import Babel, get_locale, gettext

from app.core.errors import Refused

LANGUAGES = {"es": "Español", "en": "English"}
WORLD = "001"

babel = Babel()


def choose_language() -> str:
    """The interface language: asked for in the address, chosen before, asked for by the browser, or the default."""
    if not has_request_context():
        return str(current_app.config["LANGUAGE"])
    chosen = request.args.get("lang")
    if chosen in LANGUAGES:
        session["language"] = chosen
        return chosen
    asked = session.get("language") or request.accept_languages.best_match(LANGUAGES)
    return str(asked or current_app.config["LANGUAGE"])


def language() -> str:
    """The interface language of this request, "es" or "en"."""
    return str(get_locale() or "es")[:2]


def sentence(refused: Refused) -> str:
    """A refusal's sentence in the reader's language, with its parts filled in (parts may be refusals themselves)."""
    parts: dict[str, Any] = {
        key: sentence(value) if isinstance(value, Refused) else value for key, value in refused.parts.items()
    }
    translated: str = gettext(refused.text)
    return translated % parts if parts else translated


def region_name(region: str) -> str:
    """A region's name in the reader's language: `001` the world, `PE` a country, `PE-SAM` a subdivision."""
    return _region_name(region, language())


@functools.lru_cache(maxsize=2048)
def _region_name(region: str, in_language: str) -> str:
    territories: Mapping[str, str] = Locale(in_language).territories
    if region in territories:
        return {"001": {"es": "Original mundial", "en": "World original"}[in_language]}.get(region, territories[region])
    subdivision = _subdivision(region)
    return str(subdivision.name) if subdivision else region


def _subdivision(region: str) -> Any:
    """The ISO 3166-2 subdivision of this code, or None."""
    return pycountry.subdivisions.get(code=region)  # type: ignore[no-untyped-call]


def countries() -> list[tuple[str, str]]:
    """Every country's code and name in the reader's language, in that language's alphabetical order."""
    return _countries(language())


@functools.lru_cache(maxsize=8)
def _countries(in_language: str) -> list[tuple[str, str]]:
    named = [(country.alpha_2, _region_name(country.alpha_2, in_language)) for country in pycountry.countries]
    return sorted(named, key=lambda item: _plain(item[1]))


@functools.lru_cache(maxsize=256)
def subdivisions(country: str) -> list[tuple[str, str]]:
    """The code and name of each part of a country (regions, departments, provinces), by name."""
    found: Any = [part for part in pycountry.subdivisions if part.country_code == country]
    return sorted(((part.code, str(part.name)) for part in found), key=lambda item: _plain(item[1]))


def _plain(text: str) -> str:
    """Small letters without accents: the order in which people look for a name."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def is_region(region: str) -> bool:
    """Whether this is `001`, an ISO 3166-1 country or an ISO 3166-2 subdivision."""
    if len(region) == 2:
        return getattr(pycountry.countries.get(alpha_2=region), "alpha_2", None) == region  # it finds "pe" as well
    return region == WORLD or getattr(_subdivision(region), "code", None) == region


def language_name(code: str) -> str:
    """A content language's name in the reader's language, e.g. `quy` → quechua ayacuchano."""
    try:
        return Locale.parse(code, sep="-").get_display_name(language()) or code
    except (ValueError, LookupError, UnknownLocaleError):
        found = pycountry.languages.get(alpha_3=code)
        return str(found.name) if found else code


def format_moment(moment: Any) -> str:
    """A date and time for people, to the minute, in their locale and its order."""
    order = str(get_datetime_format("medium", locale=flask_babel.get_locale()))
    day, time = flask_babel.format_date(moment, "medium"), flask_babel.format_time(moment, "short")
    return order.replace("{1}", str(day)).replace("{0}", str(time)).replace("'", "")


def format_day(moment: Any) -> str:
    """A date for people, long form, in their locale."""
    return str(flask_babel.format_date(moment, "long"))
