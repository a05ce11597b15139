"""Rules on files that are brought in: which may come, from whom, into what, and what a new original must say."""

from __future__ import annotations

import re
import unicodedata

from app.core.errors import N_, Refused
from app.core.unitfile.reading import LONGEST_SITTING_MINUTES

LONGEST_FILENAME = 200
LONGEST_SENTENCE = 2_000
LONGEST_TITLE = 300
GUESSED_MINUTES = 60  # of a unit whose length no file says
MOST_CREDITS = 100

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_SLUG = 60
RESERVED = frozenset({"imports"})  # the address of the pages for files that are no edition yet


class NoFile(Refused):
    text = N_("Choose the file first.")
    status = 422


class BadUpload(Refused):
    text = N_("“%(file)s” was not taken in: %(problem)s Nothing was changed.")
    status = 422


class UnknownEnding(Refused):
    text = N_("“%(file)s” ends in none of these: %(known)s.")
    status = 422


class UnknownWay(Refused):
    text = N_("A file of this kind cannot be brought in as “%(way)s”.")
    status = 422


class SayDraft(Refused):
    text = N_("There is no edition %(name)s. To make one of this file, say --as draft.")
    status = 404


class OtherEdition(Refused):
    text = N_("The file was made of another edition, %(name)s. Bring it in there.")
    status = 422


class HiddenEdition(Refused):
    text = N_("The file was made of another edition, one that your account does not see. Ask whoever sent it to you.")
    status = 422


class LanguageNotHere(Refused):
    text = N_("This edition has no texts in “%(language)s”. Choose one of its languages.")
    status = 422


class NothingToReview(Refused):
    text = N_("The file shares no paragraph with this edition. Was it made of another manual?")
    status = 422


class NoSuchImport(Refused):
    text = N_("There is no such file here, or somebody else sent it.")
    status = 404


class NotNow(Refused):
    text = N_("This file was brought in or set aside already, so nothing more can be done with it here.")


class NoPlace(Refused):
    text = N_("Choose the paragraph that it belongs to.")
    status = 422


class NothingFound(Refused):
    text = N_("No words were found in the file that could become a manual.")
    status = 422


class BadSlug(Refused):
    text = N_("The short name needs small letters, digits and hyphens only, such as finanzas-basicas.")
    status = 422


class NeedsTitle(Refused):
    text = N_("Please give the manual a title.")
    status = 422


class NeedsLicence(Refused):
    text = N_("Please say under which licence it may be used.")
    status = 422


class NeedsCredits(Refused):
    text = N_("Please name who wrote it, one on each line.")
    status = 422


class NeedsRight(Refused):
    text = N_("Please say where it comes from and why you may use it.")
    status = 422


class NeedsLanguage(Refused):
    text = N_("Please choose the language that the manual is written in.")
    status = 422


class NeedsRegion(Refused):
    text = N_("Please choose the place it is for, one where you may start a manual.")
    status = 422


class BadMinutes(Refused):
    text = N_("The length of a unit is a number of minutes from 1 to %(most)s.")
    status = 422


class TooLong(Refused):
    text = N_("That is longer than %(letters)s letters. Please say it shorter.")
    status = 422


def named(filename: str) -> str:
    """A file's name without folders and what no page can show, and never longer than a line."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    return clean[-LONGEST_FILENAME:] or "document.docx"


def check_slug(slug: str) -> str:
    """The slug, or `BadSlug` for one that cannot stand in an address."""
    if not _SLUG.match(slug) or len(slug) > LONGEST_SLUG or slug in RESERVED:
        raise BadSlug
    return slug


def slug_of(words: str) -> str:
    """Words as a slug to begin with: small letters of the English alphabet, digits, hyphens; empty for none."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-")


def minutes(text: str) -> int:
    """The minutes that a form says, from 1 up; `BadMinutes` for anything else."""
    found = text.strip()
    if not (found.isascii() and found.isdecimal() and len(found) < 6 and 0 < int(found) <= LONGEST_SITTING_MINUTES):
        raise BadMinutes(most=LONGEST_SITTING_MINUTES)
    return int(found)


def bounded(text: str, letters: int = LONGEST_SENTENCE) -> str:
    """The text without white space around it; `TooLong` beyond the limit."""
    found = text.replace("\r\n", "\n").strip()
    if len(found) > letters:
        raise TooLong(letters=letters)
    return found
