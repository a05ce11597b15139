"""The words agreed upon: those that hold for an edition, and the list that people keep."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.core.checks.terms import Term
from app.core.translating import Entry, effective
from app.core.translating.glossary import WORLD, regions
from app.curriculum.models import Edition
from app.infra.db import db
from app.people.permissions import Actor, Permission
from app.translation.models import GlossaryTerm


def holding(edition: Edition, languages: Sequence[str] | None = None) -> list[Entry]:
    """The terms that hold in an edition, those of wider regions included; in one query."""
    return holding_in(edition.region, edition.slug, languages)


def holding_in(region: str, curriculum: str = "", languages: Sequence[str] | None = None) -> list[Entry]:
    """The terms that hold in a region for a curriculum ("" for those of all), in these languages or in any."""
    statement = select(GlossaryTerm).where(
        GlossaryTerm.region.in_(regions(region)), GlossaryTerm.curriculum.in_({"", curriculum})
    )
    if languages is not None:
        statement = statement.where(GlossaryTerm.language.in_(languages))
    return effective(map(entry, db.session.scalars(statement.order_by(GlossaryTerm.id))), region, curriculum)


def rows_holding_in(region: str) -> list[GlossaryTerm]:
    """The rows of the terms that hold in a region for every curriculum, in two queries."""
    ids = [one.id for one in holding_in(region)]
    found = {row.id: row for row in db.session.scalars(select(GlossaryTerm).where(GlossaryTerm.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def entry(row: GlossaryTerm) -> Entry:
    """A row as rules and formats take it."""
    term = Term(row.concept, row.language, row.region, row.term, row.status, row.note, row.definition)
    return Entry(row.id, term, row.curriculum, row.source)


def listed(
    actor: Actor,
    *,
    search: str = "",
    region: str | None = None,
    language: str | None = None,
    limit: int = 50,
    page: int = 1,
) -> list[GlossaryTerm]:
    """The entries the actor may see by concept, region, word, by pages; one more than `limit` when there are more."""
    statement = select(GlossaryTerm).where(_seen(actor))
    if search.strip():
        like = f"%{_escaped(search.strip()[:100])}%"
        statement = statement.where(
            or_(GlossaryTerm.concept.ilike(like, escape="\\"), GlossaryTerm.term.ilike(like, escape="\\"))
        )
    if region is not None:
        statement = statement.where(GlossaryTerm.region == region)
    if language is not None:
        statement = statement.where(GlossaryTerm.language == language)
    order = (GlossaryTerm.concept, GlossaryTerm.region, GlossaryTerm.language, GlossaryTerm.term, GlossaryTerm.id)
    return list(db.session.scalars(statement.order_by(*order).limit(limit + 1).offset((page - 1) * limit)))


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def term(actor: Actor, term_id: int) -> GlossaryTerm | None:
    """One entry, if the actor may see it."""
    if not 0 < term_id < 2**31:
        return None
    return db.session.scalar(select(GlossaryTerm).where(GlossaryTerm.id == term_id, _seen(actor)))


def _seen(actor: Actor) -> ColumnElement[bool]:
    """The words of all curricula, and those of one for whoever reads its drafts where they hold."""
    every: list[ColumnElement[bool]] = [GlossaryTerm.curriculum == ""]
    for held in actor.scopes(Permission.READ_DRAFT):
        parts = [GlossaryTerm.curriculum == held.curriculum] if held.curriculum is not None else []
        if held.region is not None and held.region != WORLD:
            within = GlossaryTerm.region.startswith(f"{held.region}-", autoescape=True)
            parts.append(or_(GlossaryTerm.region.in_(regions(held.region)), within))
        every.append(and_(true(), *parts))
    return or_(*every)
