"""Plain wording: what makes a paragraph hard to read. Rules for Spanish; the ease of English is measured too.

They speak up seldom, and only when asked. Headings, tables, code, quotations and titles of laws stay out. How ease is
measured is app/core/readability.py's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.content import TYPED_KINDS
from app.core.readability import measure

from .names import law_titles
from .plain_words import EVERYDAY, KNOWN_LETTERS
from .sheltering import OPAQUE, sheltered
from .things import Remark

MOST_WORDS = 35  # in a sentence
LEAST_EASE = 45.0  # of a paragraph; EASY_ENOUGH is what a whole unit should reach
WORDS_TO_MEASURE = 30  # a shorter paragraph's ease says little
MOST_NOUNS = 3  # nouns made of verbs, one after the other

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:[^.!?…;:·☐\n|]|[.:](?=\S)|\n(?![ \t]*(?:\n|[-*+#>|/]|\d+[.)])))+")
_HARD_LINES = re.compile(r"^(?:[ \t]*\||#{1,6} )[^\n]*$", re.M)
_PASSIVE = re.compile(
    r"\b(?:(?:es|son|fue|fueron|será|serán|era|eran|sea|sean|ha sido|han sido|siendo|ser) )(?:\w+ )?"
    r"\w{2,}(?:ad|id|ch|st|rt)[oa]s? por (?:el|la|los|las|un|una|parte|cada|su|sus|nuestr[oa]s?|quien|quienes|\x02)\b"
)
_MADE_NOUN = r"\w{3,}(?:ción|sión|miento|aje|anza)"
_NOUNS = re.compile(
    rf"\b{_MADE_NOUN}(?: \w+)? (?:de|del|para) (?:(?:la|el) )?{_MADE_NOUN}"
    rf"(?:(?: \w+)? (?:de|del|para) (?:(?:la|el) )?{_MADE_NOUN})+\b"
)
_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(EVERYDAY, key=len, reverse=True)))})(?!\w)")
_DOUBLE_NEGATION = re.compile(
    r"\b(?:no (?:es|son|está|sea|fue|era|resulta) (?:\w+ )?(?:im|in|des)(?:posible|suficiente|necesari[oa]|adecuad[oa]|"
    r"conveniente|útil|cierto|usual|común|conocid[oa]|favorable|aconsejable|probable|correct[oa]|justificad[oa])s?"
    r"|no (?:dej[ae]n?|dejará) de no\b|no sin antes \w+|no (?:puede|debe|pueden|deben|podrá) (?:de )?no\b"
    r"|no se (?:puede|debe) dejar de no\b|ni (?:mucho menos )?tampoco no)\b"
)
_LETTERS = re.compile(r"(?<![\w./-])[A-ZÑ]{3,8}s?(?![\w/-])")


def plain_language(text: str, language: str) -> list[Remark]:
    """Return what is hard to read in a block's Markdown text, by its place; remarks of different rules may overlap."""
    found = list(_ease(text, language))
    if language[:2].lower() == "es":
        shelter = law_titles(sheltered(text))
        running = _HARD_LINES.sub(lambda match: OPAQUE * len(match[0]), shelter)
        lower = running.lower()
        if len(lower) != len(running):
            lower = running
        found += [*_long(running), *_patterns(lower), *_everyday(lower), *_letters(running)]
    kept = (Remark(one.rule, one.start, one.end, text[one.start : one.end], one.suggestions) for one in found)
    return sorted(kept, key=lambda remark: (remark.start, remark.end))


def _ease(text: str, language: str) -> Iterator[Remark]:
    if text.count(" ") < WORDS_TO_MEASURE or text.startswith(("|", "#", "```")) or _typed(text):
        return
    reading = measure([text], language)
    if reading.words >= WORDS_TO_MEASURE and reading.hard and reading.ease < LEAST_EASE:
        yield Remark("plain-reading-ease", 0, len(text), "")


_TYPED = re.compile(rf"\s*/{{3,}}[ \t]*(?:{'|'.join(TYPED_KINDS)})\b")


def _typed(text: str) -> bool:
    """Whether a text is a typed block: a whole of many parts, whose ease the unit's own figure shows."""
    return _TYPED.match(text) is not None


def _long(running: str) -> Iterator[Remark]:
    for match in _SENTENCE.finditer(running):
        if len(match[0]) < MOST_WORDS * 3 or len(_WORD.findall(match[0])) <= MOST_WORDS:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Remark("plain-long-sentence", start, match.start() + len(match[0].rstrip()), "")


def _patterns(lower: str) -> Iterator[Remark]:
    for rule, pattern, needs in (
        ("plain-passive", _PASSIVE, " por "),
        ("plain-nouns", _NOUNS, " de"),
        ("plain-double-negation", _DOUBLE_NEGATION, "n"),
    ):
        if needs in lower:
            for match in pattern.finditer(lower):
                yield Remark(rule, match.start(), match.end(), "")


def _everyday(lower: str) -> Iterator[Remark]:
    for match in _WORDS.finditer(lower):
        yield Remark("plain-word", match.start(), match.end(), "", tuple(filter(None, EVERYDAY[match[0]])))


def _letters(running: str) -> Iterator[Remark]:
    """Letters whose name does not stand beside them in brackets, on either side."""
    for match in _LETTERS.finditer(running):
        letters = match[0].rstrip("s")
        before, after = running[max(0, match.start() - 2) : match.start()], running[match.end() : match.end() + 2]
        if letters in KNOWN_LETTERS or "(" in before or after.startswith(" (") or _shouted(running, match):
            continue
        yield Remark("plain-acronym", match.start(), match.end(), "")
        break


def _shouted(running: str, match: re.Match[str]) -> bool:
    """Whether the words beside it are in capitals too: a heading, a Roman number, a shout."""
    if re.fullmatch(r"[IVXLCM]+", match[0]):
        return True
    around = running[max(0, match.start() - 14) : match.start()] + running[match.end() : match.end() + 14]
    return re.search(r"\b[A-ZÁÉÍÓÚÑ]{3,}\b", around) is not None
