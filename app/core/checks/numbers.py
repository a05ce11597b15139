"""Whether a translation has the numbers of its original, however each language writes them. Units are in amounts.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType

from app.core.errors import N_

from .sides import Side
from .things import Check, Context, Found, primary

NUMBER = r"\d(?:\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|\d*(?:[.,]\d+)*)"
_NUMBER = re.compile(NUMBER)
_SPACES = re.compile(r"[ \u00a0\u202f]")
_AFTERNOON = re.compile(r"\d ?(?:p\. ?m\.|pm\b)|\b(?:tarde|noche|afternoon|evening)\b", re.I)
_TENS_EN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TENS_ES = ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]


def _numbered(words: str, start: int = 0) -> dict[str, str]:
    return {word: str(number) for number, some in enumerate(words.split(), start) for word in some.split("/")}


_WORDS = MappingProxyType(
    {
        "en": {
            **_numbered(
                "zero one/once/first two/twice/both/second/half three/third/thrice four/fourth/quarter five/fifth"
                " six/sixth seven/seventh eight/eighth nine/ninth ten/tenth eleven/eleventh twelve/dozen/twelfth"
                " thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
            ),
            **{word: str(number) for number, word in zip(range(20, 100, 10), _TENS_EN, strict=True)},
            "hundred": "100",
            "thousand": "1000",
        },
        "es": {
            **_numbered(
                "cero uno/una/un/primer/primera/primero dos/segunda/segundo/ambos/ambas/mitad/medio/media tres/tercera/"
                "tercer/tercero/tercio cuatro/cuarta/cuarto cinco/quinta/quinto seis/sexta/sexto siete/séptima/séptimo"
                " ocho/octava/octavo nueve/novena/noveno diez/décima/décimo once doce/docena trece catorce quince"
                " dieciséis diecisiete dieciocho diecinueve"
            ),
            **{word: str(number) for number, word in zip(range(20, 100, 10), _TENS_ES, strict=True)},
            **_numbered("veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete", 21),
            **_numbered("veintiocho veintinueve", 28),
            "cien": "100",
            "ciento": "100",
            "mil": "1000",
        },
    }
)


@lru_cache(maxsize=4_096)
def values(written: str) -> frozenset[str]:
    """Return what a number may mean: "1.500" is 1500 or 1.5, "1,234.50" and "1.234,50" are 1234.5."""
    text = _SPACES.sub("", written)
    points, commas = text.count("."), text.count(",")
    if not points and not commas:
        return frozenset({_plain(text, "")})
    if points and commas:
        decimal = "." if text.rindex(".") > text.rindex(",") else ","
        whole, _, rest = text.rpartition(decimal)
        if decimal in whole:
            return frozenset({text})
        return frozenset({_plain(re.sub("[.,]", "", whole), rest)})
    parts = re.split("[.,]", text)
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and parts[0] != "0"
    found = {_plain("".join(parts), "")} if grouped else set()
    if len(parts) == 2:
        found.add(_plain(*parts))
    return frozenset(found or {text})


def _plain(whole: str, decimals: str) -> str:
    decimals = decimals.rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{decimals}" if decimals else whole


def _check(source: Side, target: Side, context: Context) -> Iterator[Found]:
    there, here = _NUMBER.findall(source.prose), _NUMBER.findall(target.prose)
    if there == here or sorted(there) == sorted(here):
        return
    lacking, extra = _unmatched(there, here)
    lacking, extra = _without_words(lacking, target), _without_words(extra, source)
    if lacking and extra and _AFTERNOON.search(source.prose + "\n" + target.prose):
        lacking, extra = _without_clocks(lacking, extra)
    if lacking and extra:
        text = N_("The original says %(there)s where the translation says %(here)s.")
        yield Found(text, {"there": ", ".join(lacking), "here": ", ".join(extra)}, _places(extra, target))
    elif lacking:
        yield Found(N_("The original has %(there)s; the translation does not."), {"there": ", ".join(lacking)})
    elif extra:
        text = N_("The translation has %(here)s; the original does not.")
        yield Found(text, {"here": ", ".join(extra)}, _places(extra, target))


def _unmatched(there: Sequence[str], here: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the numbers of each side that have no equal on the other."""
    lacking = list((Counter(there) - Counter(here)).elements())
    extra = list((Counter(here) - Counter(there)).elements())
    for number in list(lacking):
        equal = next((other for other in extra if values(number) & values(other)), None)
        if equal is not None:
            lacking.remove(number)
            extra.remove(equal)
    if lacking and extra and any(_SPACES.search(number) for number in lacking + extra):
        apart = [[part for number in some for part in _SPACES.split(number)] for some in (lacking, extra)]
        if sorted(apart[0]) == sorted(apart[1]):
            return [], []
    return lacking, extra


def _without_words(numbers: list[str], other: Side) -> list[str]:
    """Return the numbers that the other side does not spell out."""
    words = _WORDS.get(primary(other.language))
    if not numbers or not words:
        return numbers
    spelled = set()
    parts = [part for word in other.words for part in word.split("-")]
    for place, part in enumerate(parts):
        if part in words:
            spelled.add(words[part])
            after = [word for word in parts[place + 1 : place + 3] if word not in ("y", "and")][:1]
            if len(words[part]) == 2 and after and len(words.get(after[0], "10")) == 1:
                spelled.add(str(int(words[part]) + int(words[after[0]])))  # treinta y cinco, thirty-five
    return [number for number in numbers if not values(number) & spelled]


def _without_clocks(lacking: list[str], extra: list[str]) -> tuple[list[str], list[str]]:
    """Return the numbers without the hours that one language counts to twelve and the other to twenty-four."""
    for number in list(lacking):
        for other in (_shifted(number, 12), _shifted(number, -12)):
            if other in extra:
                lacking.remove(number)
                extra.remove(other)
                break
    return lacking, extra


def _shifted(number: str, hours: int) -> str:
    return str(int(number) + hours) if number.isdecimal() and int(number[:3]) <= 24 else ""


def _places(numbers: list[str], side: Side) -> tuple[tuple[int, int], ...]:
    wanted = Counter(numbers)
    spans = []
    for found in reversed(list(_NUMBER.finditer(side.prose))):
        if wanted[found[0]] > 0:
            wanted[found[0]] -= 1
            spans.append(found.span())
    return tuple(reversed(spans))


CHECKS = (
    Check(
        "numbers",
        N_("Numbers"),
        N_("The translation should have the numbers of the original; 1,234.50 and 1.234,50 are the same."),
        _check,
    ),
)
