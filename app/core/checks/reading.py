"""Whether a translation is hard to read where its original is not; the formulas are readability.py's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from app.core.content import Kind
from app.core.errors import N_
from app.core.readability import EASY_ENOUGH, Reading, english_syllables, spanish_syllables

from .sides import Side
from .things import Check, Context, Found, primary

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ENDS = frozenset(".!?…")
_RUNNING = frozenset({"paragraph", "item", "quote"})
_SENTENCE_END = re.compile(r"[.!?…][»”\"')\]*_]*(?=\s|$)")
_FEWEST_WORDS = 40
_SLACK = 15.0  # a block may be this much harder than a whole unit should be
_SYLLABLES: MappingProxyType[str, Callable[[str], int]] = MappingProxyType(
    {"es": spanish_syllables, "en": english_syllables}
)


def reading(side: Side) -> Reading:
    """Count words, sentences and syllables of a side's running text, without drawing it first."""
    running = [piece for piece in side.segments if piece.role in _RUNNING]
    pieces = [side.prose[piece.start : piece.end] for piece in running]
    whole = len(running) == len(side.segments)
    words = side.words if whole else _WORD.findall("\n".join(pieces).lower())
    sentences = 0
    for piece in pieces:
        sentences += len(_SENTENCE_END.findall(piece)) + (piece.rstrip(" \n*_")[-1:] not in _ENDS)
    syllables = sum(map(_SYLLABLES.get(primary(side.language), len), words))
    return Reading(side.language, len(words), sentences, syllables)


def _check(source: Side, target: Side, context: Context) -> Iterator[Found]:
    limit = EASY_ENOUGH.get(primary(target.language))
    if limit is None or len(target.words) < _FEWEST_WORDS or context.kind is Kind.SOURCES:
        return
    here = reading(target)
    if here.words < _FEWEST_WORDS or here.ease >= limit - _SLACK:
        return
    there = reading(source)
    if primary(source.language) in EASY_ENOUGH and there.ease < EASY_ENOUGH[primary(source.language)] - _SLACK:
        return  # the original is as hard
    text = N_("This is hard to read: ease %(ease)s, where %(limit)s is everyday prose. Shorter sentences help.")
    yield Found(text, {"ease": round(here.ease), "limit": round(limit)})


CHECKS = (
    Check(
        "reading_ease",
        N_("Reading ease"),
        N_("A translation should not be harder to read than its original; long sentences and long words make it so."),
        _check,
        languages=frozenset(EASY_ENOUGH),
    ),
)
