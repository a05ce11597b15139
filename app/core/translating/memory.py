"""What makes two texts candidates for being alike, as numbers that any database can look up.

A text is known by a handful of its longest words, of its pairs and of its runs of three words, picked by their hash:
the same text gives the same numbers everywhere, and texts that share most of their words share most of them. How alike
two texts really are is app/core/diff.py's answer.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable
from zlib import crc32

from app.core.content import Digest, Language
from app.core.variables import VARIABLE

MOST_WORDS, MOST_PAIRS, MOST_RUNS = 6, 10, 8
MOST_GRAMS = MOST_WORDS + MOST_PAIRS + MOST_RUNS
_WORD = re.compile(r"\w+")
_LONGEST = 2_000  # words of a text that count


def grams(text: str, language: Language) -> list[int]:
    """Return the numbers a text is found by, at most `MOST_GRAMS`, each from 0 to 2⁵²."""
    words = _WORD.findall(VARIABLE.sub(" ", text).casefold())[:_LONGEST]
    rare = sorted(set(words), key=lambda word: (-len(word), crc32(word.encode())))[:MOST_WORDS]
    pairs = _picked((" ".join(some) for some in itertools.pairwise(words)), MOST_PAIRS)
    runs = _picked((" ".join(some) for some in zip(words, words[1:], words[2:], strict=False)), MOST_RUNS)
    found = [_number(language, size, word) for size, some in enumerate((rare, pairs, runs), 1) for word in some]
    return list(dict.fromkeys(found))


def _picked(features: Iterable[str], most: int) -> list[str]:
    """The features of the smallest hashes: which ones those are does not depend on the others there are."""
    return [feature for _, feature in sorted({(crc32(f.encode()) ^ 0x5BD1E995, f) for f in features})[:most]]


def _number(language: Language, size: int, feature: str) -> int:
    made = hashlib.blake2b(f"{language}:{size}:{feature}".encode(), digest_size=7).digest()
    return int.from_bytes(made) >> 4


def key_of(source: Digest) -> int:
    """Return a number that stands for a text in an index: the first 60 bits of its digest."""
    return int(source[:15], 16)
