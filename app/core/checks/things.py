"""What a check is, what it is given besides the two texts, and what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from app.core.content import Kind, Language

if TYPE_CHECKING:
    from .glossary import Glossary
    from .sides import Side

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What one check noticed: a sentence (`N_`) with its named parts, and where in the translation."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to look at before a translation is approved; never an order.

    `text` is an English source sentence with named parts, `values` fills them. `spans` are start and end in the
    translation, in order; `suggestion` is what to write in the place of the first of them, "" to take it out.
    `fingerprint` names this advice about these two texts under this policy: once any of them changes it is another.
    """

    check: str
    text: str
    values: Mapping[str, object]
    spans: tuple[Span, ...]
    suggestion: str | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the checks know besides the two texts.

    `variables` are the names that the edition has; None when they are not known. `policy` names the rules of the
    language in force (glossary, inclusive language), so that advice expires with them. `hooks` are further checks,
    such as those for inclusive language, which have a folder of their own.
    """

    source_language: Language
    target_language: Language
    kind: Kind = Kind.PARAGRAPH
    glossary: Glossary | None = None
    variables: frozenset[str] | None = None
    policy: str = ""
    hooks: tuple[Check, ...] = ()


Function = Callable[["Side", "Side", Context], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at. `languages` are those of the translation it is for; empty for all of them.

    `translation` says that it compares words, and so means nothing between two variants of one language.
    """

    name: str
    title: str
    explanation: str
    function: Function
    languages: frozenset[str] = frozenset()
    translation: bool = False

    def applies(self, context: Context) -> bool:
        """Whether it is asked at all about texts in these languages."""
        target = primary(context.target_language)
        if self.translation and primary(context.source_language) == target:
            return False
        return not self.languages or target in self.languages


def primary(language: Language) -> str:
    """Return the language without its region: "es" for "es-PE"."""
    return language.partition("-")[0].lower()


def fingerprint(check: str, source: str, target: str, policy: str, found: Found) -> str:
    """Return the name of an advice; 24 hexadecimal digits."""
    named = _named(check, source, target, policy).copy()
    said = repr((found.text, sorted(found.values.items()), found.spans))
    named.update(said[1:].encode("utf-8", "surrogatepass"))
    return named.hexdigest()[:24]


@lru_cache(maxsize=64)
def _named(check: str, source: str, target: str, policy: str) -> hashlib._Hash:
    """The beginning of the names of all advice of a check about two texts; what is found completes it."""
    said = repr((check, source, target, policy))
    return hashlib.sha256(f"{said[:-1]}, ".encode("utf-8", "surrogatepass"))
