"""A cell is one block in one language: its state as people set it, and its status with staleness taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.content import Digest, Language, Uid

from .staleness import Staleness


class State(StrEnum):
    """What people say of a cell. It counts for the text it was said of, and no longer."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    NOT_APPLICABLE = "not_applicable"
    ORAL_ONLY = "oral_only"


class Status(StrEnum):
    """How a cell stands: what is computed, else what people say of it."""

    MISSING = "missing"
    STALE_MAJOR = "stale_major"
    STALE_MINOR = "stale_minor"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    NOT_APPLICABLE = "not_applicable"
    ORAL_ONLY = "oral_only"
    CARRIED = "carried"  # a variant without a text of its own here: the wider language speaks
    WRITTEN = "written"  # there is no source text: this language was written first


WITHOUT_TEXT = frozenset({State.NOT_APPLICABLE, State.ORAL_ONLY})
DONE = frozenset({Status.APPROVED, Status.NOT_APPLICABLE, Status.ORAL_ONLY, Status.CARRIED, Status.WRITTEN})
_STALE = {Staleness.MINOR: Status.STALE_MINOR, Staleness.MAJOR: Status.STALE_MAJOR}


@dataclass(frozen=True, slots=True)
class Cell:
    """One block in one language. Digests are "" where there is no text; `settled` when the text came approved."""

    uid: Uid
    language: Language
    source: Digest
    target: Digest
    carried: bool = False  # a wider language has a text
    settled: bool = False


def status_of(cell: Cell, staleness: Staleness, state: State | None) -> Status:
    """Return how a cell stands. `state` is the newest that was said of this very text (or of there being none)."""
    if not cell.target:
        if state in WITHOUT_TEXT:
            return Status(state)
        return Status.CARRIED if cell.carried else Status.MISSING
    if not cell.source:
        return Status.WRITTEN
    if staleness is not Staleness.FRESH:
        return _STALE[staleness]
    if state is not None and state not in WITHOUT_TEXT:
        return Status(state)
    return Status.APPROVED if cell.settled else Status.DRAFT


@dataclass(frozen=True, slots=True)
class Count:
    """How many cells stand in each way."""

    missing: int = 0
    stale_major: int = 0
    stale_minor: int = 0
    draft: int = 0
    in_review: int = 0
    approved: int = 0
    not_applicable: int = 0
    oral_only: int = 0
    carried: int = 0
    written: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, name) + getattr(other, name) for name in _NAMES))

    @property
    def total(self) -> int:
        """All cells."""
        return sum(getattr(self, name) for name in _NAMES)

    @property
    def done(self) -> int:
        """The cells that nobody has to touch."""
        return sum(getattr(self, status) for status in DONE)

    @property
    def stale(self) -> int:
        """The cells whose source has changed since."""
        return self.stale_major + self.stale_minor

    @property
    def share(self) -> float | None:
        """The share of cells that are done, from 0 to 1; None when there are none."""
        return self.done / self.total if self.total else None


_NAMES = tuple(Count.__dataclass_fields__)


def count(statuses: Iterable[Status]) -> Count:
    """Count cells by how they stand."""
    found = dict.fromkeys(_NAMES, 0)
    for status in statuses:
        found[status] += 1
    return Count(**found)
