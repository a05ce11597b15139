"""What changed between two texts, word by word, for people who read it.

Merging has its own, stricter comparison (prose/); HTML is compared in redline.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from rapidfuzz.distance import Indel, LCSseq

REWRITTEN_BELOW = 0.4  # of the words shared: below it, whole before and whole after say more than single words

_LETTER = r"[^\W\d_]"
_UNITS = (
    "%|‰|°C|°|kg|mg|g|qq|t|km|cm|mm|m²|m2|m|ha|ml|L|l|kWh|kW|h|min|s|USD|EUR|PEN|COP|BOB|MXN|GTQ|HNL|NIO|CRC|soles|"
    "dólares|pesos|euros|dollars"
)
_TOKEN = re.compile(
    r"\{\{[^{}\n]*\}\}"
    r"|!?\[[^\[\]\n]*\]\([^()\s]*(?: +(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    rf"|(?:(?:US\$|S/\.?|[$€£]) ?)?\d+(?:[.,:]\d+)*(?:[ \u00a0]?(?:{_UNITS})(?![^\W_]))?"
    rf"|{_LETTER}[\w\u0300-\u036f]*(?:[-'’]{_LETTER}[\w\u0300-\u036f]*)*"
    r"|\s+"
    r"|([^\w\s])\1*"
    r"|."
)
_MOST_COMPARISONS = 25_000_000  # words times words; a larger stretch is one change
_CRUMB_WORDS = 2

Token = TypeVar("Token", bound=Hashable)


class Op(StrEnum):
    """What became of a run of words."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: `before` and `after` are the same when it is equal; one is "" for insert and delete."""

    op: Op
    before: str
    after: str


def tokens(text: str) -> list[str]:
    """Return words, numbers with their unit, signs, white space, variables and links; joined they are the text."""
    return [found[0] for found in _TOKEN.finditer(text)]


def similarity(a: str, b: str) -> float:
    """Return the share of words two texts have in common in the same order, from 0 to 1; white space does not count."""
    if a == b:
        return 1.0
    return Indel.normalized_similarity(_words(a), _words(b))


def word_diff(a: str, b: str) -> list[Change]:
    """Return the changes that lead from one text to the other, in order.

    Joined, the `before` of all are the one text and the `after` the other. No two changes stand next to each other,
    and a word or two that stayed between larger changes is counted with them.
    """
    steps = compare(tokens(a), tokens(b), str.isspace)
    return [Change(step.op, "".join(step.before), "".join(step.after)) for step in steps]


def redline_text(before: str, after: str) -> list[Change]:
    """Return the changes to show or to track: single words, or all of it when less than 40 % is shared."""
    if before and after and similarity(before, after) < REWRITTEN_BELOW:
        return [Change(Op.REPLACE, before, after)]
    return word_diff(before, after)


@dataclass(slots=True)
class Step(Generic[Token]):
    """A stretch of tokens, as `Change` is one of text."""

    op: Op
    before: list[Token]
    after: list[Token]

    def words(self, is_space: Callable[[Token], bool]) -> int:
        return sum(not is_space(token) for token in max(self.before, self.after, key=len))


def compare(a: Sequence[Token], b: Sequence[Token], is_space: Callable[[Token], bool]) -> list[Step[Token]]:
    """Return the steps that lead from one sequence of tokens to the other, made for reading; see `word_diff`."""
    a_words, a_spaces = _apart(a, is_space)
    b_words, b_spaces = _apart(b, is_space)
    steps: list[Step[Token]] = []
    _add(steps, a_spaces[0], b_spaces[0])
    for equal, a_start, a_end, b_start, b_end in _stretches(a_words, b_words):
        if equal:
            for i, j in zip(range(a_start, a_end), range(b_start, b_end), strict=True):
                _add(steps, [a_words[i]], [b_words[j]])
                _add(steps, a_spaces[i + 1], b_spaces[j + 1])
        else:
            _add_changed(
                steps,
                [token for i in range(a_start, a_end) for token in (a_words[i], *a_spaces[i + 1])],
                [token for j in range(b_start, b_end) for token in (b_words[j], *b_spaces[j + 1])],
            )
    return _readable(steps, is_space)


def _words(text: str) -> list[str]:
    return [token for token in tokens(text) if not token.isspace()]


def _apart(sequence: Sequence[Token], is_space: Callable[[Token], bool]) -> tuple[list[Token], list[list[Token]]]:
    """Return the words, and the white space before the first and after each."""
    words: list[Token] = []
    spaces: list[list[Token]] = [[]]
    for token in sequence:
        if is_space(token):
            spaces[-1].append(token)
        else:
            words.append(token)
            spaces.append([])
    return words, spaces


def _stretches(a: Sequence[Hashable], b: Sequence[Hashable]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield equal and changed stretches: whether equal, then start and end in `a` and in `b`."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    if start:
        yield True, 0, start, 0, start
    a_end, b_end = len(a) - end, len(b) - end
    if (a_end - start) * (b_end - start) > _MOST_COMPARISONS:
        yield False, start, a_end, start, b_end  # more than anybody reads word by word
    elif a_end > start or b_end > start:
        done = (start, start)
        for block in LCSseq.opcodes(a[start:a_end], b[start:b_end]).as_matching_blocks():
            at = (start + block.a, start + block.b)
            if at > done and at != done:
                yield False, done[0], at[0], done[1], at[1]
            if block.size:
                yield True, at[0], at[0] + block.size, at[1], at[1] + block.size
            done = (at[0] + block.size, at[1] + block.size)
    if end:
        yield True, a_end, len(a), b_end, len(b)


def _add(steps: list[Step[Token]], before: list[Token], after: list[Token]) -> None:
    """Add tokens that are equal or, as white space, may differ."""
    if before != after:
        _add_changed(steps, before, after)
    elif before and steps and steps[-1].op is Op.EQUAL:
        steps[-1].before += before
        steps[-1].after += after
    elif before:
        steps.append(Step(Op.EQUAL, list(before), list(after)))


def _add_changed(steps: list[Step[Token]], before: list[Token], after: list[Token]) -> None:
    if steps and steps[-1].op is not Op.EQUAL:
        steps[-1].before += before
        steps[-1].after += after
    else:
        steps.append(Step(Op.REPLACE, list(before), list(after)))


def _readable(steps: list[Step[Token]], is_space: Callable[[Token], bool]) -> list[Step[Token]]:
    """Return the steps with crumbs of equal text taken into the changes around them, and with the right operations."""
    merged: list[Step[Token]] = []
    for place, step in enumerate(steps):
        if 0 < place < len(steps) - 1 and step.op is Op.EQUAL and merged[-1].op is not Op.EQUAL:
            count = step.words(is_space)
            if count <= _CRUMB_WORDS and count < min(merged[-1].words(is_space), steps[place + 1].words(is_space)):
                step = Step(Op.REPLACE, step.before, step.after)
        if step.op is not Op.EQUAL:
            _add_changed(merged, step.before, step.after)
        else:
            merged.append(step)
    result: list[Step[Token]] = []
    for step in merged:
        kept = _common_end(step.before, step.after) if step.op is not Op.EQUAL else 0
        after_step = step.before[len(step.before) - kept :]
        if kept:
            step = Step(step.op, step.before[:-kept], step.after[:-kept])
        if step.op is Op.EQUAL:
            _add(result, step.before, step.after)
        else:
            op = Op.REPLACE if step.before and step.after else Op.DELETE if step.before else Op.INSERT
            result.append(Step(op, step.before, step.after))
            _add(result, after_step, after_step)
    return result


def _common_end(before: Sequence[Token], after: Sequence[Token]) -> int:
    """How many tokens two changed stretches share at their end: the white space after the last word."""
    count = 0
    while count < min(len(before), len(after)) and before[-1 - count] == after[-1 - count]:
        count += 1
    return count
