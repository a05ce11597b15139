"""Rules on programmes: what names them, who counts as young in them, when their years start."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from app.core.errors import N_, Refused

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
LONGEST_SLUG = 60
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?\Z")
MOST_LANGUAGES = 8
LONGEST_PURPOSE = 4_000
YOUNGEST, OLDEST = 15, 40


class BadSlug(Refused):
    text = N_("The short name in the address has small letters, digits and hyphens, e.g. san-martin-2026.")
    status = 422


class SlugTaken(Refused):
    text = N_("There is one called %(slug)s already; please choose another short name.")


class NotYourOrganisation(Refused):
    text = N_(
        "%(name)s is on the list already, and your account does not show it. Please ask somebody who coordinates its"
        " region to let it take part."
    )


class OddYouthLimit(Refused):
    text = N_("The last age that counts as young lies between %(youngest)s and %(oldest)s.")
    status = 422


class OddMonth(Refused):
    text = N_("Please choose the month in which the reporting year starts.")
    status = 422


class LongPurpose(Refused):
    text = N_("That is too long: at most %(most)s letters.")
    status = 422


class OddLanguages(Refused):
    text = N_("Please write languages by their codes, with commas between them, e.g. es, quy.")
    status = 422


class EndsBeforeJoining(Refused):
    text = N_("That day lies before the one on which it joined.")
    status = 422


def check_slug(slug: str) -> None:
    """Raise `BadSlug` unless this can stand in an address."""
    if not SLUG.match(slug) or len(slug) > LONGEST_SLUG:
        raise BadSlug


def slug_of(name: str) -> str:
    """A short name for the address made from a programme's name; empty where nothing of it can stand there."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].rstrip("-")


def check_languages(codes: Sequence[str]) -> None:
    """Raise `OddLanguages` unless these are codes of languages, at least one."""
    if not 1 <= len(codes) <= MOST_LANGUAGES or not all(LANGUAGE.match(code) for code in codes):
        raise OddLanguages


def check_part(since: date | None, until: date | None) -> None:
    """Raise `EndsBeforeJoining` where an organisation would leave before it joined."""
    if since is not None and until is not None and until < since:
        raise EndsBeforeJoining


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
