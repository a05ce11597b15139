"""Whether a text was translated, as a whole and in its parts, and whether a word stands twice by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import eq
from types import MappingProxyType

from app.core.errors import N_

from .sides import Side
from .things import Check, Context, Found, primary

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)([ \u00a0]*\n?[ \u00a0]+|\n)(\1)(?![\w'’-])", re.I)
_MAY_DOUBLE = MappingProxyType(
    {
        "en": frozenset(["had", "that", "very", "so", "no", "bye"]),
        "es": frozenset(["nos", "muy", "no", "sí", "ya", "casi", "luego", "así", "paso"]),
    }
)
_RUN = 5  # words of the original in a row that were left as they were
_SHARED = re.compile(rb"\x01{%d,}" % _RUN)
_SMALL_WORDS_OF_A_RUN = 3  # of them, in small letters and longer than those that stand in names of laws
_RATIOS = MappingProxyType({"": (0.35, 2.8), "en": (0.5, 1.8), "es": (0.6, 2.0)})  # letters, against the original
_FEWEST_LETTERS = 30


def _doubled(source: Side, target: Side, context: Context) -> Iterator[Found]:
    if True not in map(eq, target.words, islice(target.words, 1, None)):
        return
    may = _MAY_DOUBLE.get(primary(target.language), frozenset())
    for found in _DOUBLED.finditer(target.hidden):
        first, second = found[1], found[3]
        slip = first == second or (len(first) > 1 and first[1:] == second[1:] and first[0].isupper())
        if slip and first.lower() not in may:
            yield Found(N_("The word “%(word)s” stands twice."), {"word": first}, (found.span(),), first)


def _same(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """A whole text, or a whole item, cell or paragraph, that is the original's; names, numbers and cognates may be."""
    if source.prose.strip() == target.prose.strip():
        if _says_something(source.prose):
            yield Found(N_("The translation is the same as the original."), {}, ((0, len(target.text)),))
        return
    theirs = {source.of(segment) for segment in source.segments}
    for segment in target.segments:
        if target.of(segment) in theirs and _says_something(target.of(segment)):
            text = N_("This part is the same as in the original: “%(part)s”.")
            yield Found(text, {"part": target.of(segment)[:60]}, ((segment.start, segment.end),))


def _says_something(text: str) -> bool:
    """Whether a text has words of a language: three in small letters, beyond those that stand in names."""
    return len([word for word in re.findall(r"[^\W\d_]{4,}", text) if word.islower()]) >= _SMALL_WORDS_OF_A_RUN


def _untranslated(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """Runs of words of the original inside a translation, in quotation marks too, but not the names of laws."""
    if source.prose.strip() == target.prose.strip():
        return
    shared = bytes(map(source.vocabulary.__contains__, target.words))
    runs = [found.span() for found in _SHARED.finditer(shared)]
    if not runs:
        return
    there = set(zip(*(source.words[i:] for i in range(_RUN)), strict=False))
    copied = [run for first, last in runs for run in _copied(there, target.words, first, last)]
    places = target.places() if copied else []
    for start, end in copied:
        words = [target.prose[slice(*place)] for place in places[start:end]]
        if sum(len(word) > 3 and word.islower() for word in words) >= _SMALL_WORDS_OF_A_RUN:
            span = (places[start][0], places[end - 1][1])
            text = N_("This part was not translated: “%(part)s”.")
            yield Found(text, {"part": target.text[slice(*span)][:60]}, (span,))


def _copied(there: set[tuple[str, ...]], words: list[str], start: int, last: int) -> Iterator[tuple[int, int]]:
    """First and end of the runs of the original among some words that are all its own."""
    while start + _RUN <= last:
        end = start + _RUN
        if tuple(words[start:end]) not in there:
            start += 1
            continue
        while end < last and tuple(words[end - _RUN + 1 : end + 1]) in there:
            end += 1
        yield start, end
        start = end


def _length(source: Side, target: Side, context: Context) -> Iterator[Found]:
    there, here = source.letters, target.letters
    if there and not here:
        yield Found(N_("The translation has no words."))
        return
    if min(there, here) < 1 or max(there, here) < _FEWEST_LETTERS:
        return
    low, high = _RATIOS.get(primary(target.language), _RATIOS[""])
    slack = 1 + _FEWEST_LETTERS / (2 * there)  # short texts vary more
    share = {"share": round(100 * here / there)}
    if here < there * low / slack:
        yield Found(N_("The translation is much shorter than the original: %(share)s %% of its letters."), share)
    elif here > there * high * slack:
        yield Found(N_("The translation is much longer than the original: %(share)s %% of its letters."), share)


CHECKS = (
    Check(
        "doubled_words",
        N_("Doubled words"),
        N_("A word that stands twice in a row is mostly a slip."),
        _doubled,
        languages=frozenset({"es", "en"}),
    ),
    Check(
        "same_as_source",
        N_("Same as the original"),
        N_("Names and numbers may stay; a sentence that is the same in both languages was mostly forgotten."),
        _same,
        translation=True,
    ),
    Check(
        "untranslated",
        N_("Parts not translated"),
        N_("Several words of the original in a row were mostly forgotten; titles of laws and works may stay."),
        _untranslated,
        translation=True,
    ),
    Check(
        "length",
        N_("Length"),
        N_("A translation that is much shorter or longer than its original may lack something or say more."),
        _length,
        translation=True,
    ),
)
