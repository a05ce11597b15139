"""Rules on talking about paragraphs: what may be said and by whom, what a proposal needs, what a notice asks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from app.core.errors import N_, Refused
from app.core.variables import names

LONGEST_COMMENT = 20_000
LONGEST_REASON = 10_000
LONGEST_TEXT = 200_000
LONGEST_NAME = 200
LONGEST_DEADLINE = timedelta(days=5 * 365)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


class NoSuchBlock(Refused):
    text = N_("This edition has no such paragraph.")
    status = 404


class NoSuchComment(Refused):
    text = N_("There is no such comment here.")
    status = 404


class NoSuchProposal(Refused):
    text = N_("There is no such proposal here.")
    status = 404


class NoSuchNotice(Refused):
    text = N_("There is no such notice here.")
    status = 404


class NothingSaid(Refused):
    text = N_("Please write what you want to say.")
    status = 422


class TooLong(Refused):
    text = N_("That is longer than %(letters)s letters. Please say it shorter, or in several parts.")
    status = 422


class NotYours(Refused):
    text = N_("Only the person who wrote this can do that.")
    status = 403


class Withdrawn(Refused):
    text = N_("This was taken back, so nothing more can be done with it.")


class NothingProposed(Refused):
    text = N_("What you propose is what stands there already. Change something first.")
    status = 422


class NeedsWhy(Refused):
    text = N_("Please say what speaks for it: whoever decides will want to know.")
    status = 422


class NeedsDecline(Refused):
    text = N_("Please say why not: whoever proposed it will read it.")
    status = 422


class UnknownKind(Refused):
    text = N_("Please choose what you propose: another text, a new paragraph, another place, or to take it out.")
    status = 422


class NoSuchLanguage(Refused):
    text = N_("This edition has no texts in %(language)s.")
    status = 422


class Decided(Refused):
    text = N_("%(who)s has decided on this proposal already.")


class SeenOther(Refused):
    text = N_("The paragraph or the proposal changed after you opened this page. Look at it once more.")


class NotClean(Refused):
    text = N_("The proposal and the paragraph changed the same words. Please write the text that should stand here.")
    status = 422


class PlaceGone(Refused):
    text = N_("The place where it should stand is not in this edition any more.")


class NoParent(Refused):
    text = N_("This paragraph comes from no other edition, so there is nobody to offer it to.")


class SameAsParent(Refused):
    text = N_("This paragraph is as the original has it, so there is nothing to offer.")


class WholeUnit(Refused):
    text = N_("The original has no unit “%(unit)s”, so a paragraph of it has no place there.")


class OwnModule(Refused):
    text = N_("The module of this unit is your own, so %(unit)s has no place in the original.")


class NotMoved(Refused):
    text = N_("This paragraph stands where the original has it, so there is no other place to offer.")


class TakenAlready(Refused):
    text = N_("%(edition)s has taken this in already. It comes back to you with their next release.")


class NoPartChosen(Refused):
    text = N_("Please leave at least one paragraph ticked, or decline and say why.")
    status = 422


class LacksVariable(Refused):
    text = N_(
        "The text uses {{%(name)s}}, and %(edition)s has no variable of that name. "
        "Write the words themselves, or ask them to add the variable first."
    )
    status = 422


class OfferedAlready(Refused):
    text = N_("This has been offered to %(edition)s already and waits for an answer.")


class NothingChosen(Refused):
    text = N_("Nothing was chosen.")
    status = 422


class BadDeadline(Refused):
    text = N_("Please give a day between today and %(last)s.")
    status = 422


class NothingToAnswer(Refused):
    text = N_("This notice asks nothing of this edition.")


class SentAlready(Refused):
    text = N_("Version %(version)s has an urgent notice already. Withdraw that one first.")


def said(text: str, longest: int = LONGEST_COMMENT) -> str:
    """The text without white space around it; `NothingSaid` for none, `TooLong` beyond the limit."""
    found = text.replace("\r\n", "\n").strip()
    if not found:
        raise NothingSaid
    return bounded(found, longest)


def bounded(text: str, longest: int = LONGEST_REASON) -> str:
    """The text without white space around it; `TooLong` beyond the limit."""
    found = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(found) > longest:
        raise TooLong(letters=longest)
    return found


def place_of(quote: str, text: str, hint: int = 0) -> tuple[int, int] | None:
    """Where quoted words stand in a text: the place nearest to the hint, white space and case aside; None if nowhere.

    Words are looked for one after another, so that a line broken elsewhere is still found.
    """
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    found = [match.span() for match in pattern.finditer(text)]
    return min(found, key=lambda span: (abs(span[0] - hint), span[0]), default=None)


def check_variables(texts: Mapping[str, str], known: Collection[str], edition: str) -> None:
    """Raise `LacksVariable` for the first variable in these texts that the edition has not got."""
    for text in texts.values():
        for name in names(text):
            if name not in known:
                raise LacksVariable(name=name, edition=edition)


def check_languages(wanted: Sequence[str], known: Collection[str]) -> None:
    """Raise `NoSuchLanguage` for the first language that the edition has not got."""
    for language in wanted:
        if language not in known:
            raise NoSuchLanguage(language=language[:40] or "–")


def deadline(text: str, today: date) -> date:
    """The day that a form names (`2027-01-31`); `BadDeadline` unless it is today or later, within five years."""
    last = today + LONGEST_DEADLINE
    try:
        day = date.fromisoformat(text.strip()) if _DAY.match(text.strip()) else None
    except ValueError:
        day = None
    if day is None or not today <= day <= last:
        raise BadDeadline(last=last.isoformat())
    return day
