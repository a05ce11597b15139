"""What translators' files carry, as values: what goes out and what comes back. No format is known here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refused

from . import faults


class State(StrEnum):
    """How far the translation of a block has come."""

    MISSING = "missing"
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    STALE = "stale"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Segment:
    """A block and its translation: `target` is "" when there is none, `previous_source` what it was made from.

    `unit` is the uid of the block's unit; `note` is for whoever translates and does not come back.
    """

    uid: str
    source: str
    target: str = ""
    state: State = State.MISSING
    unit: str = ""
    unit_title: str = ""
    kind: str = ""
    note: str = ""
    previous_source: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Which edition a file was made from, and at which revision; parts that a file does not say are "".

    `made` is when that revision was made, as gettext writes a moment.
    """

    slug: str = ""
    region: str = ""
    version: str = ""
    revision: str = ""
    source_language: str = ""
    target_language: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """An edition's blocks in two languages, as they go out."""

    header: Header
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class IncomingSegment:
    """A translation as it came back; `line` counts from 1, `comments` are those of the translators.

    `uid` is "" where a tool has left out what it belongs to; its source may still say it.
    """

    uid: str
    source: str
    target: str
    state: State
    line: int
    comments: tuple[str, ...] = ()
    previous_source: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, at a line counted from 1; 0 when it is the file as a whole.

    `fault` is the sentence (`fault.text` with `fault.parts`); it is not raised, since the rest of the file is good.
    """

    line: int
    fault: Refused


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that could be read of a file, and what could not."""

    header: Header
    segments: tuple[IncomingSegment, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation in a memory; `uid` names the block it comes from, "" when that is not known."""

    source_language: str
    target_language: str
    source: str
    target: str
    uid: str = ""


class Enough(Exception):
    """Enough problems were found; the rest of the file is not read."""


MOST_PROBLEMS = 500
MOST_TEXTS = 50_000  # of one file; the largest curriculum has some thousands


class Problems:
    """Gathers problems; ends the reading of a file that is not what it should be with `Enough`."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, line: int, fault: Refused) -> None:
        if len(self.found) >= MOST_PROBLEMS:
            raise Enough
        self.found.append(Problem(line, fault))

    def check_room(self, line: int, texts: int) -> None:
        """End the reading of a file that has more texts than any of ours could."""
        if texts >= MOST_TEXTS:
            self.add(line, faults.TooManyTexts(most=MOST_TEXTS))
            raise Enough

    @contextmanager
    def until_enough(self) -> Iterator[None]:
        """A stretch of reading that ends early and quietly when there are too many problems."""
        with suppress(Enough):
            yield

    def sorted(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.found, key=lambda problem: problem.line))
