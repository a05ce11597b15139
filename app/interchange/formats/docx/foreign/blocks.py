"""Pieces to blocks: each with its guess, the reason for it and its Markdown. Footnotes follow the block they are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.interchange.formats.docx.foreign import writing
from app.interchange.formats.docx.foreign.around import Notes
from app.interchange.formats.docx.foreign.headings import Heading, headings
from app.interchange.formats.docx.foreign.lists import (
    Item,
    Marker,
    depths,
    mark_of,
    typed_items,
    typed_marker,
    without_marker,
)
from app.interchange.formats.docx.foreign.pieces import Grid, Para, Piece, paragraphs_of
from app.interchange.formats.docx.foreign.things import HEADINGS, Guess, Recognised, Why
from app.interchange.formats.docx.foreign.words import CAPTION, typed_label
from app.interchange.formats.nodes import Picture, Run

_MOST_CAPTION = 300
_CONTINUED = 280  # twips of indentation of a paragraph that goes on in a list


class Blocks:
    """Writes the pieces of a document one after the other. `places` gives the block of a piece's serial number."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.found: list[Recognised] = []
        self.places: dict[int, int] = {}
        self.has_contents = False
        self.pieces: Sequence[Piece] = ()
        self.headings: dict[int, Heading] = {}
        self.typed: dict[int, Marker] = {}

    def write(self, pieces: Sequence[Piece]) -> None:
        """Write all pieces."""
        self.pieces = pieces
        self.headings = headings(pieces)
        self.typed = typed_items(pieces, set(self.headings))
        at = 0
        while at < len(pieces):
            end = max(self._block(at), at + 1)
            for piece in pieces[at:end]:
                for paragraph in paragraphs_of([piece]):
                    self.places.setdefault(paragraph.serial, max(0, len(self.found) - 1))
                self.places.setdefault(piece.serial, max(0, len(self.found) - 1))
            self._notes(pieces[at:end])
            at = end

    def _block(self, at: int) -> int:
        """Write the block that begins at a place; return the place after it."""
        piece = self.pieces[at]
        if isinstance(piece, Grid):
            why = Why.TABBED if piece.by_tabs else Why.WORD_TABLE
            self._add(Guess.TABLE, not piece.by_tabs, why, writing.table(piece), box=piece.box)
            return at + 1
        if piece.repeated or piece.is_contents:
            return self._left_out(at, piece)
        if at in self.headings:
            return self._heading(at, piece, self.headings[at])
        if self._is_item(at):
            return self._list(at)
        if piece.style.is_code or piece.style.is_quote:
            return self._alike(at, piece)
        if piece.pictures and not piece.text:
            return self._figures(at, piece)
        self._text(piece)
        return at + 1

    def _add(self, guess: Guess, certain: bool, why: Why, markdown: str, level: int = 0, box: int = 0) -> None:
        if markdown.strip():
            self.found.append(Recognised(len(self.found), guess, certain, why, markdown, level, box))

    def _text(self, piece: Para) -> None:
        why = (
            Why.FIRST_PAGE if piece.first_page
            else Why.COVER if piece.on_cover
            else Why.TEXT_BOX if piece.in_text_box
            else Why.LAID_OUT if piece.laid_out
            else Why.TEXT
        )  # fmt: skip
        label = typed_label(piece.text) if piece.text.endswith(":") or piece.look.bold else None
        markdown = writing.paragraph(piece.runs)
        if piece.label:
            markdown = writing.as_text(f"{piece.label} {markdown}")
        if label and not piece.pictures:
            self._add(label, False, Why.WORDS, markdown, 0, piece.box)
        else:
            self._add(Guess.PARAGRAPH, why is Why.TEXT, why, markdown, 0, piece.box)

    def _heading(self, at: int, piece: Para, heading: Heading) -> int:
        level = max(1, heading.level)
        pictures = [run for run in piece.runs if isinstance(run, Picture)]
        words = [run for run in piece.runs if isinstance(run, Run)]
        markdown = writing.heading(words, level, writing.inline([Run(piece.label)]) if piece.label else "")
        label = typed_label(piece.text)
        if heading.level == 0:
            self._add(Guess.TITLE, heading.certain, heading.why, markdown, 1, piece.box)
        elif label:
            self._add(label, False, Why.WORDS, markdown, level, piece.box)
        else:
            guess = HEADINGS[min(level, 3) - 1]
            self._add(guess, heading.certain, heading.why, markdown, level, piece.box)
        for picture in pictures:
            self._add(Guess.FIGURE, True, Why.PICTURE, writing.inline([picture]), box=piece.box)
        return at + 1

    def _left_out(self, at: int, piece: Para) -> int:
        """Lines of a table of contents, or one repeated line: kept aside as one block."""
        end = at
        lines: list[str] = []
        while end < len(self.pieces):
            one = self.pieces[end]
            if not isinstance(one, Para) or (one.repeated, one.is_contents) != (piece.repeated, piece.is_contents):
                break
            lines.append(writing.paragraph(one.runs))
            end += 1
            if piece.repeated:
                break
        self.has_contents = self.has_contents or piece.is_contents
        why = Why.REPEATED if piece.repeated else Why.CONTENTS
        self._add(Guess.DROPPED, True, why, "  \n".join(line for line in lines if line.strip()))
        return end

    def _alike(self, at: int, piece: Para) -> int:
        end = at
        taken: list[Para] = []
        while end < len(self.pieces):
            one = self.pieces[end]
            kind = isinstance(one, Para) and (
                one.style.is_code,
                one.style.is_quote,
                one.in_list or end in self.headings,
            )
            if not isinstance(one, Para) or kind != (piece.style.is_code, piece.style.is_quote, False):
                break
            taken.append(one)
            end += 1
        write, why = (writing.code, Why.CODE) if piece.style.is_code else (writing.quote, Why.QUOTED)
        self._add(Guess.PARAGRAPH, True, why, write(taken), box=piece.box)
        return end

    def _figures(self, at: int, piece: Para) -> int:
        """Pictures that stand alone, and the caption of the last one."""
        following = self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        caption = ""
        if isinstance(following, Para) and following.text and not following.pictures and not following.notes:
            is_one = following.style.name == "caption" or bool(CAPTION.match(following.text))
            words = writing.inline([Run(following.text.replace("\n", " "))])
            caption = words if is_one and '"' not in words and len(words) <= _MOST_CAPTION else ""
        for picture in piece.pictures:
            shown = writing.inline([picture])
            if caption and picture is piece.pictures[-1] and shown.endswith(")"):
                shown = f'{shown[:-1]} "{caption}")'
            self._add(Guess.FIGURE, True, Why.PICTURE, shown, box=piece.box)
        return at + 2 if caption else at + 1

    def _is_item(self, at: int) -> bool:
        piece = self.pieces[at] if at < len(self.pieces) else None
        if not isinstance(piece, Para) or at in self.headings or piece.is_contents or piece.repeated:
            return False
        return (piece.in_list and bool(piece.text or piece.pictures)) or at in self.typed

    def _list(self, at: int) -> int:
        """Items that follow each other and the paragraphs that go on in them; a number that restarts is a new list."""
        end = at
        group: list[tuple[Para, Marker | None]] = []
        while end < len(self.pieces):
            piece = self.pieces[end]
            if not isinstance(piece, Para):
                break
            if self._is_item(end):
                marker = self.typed.get(end)
                if group and (piece.box != group[0][0].box or _restarts(piece, marker, group)):
                    break
                group.append((piece, marker))
            elif not self._goes_on(end, group):
                break
            else:
                group.append((piece, Marker(-1)))
            end += 1
        typed = [
            piece.shape.left - max(0, piece.shape.hanging) for piece, marker in group if marker and marker.length >= 0
        ]
        deep = iter(depths(typed))
        items: list[Item] = []
        for piece, marker in group:
            items.append(self._item(piece, marker, items[-1].depth if items else 0, deep))
        is_typed = any(marker and marker.length > 0 for _, marker in group)
        why = Why.TYPED_LIST if is_typed else Why.WORD_LIST
        if is_typed and all(item.mark.endswith("]") for item in items):
            why = Why.BOXES
        self._add(Guess.LIST, not is_typed, why, writing.items(items), box=group[0][0].box)
        return end

    def _item(self, piece: Para, marker: Marker | None, before: int, deep: Iterator[int]) -> Item:
        if marker is None:
            own = typed_marker(piece.text)
            if own and own.box:
                return Item(max(0, piece.shape.depth), f"- {own.box}", without_marker(piece.runs, own.length), "")
            mark = f"{piece.counted}." if piece.ordered else "- [ ]" if piece.box_bullet else "-"
            return Item(max(0, piece.shape.depth), mark, list(piece.runs), piece.shape.number_id)
        if marker.length < 0:
            return Item(before, "", list(piece.runs), "")
        mark, words = mark_of(marker)
        runs = without_marker(piece.runs, marker.length)
        return Item(next(deep), mark, [Run(words), *runs] if words else runs, "")

    def _goes_on(self, at: int, group: list[tuple[Para, Marker | None]]) -> bool:
        """Whether a paragraph without a mark goes on in the item before it: indented, and the list follows."""
        piece, following = self.pieces[at], self.pieces[at + 1] if at + 1 < len(self.pieces) else None
        last = next((para for para, marker in reversed(group) if marker is None), None)
        if not isinstance(piece, Para) or last is None or at in self.headings or piece.is_contents or piece.repeated:
            return False
        if piece.style.name.startswith("list continue"):
            return True
        return (
            piece.shape.left >= _CONTINUED
            and piece.box == last.box
            and isinstance(following, Para)
            and self._is_item(at + 1)
            and following.shape.number_id == last.shape.number_id
            and following.counted > 1
        )

    def _notes(self, pieces: Sequence[Piece]) -> None:
        for paragraph in paragraphs_of(pieces):
            for note in paragraph.notes:
                if found := self.notes.text(note):
                    number, paragraphs = found
                    words = "  \n".join(writing.inline(one.runs) for one in paragraphs)
                    self._add(Guess.PARAGRAPH, True, Why.FOOTNOTE, writing.as_text(f"\\[{number}\\] {words.strip()}"))
                    self._notes(paragraphs)


def _restarts(piece: Para, marker: Marker | None, group: Sequence[tuple[Para, Marker | None]]) -> bool:
    """Whether an item cannot be in the list that is open: other marks, or a number that does not go on."""
    first, first_marker = group[0]
    if marker:
        if first_marker is None or marker.ordered != first_marker.ordered or bool(marker.box) != bool(first_marker.box):
            return piece.shape.left <= first.shape.left
        if not marker.number or piece.shape.left > first.shape.left:
            return False
        last = next((one.number for para, one in reversed(group) if one and para.shape.left <= first.shape.left), 0)
        return marker.number != last + 1
    depth = max(0, piece.shape.depth)
    if depth > max(0, first.shape.depth):
        return False
    if first_marker is not None or piece.ordered != first.ordered:
        return True
    likes = (para for para, one in reversed(group) if one is None and max(0, para.shape.depth) <= depth)
    return piece.ordered and piece.counted != next(likes, piece).counted + 1
