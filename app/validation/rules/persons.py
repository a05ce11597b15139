"""Lists of people as they are pasted: what each column means, an answer per line, and the age groups we count by."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.core.cells import as_meant
from app.core.errors import N_, Refused

from . import workshops

AGE_GROUPS = ((0, 17, "-17"), (18, 29, "18-29"), (30, 44, "30-44"), (45, 59, "45-59"), (60, 130, "60-"))
OLDEST = 120
SEXES = frozenset({"woman", "man", "other", ""})
MOST_LETTERS = 200_000
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{4,24}\Z")
EMAIL = re.compile(r"[^\s@<>\",;]{1,64}@[^\s@<>\",;]{1,180}\.[^\s@<>\",;.]{2,24}\Z")


class TooLongList(Refused):
    text = N_("That is too long for a list of people. Paste it in parts.")
    status = 422


class BadSex(Refused):
    text = N_("“%(word)s” is not understood. Write woman, man, other, or leave it empty.")
    status = 422


class BadAge(Refused):
    text = N_("“%(word)s” is neither an age in years nor a year of birth.")
    status = 422


class BadRole(Refused):
    text = N_("“%(word)s” is not understood. Write member, board, youth, technician, trainer or other.")
    status = 422


class BadYesNo(Refused):
    text = N_("“%(word)s” is not understood. Write yes or no, or leave it empty.")
    status = 422


class BadPhone(Refused):
    text = N_("“%(word)s” is no telephone number. Write digits, with + and the country before them.")
    status = 422


class BadEmail(Refused):
    text = N_("“%(word)s” is no e-mail address.")
    status = 422


class TwiceInList(Refused):
    text = N_("This person stands in line %(line)s already.")


class KnownAlready(Refused):
    text = N_("This person is on the workshop's list already.")


class TooManyColumns(Refused):
    text = N_("This line has more columns than the list.")
    status = 422


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as told: `age` in years or `birth_year`, either may be missing."""

    name: str
    sex: str = ""
    age: int | None = None
    birth_year: int | None = None
    role: str = "member"
    organisation: str = ""
    locality: str = ""
    reads: bool | None = None
    phone: str = ""
    email: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: who it names, or what is wrong with it."""

    line: int
    typed: str
    person: Person | None = None
    faults: tuple[Refused, ...] = field(default=())


COLUMNS = ("name", "sex", "age", "role", "organisation", "locality", "reads", "phone", "email", "consent")
HEADS: dict[str, str] = {
    "name": "name", "nombre": "name", "nombres": "name", "nombre y apellido": "name", "nombres y apellidos": "name",
    "participante": "name", "participant": "name",
    "sex": "sex", "sexo": "sex", "genero": "sex", "gender": "sex",
    "age": "age", "edad": "age", "birth year": "age", "ano de nacimiento": "age", "nacimiento": "age",
    "role": "role", "funcion": "role", "cargo": "role", "rol": "role",
    "organisation": "organisation", "organization": "organisation", "organizacion": "organisation",
    "cooperativa": "organisation", "co-operative": "organisation",
    "locality": "locality", "localidad": "locality", "comunidad": "locality", "place": "locality", "lugar": "locality",
    "reads": "reads", "lee": "reads", "lee con comodidad": "reads", "reads comfortably": "reads",
    "phone": "phone", "telefono": "phone", "celular": "phone", "whatsapp": "phone",
    "email": "email", "e-mail": "email", "correo": "email", "consent": "consent", "consentimiento": "consent",
    "autoriza": "consent",
}  # fmt: skip
SEX_WORDS = {
    "": "", "f": "woman", "mujer": "woman", "woman": "woman", "femenino": "woman", "female": "woman", "m": "man",
    "hombre": "man", "varon": "man", "man": "man", "masculino": "man", "male": "man", "h": "man", "v": "man",
    "other": "other", "otro": "other", "otra": "other", "x": "other", "o": "other",
}  # fmt: skip
ROLE_WORDS = {
    "": "member", "member": "member", "socia": "member", "socio": "member", "asociada": "member", "asociado": "member",
    "miembro": "member", "membresia": "member", "board": "board", "directiva": "board", "directivo": "board",
    "consejo": "board", "junta directiva": "board", "youth": "youth", "joven": "youth", "juventud": "youth",
    "technician": "technician", "tecnica": "technician", "tecnico": "technician", "equipo tecnico": "technician",
    "trainer": "trainer", "capacitadora": "trainer", "capacitador": "trainer", "facilitadora": "trainer",
    "facilitador": "trainer", "other": "other", "otro": "other", "otra": "other",
}  # fmt: skip
YES_NO = {"": None, "si": True, "s": True, "yes": True, "y": True, "1": True, "no": False, "n": False, "0": False}


def age_group(age: int | None, birth_year: int | None, year: int) -> str:
    """The group somebody is counted in, at the year of the workshop; empty when they did not say."""
    years = age if age is not None else year - birth_year if birth_year is not None else None
    if years is None:
        return ""
    return next((name for low, high, name in AGE_GROUPS if low <= years <= high), "")


def check_sex(word: str) -> str:
    """`woman`, `man`, `other` or nothing, from what was written; raises `BadSex`."""
    if _plain(word) not in SEX_WORDS:
        raise BadSex(word=word[:40])
    return SEX_WORDS[_plain(word)]


def check_age(word: str, year: int) -> tuple[int | None, int | None]:
    """An age in years or a year of birth, the other None; raises `BadAge`."""
    text = word.strip()
    if not text:
        return None, None
    if text.isascii() and text.isdecimal() and len(text) <= 4:
        number = int(text)
        if 1 <= number <= OLDEST:
            return number, None
        if year - OLDEST <= number <= year:
            return None, number
    raise BadAge(word=text[:40])


def check_role(word: str) -> str:
    """A role's name as in models.ParticipantRole; raises `BadRole`."""
    if _plain(word) not in ROLE_WORDS:
        raise BadRole(word=word[:40])
    return ROLE_WORDS[_plain(word)]


def check_yes_no(word: str) -> bool | None:
    """Yes, no, or not said; raises `BadYesNo`."""
    if _plain(word) not in YES_NO:
        raise BadYesNo(word=word[:40])
    return YES_NO[_plain(word)]


def check_phone(word: str) -> str:
    """A telephone number as written, or nothing; raises `BadPhone`."""
    text = " ".join(word.split())
    if text and not PHONE.match(text):
        raise BadPhone(word=text[:40])
    return text


def check_email(word: str) -> str:
    """An e-mail address, or nothing; raises `BadEmail`."""
    text = word.strip()
    if text and not EMAIL.match(text):
        raise BadEmail(word=text[:40])
    return text


def read_person(cells: dict[str, str], year: int) -> tuple[Person | None, tuple[Refused, ...]]:
    """Somebody from what stands in the columns, or all that is wrong with it."""
    faults: list[Refused] = []
    found: dict[str, Any] = {}

    def take(key: str, read: Callable[[str], object]) -> None:
        try:
            found[key] = read(cells.get(key, ""))
        except Refused as refused:
            faults.append(refused)

    take("name", workshops.name)
    take("sex", check_sex)
    take("age", lambda word: check_age(word, year))
    take("role", check_role)
    take("organisation", workshops.line)
    take("locality", workshops.line)
    take("reads", check_yes_no)
    take("phone", check_phone)
    take("email", check_email)
    take("consent", lambda word: check_yes_no(word) is True)
    if faults:
        return None, tuple(faults)
    years: tuple[int | None, int | None] = found.pop("age")
    return Person(**found, age=years[0], birth_year=years[1]), ()


def read_list(text: str, year: int, known: set[str]) -> list[Row]:
    """An answer per pasted line; `known` are the names on the list already, as `same_name` writes them.

    Columns are divided by tabs, semicolons or commas. A first line of known heads names them; else they stand in the
    usual order. Raises `TooLongList`.
    """
    if len(text) > MOST_LETTERS:
        raise TooLongList
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > workshops.MOST_PARTICIPANTS + 1:
        raise TooLongList
    if not lines:
        return []
    mark = _divider(lines[0][1])
    heads = [HEADS.get(_plain(cell), "") for cell in _cells(lines[0][1], mark)]
    named = heads[0] != "" and ("name" in heads)
    columns = heads if named else list(COLUMNS)
    rows, seen = [], dict[str, int]()
    for number, line in lines[1:] if named else lines:
        cells = [as_meant(cell) for cell in _cells(line, mark)]
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            rows.append(Row(number, line[:200], None, (TooManyColumns(),)))
            continue
        person, faults = read_person(dict(zip(columns, cells, strict=False)), year)
        if person is not None:
            key = same_name(person.name, person.organisation)
            if key in known:
                person, faults = None, (KnownAlready(),)
            elif key in seen:
                person, faults = None, (TwiceInList(line=seen[key]),)
            else:
                seen[key] = number
        rows.append(Row(number, line[:200], person, faults))
    return rows


class Named(Protocol):
    """Whoever a list names."""

    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...


def check_new(people: Iterable[Named], listed: Iterable[Named]) -> None:
    """Raise `KnownAlready` when one of these people is on the list already."""
    known = {same_name(one.name, one.organisation) for one in listed}
    if any(same_name(one.name, one.organisation) in known for one in people):
        raise KnownAlready


def same_name(name: str, organisation: str) -> str:
    """What two lines about one person have in common: name and organisation without accents and capitals."""
    return f"{_plain(name)}|{_plain(organisation)}"


def _divider(line: str) -> str:
    return next((mark for mark in ("\t", ";", ",") if mark in line), "\t")


def _cells(line: str, mark: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line.lstrip("\ufeff")], delimiter=mark), [])]
    except csv.Error:
        return [line]


def _plain(text: str) -> str:
    """Small letters without accents and doubled spaces."""
    kept = (c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join("".join(kept).replace("ñ", "n").split())
