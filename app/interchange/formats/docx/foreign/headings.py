"""Which paragraphs are headings: by Word's own styles, and where nobody used them, by what stands out from the text.

A paragraph stands out by size, weight, capitals, underlining or the way it begins; the levels follow from how much.
Nothing is taken for a heading that has no text under it, or that stands in a row of its likes (an address, a list).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.interchange.formats.docx.foreign.lists import typed_marker
from app.interchange.formats.docx.foreign.pieces import Para, Piece
from app.interchange.formats.docx.foreign.things import Why
from app.interchange.formats.docx.foreign.words import ALERT, CAPTION, CHAPTER, NUMBERED

MOST_CHARACTERS = 120
MOST_WORDS = 18
MOST_IN_A_ROW = 3
LONG = 60  # characters from which on a paragraph is text for sure
MOST_ON_COVER = 20
LARGER = 1.12  # times the text's size; with 11 point text, from 12.5 on
MUCH = 10  # one part in ten of the text
DEEPEST = 3
_WORD = re.compile(r"[^\W\d_]{2}")
_NAMED = re.compile(
    r"t[ií]tulo|(?<!list )(?<!table )(?<!index )(?<!contents )heading|titre|überschrift|encabezado\b|subtitle"
)


class Heading(NamedTuple):
    """What was found: the level, 0 for the document's title."""

    level: int
    certain: bool
    why: Why


@dataclass(slots=True)
class _Body:
    """What the text between the headings looks like."""

    size: int
    sizes: frozenset[int]  # all sizes of which there is a good deal
    is_bold: bool
    is_capitals: bool


def headings(pieces: Sequence[Piece]) -> dict[int, Heading]:
    """Return the headings among the pieces, by their place."""
    found: dict[int, Heading] = {}
    for place, piece in enumerate(pieces):
        if isinstance(piece, Para) and not piece.note and (heading := _by_style(piece)):
            found[place] = heading
    body = _body(pieces, found)
    candidates = {
        place: why
        for place, piece in enumerate(pieces)
        if place not in found and isinstance(piece, Para) and (why := _stands_out(piece, body))
    }
    candidates = _with_text_below(pieces, found, candidates)
    if not any(heading.level == 0 for heading in found.values()):
        cover = _cover(pieces, found, candidates)
        title = cover[0] if cover else _title(pieces, found, candidates, body)
        for piece in pieces[: _end_of_cover(pieces, found)] if cover else ():
            _para(piece).on_cover = True
        if title is not None:
            found[title] = Heading(0, False, Why.FIRST_AND_LARGEST)
            others = set(cover) | {title}
            if not cover and not any(heading.level for heading in found.values()):
                others |= {place for place in candidates if _is_cover(place, title, candidates, pieces)}
            candidates = {place: why for place, why in candidates.items() if place not in others}
    found |= _levelled(pieces, found, candidates)
    return dict(sorted(found.items()))


def _by_style(piece: Para) -> Heading | None:
    if piece.is_contents or not piece.text:
        return None
    if piece.style.is_title:
        return Heading(0, True, Why.TITLE_STYLE)
    if piece.shape.level and len(piece.text) <= 4 * MOST_CHARACTERS:
        return Heading(piece.shape.level, True, Why.HEADING_STYLE)
    return None


def _body(pieces: Sequence[Piece], found: dict[int, Heading]) -> _Body:
    paragraphs = [
        piece
        for place, piece in enumerate(pieces)
        if isinstance(piece, Para) and place not in found and piece.text and not piece.style.is_code
    ]
    texts = [piece for piece in paragraphs if len(piece.text) > LONG] or paragraphs
    sizes: Counter[int] = Counter()
    bold = capitals = total = 0
    for piece in texts:
        length = len(piece.text)
        sizes[piece.look.size] += length
        bold += length if piece.look.bold else 0
        capitals += length if _is_capitals(piece) else 0
        total += length
    size = sizes.most_common(1)[0][0] if sizes else 0
    usual = frozenset(size for size, count in sizes.items() if count * MUCH > total)
    return _Body(size, usual, bold * 2 > total, capitals * 2 > total)


def _is_capitals(piece: Para) -> bool:
    return (piece.look.caps or piece.text.isupper()) and sum(map(str.isalpha, piece.text)) >= 4


def _stands_out(piece: Para, body: _Body) -> Why | None:
    """The reason why a paragraph may be a heading, or None."""
    text = piece.text
    look = piece.look
    is_numbered = piece.in_list and piece.ordered
    if (
        len(text) > MOST_CHARACTERS
        or piece.is_contents
        or piece.note
        or piece.style.is_code
        or piece.style.is_quote
        or (piece.in_list and not is_numbered)
        or not _WORD.search(text)
        or len(text.split()) > MOST_WORDS
        or CAPTION.match(text)
        or ALERT.match(text)
        or piece.style.name in ("caption", "header", "footer", "list paragraph" if not look.bold else "caption")
    ):
        return None
    if "\t" in text and not NUMBERED.match(text):
        return None
    marker = typed_marker(text)
    if marker and not marker.ordered:
        return None
    sentence = text[-1] in ".;,…" and not NUMBERED.fullmatch(text)
    larger = body.size and look.size >= body.size * LARGER and look.size > body.size + 1
    bold = look.bold and not body.is_bold
    larger = larger or (bold and look.size > body.size > 0)
    if sentence and (len(text.split()) > 8 or text[-1] in ";,"):
        return None
    if larger:
        if bold:
            return Why.BOLD_AND_LARGER
        return None if sentence or look.size in body.sizes else Why.LARGER
    if bold:
        return Why.BOLD
    if _NAMED.search(piece.style.name) and not sentence:
        return Why.STYLE_NAME
    if _is_capitals(piece) and not body.is_capitals and not sentence and not is_numbered:
        return Why.CAPITALS
    if look.underline and not sentence and not is_numbered and not any(getattr(run, "href", "") for run in piece.runs):
        return Why.UNDERLINED
    return Why.NUMBERED if CHAPTER.match(text) and not sentence and len(text.split()) <= 12 else None


def _kind(piece: Para, why: Why) -> tuple[object, ...]:
    """What makes two headings look alike."""
    return (piece.look.size, piece.look.bold, _is_capitals(piece), piece.look.underline, why is Why.NUMBERED)


def _with_text_below(pieces: Sequence[Piece], found: dict[int, Heading], candidates: dict[int, Why]) -> dict[int, Why]:
    """Candidates without those in a long row of their likes, and those with nothing under them to the very end."""
    kept = dict(candidates)
    row: list[int] = []
    for place in [*range(len(pieces)), len(pieces)]:
        piece = pieces[place] if place < len(pieces) else None
        if isinstance(piece, Para) and place in candidates:
            likes = not row or _kind(piece, candidates[place]) == _kind(_para(pieces[row[-1]]), candidates[row[-1]])
            if likes:
                row.append(place)
                continue
        if len(row) > MOST_IN_A_ROW:
            for one in row:
                if not CHAPTER.match(_para(pieces[one]).text):
                    kept.pop(one, None)
        row = [place] if isinstance(piece, Para) and place in candidates else []
    last = len(pieces) - 1
    while last >= 0 and last in kept and last not in found:
        if kept[last] in (Why.BOLD, Why.CAPITALS, Why.UNDERLINED, Why.NUMBERED, Why.STYLE_NAME):
            del kept[last]
        last -= 1
    return kept


def _para(piece: Piece) -> Para:
    assert isinstance(piece, Para)  # noqa: S101 -- only paragraphs are candidates
    return piece


def _title(pieces: Sequence[Piece], found: dict[int, Heading], candidates: dict[int, Why], body: _Body) -> int | None:
    """The document's title when no style names it: larger than all else, and before it."""
    first = [
        place
        for place, piece in enumerate(pieces[:12])
        if isinstance(piece, Para) and piece.text and not piece.first_page and not piece.repeated
    ]
    before_text = []
    for place in first:
        if place in found or (place not in candidates and len(_para(pieces[place]).text) > LONG):
            break
        before_text.append(place)
    possible = [place for place in before_text if place in candidates and not NUMBERED.match(_para(pieces[place]).text)]
    if not possible:
        return None
    largest = max(possible, key=lambda place: (_para(pieces[place]).look.size, -place))
    size = _para(pieces[largest]).look.size
    others = [
        _para(pieces[place]).look.size for place in [*candidates, *found] if place not in before_text or place > largest
    ]
    if any(other > size for other in others):
        return None
    alike = sum(1 for other in others if other == size)
    centred = _para(pieces[largest]).shape.align == "center"
    if alike and not (largest == first[0] and centred and candidates[largest] is not Why.NUMBERED):
        return None
    if CHAPTER.match(_para(pieces[largest]).text):
        return None
    return largest if size > body.size or (largest == first[0] and (centred or len(others) > 0)) else None


def _cover(pieces: Sequence[Piece], found: dict[int, Heading], candidates: dict[int, Why]) -> list[int]:
    """What stands out on a cover, the title first: short lines before a table of contents or the first heading.

    Only a document that has a table of contents or headings by style has a cover that can be told from its text.
    """
    end = _end_of_cover(pieces, found)
    before = [piece for piece in pieces[:end] if not isinstance(piece, Para) or (piece.text and not piece.first_page)]
    if len(before) > MOST_ON_COVER or any(
        not isinstance(piece, Para) or len(piece.text) > LONG * 2 for piece in before
    ):
        return []
    lines = [place for place in candidates if place < end and not CHAPTER.match(_para(pieces[place]).text)]

    def rank(place: int) -> tuple[bool, int, int]:
        line = _para(pieces[place])
        return len(line.text.split()) == 1, -line.look.size, place  # a single word is a stamp: `DRAFT`, `2012`

    return sorted(lines, key=rank)


def _end_of_cover(pieces: Sequence[Piece], found: dict[int, Heading]) -> int:
    ends = [place for place, heading in found.items() if heading.level]
    ends += [place for place, piece in enumerate(pieces) if isinstance(piece, Para) and piece.is_contents]
    return min(ends, default=0)


def _is_cover(place: int, title: int, candidates: dict[int, Why], pieces: Sequence[Piece]) -> bool:
    """Whether a line is on the cover with the title: next to it, with nothing but such lines between."""
    if CHAPTER.match(_para(pieces[place]).text) or NUMBERED.match(_para(pieces[place]).text):
        return False
    step = 1 if place > title else -1
    between = range(title + step, place, step)
    if not all(other in candidates for other in between):
        return False
    if place < title:
        return True
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    return place + 1 in candidates and following is not None and place - title < MOST_IN_A_ROW


def _depth(text: str) -> int:
    """How deep a typed number says that a heading is: `2.` is 1, `2.1.3` is 3; 0 when it says nothing."""
    match = NUMBERED.match(text)
    return match[1].count(".") + 1 if match and match[1] else 0


def _levelled(pieces: Sequence[Piece], found: dict[int, Heading], candidates: dict[int, Why]) -> dict[int, Heading]:
    """The candidates with levels: larger, in capitals and bold before what is less so; numbers count dots."""
    has_styles = any(heading.level for heading in found.values())

    def rank(place: int) -> tuple[object, ...]:
        piece = _para(pieces[place])
        chapter = CHAPTER.match(piece.text)
        word = 0 if chapter and chapter["part"] else 1 if chapter else 2
        return (
            -piece.look.size,
            not _is_capitals(piece),
            not piece.look.bold,
            word if not has_styles else 0,
            _depth(piece.text) or 1,
            not piece.look.underline,
        )

    levels = {key: level for level, key in enumerate(sorted({rank(place) for place in candidates}), 1)}
    given: dict[int, Heading] = {}
    above = styled = 0
    for place in sorted([*candidates, *found]):
        if place in found:
            styled = found[place].level or styled
            above = found[place].level
            continue
        level = styled + 1 if has_styles else min(levels[rank(place)], above + 1)
        level = max(1, min(DEEPEST if not has_styles else max(DEEPEST, styled), level))
        above = level
        sure = candidates[place] in (Why.BOLD_AND_LARGER,) and not has_styles
        given[place] = Heading(level, sure, candidates[place])
    return given
