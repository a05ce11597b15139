"""What people said of cells: states, oldest rows first, the newest on the same text counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.content import Digest, Language, Uid
from app.core.translating import Cell, Staleness, State, Status, status_of
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.translation.models import TranslationState

from .desks import Desk, desk
from .pairs import FRESH, Age, Made, ages

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cell stands: its status, how stale it is, and what was last said of this very text, if anything."""

    cell: Cell
    status: Status
    age: Age
    said: TranslationState | None


def standings(
    desk: Desk, cells: Sequence[Cell], *, made: Made | None = None, texts: Mapping[Digest, str] | None = None
) -> list[Standing]:
    """How cells of one desk stand: three queries for any number; `made` and `texts` as `ages` takes them."""
    said = said_of(desk.edition, desk.language, [cell.uid for cell in cells])
    aged = ages(cells, desk.source, made=made, texts=texts) if desk.source is not None else [FRESH] * len(cells)
    found = []
    for cell, age in zip(cells, aged, strict=True):
        row = said.get((cell.uid, cell.target))
        found.append(Standing(cell, status_of(cell, age.staleness, row.state if row else None), age, row))
    return found


def said_of(edition: Edition, language: Language, uids: Sequence[Uid]) -> dict[tuple[Uid, str], TranslationState]:
    """The newest state of each cell and text, in one query per five thousand."""
    found: dict[tuple[Uid, str], TranslationState] = {}
    for start in range(0, len(uids), _CHUNK):
        rows = db.session.scalars(
            select(TranslationState)
            .where(
                TranslationState.edition_id == edition.id,
                TranslationState.language == language,
                TranslationState.uid.in_(uids[start : start + _CHUNK]),
            )
            .order_by(TranslationState.id)
        )
        found.update(((row.uid, row.target_digest), row) for row in rows)
    return found


def history(edition: Edition, uid: Uid, language: Language) -> list[TranslationState]:
    """Everything that was said of a cell, newest first."""
    return list(
        db.session.scalars(
            select(TranslationState)
            .where(
                TranslationState.edition_id == edition.id,
                TranslationState.language == language,
                TranslationState.uid == uid,
            )
            .order_by(TranslationState.id.desc())
        )
    )


def marks(ids: Sequence[int]) -> dict[int, int]:
    """The newest state row of each edition, by which others tell whether anything was said since; one query."""
    if not ids:
        return {}
    newest = (
        select(func.max(TranslationState.id))
        .where(TranslationState.edition_id == Edition.id)
        .correlate(Edition)
        .scalar_subquery()
    )
    rows = db.session.execute(select(Edition.id, newest).where(Edition.id.in_(ids)))
    return {row[0]: row[1] or 0 for row in rows}


def all_said(ids: Sequence[int]) -> dict[int, dict[tuple[Language, Uid, str], State]]:
    """The newest state of every cell and text of these editions, in one query."""
    found: dict[int, dict[tuple[Language, Uid, str], State]] = {edition_id: {} for edition_id in ids}
    if ids:
        rows = db.session.execute(
            select(
                TranslationState.edition_id,
                TranslationState.language,
                TranslationState.uid,
                TranslationState.target_digest,
                TranslationState.state,
            )
            .where(TranslationState.edition_id.in_(ids))
            .order_by(TranslationState.id)
        )
        for edition_id, language, uid, target, state in rows:
            found[edition_id][language, uid, target] = state
    return found


def stale_after(edition: Edition, uid: Uid) -> list[Language]:
    """The languages whose translation of a block lags behind its source: what an author may overrule."""
    now = contents.state(editions.head_of(edition))
    block = now.content.block(uid)
    found = []
    for language in edition.languages if block is not None else ():
        at = desk(edition, language)
        if at.source is None or block is None:
            continue
        cell = at.cell(block)
        if cell.target and cell.source and ages([cell], at.source)[0].staleness is not Staleness.FRESH:
            found.append(language)
    return found
