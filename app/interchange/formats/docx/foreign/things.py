"""What reading a foreign Word file gives: blocks with the guess made of each, and what stood beside them.

Only the things. They say why a guess was made and what was left out, so that a preview can show it to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from app.core.errors import N_


class Guess(StrEnum):
    """What a block is taken for. The last kinds are a label that opens a typed block; see `correcting.py`."""

    TITLE = "title"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    FIGURE = "figure"
    DROPPED = "dropped"
    OBJECTIVES = "objectives"
    MATERIALS = "materials"
    ACTIVITY = "activity"
    CASE = "case"
    NOTE = "note"
    HANDOUT = "handout"
    QUESTION = "question"


HEADINGS = (Guess.HEADING1, Guess.HEADING2, Guess.HEADING3)
TYPED = frozenset(list(Guess)[list(Guess).index(Guess.OBJECTIVES) :])


class Why(Enum):
    """The reason for a guess, as a sentence."""

    text: str

    def __new__(cls, text: str) -> Why:
        made = object.__new__(cls)
        made._value_ = made.text = text
        return made

    TITLE_STYLE = N_("Word's own style for titles.")
    HEADING_STYLE = N_("Word's own style for headings.")
    FIRST_AND_LARGEST = N_("The largest words, before all others.")
    LARGER = N_("A short paragraph of its own, larger than the text.")
    BOLD_AND_LARGER = N_("A bold paragraph of its own, larger than the text.")
    BOLD = N_("A short bold paragraph of its own.")
    UNDERLINED = N_("A short underlined paragraph of its own.")
    CAPITALS = N_("A short paragraph of its own, in capitals.")
    NUMBERED = N_("Begins like a chapter, with a word or a number.")
    STYLE_NAME = N_("The name of its style says so.")
    WORDS = N_("Its first words say so.")
    TEXT = N_("Text.")
    QUOTED = N_("Word's own style for quotations.")
    CODE = N_("Word's own style for code.")
    WORD_LIST = N_("A list of Word's.")
    TYPED_LIST = N_("Bullets or numbers that were typed by hand.")
    BOXES = N_("Each line begins with a box to tick.")
    WORD_TABLE = N_("A table of Word's.")
    TABBED = N_("Lines with the same number of tab stops.")
    LAID_OUT = N_("It stood in a table that only places things on the page.")
    PICTURE = N_("A picture.")
    TEXT_BOX = N_("It stood in a text box.")
    FOOTNOTE = N_("A footnote; its number is in the text.")
    FIRST_PAGE = N_("Stands at the head of the first page only.")
    COVER = N_("Stands on the cover.")
    REPEATED = N_("Repeated on every page.")
    CONTENTS = N_("A table of contents; it is made anew when the manual is printed.")


class Reason(Enum):
    """Why something was left out, as a sentence."""

    text: str

    def __new__(cls, text: str) -> Reason:
        made = object.__new__(cls)
        made._value_ = made.text = text
        return made

    HEADER = N_("The line at the head of every page.")
    FOOTER = N_("The line at the foot of every page.")
    CONTENTS = N_("The table of contents; it is made anew when the manual is printed.")
    PICTURE_FORMAT = N_("A picture in a format that is not shown here, such as WMF or EMF. Save it as PNG.")
    PICTURE_OUTSIDE = N_("A picture that is not in the file but somewhere else; it was not fetched.")
    PICTURE_DAMAGED = N_("A picture that cannot be read.")
    HIDDEN = N_("Text that is hidden in Word.")
    CHART = N_("A chart; its figures are not in the text.")
    OBJECT = N_("Something of another program, such as a spreadsheet or a sound.")
    LINK = N_("A link that does not lead to a page or an address; its words stay.")
    PART = N_("Another document that is embedded or linked.")
    TEMPLATE = N_("A template that is somewhere else; it was not fetched.")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that is not in the text. `place` is the index of the block it stood in, None for none."""

    reason: Reason
    what: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """One block. `level` is the heading's, 1 to 6, that it is or would be; 0 for none.

    `box` numbers the text box or one-cell table around it, 0 for none. What is `DROPPED` keeps its Markdown, so that
    a person can bring it back.
    """

    index: int
    guess: Guess
    certain: bool
    why: Why
    markdown: str
    level: int = 0
    box: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin. `about` are the words it was made on, `date` as the file writes it.

    `name` is the file's own for it, and `parent` that of the one it answers.
    """

    author: str
    date: str
    text: str
    about: str
    place: int | None
    name: str = ""
    parent: str = ""
    resolved: bool = False


class ChangeKind(StrEnum):
    """What a tracked change did."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    FORMATTED = "formatted"


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change. The text has its result; `words` are what was inserted or deleted."""

    kind: ChangeKind
    author: str
    date: str
    words: str
    place: int | None


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A Word file as it was understood. `language` is a guess (`es`, `en`, …) or empty; nothing else was lost."""

    title: str
    blocks: tuple[Recognised, ...]
    images: Mapping[str, bytes] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    language: str = ""
