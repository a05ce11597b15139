"""What stands beside the text while it is read: comments, tracked changes, notes, and what was left out, with places.

A place is the serial number of the piece that was being read; `reading.py` makes it the index of a block.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from app.interchange.formats.characters import printable
from app.interchange.formats.docx.foreign.looks import W
from app.interchange.formats.docx.foreign.things import Change, ChangeKind, Comment, Dropped, Reason
from app.interchange.formats.docx.opening import OpenedFile
from app.interchange.formats.docx.threads import Threads

_TEXT = frozenset({W + "t", W + "delText"})
MOST_QUOTED = 300  # characters of the words that a comment is about, and of a change


class Margins:
    """Gathers all of it in the order in which it is met."""

    def __init__(self, opened: OpenedFile) -> None:
        self.opened = opened
        self.serial = 0
        self.comments: list[Comment] = []
        self.changes: list[Change] = []
        self.dropped: list[Dropped] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._ranges: dict[str, list[str]] = {}  # open comments, and the words they are about
        self._about: dict[str, str] = {}
        self._placed: set[str] = set()
        root = opened.tree(opened.related("comments"))
        self._threads = Threads(opened, root.findall(W + "comment") if root is not None else ())
        self._remarks: Mapping[str, etree._Element] = (
            {str(row.get(W + "id")): row for row in root.findall(W + "comment")} if root is not None else {}
        )

    def note_number(self, part: str, note_id: str) -> int:
        """The number of a footnote or endnote, counted in the order of the text."""
        return self._numbers.setdefault((part, note_id), len(self._numbers) + 1)

    def drop(self, reason: Reason, what: str) -> None:
        last = self.dropped[-1] if self.dropped else None
        if last and (last.reason, last.place) == (reason, self.serial) and reason is Reason.HIDDEN:
            self.dropped[-1] = Dropped(reason, last.what + what, self.serial)
        elif last is None or last != Dropped(reason, what, self.serial):
            self.dropped.append(Dropped(reason, what, self.serial))

    def drop_without_place(self, reason: Reason, what: str) -> None:
        self.dropped.append(Dropped(reason, what))

    def changed(self, kind: ChangeKind, mark: etree._Element | None, around: etree._Element | None = None) -> None:
        """Note a tracked change; neighbours by one hand on one day are one change."""
        if mark is None:
            return
        words = _words(mark if around is None else around)[:MOST_QUOTED]
        author, date = printable(str(mark.get(W + "author") or "")), str(mark.get(W + "date") or "")
        last = self.changes[-1] if self.changes else None
        if last and (last.kind, last.author, last.date, last.place) == (kind, author, date, self.serial):
            self.changes[-1] = Change(kind, author, date, (last.words + words)[:MOST_QUOTED], self.serial)
        elif words.strip():
            self.changes.append(Change(kind, author, date, words, self.serial))

    def follow(self, mark: etree._Element, begins: bool) -> None:
        """Begin or end the words that a comment is about."""
        name = str(mark.get(W + "id"))
        if begins and name in self._remarks:
            self._ranges[name] = []
        elif name in self._ranges:
            self._about[name] = "".join(self._ranges.pop(name)).strip()[:MOST_QUOTED]

    def heard(self, words: str) -> None:
        for said in self._ranges.values():
            if len(said) < MOST_QUOTED:
                said.append(words)

    def commented(self, name: str) -> None:
        """A comment's mark was met."""
        if name in self._remarks and name not in self._placed:
            self._placed.add(name)
            self.comments.append(self._comment(name, self.serial))

    def finish(self) -> None:
        """Comments that nothing refers to come without a place."""
        for name in self._remarks:
            if name not in self._placed:
                self.comments.append(self._comment(name, None))

    def _comment(self, name: str, place: int | None) -> Comment:
        row = self._remarks[name]
        text = "\n".join(_words(paragraph).strip() for paragraph in row.iter(W + "p")).strip()
        about = self._about.get(name) or "".join(self._ranges.get(name, [])).strip()[:MOST_QUOTED]
        author = printable(str(row.get(W + "author") or row.get(W + "initials") or ""))
        ids = self._threads.ids_in(row)
        parent, resolved = self._threads.parent(ids), self._threads.is_settled(ids)
        return Comment(author, str(row.get(W + "date") or ""), text, about, place, name, parent, resolved)


def _words(element: etree._Element) -> str:
    return printable("".join(child.text or "" for child in element.iter() if child.tag in _TEXT))
