"""Markdown into pieces and back: headings, paragraphs, lists, tables, figures, typed blocks, with nothing lost.

Two laws. `join(split(text))` is the canonical form of the text; and rendering the pieces one by one gives what
rendering the whole gives. For the second, reference-style links and images are made inline first (references.py), so
the canonical form of a text that has them is not the text letter by letter. Where a piece begins and ends is decided
in markup/; uids, locks and front matter are matters of unitfile.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .content import Kind, canonical
from .markup import scan
from .references import inline_references

_FRONT_MATTER = re.compile(r"---\n(?:#[^\n]*\n)*[\w\"'][^:\n]*:(?:[ \n][^\n]*)??\n(?:[^\n]*\n)*?---(?:\n+|\Z)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block's text, without the line ends that follow it; those are its gap."""

    kind: Kind
    text: str
    gap: str


def canonical_form(text: str) -> str:
    """Return the text in the one form in which it is stored, split and compared; doing it twice changes nothing."""
    return inline_references(canonical(text))


def split(text: str) -> list[Piece]:
    """Return the pieces of a Markdown text in order; joined they are its canonical form.

    Lines that are blank at the very beginning belong to the first piece's text; a text of blank lines only is one
    empty paragraph with a gap, and an empty text has no pieces.
    """
    form = canonical_form(text)
    if not form:
        return []
    lines = form.split("\n")
    spans = scan(lines).spans
    if not spans:
        return [Piece(Kind.PARAGRAPH, "", form)]
    starts = [0, *(span.start for span in spans[1:]), len(lines)]
    pieces = []
    for span, start, following in zip(spans, starts, starts[1:], strict=False):
        ends = following - span.end + (following < len(lines))
        body = "\n".join(lines[start : span.end])
        text = body.rstrip(" ")  # a hard break before another element is no part of a text by itself
        pieces.append(Piece(span.kind, text, body[len(text) :] + "\n" * ends))
    return pieces


def join(pieces: Iterable[Piece]) -> str:
    """Return the text that the pieces were split from."""
    return "".join(piece.text + piece.gap for piece in pieces)


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML head of a canonical text, with its fences and the blank lines after it, and the rest."""
    match = _FRONT_MATTER.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)
