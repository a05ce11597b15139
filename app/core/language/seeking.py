"""Looking for many patterns in one text: each is tried only where a word begins as its matches begin.

What a pattern can begin with is read from the pattern itself, so that no list has to be kept beside it. What such a
search finds is what `finditer` of each pattern finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_LONGEST = 5  # letters of a beginning
_MOST = 400  # beginnings of one pattern
_WORD = re.compile(r"\w+")


class Seeker:
    """Patterns that are looked for together, by their places in the list."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._beginnings = [_beginnings(pattern) for pattern in patterns]

    def find(self, text: str, wanted: Sequence[int]) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield what each of the wanted patterns matches, pattern by pattern in their order."""
        places: dict[str, list[int]] = {}  # of each beginning that was looked for
        for at in wanted:
            pattern, beginnings = self._patterns[at], self._beginnings[at]
            if beginnings is None:
                yield from ((at, match) for match in pattern.finditer(text))
                continue
            starts: set[int] = set()
            for beginning in beginnings:
                if beginning not in places:
                    places[beginning] = list(_where_words_begin(text, beginning))
                starts.update(places[beginning])
            end = 0
            for place in sorted(starts):
                match = pattern.match(text, place) if place >= end else None
                if match:
                    yield at, match
                    end = match.end()

    def each(self, text: str) -> Iterator[re.Match[str]]:
        """Yield what the patterns match, one after the other."""
        return (match for _, match in self.find(text, range(len(self._patterns))))


def _where_words_begin(text: str, beginning: str) -> Iterator[int]:
    """Every place where a word begins so."""
    place = text.find(beginning)
    while place >= 0:
        if not place or not (text[place - 1].isalnum() or text[place - 1] == "_"):
            yield place
        place = text.find(beginning, place + 1)


def _beginnings(pattern: re.Pattern[str]) -> set[str] | None:
    """What the matches of a pattern begin with, two letters at least; None unless each begins where a word does."""
    if pattern.flags & re.IGNORECASE:
        return None
    tree = list(parser.parse(pattern.pattern, pattern.flags))
    at_word = False
    while tree and tree[0][0] in (sre.AT, sre.ASSERT_NOT):
        at_word = at_word or tree[0] == (sre.AT, sre.AT_BOUNDARY) or _is_no_word_before(tree[0])
        tree.pop(0)
    found = _grown({("", False)}, tree)
    words = {text for text, _ in found}
    if not at_word or not words or not all(len(text) > 1 and _WORD.match(text) for text in words):
        return None
    return words


def _is_no_word_before(item: Any) -> bool:
    """Whether an assertion is `(?<!\\w)`."""
    if item[0] is not sre.ASSERT_NOT or item[1][0] != -1:
        return False
    return list(item[1][1]) == [(sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)])]


def _grown(begun: set[tuple[str, bool]], tree: Sequence[Any]) -> set[tuple[str, bool]]:
    """The beginnings with what may follow; the mark says that nothing more is known of one."""
    for kind, value in tree:
        going = {text for text, closed in begun if not closed}
        if not going:
            break
        closed = {(text, True) for text, is_closed in begun if is_closed}
        if kind is sre.AT or kind is sre.ASSERT or kind is sre.ASSERT_NOT:
            continue
        if kind is sre.LITERAL:
            after = {_with(text, chr(value)) for text in going}
        elif kind is sre.IN and all(one[0] is sre.LITERAL for one in value):
            after = {_with(text, chr(code)) for text in going for _, code in value}
        elif kind is sre.SUBPATTERN:
            after = _grown({(text, False) for text in going}, value[-1])
        elif kind is sre.BRANCH:
            after = set().union(*(_grown({(text, False) for text in going}, branch) for branch in value[1]))
        elif kind is sre.MAX_REPEAT and value[1] == 1:
            once = _grown({(text, False) for text in going}, value[2])
            after = once if value[0] else once | {(text, False) for text in going}
        else:
            after = {(text, True) for text in going}
        begun = closed | after
        if len(begun) > _MOST:
            return {("", True)}
    return begun


def _with(text: str, letter: str) -> tuple[str, bool]:
    """The beginning with one more letter; it ends with the first sign that belongs to no word."""
    grown = text + letter
    return grown, len(grown) >= _LONGEST or not _WORD.match(letter)
