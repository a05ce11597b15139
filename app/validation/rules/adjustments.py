"""How weighty a change is that was made while people try an edition: minor, or major so that it is tried again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from app.core.content import Kind, Language, Uid, Unit
from app.core.errors import N_, Refused

SMALL_MINUTES = 15
_LAW = re.compile(r"law(_|\Z)")
_MARK = re.compile(r"\b([TP][1-9]\d{0,8}-[1-9]\d{0,5})\b")


class Grade(StrEnum):
    """Whether a change asks for validating again."""

    MINOR = "minor"
    MAJOR = "major"


class Reason(StrEnum):
    """What a change touches."""

    OBJECTIVES = "objectives"
    ASSESSMENT = "assessment"
    ORDER = "order"
    LEGAL = "legal"
    STRUCTURE = "structure"
    TIMING = "timing"
    LITTLE_TIME = "little_time"
    EXAMPLE = "example"
    IMAGE = "image"
    WORDING = "wording"
    TRANSLATION = "translation"


MAJOR = frozenset({Reason.OBJECTIVES, Reason.ASSESSMENT, Reason.ORDER, Reason.LEGAL, Reason.STRUCTURE, Reason.TIMING})
TOUCHED: Mapping[Kind, Reason] = {
    Kind.OBJECTIVES: Reason.OBJECTIVES,
    Kind.QUESTION: Reason.ASSESSMENT,
    Kind.PLAN: Reason.ORDER,
    Kind.SOURCES: Reason.LEGAL,
    Kind.CASE: Reason.EXAMPLE,
    Kind.FIGURE: Reason.IMAGE,
}
STRUCTURAL = frozenset({Kind.OBJECTIVES, Kind.QUESTION, Kind.PLAN, Kind.ACTIVITY})


class NoSuchAdjustment(Refused):
    text = N_("There is no such adjustment, or it belongs to another edition.")
    status = 404


class NeedsLoweringReason(Refused):
    text = N_("What was worked out is a major change. Please say why it is none; the reason is kept beside it.")
    status = 422


class UnknownGrade(Refused):
    text = N_("Please say whether the change is minor or major.")
    status = 422


def reasons(before: Unit | None, after: Unit | None, languages: Collection[Language]) -> list[Reason]:
    """What the change of a unit touches, each thing once; nothing where both are the same.

    `languages` are those it was tried in: what changed in others alone is their translation.
    """
    if before is None or after is None:
        return [] if before is after else [Reason.STRUCTURE]
    was, now = ({block.uid: block for block in unit.blocks} for unit in (before, after))
    found: set[Reason] = set()
    for uid in {**was, **now}:
        old, new = was.get(uid), now.get(uid)
        if old is None or new is None:
            kind = (old or now[uid]).kind
            found.add(TOUCHED.get(kind, Reason.STRUCTURE if kind in STRUCTURAL else Reason.WORDING))
        elif dict(old.texts) != dict(new.texts):
            same = all(old.texts.get(one) == new.texts.get(one) for one in languages)
            found.add(Reason.TRANSLATION if same else TOUCHED.get(new.kind, Reason.WORDING))
    if [uid for uid in was if uid in now] != [uid for uid in now if uid in was]:
        found.add(Reason.ORDER)
    if before.minutes != after.minutes:
        far = abs(after.minutes - before.minutes) > SMALL_MINUTES
        found.add(Reason.TIMING if far else Reason.LITTLE_TIME)
    return [reason for reason in Reason if reason in found]


def changed(before: Unit | None, after: Unit | None) -> list[Uid]:
    """The blocks that differ, those that came and went included, in order."""
    was, now = ({block.uid: block for block in unit.blocks} if unit else {} for unit in (before, after))
    return [uid for uid in {**now, **was} if was.get(uid) != now.get(uid)]


def grade(found: Iterable[Reason]) -> Grade:
    """Major when anything of weight is touched."""
    return Grade.MAJOR if MAJOR & set(found) else Grade.MINOR


def is_law(variable: str) -> bool:
    """Whether a variable stands for a law or what follows from it: its name begins with `law`."""
    return _LAW.match(variable) is not None


def marks_in(evidence: str) -> list[str]:
    """The remarks of workshops and observations of pilots that a piece of evidence names, each once."""
    return list(dict.fromkeys(_MARK.findall(evidence)))


def check_grade(computed: Grade, wanted: Grade, why: str) -> None:
    """Raise unless a person may grade a change so: raising is free, lowering needs a reason."""
    if computed is Grade.MAJOR and wanted is Grade.MINOR and not why.strip():
        raise NeedsLoweringReason


def with_remarks(found: Collection[Reason], legal: bool) -> list[Reason]:
    """The reasons, with the law among them where the remark that asked for the change was about it."""
    return [reason for reason in Reason if reason in found or (legal and reason is Reason.LEGAL)]
