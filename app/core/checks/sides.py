"""A text as the checks look at it: its words without markup, each still at its place, and the pieces they stand in."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from app.core.content import TYPED_KINDS, Kind, Language

HIDDEN = "\ufffc"  # stands for each character of a variable: a word, but not one of the language
_CODE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*? *(?P=fence)[`~]*[ \t]*$|`[^`\n]+`", re.M)
_VARIABLE = re.compile(r"\{\{ ?[A-Za-z]\w* ?\}\}")
_TARGET = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*\)")
_BARE = re.compile(r"<?(?:https?://|mailto:|www\.)[^\s<>]*[^\s<>.,;:!?)\]]>?")
_SITE = re.compile(r"\b(?=[0-9-]*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b(?:/[^\s<>]*[^\s<>.,;:!?)\]])?")
_IN_SITE = re.compile(r"\.(?<=[a-z0-9]\.)[a-z]{2}")
_TITLED = re.compile(r" {0,3}/{3,} *[\w-]+ *(?:\| *)?")
_OPTION = re.compile(r" {4,}[\w-]+ *: ")
_START = re.compile(
    r"(?P<heading> {0,3}#{1,6}(?: +|$))"
    r"|(?P<quote>(?: {0,3}> ?)+)?(?P<item> *(?:[-*+]|\d{1,9}[.)])(?: +\[[ xX]\])? +)?"
)
_DELIMITER = re.compile(r"[ |:-]*-[ |:-]*$")
_BREAK = re.compile(r" {0,3}(?:[-*_] *){3,}$")
_PLAIN_WORD = r"[a-zß-öø-ÿ]++(?![^\W_]|['’-])"  # of the next, what most words are, and what is found faster
_WORD = re.compile(rf"{_PLAIN_WORD}|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CELL = re.compile(r"(?:[^|\\]+|\\.)+")


class Segment(NamedTuple):
    """A piece of prose: what it is ("title", "heading", "item", "quote", "cell", "paragraph"), start and end."""

    role: str
    start: int
    end: int


class Side:
    """A text in a language; everything is found once, when first asked for."""

    def __init__(self, text: str, language: Language, kind: Kind) -> None:
        self.text, self.language, self.kind = text, language, kind

    @cached_property
    def hidden(self) -> str:
        """The text with variables, code and addresses hidden; as long as the text."""
        text = self.text
        if "`" in text or "~~~" in text:
            text = _CODE.sub(_blank, text)
        if "{{" in text:
            text = _VARIABLE.sub(lambda found: HIDDEN * len(found[0]), text)
        if "](" in text:
            text = _TARGET.sub(lambda found: "]" + " " * (len(found[0]) - 1), text).replace("![", " [")
        if "://" in text or "mailto:" in text or "www." in text:
            text = _BARE.sub(_blank, text)
        return _SITE.sub(_blank, text) if _IN_SITE.search(text) else text

    @cached_property
    def _scanned(self) -> tuple[str, list[Segment]]:
        return _scan(self.hidden, typed=self.kind in TYPED_KINDS, code=self.kind is Kind.CODE)

    @property
    def prose(self) -> str:
        """The words, with spaces where markup stood; as long as the text."""
        return self._scanned[0]

    @property
    def segments(self) -> list[Segment]:
        """The pieces of prose, in order: each item, cell, paragraph, title."""
        return self._scanned[1]

    @cached_property
    def small(self) -> str:
        """The prose in small letters, each at its place."""
        small = self.prose.lower()
        if len(small) == len(self.prose):
            return small
        return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in self.prose)

    @cached_property
    def words(self) -> list[str]:
        """Words in small letters, in order, without numbers and variables."""
        return _WORD.findall(self.small)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)

    @cached_property
    def letters(self) -> int:
        """How many letters the words have, variables counted as they are written."""
        return sum(map(len, self.words)) + self.prose.count(HIDDEN)

    def places(self) -> list[tuple[int, int]]:
        """Start and end of each of the words."""
        return [found.span() for found in _WORD.finditer(self.small)]

    def of(self, segment: Segment) -> str:
        """The prose of a segment, trimmed of what emphasis leaves around it."""
        return self.prose[segment.start : segment.end].strip(" *_~\\\n")


def _blank(found: re.Match[str]) -> str:
    return "".join("\n" if letter == "\n" else " " for letter in found[0]) if "\n" in found[0] else " " * len(found[0])


def _scan(text: str, *, typed: bool, code: bool) -> tuple[str, list[Segment]]:
    """Return the text with the marks at the beginning of lines as spaces, and its pieces."""
    if code:
        return " " * len(text), []
    lines: list[str] = []
    segments: list[Segment] = []
    at = 0
    running = False  # whether the last segment goes on in the next line
    head = typed  # whether options may follow
    for place, line in enumerate(text.split("\n")):
        end = at + len(line)
        stripped = line.strip(" ")
        if not stripped:
            running = False
        elif typed and (stripped[:3] == "///" or (head and place and _OPTION.match(line))):
            found = _TITLED.match(line) if stripped[:3] == "///" else None
            size = found.end() if found else len(line)
            if found and size < len(line):
                segments.append(Segment("title", at + size, end))
            line, running = " " * size + line[size:], False
        else:
            head = False
            if "|" in line:
                line = _row(line, at, segments)
                running = False
            elif _BREAK.match(line):
                line, running = " " * len(line), False
            else:
                line, running = _line(line, at, segments, running=running)
        lines.append(line)
        at = end + 1
    return "\n".join(lines), segments


def _row(line: str, at: int, segments: list[Segment]) -> str:
    if "-" in line and _DELIMITER.match(line):
        return " " * len(line)
    if "\\" in line:
        for cell in _CELL.finditer(line):
            if cell[0].strip():
                segments.append(Segment("cell", at + cell.start(), at + cell.end()))
        return line.replace("|", " ")
    for text in line.split("|"):
        end = at + len(text)
        if text and not text.isspace():
            segments.append(Segment("cell", at, end))
        at = end + 1
    return line.replace("|", " ")


def _line(line: str, at: int, segments: list[Segment], *, running: bool) -> tuple[str, bool]:
    start = _START.match(line)
    size = start.end() if start else 0
    heading, quote, item = (start["heading"], start["quote"], start["item"]) if start else (None, None, None)
    role = "heading" if heading else "item" if item else "quote" if quote else "paragraph"
    goes_on = running and not heading and not item and (not quote or segments[-1].role == "quote")
    if goes_on:
        segments[-1] = Segment(segments[-1].role, segments[-1].start, at + len(line))
    elif size < len(line):
        segments.append(Segment(role, at + size, at + len(line)))
    return " " * size + line[size:], not heading
