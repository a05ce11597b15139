"""Numbers and units as people write them: decimal comma or point, thousands, fractions, Spanish and English words.

Nobody is marked wrong for how numbers are written where they live: what can be read in two ways counts in both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

LONGEST = 200

# What the same amount is in another unit of its family. Quintals, cargas, latas and manzanas differ from place to place
# and are converted into nothing.
_FAMILIES: tuple[Mapping[str, Fraction], ...] = (
    {"g": Fraction(1), "kg": Fraction(1000), "t": Fraction(1_000_000)},
    {"mm": Fraction(1), "cm": Fraction(10), "m": Fraction(1000), "km": Fraction(1_000_000)},
    {"m2": Fraction(1), "ha": Fraction(10_000)},
    {"ml": Fraction(1), "l": Fraction(1000)},
    {"min": Fraction(1), "h": Fraction(60), "day": Fraction(1440)},
)
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "gramo": "g", "gramos": "g", "gram": "g", "grams": "g", "gr": "g", "kilo": "kg", "kilos": "kg",
        "kilogramo": "kg", "kilogramos": "kg", "kilogram": "kg", "kilograms": "kg", "kgs": "kg", "tonelada": "t",
        "toneladas": "t", "tonne": "t", "tonnes": "t", "tm": "t", "metro": "m", "metros": "m", "metre": "m",
        "metres": "m", "meter": "m", "meters": "m", "centimetro": "cm", "centimetros": "cm", "kilometro": "km",
        "kilometros": "km", "kilometre": "km", "kilometres": "km", "m²": "m2", "hectarea": "ha", "hectareas": "ha",
        "hectare": "ha", "hectares": "ha", "has": "ha", "litro": "l", "litros": "l", "litre": "l", "litres": "l",
        "liter": "l", "liters": "l", "lt": "l", "lts": "l", "minuto": "min", "minutos": "min", "minute": "min",
        "minutes": "min", "mins": "min", "hora": "h", "horas": "h", "hour": "h", "hours": "h", "hrs": "h", "hr": "h",
        "dia": "day", "dias": "day", "days": "day", "s/": "sol", "s/.": "sol", "soles": "sol", "pen": "sol",
        "us$": "dollar", "usd": "dollar", "dolar": "dollar", "dolares": "dollar", "dollars": "dollar", "$": "$",
        "pesos": "peso", "quintales": "qq", "quintal": "qq", "quintals": "qq", "sacos": "saco", "sacks": "saco",
        "sack": "saco", "personas": "persona",
        "people": "persona", "person": "persona", "lempiras": "lempira", "quetzales": "quetzal", "cordobas": "cordoba",
        "colones": "colon", "bolivianos": "boliviano", "bs": "boliviano", "bs.": "boliviano",
    }
)  # fmt: skip
_KNOWN = frozenset(_NAMES.values()) | {"$", "%", "qq"} | frozenset().union(*_FAMILIES)
_PERCENT = re.compile(r"\bpor ?ciento\b|\bper ?cent\b")
_SMALL: Mapping[str, int] = MappingProxyType(
    {
        "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
        "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
        "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiun": 21,
        "veintiuno": 21, "veintiuna": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25,
        "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40,
        "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100,
        "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
        "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "seiscientas": 600,
        "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800, "novecientos": 900,
        "novecientas": 900, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    }
)  # fmt: skip
_GREAT: Mapping[str, int] = MappingProxyType(
    {"mil": 1000, "thousand": 1000, "millon": 1_000_000, "millones": 1_000_000, "million": 1_000_000}
)
_HALVES = frozenset({"medio", "media", "half"})
_JOINING = frozenset({"y", "and", "de", "a", "con"})
_HUNDRED = "hundred"

_FIGURES = re.compile(
    r"(?P<sign>[-−]\s?)?"
    r"(?:(?P<whole>\d+) +)?(?P<top>\d+)\s?/\s?(?P<bottom>[1-9]\d*)(?![\d.,])"
    r"|(?P<minus>[-−]\s?)?(?P<digits>\d[\d.,'’\u00a0\u202f]*(?: \d{3}(?!\d))*[\d.,]*)(?P<part>[½¼¾]?)"
    r"|(?P<only>[½¼¾])"
)
_PARTS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "": Fraction(0)}
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read: every value that the writing can mean; what stands beside it as its unit; each word of that."""

    values: frozenset[Fraction]
    unit: str = ""
    units: frozenset[str] = frozenset()


def read(text: str) -> Amount | None:
    """Read an amount as it was typed, said or written; None where there is no one number in it."""
    plain = _plain(text)[:LONGEST]
    found = [match for match in _FIGURES.finditer(plain) if match[0].strip()]
    if len(found) == 1:
        match = found[0]
        values = _values(match)
        rest = f"{plain[: match.start()]} {plain[match.end() :]}"
        return _amount(values, rest) if values else None
    return None if found else _in_words(plain)


def unit(text: str) -> str:
    """The one name of a unit however it is written: `kilos` is `kg`; other words stay as they are, without accents."""
    words = " ".join(word for word in _plain(text).split() if word not in _JOINING and word not in {"es", "son", "="})
    words = words.strip(" .:;,!¡?¿")
    if words in _NAMES:
        return _NAMES[words]
    singular = words[:-1] if len(words) > 3 and words.endswith("s") else words
    return _NAMES.get(singular, singular)


def _amount(values: set[Fraction], beside: str) -> Amount:
    names = (unit(part) for part in (beside, *beside.split()))
    return Amount(frozenset(values), unit(beside), frozenset(name for name in names if name))


def is_unit(name: str) -> bool:
    """Whether this is a unit we know, and not some other word."""
    return name in _KNOWN


def in_unit(value: Fraction, given: str, wanted: str) -> Fraction | None:
    """The value in another unit of the same family; None where one does not turn into the other."""
    if given == wanted:
        return value
    for family in _FAMILIES:
        if given in family and wanted in family:
            return value * family[given] / family[wanted]
    return None


def _plain(text: str) -> str:
    lowered = unicodedata.normalize("NFD", text.strip().lower())
    kept = "".join(char for char in lowered if not unicodedata.combining(char))
    return _PERCENT.sub("%", unicodedata.normalize("NFC", kept))


def _values(match: re.Match[str]) -> set[Fraction]:
    if match["only"]:
        return {_PARTS[match["only"]]}
    if match["top"]:
        if max(map(len, (match["whole"] or "", match["top"], match["bottom"]))) > _MOST_DIGITS:
            return set()
        value = Fraction(int(match["whole"] or 0)) + Fraction(int(match["top"]), int(match["bottom"]))
        return {-value if match["sign"] else value}
    sign = -1 if match["minus"] else 1
    return {sign * (value + _PARTS[match["part"] or ""]) for value in _figures(match["digits"])}


def _figures(written: str) -> set[Fraction]:
    """Every value that figures with points and commas can mean: 1.500 is fifteen hundred, or one and a half."""
    digits = re.sub(r"[ '’\u00a0\u202f]", "", written).rstrip(".,")
    if sum(char.isdecimal() for char in digits) > _MOST_DIGITS or not digits.isascii():
        return set()
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return {Fraction(digits)}
    last = marks[-1]
    groups, decimals = digits.rsplit(last, 1)
    found: set[Fraction] = set()
    other = "," if last == "." else "."
    if marks.count(last) == 1 and _grouped(groups, other):
        found.add(Fraction(f"{groups.replace(other, '') or '0'}.{decimals or '0'}"))
    if other not in digits and _grouped(digits, last):
        found.add(Fraction(digits.replace(last, "")))
    return found


def _grouped(digits: str, mark: str) -> bool:
    """Whether figures are whole, or stand in threes divided by this mark."""
    return digits.isdecimal() or re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", digits) is not None


def _in_words(text: str) -> Amount | None:
    total, current, seen, rest = Fraction(0), Fraction(0), False, []
    for word in re.findall(r"[^\s-]+", text):
        bare = word.strip(".,;:!?¡¿")
        if bare in _SMALL:
            current, seen = current + _SMALL[bare], True
        elif bare in _HALVES:
            current, seen = current + Fraction(1, 2), True
        elif bare == _HUNDRED:
            current, seen = (current or Fraction(1)) * 100, True
        elif bare in _GREAT:
            if _GREAT[bare] > 1000:
                total, current = (total + (current or 1)) * _GREAT[bare], Fraction(0)
            else:
                total, current = total + (current or Fraction(1)) * 1000, Fraction(0)
            seen = True
        elif bare not in _JOINING:
            rest.append(bare)
    return _amount({total + current}, " ".join(rest)) if seen else None
