"""Gender and number by the endings of Spanish words: plurals, feminines, and which verbs are plural.

Only what endings tell; which words are people is the matter of lexicon.py.
"""

from __future__ import annotations

import re

from .tables import table

_LAST_ACCENT = str.maketrans("áéíóú", "aeiou")
_ACCENTED_END = re.compile(r"[áéíóú][ns]$")
_PRESENT = {
    "son": "es", "están": "está", "han": "ha", "van": "va", "dan": "da", "pueden": "puede", "deben": "debe",
    "tienen": "tiene", "fueron": "fue", "eran": "era", "serán": "será", "sean": "sea", "estén": "esté",
    "hayan": "haya", "estarán": "estará", "estaban": "estaba", "quedan": "queda", "quedarán": "quedará",
    "fueran": "fuera", "estuvieron": "estuvo",
}  # fmt: skip


def plural(word: str) -> str:
    """Return the plural of a noun or adjective."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("z"):
        return word[:-1] + "ces"
    if word[-1] in "aeiouáéó":
        return word + "s"
    if _ACCENTED_END.search(word):
        return word[:-2] + word[-2].translate(_LAST_ACCENT) + word[-1] + "es"
    return word + "es"


def feminine(word: str) -> str:
    """Return the feminine of a noun or adjective in the singular; the same word where nothing marks it."""
    if word.endswith("o"):
        return word[:-1] + "a"
    if word.endswith("or") and word not in _COMPARATIVES:
        return word + "a"
    if _ACCENTED_END.search(word) and word not in ("común", "afín"):
        return word[:-2] + word[-2].translate(_LAST_ACCENT) + word[-1] + "a"
    return word


_PLURALS = {"joven": "jóvenes", "juez": "jueces"}
_COMPARATIVES = frozenset(
    ("mayor", "menor", "mejor", "peor", "superior", "inferior", "anterior", "posterior", "interior")
)


def feminine_of_adjective(word: str) -> str:
    """Return the feminine of an adjective in the number it has: capacitados, capacitadas; rurales, rurales."""
    if word.endswith("os"):
        return word[:-2] + "as"
    if word.endswith("ores") and word[:-2] not in _COMPARATIVES:
        return word[:-2] + "as"
    if word.endswith("es") and not word.endswith("ores"):
        return word
    return feminine(word)


def singular_of_adjective(word: str) -> str:
    """Return the singular of a plural adjective: organizados, organizado; rurales, rural; presentes, presente."""
    if word.endswith(("tes", "bles", "nes")) and not word.endswith("ones"):
        return word[:-1]
    if word.endswith("ces"):
        return word[:-3] + "z"
    if word.endswith(("les", "res", "des")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def singular_of_verb(word: str) -> str | None:
    """Return the third person singular of a form of to be, to have and their like; None of other verbs."""
    return _PRESENT.get(word)


def is_plural_verb(word: str) -> bool:
    """Whether a word after a plural noun reads as its verb: it ends in -n and is no particle."""
    return word.endswith("n") and word not in _NO_VERBS and not word.endswith(("ción", "sión", "tión"))


_NO_VERBS = table(
    """
en con sin un según también tampoco ni bien buen gran aún algún ningún ton san quien cuan tan don común
"""
)


def joined_by_and(first: str, second: str) -> str:
    """Return two words joined by "y", which is "e" before the sound i: socias y socios, inscritas e inscritos."""
    return f"{first} {'e' if re.match(r'h?i(?!e)', second) else 'y'} {second}"
