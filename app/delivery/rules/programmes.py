"""Rules on programmes: what names them, who counts as young in them, when their years start."""

from __future__ import annotations

import re

from app.core.errors import N_, Refused

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
LONGEST_SLUG = 60
LONGEST_PURPOSE = 4_000
YOUNGEST, OLDEST = 15, 40


class BadSlug(Refused):
    text = N_("The short name in the address has small letters, digits and hyphens, e.g. san-martin-2026.")
    status = 422


class SlugTaken(Refused):
    text = N_("There is one called %(slug)s already; please choose another short name.")


class OddYouthLimit(Refused):
    text = N_("The last age that counts as young lies between %(youngest)s and %(oldest)s.")
    status = 422


class OddMonth(Refused):
    text = N_("Please choose the month in which the reporting year starts.")
    status = 422


class LongPurpose(Refused):
    text = N_("That is too long: at most %(most)s letters.")
    status = 422


def check_slug(slug: str) -> None:
    """Raise `BadSlug` unless this can stand in an address."""
    if not SLUG.match(slug) or len(slug) > LONGEST_SLUG:
        raise BadSlug


def check_year(youth_until: int, year_starts_in: int) -> None:
    """Raise unless this is an age that ends youth, and a month."""
    if not YOUNGEST <= youth_until <= OLDEST:
        raise OddYouthLimit(youngest=YOUNGEST, oldest=OLDEST)
    if not 1 <= year_starts_in <= 12:
        raise OddMonth


def purpose(text: str) -> str:
    """A text of several lines, trimmed; raises `LongPurpose`."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) > LONGEST_PURPOSE or "\x00" in found:
        raise LongPurpose(most=LONGEST_PURPOSE)
    return found
