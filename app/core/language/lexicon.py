"""Every form of the words for people, ready to be looked up. The words themselves stand in nouns.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from . import nouns
from .inflection import feminine, plural
from .tables import table


@dataclass(frozen=True, slots=True)
class Instead:
    """Words for a group with their form: fp, fs, ms, mp, cp (no article) or q (no article, with its own verb)."""

    words: str
    form: str


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for people in its four forms, and how it is used."""

    masculine: str
    feminine: str
    masculines: str
    feminines: str
    common: bool
    adjective: bool
    kin: bool
    needs_article: bool
    office: str
    person: str
    instead: tuple[Instead, ...]
    thing: re.Pattern[str] | None

    @property
    def feminine_forms(self) -> tuple[str, str]:
        """The forms that name women."""
        return self.feminine, self.feminines


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word for people, as it stands in a text."""

    noun: Noun
    plural: bool


@cache
def forms() -> Mapping[str, Form]:
    """Return masculine and common forms, lower case, with what they are forms of."""
    found: dict[str, Form] = {}
    for noun in _nouns():
        found.setdefault(noun.masculine, Form(noun, plural=False))
        found.setdefault(noun.masculines, Form(noun, plural=True))
    return MappingProxyType(found)


@cache
def by_stem() -> re.Pattern[str]:
    """Return what matches forms that are made by rule and stand in no table: “porcinocultores”, “zoólogo”."""
    return re.compile(r"(?:\w+[io]cultor(?:es)?|(?!mon|cat|prólogo|homólogo|epílogo)\w{3,}ólogos?)$")


@cache
def form_of(word: str) -> Form | None:
    """Return what a lower-case word is a form of, by the tables or by its ending; None when it names nobody."""
    if found := forms().get(word):
        return found
    if not by_stem().match(word):
        return None
    stem = word[:-2] if word.endswith("ores") else word.removesuffix("s")
    return Form(_noun(stem, "", common=False, adjective=True), plural=stem != word)


# Things that do what people do: a nursery sells, a sector asks.
_THINGS = table("viveros tractores motores sectores factores vectores tableros letreros formularios")


@cache
def guessed(word: str) -> Form | None:
    """Return what a plural would be a form of if it named people, by its ending alone; None of other endings."""
    if not word.endswith(("dores", "tores", "eros", "arios")) or word in _THINGS:
        return None
    return Form(
        _noun(word[:-2] if word.endswith("ores") else word[:-1], "", common=False, adjective=False), plural=True
    )


def _nouns() -> Iterator[Noun]:
    for words, common, adjective in (
        (nouns.NOUNS, False, False),
        (nouns.ALSO_ADJECTIVES, False, True),
        (nouns.COMMON, True, False),
    ):
        for entry in words.split():
            word, _, other = entry.partition("/")
            yield _noun(word, other, common=common or word == other, adjective=adjective)


_KIN = table(nouns.KIN)
_ONLY_WITH_ARTICLE = table(nouns.ONLY_WITH_ARTICLE)


_AGENT = re.compile(r"[aei]dor$|[^a]tor$")  # what does something is a machine when it is said to be electric
_MACHINE = "electrónic|automátic|eléctric|digital|solar|hidráulic|mecánic|neumátic|térmic"


def _noun(word: str, other: str, *, common: bool, adjective: bool) -> Noun:
    hers = word if common else other or feminine(word)
    thing = nouns.THINGS_WHEN_FOLLOWED.get(word)
    return Noun(
        masculine=word,
        feminine=hers,
        masculines=plural(word),
        feminines=plural(hers),
        common=common,
        adjective=adjective,
        kin=word in _KIN,
        needs_article=word in _ONLY_WITH_ARTICLE,
        office=nouns.OFFICES.get(word, ""),
        person=nouns.INSTEAD_OF_ONE.get(word, f"persona {hers}"),
        instead=tuple(_instead(nouns.INSTEAD.get(word, "+"), plural(hers))),
        thing=re.compile(rf" (?:{'|'.join(filter(None, (thing, _MACHINE if _AGENT.search(word) else None)))})")
        if thing or _AGENT.search(word)
        else None,
    )


def _instead(row: str, feminines: str) -> Iterator[Instead]:
    for part in re.split(r", | (?=\+)|(?<=\+) ", row):
        if part == "+":
            yield Instead(f"personas {feminines}", "fp")
        elif part:
            words, _, form = part.rpartition(".")
            yield Instead(words, form)
