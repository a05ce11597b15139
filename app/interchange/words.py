"""The words people see for files that come in: their states, what was found in them, what a block was taken for."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from app.core.errors import N_

from .formats.docx.foreign.things import ChangeKind, Guess
from .models import ImportState

STATES: dict[ImportState, tuple[str, str]] = {
    ImportState.WAITING: ("clock", N_("being read")),
    ImportState.PREVIEWED: ("flag", N_("waits for you")),
    ImportState.BRINGING: ("clock", N_("being brought in")),
    ImportState.BROUGHT: ("check", N_("brought in")),
    ImportState.DISCARDED: ("leaf-gone", N_("set aside")),
    ImportState.FAILED: ("wilting", N_("could not be read")),
}
WHAT: dict[str, str] = {
    "comment": N_("Comment"),
    "text": N_("Changed words"),
    "picture": N_("Picture"),
    "header": N_("Header or footer"),
    "formatting": N_("Colours or sizes"),
    "note": N_("Footnote"),
    "box": N_("Text box"),
    "change": N_("Another text"),
    "insert": N_("A new paragraph"),
    "remove": N_("To take it out"),
    "move": N_("Another place"),
}
GUESSES: dict[Guess, str] = {
    Guess.TITLE: N_("Title of the manual"),
    Guess.HEADING1: N_("Heading 1"),
    Guess.HEADING2: N_("Heading 2"),
    Guess.HEADING3: N_("Heading 3"),
    Guess.PARAGRAPH: N_("Paragraph"),
    Guess.LIST: N_("List"),
    Guess.TABLE: N_("Table"),
    Guess.FIGURE: N_("Picture"),
    Guess.OBJECTIVES: N_("Objectives begin here"),
    Guess.MATERIALS: N_("Materials begin here"),
    Guess.ACTIVITY: N_("An activity begins here"),
    Guess.CASE: N_("A case study begins here"),
    Guess.NOTE: N_("A note for the facilitator begins here"),
    Guess.HANDOUT: N_("A handout begins here"),
    Guess.QUESTION: N_("A question begins here"),
    Guess.DROPPED: N_("Leave it out"),
}
CHANGES: dict[ChangeKind, str] = {
    ChangeKind.INSERTED: N_("put in"),
    ChangeKind.DELETED: N_("taken out"),
    ChangeKind.MOVED: N_("moved"),
    ChangeKind.FORMATTED: N_("looks otherwise"),
}


def state(of: ImportState) -> tuple[str, str]:
    """How far a file is: its drawing and its words."""
    picture, text = STATES[of]
    return picture, str(gettext(text))


def what(name: str) -> str:
    """What something without a place is."""
    return str(gettext(WHAT.get(name, WHAT["text"])))


def guess(of: Guess) -> str:
    """What a block is taken for."""
    return str(gettext(GUESSES[of]))


def change(of: ChangeKind) -> str:
    """What a tracked change did."""
    return str(gettext(CHANGES[of]))


def said(text: str, parts: dict[str, Any] | None = None) -> str:
    """A kept sentence with its parts, in the reader's language."""
    found = str(gettext(text))
    return found % parts if parts else found
