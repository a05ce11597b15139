"""Which words hold in a place: terms come down from wider regions, and nearer ones have the last word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.core.checks.terms import Status, Term

WORLD = "001"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as it holds somewhere, the id of the row that says so, and the curriculum it was made for ("" for all)."""

    id: int
    term: Term
    curriculum: str
    source: str


def regions(region: str) -> list[str]:
    """The regions whose terms hold in one, widest first: everywhere, the world, PE, PE-SAM."""
    country = region.partition("-")[0]
    return list(dict.fromkeys(["", WORLD, country, region]))


def effective(entries: Iterable[Entry], region: str, curriculum: str) -> list[Entry]:
    """Return the terms that hold in a region for a curriculum, by concept, language and status.

    A nearer entry replaces a wider one of the same word. Where a nearer region prefers another word for a concept,
    the wider region's preferred word is still admitted.
    """
    nearness = {name: at for at, name in enumerate(regions(region))}
    fitting = [e for e in entries if e.term.region in nearness and e.curriculum in ("", curriculum)]
    fitting.sort(key=lambda e: (nearness[e.term.region], e.curriculum != "", e.id))
    words: dict[tuple[str, str, str], Entry] = {}
    preferred: dict[tuple[str, str], tuple[int, bool]] = {}
    for entry in fitting:
        term = entry.term
        words[term.concept, term.language, term.term.casefold()] = entry
        if term.status is Status.PREFERRED:
            preferred[term.concept, term.language] = (nearness[term.region], entry.curriculum != "")
    found = []
    for entry in words.values():
        term = entry.term
        near = (nearness[term.region], entry.curriculum != "")
        if term.status is Status.PREFERRED and near < preferred[term.concept, term.language]:
            entry = replace(entry, term=replace(term, status=Status.ADMITTED))
        found.append(entry)
    order = list(Status)
    return sorted(found, key=lambda e: (e.term.concept, e.term.language, order.index(e.term.status), e.term.term))
