"""What a sync plan says: one outcome per block, unit and module, why, and what may be answered.

Only the words and their tables are here; `planning` finds the outcomes, `applying` carries the answers out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property
from typing import TypeAlias

from app.core.content import Digest, Kind, Language, Lock, Uid
from app.core.errors import N_
from app.core.merge.order import Spot
from app.core.merge.sides import PLACE, Link, Part, Side
from app.core.prose import TextMerge


class Action(StrEnum):
    """What a sync does with a thing; the names are those of `vivero sync --json`."""

    UNCHANGED = "unchanged"
    SAME = "same"
    KEPT = "kept"
    TAKEN = "taken"
    MOVED = "moved"
    DELETED = "deleted"
    INSERTED = "inserted"
    PROPOSAL = "proposal"
    CAREFUL = "careful"
    CONFLICT = "conflict"


RANK = {action: i for i, action in enumerate(Action)}  # of several, the one that asks most of a person speaks
QUIET = frozenset({Action.UNCHANGED, Action.SAME, Action.KEPT})
RULE_ONE = QUIET | {Action.TAKEN, Action.MOVED, Action.DELETED, Action.INSERTED}


class Because(Enum):
    """Why an outcome is what it is, as a sentence for people."""

    NOTHING = N_("Nobody changed it.")
    ONLY_PARENT = N_("Only the original changed it.")
    ONLY_OURS = N_("Only this edition changed it.")
    BOTH_ALIKE = N_("Both changed it in the same way.")
    APART = N_("Both changed it, in different places.")
    CAREFUL = N_("Both changed it, and the changes may bear on each other. Read it carefully.")
    OVERLAP = N_("Both changed the same words.")
    BOTH_VALUES = N_("Both changed it, each in their own way.")
    VARIABLES = N_("The original changed only variables, and this edition uses its own.")
    HERE_ALREADY = N_("What the original changed would change nothing here.")
    FROZEN = N_("It is frozen here, so changes in the original are not taken.")
    DECLINED = N_("This text of the original was declined before and has not changed since.")
    FIXED_DIFFERS = N_("The original does not allow changes here, and this edition differs.")
    FIXED_DROPPED = N_("The original does not allow changes here, and this edition removed it.")
    NEW = N_("The original added it.")
    REMOVED = N_("The original removed it.")
    REMOVED_CHANGED = N_("The original removed it, and this edition changed it.")
    DROPPED = N_("This edition removed it.")
    DROPPED_CHANGED = N_("This edition removed it, and the original changed it.")
    BOTH_REMOVED = N_("Both removed it.")
    LOCAL = N_("It belongs to this edition alone.")
    BOTH_ADDED = N_("Both added it, with different texts.")
    TEXT_REMOVED = N_("The original removed the text in this language, and this edition changed it.")
    NO_TEXT_HERE = N_("This edition has no text of its own in this language here.")
    HOME_REMOVED = N_("The original removed the part it is in.")
    HOME_DROPPED = N_("This edition removed the part it is in.")
    MOVED = N_("The original moved it.")
    MOVED_HERE = N_("This edition moved it.")
    BOTH_MOVED = N_("Both moved it, to different places.")


ONLY_THEIRS = frozenset({Because.FIXED_DIFFERS, Because.FIXED_DROPPED})  # a lock leaves one answer, or later


@dataclass(frozen=True, slots=True)
class TextOutcome:
    """One language of a block (digests), one title of a module, or the minutes of a unit."""

    action: Action
    base: str | None
    parent: str | None
    child: str | None
    because: Because
    merge: TextMerge | None = None

    @property
    def asks(self) -> bool:
        """Whether something is waiting to be answered."""
        return self.action not in QUIET

    @property
    def safe(self) -> bool:
        """Whether it may be accepted in bulk."""
        return self.action in RULE_ONE and self.because not in ONLY_THEIRS


@dataclass(frozen=True, slots=True)
class MoveOutcome:
    """Where a thing stood, where the original has it, where this edition has it."""

    action: Action
    base: Spot | None
    parent: Spot | None
    child: Spot | None
    because: Because
    under: Uid | None = None

    @property
    def asks(self) -> bool:
        """Whether something is waiting to be answered."""
        return self.action not in QUIET

    @property
    def safe(self) -> bool:
        """Whether it may be accepted in bulk."""
        return self.action in RULE_ONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the sync says of one block, unit or module.

    `module` and `unit` are where it stands in this edition, else in the original. `whole` means it is answered as
    one thing, to be there or not; otherwise each of `texts` and `place` is answered by itself. `under` names the
    unit or module whose answer counts for this one too while it has none of its own. `lock` is the original's.
    """

    uid: Uid
    part: Part
    kind: Kind | None
    module: Uid | None
    unit: Uid | None
    action: Action
    because: Because
    texts: Mapping[str, TextOutcome]
    place: MoveOutcome | None = None
    whole: bool = False
    under: Uid | None = None
    safe: bool = True
    lock: Lock | None = None

    @property
    def asks(self) -> bool:
        """Whether something about it is waiting to be answered."""
        return self.action not in QUIET

    @property
    def aspects(self) -> list[str]:
        """What waits to be answered by itself: languages, `minutes`, `place`; nothing when the whole is answered."""
        if self.whole:
            return []
        open_texts = [aspect for aspect, text in self.texts.items() if text.asks]
        return [*open_texts, PLACE] if self.place and self.place.asks else open_texts


class Answer(StrEnum):
    """What a person may say to an outcome. For a place: theirs follows the move, ours stays."""

    THEIRS = "theirs"
    OURS = "ours"
    BOTH = "both"
    WRITTEN = "written"
    PROPOSAL = "proposal"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer, with the text when it was written."""

    answer: Answer
    text: str | None = None


THEIRS, OURS, BOTH, PROPOSAL, LATER = (
    Choice(answer) for answer in (Answer.THEIRS, Answer.OURS, Answer.BOTH, Answer.PROPOSAL, Answer.LATER)
)

Choices: TypeAlias = Mapping[Uid | tuple[Uid, str], Choice]  # (uid, language | "minutes" | "place") goes before uid


@dataclass(frozen=True)
class SyncPlan:
    """All outcomes in reading order, and what `apply` needs to carry out the answers."""

    outcomes: tuple[Outcome, ...]
    base: Side
    parent: Side
    child: Side
    links: Mapping[Uid, Link]
    languages: Sequence[Language]
    bodies: Callable[[Digest], str]

    @cached_property
    def by_uid(self) -> dict[Uid, Outcome]:
        """Every outcome by the uid it is about."""
        return {outcome.uid: outcome for outcome in self.outcomes}

    @property
    def asking(self) -> list[Outcome]:
        """The outcomes that wait for an answer, safe ones too."""
        return [outcome for outcome in self.outcomes if outcome.asks]

    def by_action(self, part: Part = Part.BLOCK) -> dict[Action, list[Outcome]]:
        """The outcomes of one part under each action, every action named."""
        result: dict[Action, list[Outcome]] = {action: [] for action in Action}
        for outcome in self.outcomes:
            if outcome.part is part:
                result[outcome.action].append(outcome)
        return result

    def safe_choices(self) -> dict[Uid | tuple[Uid, str], Choice]:
        """The answers that may be given in bulk: the original's, wherever rule 1 says so."""
        result: dict[Uid | tuple[Uid, str], Choice] = {}
        for outcome in self.asking:
            if outcome.whole and outcome.safe:
                result[outcome.uid] = THEIRS
            for aspect in outcome.aspects:
                part = outcome.place if aspect == PLACE else outcome.texts[aspect]
                if part is not None and part.safe:
                    result[outcome.uid, aspect] = THEIRS
        return result
