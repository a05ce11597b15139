"""The rows of an edition's study: sources, review of statutes, surveys with questions, cases with authors."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.core.content import Language, Uid, Unit
from app.core.plain import plain, shortened
from app.core.variables import fill
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions, reading
from app.infra.db import db
from app.people.permissions import Actor, Permission, allows
from app.study.models import Article, Author, CaseRecord, Instrument, Kept, Quote, Source, SurveyQuestion
from app.study.rules import NoSuchRow, found_in
from app.study.sheets import SHEETS, Kind

FIRST_WORDS = 90  # letters of a block by which it is told

SEARCHED: dict[Kind, tuple[str, ...]] = {
    Kind.SOURCES: ("title", "organisation", "found_at", "note"),
    Kind.ARTICLES: ("topic", "article", "unit_says", "law_says", "action"),
    Kind.INSTRUMENTS: ("name", "place", "note"),
    Kind.CASES: ("title", "organisation", "learning_question"),
}


def may_keep(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may write in an edition's study."""
    return allows(actor, Permission.KEEP_STUDY, editions.scope_of(edition))


def get(edition: Edition, kind: Kind, row_id: int) -> Kept:
    """A row of an edition's study; `NoSuchRow` when it is another edition's."""
    found = db.session.get(SHEETS[kind].model, row_id)
    if found is None or found.edition_id != edition.id:
        raise NoSuchRow
    return found


def listed(edition: Edition, kind: Kind, words: str = "", *, put_away: bool = False) -> list[Kept]:
    """An edition's rows of one kind that hold these words, oldest first, with what belongs to each."""
    model = SHEETS[kind].model
    archived = model.archived_at.is_not(None) if put_away else model.archived_at.is_(None)
    statement = select(model).where(model.edition_id == edition.id, archived).order_by(model.id)
    if kind is Kind.INSTRUMENTS:
        statement = statement.options(selectinload(Instrument.questions), selectinload(Instrument.quotes))
    if kind is Kind.CASES:
        statement = statement.options(selectinload(CaseRecord.authors))
    if kind is Kind.ARTICLES:
        statement = statement.options(selectinload(Article.source))
    rows = db.session.scalars(statement)
    return [row for row in rows if found_in(words, *(getattr(row, name) for name in SEARCHED[kind]))]


def sources(edition: Edition) -> Sequence[Source]:
    """An edition's sources in force here, by title."""
    statement = select(Source).where(Source.edition_id == edition.id, Source.archived_at.is_(None))
    return db.session.scalars(statement.order_by(Source.title, Source.id)).all()


def living(rows: Sequence[SurveyQuestion] | Sequence[Quote] | Sequence[Author]) -> list[Kept]:
    """Those of a thing's parts that were not put away."""
    return [row for row in rows if row.archived_at is None]


def count(edition: Edition, kind: Kind) -> int:
    """How many rows of a kind an edition has."""
    model = SHEETS[kind].model
    statement = select(func.count()).where(model.edition_id == edition.id, model.archived_at.is_(None))
    return db.session.scalar(statement) or 0


def first_words(edition: Edition, uids: Collection[Uid], language: Language) -> dict[Uid, tuple[Unit, str]]:
    """The unit and the first words of each of these blocks that stand in the draft; one query."""
    now = contents.state(editions.head_of(edition))
    places = {uid: place for uid in uids if (place := now.content.find(uid)) is not None}
    blocks = [place[1].blocks[place[2]] for place in places.values()]
    order = [language, *edition.languages]
    texts = contents.bodies(digest for block in blocks for digest in block.texts.values())
    found = {}
    for uid, (_, unit, at) in places.items():
        block = unit.blocks[at]
        code = next((one for one in order if one in block.texts), None)
        words = plain(fill(texts[block.texts[code]], now.local.values(code))) if code else ""
        found[uid] = (unit, shortened(words, FIRST_WORDS) or uid)
    return found


def reasoned_by(edition: Edition, act_ids: Collection[int]) -> dict[int, list[Uid]]:
    """The blocks of the draft that are as they are because of each of these acts."""
    found: dict[int, list[Uid]] = {}
    for uid, link in contents.state(editions.head_of(edition)).local.links.items():
        if link.act is not None and int(link.act) in act_ids:
            found.setdefault(int(link.act), []).append(uid)
    return found


def unit_of(edition: Edition, uid: Uid) -> Unit | None:
    """A unit of the draft."""
    found = reading.unit_of(contents.state(editions.head_of(edition)).content, uid)
    return found[1] if found else None
