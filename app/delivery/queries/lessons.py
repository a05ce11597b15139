"""Reading what a session plan on paper shows: of each unit its objectives, minute plan, materials, as released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from app.core.content import Block, Kind, Uid, Unit
from app.core.markup import read_head
from app.core.variables import fill
from app.curriculum.models import Release
from app.curriculum.queries import contents, reading
from app.delivery.models import Cohort, SessionUnit
from app.delivery.rules import lessons as rules
from app.infra.db import db

from .plan import view

SHOWN = (Kind.OBJECTIVES, Kind.MATERIALS, Kind.ACCESS)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit of a session on paper. `parts` is HTML by kind of block; no `steps`: the unit has no minute plan."""

    uid: Uid
    title: str
    minutes: int
    language: str
    version: str
    steps: Sequence[rules.Step]
    parts: dict[Kind, list[str]]


def of_units(cohort: Cohort, units: Sequence[SessionUnit], starts_at: time | None) -> list[Lesson]:
    """The units of a session in their order, in the cohort's language, one after the other on the clock."""
    releases = {
        one.id: one
        for one in db.session.scalars(select(Release).where(Release.id.in_({unit.release_id for unit in units})))
    }
    found: list[Lesson] = []
    passed = 0
    for unit in units:
        seen = view(releases[unit.release_id], cohort.language)
        at = reading.unit_of(seen.state.content, unit.unit_uid)
        if at is None:
            continue
        title = next(line.title for _, lines in reading.lines(seen) for line in lines if line.uid == unit.unit_uid)
        blocks = at[1].blocks
        values = seen.state.local.values(seen.language)
        texts = [fill(text or "", values) for text in contents.texts_of(blocks, seen.language)]
        by_block = list(zip(blocks, texts, strict=True))
        doings = [_doing(text) for block, text in by_block if block.kind is Kind.ACTIVITY]
        table = "\n".join(text for block, text in by_block if block.kind is Kind.PLAN)
        steps = rules.steps(table, doings, starts_at, passed)
        passed += sum(step.minutes for step in steps) or at[1].minutes
        found.append(
            Lesson(unit.unit_uid, fill(title, values), at[1].minutes, seen.language, seen.version, steps,
                   _parts(seen, blocks, at[1]))
        )  # fmt: skip
    return found


def _parts(seen: reading.View, blocks: Sequence[Block], unit: Unit) -> dict[Kind, list[str]]:
    pages = {entry.uid: entry.html for entry in reading.entries(seen, unit)}
    return {kind: [page for block in blocks if block.kind is kind and (page := pages.get(block.uid))] for kind in SHOWN}


def _doing(text: str) -> rules.Doing:
    head = read_head(text.splitlines(), 0) if text else None
    if head is None:
        return rules.Doing("", ())
    numbers = [part.strip() for part in head.options.get("objectives", "").split(",")]
    return rules.Doing(head.title, tuple(int(number) for number in numbers if number.isdecimal() and len(number) < 4))
