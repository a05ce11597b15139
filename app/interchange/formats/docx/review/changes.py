"""What a reviewed Word file comes back as: changes, remarks, and what could not be placed. Only the things.

How they are found is the business of the modules beside this one, what becomes of them that of whoever asked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.core.errors import N_
from app.interchange.formats.docx.review.carrier import Origin

NOT_A_BLOCK = N_("This is not part of any block; the edition's own pages change it.")
NO_SUCH_BLOCK = N_("The block that this stands in is no longer part of the edition.")
OTHER_TEXT = N_("The block has changed since the file was made, so the change cannot be put into it.")
IN_A_HEADER = N_("Headers and footers are made anew for every file.")
IN_A_NOTE = N_("Footnotes and endnotes have no place in a block.")
IN_A_BOX = N_("Text boxes have no place in a block.")
ANOTHER_PICTURE = N_("A picture was put in or replaced; add it to the edition's pictures and use it from there.")
ONLY_A_LOOK = N_("Colours, sizes and spacing are not kept in a block; its words did not change.")
NO_ANCHOR = N_("The comment is attached to nothing in the text.")


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed or remarked something, and when last; `at` is None when the file does not say."""

    name: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one author, or several whose changes lie within each other, made of a block. None for untracked edits."""

    authors: tuple[Author, ...]
    after: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block that came back with other words. `before` and `after` are Markdown with variables as variables.

    `after` has all tracked changes accepted and all untracked edits in it; `tracked` says that there are no untracked
    ones. `parts` has what each author proposes alone, when there are several. `overwritten` names the variables whose
    value was edited: there `after` has the words in place of the variable.
    """

    uid: str
    language: str
    before: str
    after: str
    authors: tuple[Author, ...] = ()
    tracked: bool = False
    parts: tuple[Proposal, ...] = ()
    overwritten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text that stands between blocks: `after` is the uid of the block before it, None at the very beginning."""

    after: str | None
    text: str
    authors: tuple[Author, ...] = ()
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """A block of which nothing is left."""

    uid: str
    before: str
    authors: tuple[Author, ...] = ()
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A block that stands somewhere else: behind `after`, None at the very beginning."""

    uid: str
    after: str | None
    authors: tuple[Author, ...] = ()
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. `uid` is None when it is about a title page or heading that is no block; `parent` is a remark's id."""

    id: str
    uid: str | None
    author: str
    at: dt.datetime | None
    text: str
    quote: str = ""
    parent: str | None = None
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that was found and has no place: what it is, whose, its words, and a sentence that says why."""

    what: str
    author: str
    at: dt.datetime | None
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All that a reviewed file says. A file that nobody touched says nothing but where it is from."""

    origin: Origin
    changes: tuple[BlockChange, ...] = ()
    inserted: tuple[Insertion, ...] = ()
    removed: tuple[Removal, ...] = ()
    moved: tuple[Move, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def is_untouched(self) -> bool:
        """Whether nothing came back but the text as it went out."""
        return not (self.changes or self.inserted or self.removed or self.moved or self.remarks or self.unplaced)
