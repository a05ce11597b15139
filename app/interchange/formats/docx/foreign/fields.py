"""Word's fields: rows of marks around an instruction, which is not text, and a result, which is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from app.interchange.formats.docx.foreign.looks import VAL, W

_LINK = re.compile(r'^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"(?!\s*\\l)', re.IGNORECASE)
_CONTENTS = re.compile(r"^\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
MOST_OPEN = 30  # fields in fields; a file that opens more never closes them
_ON = frozenset({"1", "true", "on"})


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False
    shown: str = ""  # what is seen of a form's field unless its result has words


class Fields:
    """The fields that are open at one place of a part; they may begin in one paragraph and end in another."""

    def __init__(self) -> None:
        self.open: list[_Field] = []

    @property
    def hides(self) -> bool:
        """Whether what comes is an instruction."""
        return any(not field.has_result for field in self.open)

    @property
    def in_contents(self) -> bool:
        return any(_CONTENTS.match(field.instruction) for field in self.open)

    @property
    def href(self) -> str:
        return next((found for field in reversed(self.open) if (found := self.link(field.instruction))), "")

    @staticmethod
    def link(instruction: str) -> str:
        """The address in an instruction, or an empty text."""
        match = _LINK.match(instruction)
        return match[1] if match else ""

    def follow(self, element: etree._Element) -> str:
        """Take in one mark; return the text that a form's field shows and has not written (a tick box, a choice)."""
        kind = element.get(W + "fldCharType")
        if element.tag == W + "instrText":
            if self.open and not self.open[-1].has_result:
                self.open[-1].instruction += element.text or ""
        elif kind == "begin":
            shown = "" if self.hides else _shown(element)
            self.open = [*self.open[-MOST_OPEN:], _Field(shown=shown)]
        elif kind == "separate" and self.open:
            self.open[-1].has_result = True
        elif kind == "end" and self.open:
            return self.open.pop().shown
        return ""

    def said(self) -> None:
        """Words were met that are the result of the field that is open."""
        if self.open:
            self.open[-1].shown = ""

    def leave_contents(self) -> None:
        """Forget a table of contents that was never closed."""
        self.open = [field for field in self.open if not _CONTENTS.match(field.instruction)]

    def paragraph_ends(self) -> None:
        """Forget instructions that were never ended; no instruction goes on in the next paragraph but a contents'."""
        if any(not field.has_result for field in self.open):
            self.open = [field for field in self.open if field.has_result]


def _shown(begin: etree._Element) -> str:
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(W + "checked")
        state = box.find(W + "default") if state is None else state
        return "☑" if state is not None and state.get(VAL, "1") in _ON else "☐"
    choices = begin.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [str(entry.get(VAL) or "") for entry in choices.findall(W + "listEntry")]
    result = choices.find(W + "result")
    chosen = str(result.get(VAL)) if result is not None else "0"
    return entries[int(chosen)] if chosen.isdigit() and int(chosen) < len(entries) else "".join(entries[:1])
