"""What single cells of a list mean: dates, ages and numbers as spreadsheets turn them, words in Spanish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from app.core.errors import N_, Refused
from app.delivery.kinds import EnrolmentState
from app.people.kinds import Sex
from app.people.rules.duplicates import plain
from app.people.rules.persons import Born

from .rosters_files import Cell

FIRST_DAY = date(1899, 12, 30)  # how spreadsheets count days
FIRST_YEAR, LAST_YEAR = 1880, 2100
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_TOLD = re.compile(r"(\d{1,3}) \((\d{4}-\d{2}-\d{2})\)\Z")
_TURNED = re.compile(r"\d[.,]?\d*[eE]\+?\d+\Z")

# Documents that have a fixed number of digits, by country: what a spreadsheet takes for a number loses its zeros.
DIGITS: Mapping[tuple[str, str], int] = {
    ("PE", "dni"): 8, ("SV", "dui"): 9, ("HN", "dni"): 13, ("CR", "cedula"): 9, ("DO", "cedula"): 11, ("GT", "dpi"): 13,
}  # fmt: skip
KIND_OF_COUNTRY: Mapping[str, str] = {"PE": "DNI", "SV": "DUI", "HN": "DNI", "CR": "Cédula", "DO": "Cédula",
                                      "GT": "DPI", "CO": "Cédula", "MX": "CURP"}  # fmt: skip
SEXES: Mapping[Sex, tuple[str, ...]] = {  # English, Spanish, and how else it is written
    Sex.WOMAN: ("woman", "mujer", "f", "femenino", "female", "fem"),
    Sex.MAN: ("man", "hombre", "m", "masculino", "male", "varon", "h", "masc"),
    Sex.OTHER: ("other", "otro", "otra", "x"),
}
STATES: Mapping[EnrolmentState, tuple[str, str]] = {
    EnrolmentState.ACTIVE: ("active", "participa"),
    EnrolmentState.PAUSED: ("paused", "en pausa"),
    EnrolmentState.COMPLETED: ("completed", "finalizó"),
    EnrolmentState.WITHDRAWN: ("withdrawn", "se retiró"),
    EnrolmentState.DESERTED: ("deserted", "desertó"),
    EnrolmentState.TRANSFERRED: ("transferred", "pasó a otro grupo"),
    EnrolmentState.OTHER: ("other", "terminó por otro motivo"),
}
_SEX_OF = {plain(word): sex for sex, words in SEXES.items() for word in words}
_STATE_OF = {plain(word): state for state, words in STATES.items() for word in words} | {
    "activa": EnrolmentState.ACTIVE,
    "activo": EnrolmentState.ACTIVE,
    "completo": EnrolmentState.COMPLETED,
    "se traslado": EnrolmentState.TRANSFERRED,
    "otro": EnrolmentState.OTHER,
}


class OddDate(Refused):
    text = N_("“%(word)s” is no day. Write it as 2026-03-31 or 31/03/2026.")
    status = 422


class OddBirth(Refused):
    text = N_("“%(word)s” is neither a day of birth nor a year. Write 1990-02-03, 3/2/1990 or 1990.")
    status = 422


class OddSex(Refused):
    text = N_("“%(word)s” is not understood. Write woman, man, other, or leave it empty.")
    status = 422


class OddState(Refused):
    text = N_("“%(word)s” is not understood here. Leave it empty for people who are new.")
    status = 422


class TurnedNumber(Refused):
    text = N_("The spreadsheet has shortened this number to “%(word)s”. Make the column text and type it again.")
    status = 422


class ZeroPutBack(Refused):
    text = N_("The spreadsheet had dropped zeros at the beginning; this was read as %(number)s.")
    status = 200


def day(cell: Cell) -> date | None:
    """The day in a cell, however the spreadsheet left it; None where nothing is said."""
    if not cell.text:
        return None
    if found := _ISO.match(cell.text):
        year, month, dom = map(int, found.groups())
    elif found := _DAY_FIRST.match(cell.text):
        dom, month, year = map(int, found.groups())
    elif cell.text.isascii() and cell.text.isdigit() and 10_000 <= int(cell.text) < 80_000:
        return FIRST_DAY + timedelta(days=int(cell.text))
    else:
        raise OddDate(word=cell.text[:40])
    try:
        return date(year, month, dom)
    except ValueError as error:
        raise OddDate(word=cell.text[:40]) from error


def born(cell: Cell, today: date) -> Born | None:
    """A day or year of birth, or an age with or without the day it was told."""
    if not cell.text:
        return None
    if found := _TOLD.match(cell.text):
        told = day(Cell(found[2]))
        return Born(age=int(found[1]), age_on=told)
    if cell.text.isascii() and cell.text.isdigit() and len(cell.text) <= 4:
        number = int(cell.text)
        if FIRST_YEAR <= number <= LAST_YEAR:
            return Born(year=number)
        if number <= 120:
            return Born(age=number, age_on=today)
        raise OddBirth(word=cell.text)
    try:
        return Born(on=day(cell))
    except OddDate as odd:
        raise OddBirth(word=cell.text[:40]) from odd


def told_birth(known: Born) -> str:
    """What is known of somebody's age, as a cell that `born` reads back."""
    if known.on is not None:
        return known.on.isoformat()
    if known.year is not None:
        return str(known.year)
    return f"{known.age} ({known.age_on.isoformat()})" if known.age is not None and known.age_on is not None else ""


def sex(cell: Cell) -> Sex | None:
    """The sex in a cell, None where nothing is said."""
    if not cell.text:
        return None
    found = _SEX_OF.get(plain(cell.text))
    if found is None:
        raise OddSex(word=cell.text[:40])
    return found


def state(cell: Cell) -> EnrolmentState | None:
    """How somebody stands in the cohort, None where nothing is said."""
    if not cell.text:
        return None
    found = _STATE_OF.get(plain(cell.text))
    if found is None:
        raise OddState(word=cell.text[:40])
    return found


def number(cell: Cell) -> str:
    """A document's or telephone's number; raises where the spreadsheet has shortened it beyond repair."""
    if _TURNED.match(cell.text) or (cell.number and "." in cell.text):
        raise TurnedNumber(word=cell.text[:40])
    return cell.text


def with_zeros(digits: str, kind: str, country: str) -> str:
    """A document's number with the zeros in front that a spreadsheet drops, where its kind has a fixed length."""
    length = DIGITS.get((country, plain(kind or KIND_OF_COUNTRY.get(country, ""))), 0)
    short = digits.isascii() and digits.isdigit() and length - 3 <= len(digits) < length
    return digits.zfill(length) if short else digits


def parted(full: str) -> tuple[str, str]:
    """Given and family names from one cell: at the comma, or the last two words are the family's."""
    if "," in full:
        family, _, given = full.partition(",")
        return given.strip(), family.strip()
    words = full.split()
    keep = 1 if len(words) <= 3 else len(words) - 2
    return " ".join(words[:keep]), " ".join(words[keep:])
