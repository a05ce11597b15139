"""Signs: ¿ and ¡, brackets, quotation marks, how a text ends and begins, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from app.core.errors import N_

from .sides import HIDDEN, Segment, Side
from .things import Check, Context, Found

_WORDS = frozenset({"es", "en"})  # languages whose habits with signs and capitals are known here
_ASKING = re.compile(r"[¿?¡!]+")
_ALONE = re.compile(r"\([?!]+\)|[\"“«'‘][¿?¡!]+[\"”»'’]")
_CLOSERS = MappingProxyType({")": "(", "]": "[", "}": "{", "»": "«", "”": "“"})
_OPENERS = frozenset(_CLOSERS.values())
_PAIRED = re.compile(r"[()\[\]{}«»“”]")
_LABEL = re.compile(r"(?:^|(?<=[\s>*_]))(?:[a-zA-Z]|\d{1,3}|[ivx]{1,4})\)|[:;][-o]?\)", re.M)
_AFTER = "*_~\\\"'»”’)]} \u00a0\n"
_ENDS = frozenset(".?!:;…,")
_BEFORE_SPACE = frozenset(".?!:;…,)»”")
_AFTER_SPACE = frozenset({"", "\n", "|", "\\"})
_SPACES = re.compile("  +")
_BEFORE_SIGN = re.compile(r" [,;.!?](?=\s|$)", re.M)
_AFTER_SIGN = re.compile(r"[,;](?=[^\W\d_]{2})")


def _asking(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """In Spanish each question and exclamation opens too; `¡…?` and `¿…!` are allowed, (?) stands alone."""
    text = target.prose
    for segment in target.segments:
        piece = text[segment.start : segment.end]
        if "?" not in piece and "!" not in piece and "¿" not in piece and "¡" not in piece:
            continue
        alone = {found.start() for found in _ALONE.finditer(piece)}
        opened: list[tuple[str, int]] = []
        for found in _ASKING.finditer(piece):
            at = segment.start + found.start()
            if found.start() - 1 in alone:
                continue
            if "?" in found[0] or "!" in found[0]:
                if opened:
                    opened.clear()
                else:
                    sign = "¿" if "?" in found[0] else "¡"
                    said = N_("“%(sign)s” is missing before this “%(other)s”.")
                    yield Found(said, {"sign": sign, "other": found[0]}, ((at, at + len(found[0])),))
            else:
                opened.append((found[0], at))
        for sign, at in opened[:1]:
            said = N_("This “%(sign)s” is never closed.")
            yield Found(said, {"sign": sign}, ((at, at + len(sign)),))


def _brackets(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """What opens in the translation must close, unless the original is as uneven."""
    lone = _lone(target.prose)
    if lone and [sign for sign, _ in lone] != [sign for sign, _ in _lone(source.prose)]:
        for sign, at in lone[:3]:
            said = N_("This “%(sign)s” has no partner.")
            yield Found(said, {"sign": sign}, ((at, at + 1),))
    straight = target.prose.count('"')
    if straight % 2 and source.prose.count('"') % 2 == 0:
        at = target.prose.rindex('"')
        yield Found(N_("A quotation mark has no partner: their number is odd."), {}, ((at, at + 1),))


def _lone(text: str) -> list[tuple[str, int]]:
    """The brackets and quotation marks that do not pair."""
    if not _PAIRED.search(text):
        return []
    stack: list[tuple[str, int]] = []
    lone = []
    for found in _PAIRED.finditer(text):
        sign = found[0]
        if sign in _OPENERS:
            stack.append((sign, found.start()))
        elif stack and stack[-1][0] == _CLOSERS[sign]:
            stack.pop()
        else:
            lone.append((sign, found.start()))
    if any(sign == ")" for sign, _ in lone):
        labels = {found.end() - 1 for found in _LABEL.finditer(text)}
        lone = [(sign, at) for sign, at in lone if at not in labels]
    return sorted(stack + lone, key=lambda item: item[1])


def _ending(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """The last sign of each piece, when both texts have as many pieces; else of the whole."""
    if len(source.segments) == len(target.segments):
        pairs = list(zip(source.segments, target.segments, strict=True))
    else:
        pairs = list(zip(source.segments[-1:], target.segments[-1:], strict=False))
    for there, here in pairs:
        if here.role == "cell":
            continue  # abbreviations, and what a hand fills in
        before, (after, at) = _end(source, there)[0], _end(target, here)
        if before == after or not _differs(before, after):
            continue
        values = {"there": before or "–", "here": after or "–"}
        if after and before:
            text = N_("This ends with “%(here)s”, in the original with “%(there)s”.")
            yield Found(text, values, ((at, at + 1),), before)
        elif before:
            text = N_("The original ends with “%(there)s” here, the translation without it.")
            yield Found(text, values, ((at + 1, at + 1),), before)
        else:
            text = N_("The translation ends with “%(here)s” here, the original without it.")
            yield Found(text, values, ((at, at + 1),), "")


def _differs(before: str, after: str) -> bool:
    return {before, after} not in ({".", "…"}, {".", "!"})


def _end(side: Side, segment: Segment) -> tuple[str, int]:
    """The sign at the end of a piece, "" when it is a word, and where it is; brackets and quotes do not count.

    What Spanish writes after a quotation that asks (`?».`) is the sign inside.
    """
    text = side.prose
    at = _back(text, segment.end - 1, segment.start)
    if text[at] == "." and at > segment.start and text[at - 1] in '"»”’)':
        inner = _back(text, at - 1, segment.start)
        if text[inner] in "?!…":
            return text[inner], inner
    return (text[at], at) if text[at] in _ENDS else ("", at)


def _back(text: str, at: int, start: int) -> int:
    while at > start and text[at] in _AFTER:
        at -= 1
    return at


def _spaces(source: Side, target: Side, context: Context) -> Iterator[Found]:
    text = target.text
    for found in _SPACES.finditer(text):
        before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
        between = (before.isalnum() or before in _BEFORE_SPACE) and after not in _AFTER_SPACE
        if between and not _in_code_or_table(target, found.start()):
            yield Found(N_("There are several spaces in a row."), {}, (found.span(),), " ")
    for found in _BEFORE_SIGN.finditer(target.hidden):
        at, sign = found.start(), found[0][1]
        if at and text[at - 1].isalpha() and text[at] == " ":
            yield Found(N_("There is a space before “%(sign)s”."), {"sign": sign}, ((at, at + 1),), "")
    for found in _AFTER_SIGN.finditer(target.prose):
        at = found.start()
        if target.prose[max(0, at - 2) : at].isalpha():
            yield Found(N_("A space is missing after “%(sign)s”."), {"sign": found[0]}, (found.span(),), f"{found[0]} ")


def _in_code_or_table(side: Side, place: int) -> bool:
    start, end = side.text.rfind("\n", 0, place) + 1, side.text.find("\n", place)
    line = side.text[start : end if end >= 0 else None]
    return "|" in line or side.hidden[max(start, place - 1)] != side.text[max(start, place - 1)] or line[:4] == "    "


def _capital(source: Side, target: Side, context: Context) -> Iterator[Found]:
    """A piece that begins with a capital in one language begins with one in the other."""
    if not source.segments or not target.segments:
        return
    for there, here in list(zip(source.segments, target.segments, strict=False))[:1]:
        before, (after, at) = _beginning(source, there)[0], _beginning(target, here)
        if before.isupper() and after.islower():
            text = N_("The original begins with a capital letter, the translation does not.")
            yield Found(text, {}, ((at, at + 1),), after.upper())


def _beginning(side: Side, segment: Segment) -> tuple[str, int]:
    """The first letter of a piece and where it is; "" when it begins with a number or a variable."""
    for at in range(segment.start, min(segment.end, len(side.prose))):
        letter = side.prose[at]
        if letter.isalpha():
            return letter, at
        if letter.isdigit() or letter == HIDDEN:
            break
    return "", segment.start


CHECKS = (
    Check(
        "question_marks",
        N_("¿ ? and ¡ !"),
        N_("In Spanish a question and an exclamation open with their sign and close with it."),
        _asking,
        languages=frozenset({"es"}),
    ),
    Check(
        "brackets",
        N_("Brackets and quotation marks"),
        N_("What opens should close."),
        _brackets,
    ),
    Check(
        "end_punctuation",
        N_("End of a sentence"),
        N_("A sentence, item or title mostly ends with the sign of the original."),
        _ending,
        languages=_WORDS,
    ),
    Check("spaces", N_("Spaces"), N_("One space between words, none before a comma and one after it."), _spaces),
    Check(
        "capital",
        N_("Capital at the beginning"),
        N_("A text that begins with a capital letter mostly does so in the other language too."),
        _capital,
        languages=_WORDS,
    ),
)
