"""All checks of a translation on an edition of 2,000 blocks, the originals' own, and on its slowest block."""

from __future__ import annotations

import time
from itertools import cycle, islice
from pathlib import Path

from app.core.checks import Check, Context, Glossary, Status, Term, inclusive_check
from app.core.checks import run as check
from app.core.content import Kind
from app.core.language import Policy
from app.core.unitfile import parse
from tests.benchmarks.rows import Row

BLOCKS = 2_000
TERMS = 300
ROUNDS = 5
_CURRICULA = Path(__file__).parents[2] / "curricula"
Pair = tuple[str, str, Kind]


def run() -> list[Row]:
    """Return the rows, in time of the processor, so that what else runs here does not count.

    A first round fills the caches of syllables, as a process that serves has them.
    """
    blocks = list(islice(cycle(_pairs()), BLOCKS))
    glossary = Glossary(_terms(blocks), "en", "es")
    hook = inclusive_check(Policy())
    best = [float("inf")] * BLOCKS
    _seconds(blocks, glossary, hook)
    for _ in range(ROUNDS):
        best = list(map(min, best, _seconds(blocks, glossary, hook)))
    total, slowest = sum(best), 1000 * max(best)
    case = f"all checks on {BLOCKS} blocks with a glossary of {TERMS} concepts, best of {ROUNDS} of each"
    return [
        Row(case, total, 2.0, "s", total <= 2.0),
        Row("all checks on one block, the slowest", slowest, 5.0, "ms", slowest <= 5.0),
    ]


def _seconds(blocks: list[Pair], glossary: Glossary, hook: Check) -> list[float]:
    seconds = []
    for source, target, kind in blocks:
        started = time.process_time()
        check(source, target, Context("en", "es", kind, glossary, hooks=(hook,)))
        seconds.append(time.process_time() - started)
    return seconds


def _pairs() -> list[Pair]:
    found: list[Pair] = []
    for english in sorted(_CURRICULA.glob("*/en/*/*.md")):
        spanish = _CURRICULA / english.relative_to(_CURRICULA).parts[0] / "es" / Path(*english.parts[-2:])
        blocks = zip(parse(english.read_bytes()).blocks, parse(spanish.read_bytes()).blocks, strict=True)
        found += [(a.text, b.text, a.kind) for a, b in blocks]
    return found


def _terms(blocks: list[Pair]) -> list[Term]:
    """A glossary of words that do stand in the texts: long ones, each with a word that is not to be used."""
    words = sorted({word for text, _, _ in blocks for word in text.lower().split() if word.isalpha() and len(word) > 8})
    ours = sorted({word for _, text, _ in blocks for word in text.lower().split() if word.isalpha() and len(word) > 8})
    terms = []
    for theirs, own, other in zip(words[:TERMS], ours[:TERMS], ours[-TERMS:], strict=True):
        terms += [
            Term(theirs, "en", "", theirs),
            Term(theirs, "es", "", own),
            Term(theirs, "es", "", other, Status.FORBIDDEN),
        ]
    return terms
