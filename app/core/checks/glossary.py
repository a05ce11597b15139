"""Whether the words of the glossary are used: preferred ones there, forbidden ones not, names left as they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from types import MappingProxyType

from app.core.content import Language
from app.core.errors import N_

from .sides import Side
from .terms import Status, Term
from .things import Check, Context, Found, primary

_ENDINGS = MappingProxyType({"": "", "es": "(?:s|es)?", "en": "(?:s|es)?"})
_STEM = 3
_IN_WORD = re.compile(r"\w")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ANY_ENDING = r"\w*"  # Quechua and its neighbours put suffixes on their words


class Glossary:
    """Terms for one pair of languages and one region, ready to be looked for; make it once for many texts.

    Of the terms those count whose language is that of the text or its parent (`es` for `es-PE`) and whose region is
    the one asked for, one that it lies in (`PE` for `PE-SAM`), or none.
    """

    def __init__(self, terms: Iterable[Term], source: Language, target: Language, region: str = "") -> None:
        self.source, self.target = source, target
        here = [term for term in terms if not term.region or f"{region}-".startswith(f"{term.region}-")]
        self._theirs: dict[str, list[Term]] = defaultdict(list)
        self._ours: dict[str, list[Term]] = defaultdict(list)
        for term in here:
            if _covers(term.language, source):
                self._theirs[term.concept].append(term)
            if _covers(term.language, target):
                self._ours[term.concept].append(term)

    def preferred(self, concept: str) -> Term | None:
        """The word to use for a concept: the preferred one of the narrowest region, or None."""
        found = [term for term in self._ours.get(concept, ()) if term.status is Status.PREFERRED]
        return max(found, key=lambda term: len(term.region), default=None)

    def allowed(self, concept: str) -> list[Term]:
        """The words that may be used for a concept."""
        return [t for t in self._ours.get(concept, ()) if t.status in (Status.PREFERRED, Status.ADMITTED)]

    @cached_property
    def in_source(self) -> Finder:
        """Finds the concepts a source speaks of; of those that the target language has a word for."""
        wanted = [
            term
            for concept, terms in self._theirs.items()
            for term in terms
            if term.status is not Status.KEEP and self.allowed(concept)
        ]
        return Finder(wanted, self.source)

    @cached_property
    def of_target(self) -> Finder:
        """Finds the allowed words in a target."""
        return Finder([term for concept in self._ours for term in self.allowed(concept)], self.target)

    @cached_property
    def forbidden(self) -> Finder:
        """Finds the forbidden words in a target."""
        words = [t for terms in self._ours.values() for t in terms if t.status is Status.FORBIDDEN]
        return Finder(words, self.target)

    @cached_property
    def kept(self) -> Finder:
        """Finds what must stay as it is, in whatever language."""
        found = [t for side in (self._theirs, self._ours) for terms in side.values() for t in terms]
        return Finder([t for t in found if t.status is Status.KEEP], "")


class Finder:
    """Looks for many terms at once: whole words, in any case, with their endings; the longest where they overlap.

    Without a language they are looked for as they are. Only terms are tried whose first word is in the text.
    """

    def __init__(self, terms: Iterable[Term], language: Language) -> None:
        language = primary(language)
        self.ending = _ENDINGS.get(language, _ANY_ENDING)
        self.forms = ("", "s", "es") if language in ("es", "en") else ("",)
        self.by_stem = self.ending == _ANY_ENDING
        self.terms: dict[str, list[Term]] = defaultdict(list)
        self.firsts: dict[str, list[str]] = defaultdict(list)
        self.patterns: dict[str, re.Pattern[str]] = {}
        for term in terms:
            folded = _folded(term.term)
            if folded and folded not in self.terms:
                first = _WORD.search(folded)
                for form in self.forms if first else ():
                    self.firsts[self._key(first[0] + form) if first else ""].append(folded)
                if not first:
                    self.firsts[""].append(folded)
            self.terms[folded].append(term)

    def find(self, side: Side) -> list[tuple[list[Term], tuple[int, int]]]:
        """Return the terms that each word found may stand for, and where it is."""
        words = {self._key(word) for word in side.vocabulary} if self.by_stem else side.vocabulary
        tried = {term for key in (self.firsts.keys() & words) | {""} for term in self.firsts.get(key, ())}
        text = side.small
        spans = [
            (found.span(), term)
            for term in tried
            for found in self._pattern(term).finditer(text)
            if found.start() == 0 or not _IN_WORD.match(text, found.start() - 1)
        ]
        found: list[tuple[list[Term], tuple[int, int]]] = []
        for (start, end), term in sorted(spans, key=lambda item: (item[0][0], -item[0][1], item[1])):
            if not found or start >= found[-1][1][1]:
                found.append((self.terms[term], (start, end)))
        return found

    def _key(self, word: str) -> str:
        return word[:_STEM] if self.by_stem else word

    def _pattern(self, term: str) -> re.Pattern[str]:
        if term not in self.patterns:
            body = r"\s+".join(re.escape(part) + self.ending for part in term.split())
            self.patterns[term] = re.compile(rf"{body}(?!\w)")
        return self.patterns[term]


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _covers(language: Language, wanted: Language) -> bool:
    return f"{wanted.lower()}-".startswith(f"{language.lower()}-")


def _preferred(source: Side, target: Side, context: Context) -> Iterator[Found]:
    glossary = context.glossary
    if glossary is None:
        return
    spoken: dict[str, str] = {}
    for terms, (start, end) in glossary.in_source.find(source):
        for term in terms:
            spoken.setdefault(term.concept, source.text[start:end])
    if not spoken:
        return
    used = {term.concept for terms, _ in glossary.of_target.find(target) for term in terms}
    for concept, word in spoken.items():
        if concept not in used:
            best = glossary.preferred(concept) or glossary.allowed(concept)[0]
            text = N_("For “%(word)s” the glossary has “%(preferred)s”; it is not in the translation.")
            yield Found(text, {"word": word, "preferred": best.term})


def _forbidden(source: Side, target: Side, context: Context) -> Iterator[Found]:
    glossary = context.glossary
    if glossary is None:
        return
    for terms, (start, end) in glossary.forbidden.find(target):
        word = target.text[start:end]
        best = next(filter(None, (glossary.preferred(term.concept) for term in terms)), None)
        if best:
            text = N_("The glossary asks not to use “%(word)s” but “%(preferred)s”.")
            yield Found(text, {"word": word, "preferred": best.term}, ((start, end),), _as(word, best.term))
        else:
            yield Found(N_("The glossary asks not to use “%(word)s”."), {"word": word}, ((start, end),))


def _as(word: str, term: str) -> str:
    """The term with a capital when the word has one."""
    return term[:1].upper() + term[1:] if word[:1].isupper() else term


def _kept(source: Side, target: Side, context: Context) -> Iterator[Found]:
    glossary = context.glossary
    if glossary is None:
        return
    seen: set[str] = set()
    for terms, _ in glossary.kept.find(source):
        for term in terms:
            if term.term in seen:
                continue
            seen.add(term.term)
            if " ".join(term.term.split()) not in " ".join(target.prose.split()):
                text = N_("“%(word)s” is to stay as it is; it is not in the translation.")
                yield Found(text, {"word": term.term})


CHECKS = (
    Check(
        "glossary_preferred",
        N_("Words of the glossary"),
        N_("The glossary of the edition says what things are called in this region."),
        _preferred,
    ),
    Check(
        "glossary_forbidden",
        N_("Words not to use"),
        N_("The glossary of the edition says which words are not used in this region, and what to say instead."),
        _forbidden,
    ),
    Check(
        "glossary_keep",
        N_("Names that stay"),
        N_("Some names are the same in every language: of laws, programmes, institutions."),
        _kept,
    ),
)
