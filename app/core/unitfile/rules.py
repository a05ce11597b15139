"""What can be asked of units that were read: title, minute plan, and whether two languages are one unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from app.core.content import Kind, Lock
from app.core.errors import BadFile

from . import faults
from .things import UnitFile

_LINES = {"uid": 2, "minutes": 3}  # where they usually stand; the values are read from anywhere in the front matter


class HasText(Protocol):
    """Anything with a kind and a text: pieces, file blocks."""

    @property
    def kind(self) -> Kind: ...
    @property
    def text(self) -> str: ...


def unit_title(blocks: Iterable[HasText]) -> str:
    """Return the text of the first level-1 heading, without its marks; "" when there is none."""
    for block in blocks:
        if block.kind is Kind.HEADING:
            first, _, under = block.text.partition("\n")
            if under.startswith("="):
                return first.strip()
            if first.startswith("# "):
                return re.sub(r" +#+$", "", first[2:]).strip()
    return ""


def plan_minutes(text: str) -> int | None:
    """Return the sum of the first column of a plan's table, or None when there is no table with minutes in it.

    The first number of a cell counts; rows without one count nothing.
    """
    minutes: list[int] = []
    in_table = False
    for line in text.split("\n"):
        if "|" not in line:
            in_table = False
        elif re.fullmatch(r"[|: -]*-[|: -]*", line):
            in_table = True
        elif in_table and (number := re.search(r"\d+", line.strip().removeprefix("|").partition("|")[0])):
            minutes.append(int(number[0][:6]))
    return sum(minutes) if minutes else None


def check_plan(unit: UnitFile, file: str = "") -> None:
    """Raise `BadFile` unless every minute plan in the unit adds up to the unit's minutes."""
    for block in unit.blocks:
        if block.kind is Kind.PLAN and (total := plan_minutes(block.text)) != unit.minutes:
            raise BadFile(faults.PlanDoesNotAddUp(sum=total or 0, minutes=unit.minutes), file, block.line)


def check_pair(source: UnitFile, other: UnitFile, file: str = "") -> None:
    """Raise `BadFile` unless both files are one unit in two languages: uid, minutes, and the same kinds in order.

    `file` is the other's name, and the line is that of its first block that differs. A lock or uid given in both
    must be the same.
    """
    for key, line in _LINES.items():
        here, there = getattr(other, key), getattr(source, key)
        if here != there:
            raise BadFile(faults.OtherValue(key=key, here=here, there=there), file, line)
    for ours, theirs in zip(other.blocks, source.blocks, strict=False):
        if ours.kind is not theirs.kind:
            raise BadFile(faults.OtherKind(here=ours.kind, there=theirs.kind, line=theirs.line), file, ours.line)
        if ours.lock is not theirs.lock and Lock.ADAPTABLE not in (ours.lock, theirs.lock):
            raise BadFile(faults.OtherLock(here=ours.lock, there=theirs.lock, line=theirs.line), file, ours.line)
        if ours.uid and theirs.uid and ours.uid != theirs.uid:
            raise BadFile(faults.OtherValue(key="uid", here=ours.uid, there=theirs.uid), file, ours.line)
    ours_count, theirs_count = len(other.blocks), len(source.blocks)
    if ours_count > theirs_count:
        extra = other.blocks[theirs_count]
        raise BadFile(faults.BlockTooMany(kind=extra.kind), file, extra.line)
    if ours_count < theirs_count:
        missing = source.blocks[ours_count]
        last = other.blocks[-1].line if other.blocks else 0
        raise BadFile(faults.BlockMissing(kind=missing.kind, line=missing.line), file, last)
