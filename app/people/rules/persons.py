"""Rules on persons: names, ages, documents, telephones, consent. Ages are reckoned on the day that matters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.core.errors import N_, Refused
from app.people.kinds import ContactKind

LONGEST_LINE = 200
OLDEST = 115
OF_AGE = 18
_PHONE = re.compile(r"\+?[0-9]{6,15}\Z")
_EMAIL = re.compile(r'[^@\s<>()\[\]\\,;:"]+@[^@\s<>()\[\]\\,;:"]+\.[^@\s<>()\[\]\\,;:"]+\Z')  # a plain one alone


class NeedsName(Refused):
    text = N_("Please write the person's name, at most %(most)s letters on one line.")
    status = 422


class TooLongLine(Refused):
    text = N_("That is too long: at most %(most)s letters on one line.")
    status = 422


class OddAge(Refused):
    text = N_("That age or year of birth cannot be right. Leave it empty if it is not known.")
    status = 422


class OddPhone(Refused):
    text = N_("A telephone number has 6 to 15 digits, e.g. +51 987 654 321.")
    status = 422


class OddEmail(Refused):
    text = N_("An e-mail address looks like name@example.org.")
    status = 422


class NeedsGuardian(Refused):
    text = N_("Somebody under %(age)s needs the consent of a mother, father or guardian: please write who gave it.")
    status = 422


class OutOfReach(Refused):
    text = N_("You could not find this person again. Choose an organisation or a region that is yours.")
    status = 422


@dataclass(frozen=True, slots=True)
class Born:
    """What is known of somebody's age: a date, or a year, or an age told on a day, or nothing."""

    on: date | None = None
    year: int | None = None
    age: int | None = None
    age_on: date | None = None


def name(text: str, *, needed: bool = True) -> str:
    """A name on one line, as the person writes it; raises `NeedsName`."""
    found = " ".join(text.split())
    if (needed and not found) or len(found) > LONGEST_LINE or not found.isprintable():
        raise NeedsName(most=LONGEST_LINE)
    return found


def line(text: str) -> str:
    """A short text on one line; raises `TooLongLine`."""
    found = " ".join(text.split())
    if len(found) > LONGEST_LINE or not found.isprintable():
        raise TooLongLine(most=LONGEST_LINE)
    return found


def check_born(born: Born, today: date) -> None:
    """Raise `OddAge` unless somebody alive can have been born so."""
    years = [born.on.year] if born.on else []
    years += [born.year] if born.year is not None else []
    if born.age is not None and born.age_on is not None:
        years.append(born.age_on.year - born.age)
    if any(not today.year - OLDEST <= year <= today.year for year in years) or (born.on and born.on > today):
        raise OddAge
    if born.age is not None and not 0 <= born.age <= OLDEST:
        raise OddAge


def age_on(born: Born, day: date) -> int | None:
    """Return somebody's age on a day in whole years, None where it is not known.

    From a year alone, or an age told, the age is the one reached by the end of the year: at most a year too high.
    """
    if born.on is not None:
        return day.year - born.on.year - ((day.month, day.day) < (born.on.month, born.on.day))
    if born.year is not None:
        return day.year - born.year
    if born.age is not None and born.age_on is not None:
        return born.age + (day.year - born.age_on.year)
    return None


def is_young(age: int | None, youth_until: int) -> bool | None:
    """Whether somebody of this age counts as young in a programme; None where the age is not known."""
    return None if age is None else age <= youth_until


def contact(kind: ContactKind, text: str) -> str:
    """A contact point in the one form that makes two of them comparable; raises `OddPhone`, `OddEmail`."""
    if kind in (ContactKind.PHONE, ContactKind.WHATSAPP):
        digits = re.sub(r"[\s().-]", "", text)
        if not _PHONE.match(digits):
            raise OddPhone
        return digits
    if kind is ContactKind.EMAIL:
        found = text.strip().lower()
        if not _EMAIL.match(found) or len(found) > LONGEST_LINE or not found.isprintable():
            raise OddEmail
        return found
    return line(text)


def check_guardian(age: int | None, guardian: str) -> None:
    """Raise `NeedsGuardian` when somebody under age agrees without one."""
    if age is not None and age < OF_AGE and not guardian.strip():
        raise NeedsGuardian(age=OF_AGE)
