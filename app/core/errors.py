"""What a rule says when it turns something down. Nothing here knows of pages, commands or databases."""

from __future__ import annotations

from typing import Any, ClassVar


def N_(text: str) -> str:  # gettext's customary name for "mark for translation, translate later"
    """Mark a sentence for the translation catalogues; it is translated where it is shown."""
    return text


class Refused(Exception):
    """A request that a rule turns down, in one sentence for people.

    A subclass per reason carries the English source sentence in `text`, with named parts such as `%(name)s`;
    whoever shows it translates the sentence and fills the parts. `str()` gives the English one.
    """

    text: ClassVar[str] = N_("This cannot be done.")
    status: ClassVar[int] = 409

    def __init__(self, **parts: Any) -> None:
        self.parts = parts
        super().__init__(self.text % parts if parts else self.text)


class BadFile(Refused):
    """A file or text that cannot be read; names the file and the line at fault where they are known."""

    text = N_("%(file)s, line %(line)s: %(problem)s")
    status = 422

    def __init__(self, problem: Refused, file: str = "", line: int = 0) -> None:
        self.problem, self.file, self.line = problem, file, line
        super().__init__(problem=problem, file=file or "-", line=line)
