"""A Word file made by anyone, as blocks with the guess made of each: `read_foreign`.

The order of the work: open within bounds, walk, arrange tables, find headings and lists, write Markdown block by block.
Correcting the guesses is `correcting.py`, modules and units are `units.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.interchange.formats.docx.foreign.around import Notes, file_title, not_in, outside_parts, page_lines
from app.interchange.formats.docx.foreign.arranging import arranged
from app.interchange.formats.docx.foreign.blocks import Blocks
from app.interchange.formats.docx.foreign.looks import Looks, W
from app.interchange.formats.docx.foreign.margins import Margins
from app.interchange.formats.docx.foreign.numbering import Numbering
from app.interchange.formats.docx.foreign.pictures import PICTURE_NAME, Pictures
from app.interchange.formats.docx.foreign.things import HEADINGS, Dropped, ForeignDocument, Guess, Reason, Recognised
from app.interchange.formats.docx.foreign.walking import Walker
from app.interchange.formats.docx.foreign.words import language_of
from app.interchange.formats.docx.opening import USUAL_LIMITS, Damaged, Limits, OpenedFile, open_word
from app.interchange.formats.inline import parse_inline
from app.interchange.formats.nodes import plain


def read_foreign(data: bytes, name: str = "", *, limits: Limits = USUAL_LIMITS) -> ForeignDocument:
    """Return a Word file as blocks and what was recognised in it, or raise `opening.UnreadableWordFile`.

    Tracked changes are taken as accepted, and reported. Nothing is left out in silence: it is in `dropped`, or a
    block of the kind `Guess.DROPPED`.
    """
    return read_opened(open_word(data, name, limits))


def read_opened(opened: OpenedFile) -> ForeignDocument:
    """Return an opened Word file as blocks and what was recognised in it."""
    root = opened.tree(opened.document)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Damaged(part=opened.document)
    looks, numbering = Looks(opened.tree(opened.related("styles"))), Numbering(opened.tree(opened.related("numbering")))
    pictures, margins = Pictures(opened), Margins(opened)

    def reader_of(part: str) -> Walker:
        return Walker(looks, numbering, pictures, margins, part)

    walker = reader_of(opened.document)
    pieces = arranged(walker.walk(body) + walker.rest(), walker.boxes)
    last = margins.serial
    first_page, repeated = page_lines(opened, body, margins, reader_of)
    notes = Notes(opened, margins, reader_of)
    margins.serial = last
    blocks = Blocks(notes)
    blocks.write([*not_in(first_page, pieces), *pieces, *repeated])
    margins.finish()
    for reason, what in outside_parts(opened):
        margins.dropped.append(Dropped(reason, what))
    return _document(opened, blocks, margins, pictures.kept, looks.language)


def _document(
    opened: OpenedFile, blocks: Blocks, margins: Margins, images: Mapping[str, bytes], language: str
) -> ForeignDocument:
    found = tuple(blocks.found)
    shown = {name for block in found for name in PICTURE_NAME.findall(block.markdown)}
    place = _Places(blocks.places)
    dropped = [replace(one, place=place.of(one.place)) for one in margins.dropped]
    if any(block.guess is Guess.DROPPED for block in found) and blocks.has_contents:
        at = next((block.index for block in found if block.why.name == "CONTENTS"), None)
        dropped.append(Dropped(Reason.CONTENTS, "", at))
    return ForeignDocument(
        title=_title(found) or file_title(opened),
        blocks=found,
        images={name: data for name, data in images.items() if name in shown},
        comments=tuple(replace(comment, place=place.of(comment.place)) for comment in margins.comments),
        changes=tuple(replace(change, place=place.of(change.place)) for change in margins.changes),
        dropped=tuple(dropped),
        language=language_of((block.markdown for block in found if block.guess is not Guess.DROPPED), language),
    )


class _Places:
    """From the serial number of a paragraph to the index of its block, or of the one before it."""

    def __init__(self, places: Mapping[int, int]) -> None:
        self.serials = sorted(places)
        self.places = places

    def of(self, serial: int | None) -> int | None:
        if not serial or not self.serials:
            return None
        at = bisect_right(self.serials, serial) - 1
        return self.places[self.serials[max(0, at)]]


def _title(blocks: Sequence[Recognised]) -> str:
    """The words of the title, or of the only heading of the first level."""
    titles = [block for block in blocks if block.guess is Guess.TITLE]
    heads = [block for block in blocks if block.guess is HEADINGS[0]]
    found = titles[:1] or (heads if len(heads) == 1 else [])
    return plain(parse_inline(found[0].markdown.lstrip("# "))) if found else ""
