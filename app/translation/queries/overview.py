"""One edition's translation, unit by unit, and what waits in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.content import Block, Language, Module, Uid, Unit
from app.core.translating import Count, State, Status, count
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import Actor, Permission, allows
from app.translation.models import TranslationState

from . import pairs
from .desks import Desk, directions_of, settled
from .states import Standing, standings

STALE = frozenset({Status.STALE_MAJOR, Status.STALE_MINOR})


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its cells in one language."""

    module: Module
    unit: Unit
    title: str
    standings: list[Standing]

    @property
    def count(self) -> Count:
        """How the unit's cells stand."""
        return count(one.status for one in self.standings)


def desks_of(edition: Edition) -> dict[Language, Desk]:
    """A desk for each language of an edition that is translated, with what they share read once."""
    now = contents.state(editions.head_of(edition))
    found, came = directions_of(edition), settled(edition, now)
    return {
        language: Desk(edition, now, language, source, found, came)
        for language, source in found.targets(edition.languages).items()
    }


def units(at: Desk, languages: Sequence[Language]) -> list[UnitLine]:
    """Every unit of a desk, with its title in the first of the languages that has one."""
    cells = [at.cell(block) for _, _, block in at.now.content.blocks()]
    stands = {one.cell.uid: one for one in standings(at, cells)}
    titles = contents.bodies(contents.title_digests(at.now.content))
    return [
        UnitLine(
            module, unit, contents.unit_title(unit, titles, languages), [stands[block.uid] for block in unit.blocks]
        )
        for module, unit in at.now.content.units()
    ]


def of_unit(at: Desk, unit: Unit) -> Count:
    """How the cells of one unit stand."""
    return count(one.status for one in standings(at, [at.cell(block) for block in unit.blocks]))


def in_states(at: Desk, blocks: Sequence[Block], wanted: frozenset[Status]) -> list[Uid]:
    """Those of the blocks whose cell stands in one of these ways."""
    return [one.cell.uid for one in standings(at, [at.cell(block) for block in blocks]) if one.status in wanted]


@dataclass(frozen=True, slots=True)
class Lagging:
    """A stale cell with both texts of its source."""

    language: Language
    unit: Unit
    uid: Uid
    status: Status
    old: str
    now: str
    source: Language


def lagging(edition: Edition, *, limit: int = 40, page: int = 1) -> tuple[list[Lagging], int]:
    """One page of what lags behind its source in all languages, in reading order, and how many there are."""
    found: list[tuple[Unit, Standing, Desk]] = []
    for at in desks_of(edition).values():
        home = {block.uid: unit for _, unit, block in at.now.content.blocks()}
        stands = standings(at, [at.cell(block) for _, _, block in at.now.content.blocks()])
        found += [(home[one.cell.uid], one, at) for one in stands if one.status in STALE]
    shown = found[(page - 1) * limit : page * limit]
    texts = contents.bodies(d for _, one, _ in shown for d in (one.age.old_source, one.cell.source) if d)
    return [
        Lagging(
            at.language,
            unit,
            one.cell.uid,
            one.status,
            texts.get(one.age.old_source or "", ""),
            texts.get(one.cell.source, ""),
            at.source or "",
        )
        for unit, one, at in shown
    ], len(found)


def reviews(actor: Actor, found: Sequence[Edition]) -> dict[tuple[int, Language], int]:
    """How many texts wait for this person's review, by edition and language: those that somebody else wrote."""
    mine = [e for e in found if e.head is not None and _approves(actor, e)]
    if not mine:
        return {}
    newest = (
        select(func.max(TranslationState.id))
        .where(TranslationState.edition_id.in_([e.id for e in mine]))
        .group_by(TranslationState.edition_id, TranslationState.language, TranslationState.uid)
    )
    rows = db.session.scalars(
        select(TranslationState).where(TranslationState.id.in_(newest), TranslationState.state == State.IN_REVIEW)
    ).all()
    there = contents.contents_of([e.head for e in mine if e.head is not None]) if rows else {}
    heads = {e.id: there[e.head_id] for e in mine if e.head_id in there}
    waiting: dict[tuple[int, Language], list[str]] = {}
    for row in rows:
        block = heads[row.edition_id].block(row.uid) if row.edition_id in heads else None
        if block is not None and block.texts.get(row.language) == row.target_digest:
            waiting.setdefault((row.edition_id, row.language), []).append(row.target_digest)
    targets = [name for some in waiting.values() for name in some]
    own = pairs.wrote(actor.account_id, sorted(heads), targets) if targets and actor.account_id is not None else set()
    counts = {place: sum((place[0], name) not in own for name in some) for place, some in waiting.items()}
    return {place: number for place, number in counts.items() if number}


def _approves(actor: Actor, edition: Edition) -> bool:
    return allows(actor, Permission.APPROVE_TRANSLATION, editions.scope_of(edition))
