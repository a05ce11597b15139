"""Whether numbers keep their unit and their currency: kilos stay kilos, soles stay soles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from types import MappingProxyType

from app.core.errors import N_

from .numbers import NUMBER, values
from .sides import Side
from .things import Check, Context, Found, Span, primary

_DOLLARS = "USD MXN COP DOP ARS CLP NIO UYU"
_UNITS = MappingProxyType(
    {
        "%": "%|percent|per cent|por ciento",
        "kg": "kg|kilo|kilos|kilogram|kilograms|kilogramo|kilogramos",
        "g": "g|gr|gram|grams|gramo|gramos",
        "lb": "lb|lbs|pound|pounds|libra|libras",
        "oz": "oz|ounce|ounces|onza|onzas",
        "qq": "qq|quintal|quintals|quintales",
        "arroba": "arroba|arrobas",
        "t": "t|ton|tons|tonne|tonnes|tonelada|toneladas",
        "ha": "ha|hectare|hectares|hectárea|hectáreas",
        "mz": "mz|manzana|manzanas",
        "acre": "acre|acres",
        "km": "km|kilometre|kilometres|kilometer|kilometers|kilómetro|kilómetros",
        "mile": "mile|miles|milla|millas",
        "m": "m|metre|metres|meter|meters|metro|metros",
        "cm": "cm|centimetre|centimetres|centimeter|centimeters|centímetro|centímetros",
        "mm": "mm",
        "m²": "m²|m2",
        "l": "l|L|litre|litres|liter|liters|litro|litros",
        "ml": "ml",
        "°C": "°C|ºC",
        "°F": "°F|ºF",
        "min": "min|minute|minutes|minuto|minutos",
        "h": "h|hour|hours|hora|horas",
        "second": "second|seconds|segundo|segundos",
        "day": "day|days|día|días",
        "week": "week|weeks|semana|semanas",
        "month": "month|months|mes|meses",
        "year": "year|years|año|años",
        "PEN": "S/|S/.|PEN|sol|soles",
        "USD": "US$|U$S|USD|dollar|dollars|dólar|dólares",
        "EUR": "€|EUR|euro|euros",
        "MXN": "MXN",
        "COP": "COP",
        "DOP": "RD$|DOP",
        "CRC": "₡|CRC|colón|colones",
        "HNL": "HNL|lempira|lempiras",
        "GTQ": "GTQ|quetzal|quetzales",
        "NIO": "C$|NIO|córdoba|córdobas",
        "BOB": "Bs|Bs.|BOB|bolivianos",
        _DOLLARS: "$",
        "MXN COP DOP ARS CLP UYU": "peso|pesos",
    }
)
_SYMBOLS = frozenset(["%", "PEN", "USD", "EUR", "MXN", "COP", "DOP", "CRC", "HNL", "GTQ", "NIO", "BOB"])


def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for units, spellings in _UNITS.items():
        for spelling in spellings.split("|"):
            found[spelling] = frozenset(units.split())
    return found


_SPELLINGS = _spellings()
_MONEY = "|".join(
    re.escape(spelling)
    for spelling, units in sorted(_SPELLINGS.items(), key=lambda item: -len(item[0]))
    if units <= _SYMBOLS | set(_DOLLARS.split()) and not spelling.islower() and spelling != "%"
)
_AMOUNT = re.compile(
    rf"(?P<number>{NUMBER})"
    r"(?:[ \u00a0\u202f-]?(?P<after>per cent|por ciento|m2|US\$|[^\W\d_]+²?|[%$€₡]|[°º][CF])(?![\w²]))?"
)
_BEFORE = re.compile(rf"(?<!\w)({_MONEY})[ \u00a0\u202f]?$")
_LONGEST_MONEY = 5
_MONEY_ENDS = frozenset(spelling[-1] for spelling in _SPELLINGS if not spelling.islower()) | {"."}
_UNIT_WORDS = frozenset(part for spelling in _SPELLINGS for part in re.findall(r"[^\W\d_]+", spelling.lower()))
_SIGN = re.compile(r"[%$€₡°º²\d](?:(?<!\d)|(?=[^\W\d_]|-))")
_SPACES = frozenset(" \u00a0\u202f")
_NO_UNITS: frozenset[str] = frozenset()
Amount = tuple[str, frozenset[str], str, Span]  # the number, what its unit may be, the unit as written, where


def _amounts(side: Side) -> list[Amount]:
    found = []
    text = side.prose
    for match in _AMOUNT.finditer(text):
        number, unit = match.groups("")
        start, end = match.span()
        sign = text[start - 1 : start]
        if sign in _SPACES:
            sign = text[start - 2 : start - 1]
        before = _BEFORE.search(text, max(0, start - _LONGEST_MONEY), start) if sign in _MONEY_ENDS else None
        if before:
            start, unit = before.start(), before[1]
        found.append((number, _SPELLINGS.get(unit, _NO_UNITS) if unit else _NO_UNITS, unit, (start, end)))
    return found


def _check(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if not source.vocabulary & _UNIT_WORDS and not _SIGN.search(source.prose):
        return
    there = _amounts(source)
    if not any(units for _, units, _, _ in there):
        return
    here = _amounts(target)
    if Counter(amount[:2] for amount in there if amount[1]) == Counter(amount[:2] for amount in here if amount[1]):
        return
    left: list[Amount] = []
    for amount in there:
        same = (other for other in here if _equal(amount, other))
        equal = next((other for other in same if other[1] & amount[1] or not amount[1]), None)
        if equal:
            here.remove(equal)
        elif amount[1]:
            left.append(amount)
    for amount in left:
        rest = [other for other in here if _equal(amount, other)]
        other = next((other for other in rest if other[1]), None)
        if other:
            text = N_("%(number)s is in %(there)s in the original and in %(here)s in the translation.")
            yield Found(text, {"number": amount[0], "there": amount[2], "here": other[2]}, (other[3],))
            here.remove(other)
        elif rest and amount[1] & _SYMBOLS and primary(target.language) in ("es", "en"):
            text = N_("%(number)s has lost its unit: it is in %(there)s in the original.")
            yield Found(text, {"number": amount[0], "there": amount[2]}, (rest[0][3],))
            here.remove(rest[0])


def _equal(a: Amount, b: Amount) -> bool:
    return a[0] == b[0] or bool(values(a[0]) & values(b[0]))


CHECKS = (
    Check(
        "units",
        N_("Units and money"),
        N_("A number should keep its unit and its currency; converting them is an adaptation, with a reason."),
        _check,
    ),
)
