"""The inclusive checks of one block, put together; `applied` is what a person's choice of a suggestion does."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .marks import mankind, unreadable
from .names import law_titles
from .phrases import Phrase, phrases
from .pronouns import pronouns
from .sheltering import sheltered, tokens
from .things import Policy, Remark, Style
from .wording import contracted, suggestions

_CASE = re.compile(r"\s*/{3,}[ \t]*case\b")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")


def inclusive(text: str, policy: Policy) -> list[Remark]:
    """Return what a Spanish Markdown text says of people in the masculine only, by its place; nothing overlaps.

    Code, addresses, variables, quotations, titles of laws, names, and what a policy excepts stay out. The style OFF
    finds nothing. The longest of overlapping remarks stays; an edition's own words go before all others.
    """
    if policy.style is Style.OFF or not text:
        return []
    shelter = sheltered(text)
    found = list(_house(shelter, policy))
    found += sorted(
        _all(shelter, policy.style, story=_CASE.match(text) is not None),
        key=lambda remark: (remark.start - remark.end, remark.start),
    )
    excepted = [match.span() for match in _matches(policy.exceptions, text)]
    return _without_overlaps(text, found, excepted)


def applied(text: str, remark: Remark, suggestion: str) -> str:
    """Return the text with a suggestion in the remark's place.

    A capital at its beginning, or all capitals, stay; so does emphasis that begins or ends inside of what is replaced.
    """
    old = text[remark.start : remark.end]
    letters = [letter for letter in old if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        suggestion = suggestion.upper()
    elif letters and old[0].isupper() and suggestion:
        suggestion = suggestion[0].upper() + suggestion[1:]
    if len(marks := _EMPHASIS.findall(old)) % 2:
        opens = re.search(rf"(?:^|\s){re.escape(marks[-1])}\w", old) is not None
        suggestion = marks[-1] + suggestion if opens else suggestion + marks[-1]
    return text[: remark.start] + suggestion + text[remark.end :]


def _all(shelter: str, style: Style, *, story: bool) -> Iterator[Remark]:
    own = _small(shelter)
    yield from unreadable(own, style)
    yield from mankind(own)
    words = tokens(law_titles(shelter))
    yield from pronouns(_small(words.text), style)
    for phrase in phrases(words, story=story):
        start, offers = words.starts[phrase.first], suggestions(words, phrase, style)
        before = words.lower[phrase.first - 1] if phrase.first else ""
        if before in ("de", "a") and any(offer.startswith("el ") for offer in offers):
            start = words.starts[phrase.first - 1]  # de + el would be left as two words
            offers = tuple(contracted(before, offer) for offer in offers)
        yield Remark(_rule(phrase), start, words.ends[phrase.end], "", offers)


def _rule(phrase: Phrase) -> str:
    noun = phrase.form.noun
    if noun.common:
        return "inclusive-article"
    if phrase.form.plural:
        return "inclusive-people"
    return "inclusive-office" if noun.office else "inclusive-person"


def _house(shelter: str, policy: Policy) -> Iterator[Remark]:
    words = {word.casefold(): instead for word, instead in policy.words.items()}
    for match in _matches(frozenset(policy.words), shelter):
        instead = words.get(" ".join(match[0].split()).casefold(), ())
        yield Remark("inclusive-house", match.start(), match.end(), match[0], instead)


def _matches(phrases_sought: frozenset[str], text: str) -> Iterator[re.Match[str]]:
    return _any_of(phrases_sought).finditer(text) if phrases_sought else iter(())


@lru_cache(maxsize=256)
def _any_of(sought: frozenset[str]) -> re.Pattern[str]:
    written = (r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(sought, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, written)) or '(?!)'})(?!\w)", re.I)


def _small(text: str) -> str:
    """The text in small letters, exactly as long as it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _without_overlaps(text: str, found: Iterable[Remark], excepted: list[tuple[int, int]]) -> list[Remark]:
    """The remarks in order of place; of two that overlap, the one that was found first stays."""
    taken: list[tuple[int, int]] = []
    kept: dict[tuple[int, int], Remark] = {}
    for remark in found:
        place = (remark.start, remark.end)
        if _touches(taken, place) or _touches(excepted, place):
            continue
        insort(taken, place)
        kept[place] = Remark(remark.rule, *place, text[remark.start : remark.end], remark.suggestions)
    return [kept[place] for place in taken]


def _touches(places: list[tuple[int, int]], place: tuple[int, int]) -> bool:
    """Whether a place overlaps any of some places that are in order and apart."""
    after = bisect_left(places, place)
    return (after > 0 and places[after - 1][1] > place[0]) or (after < len(places) and places[after][0] < place[1])
