"""Versions X.Y.Z: reading, comparing, and computing the next one from what changed.

Releasing itself (who, when, why, what is missing) is not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from app.core.content import Block, Content, Digest, Kind, Language, Uid
from app.core.errors import N_, Refused
from app.core.merge.order import moved
from app.core.merge.sides import Part, Side

_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")
ASSESSED = frozenset({Kind.OBJECTIVES, Kind.QUESTION})


class BadVersion(Refused):
    """A version that is not three numbers."""

    text = N_("“%(version)s” is not a version: write three numbers, as in 1.2.0.")
    status = 422


class VersionTooLow(Refused):
    """A version lower than what changed asks for."""

    text = N_("Version %(wanted)s is too low: what changed asks for at least %(computed)s.")


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A release's number; compares as numbers, prints as `X.Y.Z`."""

    x: int
    y: int
    z: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read `X.Y.Z`; raise `BadVersion` for anything else."""
        found = _VERSION.fullmatch(text.strip())
        if not found:
            raise BadVersion(version=text)
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.x}.{self.y}.{self.z}"

    def raised(self, level: Level) -> Version:
        """The next version of that level."""
        return {
            Level.X: Version(self.x + 1, 0, 0),
            Level.Y: Version(self.x, self.y + 1, 0),
            Level.Z: Version(self.x, self.y, self.z + 1),
        }[level]


FIRST = Version(1, 0, 0)


class Level(IntEnum):
    """Which number a change raises; X is the highest."""

    Z = 1
    Y = 2
    X = 3


class Reason(Enum):
    """Why a version is raised: the level, and a sentence for people."""

    FIRST = Level.X, N_("This is the first release.")
    UNIT_REMOVED = Level.X, N_("A unit was removed.")
    OBJECTIVE_CHANGED = Level.X, N_("The objectives of a unit changed.")
    QUESTION_CHANGED = Level.X, N_("The questions of a unit changed.")
    MODULE_ADDED = Level.Y, N_("A module was added.")
    UNIT_ADDED = Level.Y, N_("A unit was added.")
    BLOCK_ADDED = Level.Y, N_("A paragraph was added.")
    BLOCK_REMOVED = Level.Z, N_("A paragraph was removed.")
    MOVED = Level.Z, N_("Something was moved.")
    WORDING = Level.Z, N_("The wording changed.")
    TRANSLATION = Level.Z, N_("A translation changed.")
    MINUTES = Level.Z, N_("The length of a unit changed.")
    NOTHING = Level.Z, N_("No text or order changed.")

    @property
    def level(self) -> Level:
        """The number it raises."""
        return self.value[0]

    @property
    def text(self) -> str:
        """The sentence, in English, to be translated where it is shown."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Bump:
    """The next version, the level that was raised, and why: each reason with the uids it was found in."""

    version: Version
    level: Level
    reasons: Mapping[Reason, tuple[Uid, ...]]

    def checked(self, wanted: Version) -> Version:
        """Return the version a person wants; raise `VersionTooLow` when it is lower than the computed one."""
        if wanted < self.version:
            raise VersionTooLow(wanted=wanted, computed=self.version)
        return wanted


def bump(
    current: Version | None, before: Content | None, after: Content, source_language: Language | None = None
) -> Bump:
    """Return the next version after `current`, by what changed between the two contents.

    X when the objectives or questions of a unit that stays changed, or a unit went; Y when a module, unit or block
    came; Z otherwise. A text in another language than `source_language` is a translation and raises Z; with None
    every language a block already had counts as its wording.
    """
    if current is None or before is None:
        return Bump(FIRST, Level.X, {Reason.FIRST: ()})
    found = _reasons(Side.of(before), Side.of(after), source_language) or {Reason.NOTHING: []}
    reasons = {reason: tuple(found[reason]) for reason in Reason if reason in found}
    level = max(reason.level for reason in reasons)
    return Bump(current.raised(level), level, reasons)


def _reasons(before: Side, after: Side, source: Language | None) -> dict[Reason, list[Uid]]:
    found: dict[Reason, list[Uid]] = {}

    def note(reason: Reason, uid: Uid) -> None:
        found.setdefault(reason, []).append(uid)

    for part, reason in ((Part.MODULE, Reason.MODULE_ADDED), (Part.UNIT, Reason.UNIT_ADDED)):
        for uid in after.items[part]:
            if uid not in before.items[part]:
                note(reason, uid)
    for uid, unit in before.units.items():
        if uid not in after.units:
            note(Reason.UNIT_REMOVED, uid)
        elif unit.minutes != after.units[uid].minutes:
            note(Reason.MINUTES, uid)
    for part in Part:
        for uid in sorted(moved(before.levels[part], after.levels[part])):
            note(Reason.MOVED, uid)
    old, new = before.blocks, after.blocks
    for uid, block in new.items():
        if uid not in old:
            in_old_unit = after.levels[Part.BLOCK].home[uid] in before.units
            note(_assessed(block) if in_old_unit and block.kind in ASSESSED else Reason.BLOCK_ADDED, uid)
        else:
            for reason in _text_reasons(old[uid], block, source):
                note(reason, uid)
    for uid, block in old.items():
        if uid not in new:
            in_unit_that_stays = before.levels[Part.BLOCK].home[uid] in after.units
            note(_assessed(block) if in_unit_that_stays and block.kind in ASSESSED else Reason.BLOCK_REMOVED, uid)
    return found


def _assessed(block: Block) -> Reason:
    return Reason.OBJECTIVE_CHANGED if block.kind is Kind.OBJECTIVES else Reason.QUESTION_CHANGED


def _text_reasons(old: Block, new: Block, source: Language | None) -> set[Reason]:
    """What the changed texts of one block count as."""
    counts: dict[Language, tuple[Digest | None, Digest | None]] = {
        language: (old.texts.get(language), new.texts.get(language)) for language in {**old.texts, **new.texts}
    }
    changed = {language for language, (was, now) in counts.items() if was != now}
    wording = {language for language in changed if source == language or (source is None and language in old.texts)}
    reasons = {Reason.TRANSLATION} if changed - wording else set()
    if wording or old.kind is not new.kind:
        assessed = next((block for block in (new, old) if block.kind in ASSESSED), None)
        reasons.add(_assessed(assessed) if assessed else Reason.WORDING)
    return reasons
