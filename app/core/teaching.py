"""What makes a unit ready to teach, beyond what its file needs to be read: parts, objectives, questions, minutes.

Whether a file can be read at all is unitfile/'s matter, how easy its words are is readability.py's. These rules hold
for the originals that come with the program and advise everybody else; loading does not ask them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .content import TYPED_KINDS, Kind, Lock
from .errors import N_, Refused
from .markup import read_head
from .splitting import split
from .unitfile import FileBlock, UnitFile

PARTS: Mapping[Kind, tuple[int, int]] = MappingProxyType(
    {
        Kind.OBJECTIVES: (1, 1),
        Kind.MATERIALS: (1, 1),
        Kind.PLAN: (1, 1),
        Kind.NOTE: (1, 99),
        Kind.ACTIVITY: (2, 99),
        Kind.CASE: (1, 9),
        Kind.HANDOUT: (1, 9),
        Kind.QUESTION: (4, 8),
        Kind.ACCESS: (1, 1),
        Kind.SOURCES: (1, 1),
    }
)

_CHOICE = re.compile(r"^[-*+] \[([ xX])\] ", re.M)
_ITEM = re.compile(r"^ *(?:[-*+]|\d+\.) +(?=\S)", re.M)
_TOP_ITEM = re.compile(r"^(?:[-*+]|\d+\.) +(?=\S)", re.M)
_NUMBERED = re.compile(r"^\d+[.)] +(?=\S)", re.M)
_STEP_MINUTES = re.compile(r"\*\((\d+) min\)\*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Missing(Refused):
    text = N_(
        "This unit has %(count)s blocks of the kind “%(kind)s”; it needs at least %(least)s and at most %(most)s."
    )


class NothingLocal(Refused):
    text = N_("No block of this unit is to be adapted locally (lock: must_adapt).")


class NoSuchObjective(Refused):
    text = N_("There is no objective %(number)s; the unit has %(count)s.")


class NotExercised(Refused):
    text = N_("No activity exercises objective %(number)s.")


class NotAsked(Refused):
    text = N_("No question asks objective %(number)s.")


class NoMinutes(Refused):
    text = N_("This activity does not say how many minutes it takes.")


class StepsDoNotAddUp(Refused):
    text = N_("The steps take %(sum)s minutes and the activity %(minutes)s.")


class TooManyMinutes(Refused):
    text = N_("The activities take %(sum)s minutes and the unit %(minutes)s.")


class NotPaired(Refused):
    text = N_("This question is not asked before and after (use: pre, post).")


class NoKey(Refused):
    text = N_("This question has choices; at least one of them, and not all, must be marked as right.")


class AnswerFitsNothing(Refused):
    text = N_(
        "The answer of this question does not fit it: over a numbered list, or a table of two columns, it names each"
        " line once; else it is a number with its unit."
    )


class NoFeedback(Refused):
    text = N_("This question ends without a quotation that says why.")


class NotMarkedAsInvented(Refused):
    text = N_("This case does not end with a line in italics that says it is invented.")


class OtherNumbers(Refused):
    text = N_("Numbers differ between the languages: %(here)s here, %(there)s there.")


class OtherShape(Refused):
    text = N_("Here are %(here)s lines of %(what)s, in the other language %(there)s.")


class OtherOptions(Refused):
    text = N_("The options differ between the languages: “%(here)s” here, “%(there)s” there.")


class OtherKey(Refused):
    text = N_("Other choices are marked as right than in the other language.")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a unit lacks, at a line of its file; line 1 when it is the unit's as a whole."""

    line: int
    fault: Refused


def remarks(unit: UnitFile) -> list[Remark]:
    """Return what keeps one unit, in one language, from being ready to teach, in the order of its lines."""
    found = [*_parts(unit), *_objectives(unit), *_minutes(unit)]
    for block in unit.blocks:
        if block.kind is Kind.QUESTION:
            found += _question(block)
        elif block.kind is Kind.CASE and not re.search(r"\n\*[^*\n]+\*\n/{3,}$", block.text):
            found.append(Remark(block.line, NotMarkedAsInvented()))
    return sorted(found, key=lambda remark: remark.line)


def pair_remarks(source: UnitFile, other: UnitFile) -> list[Remark]:
    """Return where a unit in another language says something else than its source; lines are the other's.

    Compared are options, items of lists, rows and columns of tables, keys of questions and all numbers of each block.
    """
    found = []
    for ours, theirs in zip(other.blocks, source.blocks, strict=False):
        for fault in _differences(ours, theirs):
            found.append(Remark(ours.line, fault))
    return found


def _parts(unit: UnitFile) -> Iterator[Remark]:
    counts = Counter(block.kind for block in unit.blocks)
    for kind, (least, most) in PARTS.items():
        if not least <= counts[kind] <= most:
            yield Remark(1, Missing(kind=kind, count=counts[kind], least=least, most=most))
    if not any(block.lock is Lock.MUST_ADAPT for block in unit.blocks):
        yield Remark(1, NothingLocal())


def _objectives(unit: UnitFile) -> Iterator[Remark]:
    """Every objective is exercised by an activity and asked by a question, and nothing else is."""
    count = sum(len(_TOP_ITEM.findall(_body(b))) for b in unit.blocks if b.kind is Kind.OBJECTIVES)
    for kind, option, fault in (
        (Kind.ACTIVITY, "objectives", NotExercised),
        (Kind.QUESTION, "objective", NotAsked),
    ):
        reached: set[int] = set()
        for block in unit.blocks:
            if block.kind is not kind:
                continue
            named = {int(number) for number in re.findall(r"\d+", _options(block).get(option, ""))}
            reached |= named
            for number in sorted(named - set(range(1, count + 1))):
                yield Remark(block.line, NoSuchObjective(number=number, count=count))
        for number in sorted(set(range(1, count + 1)) - reached):
            yield Remark(1, fault(number=number))


def _minutes(unit: UnitFile) -> Iterator[Remark]:
    total = 0
    for block in unit.blocks:
        if block.kind is not Kind.ACTIVITY:
            continue
        given = re.fullmatch(r"\d{1,4}", _options(block).get("minutes", ""))
        if not given:
            yield Remark(block.line, NoMinutes())
            continue
        steps = [int(minutes) for minutes in _STEP_MINUTES.findall(block.text)]
        total += int(given[0])
        if steps and sum(steps) != int(given[0]):
            yield Remark(block.line, StepsDoNotAddUp(sum=sum(steps), minutes=given[0]))
    if total > unit.minutes:
        yield Remark(1, TooManyMinutes(sum=total, minutes=unit.minutes))


def _question(block: FileBlock) -> Iterator[Remark]:
    if {use.strip() for use in _options(block).get("use", "").split(",")} != {"pre", "post"}:
        yield Remark(block.line, NotPaired())
    keys = _keys(block)
    if keys and len(set(keys)) == 1:
        yield Remark(block.line, NoKey())
    answer = _options(block).get("answer", "").strip()
    if answer and (keys or not _fits(answer, _body(block))):
        yield Remark(block.line, AnswerFitsNothing())
    pieces = split(_body(block))
    if not pieces or pieces[-1].kind is not Kind.QUOTE:
        yield Remark(block.line, NoFeedback())


def _fits(answer: str, body: str) -> bool:
    """Whether a key orders all items of a numbered list, or all rows of a table; with neither, it is a number."""
    rows = [line.strip().strip("|") for line in body.split("\n") if line.lstrip().startswith("|")]
    offered = len(_NUMBERED.findall(body)) or max(len(rows) - 2, 0)
    if not offered:
        return bool(_NUMBER.search(answer))
    two_columns = bool(_NUMBERED.search(body)) or all(row.count("|") == 1 for row in rows)
    places = sorted(answer.replace(" ", "").split(","))
    return two_columns and places == sorted(str(place + 1) for place in range(offered))


def _differences(ours: FileBlock, theirs: FileBlock) -> Iterator[Refused]:
    here, there = (", ".join(f"{k}: {v}" for k, v in sorted(_options(b).items())) for b in (ours, theirs))
    if here != there:
        yield OtherOptions(here=here, there=there)
    for what, count in _shape(ours).items():
        if count != _shape(theirs)[what]:
            yield OtherShape(what=what, here=count, there=_shape(theirs)[what])
    if _keys(ours) != _keys(theirs):
        yield OtherKey()
    numbers, others = (Counter(_NUMBER.findall(_words(block))) for block in (ours, theirs))
    if numbers != others:
        yield OtherNumbers(here=_listed(numbers - others), there=_listed(others - numbers))


def _shape(block: FileBlock) -> dict[str, Any]:
    rows = [line for line in block.text.split("\n") if line.lstrip().startswith("|")]
    return {
        "list": len(_ITEM.findall(block.text)),
        "table": len(rows),
        "cell": sum(line.strip().count("|") - 1 for line in rows),
    }


def _listed(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements())) or "–"


def _options(block: FileBlock) -> dict[str, str]:
    head = read_head(block.text.split("\n"), 0) if block.kind in TYPED_KINDS else None
    return head.options if head else {}


def _body(block: FileBlock) -> str:
    lines = block.text.split("\n")
    head = read_head(lines, 0)
    return "\n".join(lines[head.body : -1]).strip("\n") if head else block.text


def _words(block: FileBlock) -> str:
    """Title and body, without options."""
    return block.text.split("\n", 1)[0] + "\n" + _body(block)


def _keys(block: FileBlock) -> list[bool]:
    return [mark in "xX" for mark in _CHOICE.findall(block.text)]
