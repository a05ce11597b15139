"""Reading what came in: a person's own files, what was found in them, and which of it an edition knows already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from app.core.content import Uid
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import contents, editions, reading
from app.discussion.models import Comment, Proposal, Source
from app.infra import storage
from app.infra.db import db
from app.interchange import rules
from app.interchange.found import Found, loaded
from app.interchange.models import Import, ImportKind
from app.people.permissions import Actor

PER_PAGE = 20
_CHUNK = 5_000  # keys per query, below the parameter limits of both databases


def hold(row: Import) -> None:
    """Read a file's record anew and let nobody else change it until the transaction ends."""
    statement = select(Import).where(Import.id == row.id).with_for_update(of=Import)
    db.session.scalars(statement.execution_options(populate_existing=True)).unique().one()


def get(actor: Actor, number: int, kind: ImportKind, edition: Edition | None = None) -> Import:
    """One of this person's files of a kind, for an edition where one is given; anybody else's is not found."""
    row = db.session.get(Import, number)
    if (
        row is None
        or actor.account_id is None
        or row.account_id != actor.account_id
        or row.kind is not kind
        or (edition is not None and row.edition_id != edition.id)
    ):
        raise rules.NoSuchImport
    return row


def listing(
    actor: Actor, kind: ImportKind, edition: Edition | None = None, page: int = 1
) -> tuple[Sequence[Import], int]:
    """One page of this person's files of a kind, newest first, and how many pages there are."""
    if actor.account_id is None:
        return [], 1
    mine = select(Import).where(Import.account_id == actor.account_id, Import.kind == kind)
    if edition is not None:
        mine = mine.where(Import.edition_id == edition.id)
    total = db.session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    rows = mine.order_by(Import.id.desc()).limit(PER_PAGE).offset((min(max(page, 1), pages) - 1) * PER_PAGE)
    return db.session.scalars(rows).all(), pages


def found_in(row: Import) -> Found:
    """What was read in a reviewed file."""
    return loaded(storage.get(row.found))


def known(edition: Edition, keys: Iterable[str]) -> set[str]:
    """Those of the keys under which Word files have said something to this edition already."""
    wanted, found = list(keys), set[str]()
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        for table in (Comment, Proposal):
            statement = select(table.import_key).where(
                table.edition_id == edition.id, table.source == Source.WORD, table.import_key.in_(some)
            )
            found |= {key for key in db.session.scalars(statement) if key}
    return found


def view_of(edition: Edition, revision: Revision, version: str, language: str) -> reading.View:
    """An edition at one of its states as it was exported: under its version's name, if it had that one."""
    release = next(
        (r for r in editions.releases(edition) if (r.revision_id, r.version) == (revision.id, version)), None
    )
    return reading.View(edition, release, contents.state(revision), language)


def first_block(seen: reading.View) -> Uid:
    """The block that an edition begins with; empty for one without any."""
    return next((block.uid for _, _, block in seen.state.content.blocks()), "")


def made_of(edition: Edition) -> Import | None:
    """The Word manual that an edition was made of, whoever sent it; None for any other edition."""
    if edition.parent_id is not None:
        return None
    statement = select(Import).where(Import.edition_id == edition.id, Import.kind == ImportKind.DRAFT)
    return db.session.scalars(statement.order_by(Import.id).limit(1)).first()


def unset_units(edition: Edition) -> list[Uid]:
    """The units of an edition made of a Word manual whose length nobody has set: it is still the guessed one."""
    row = made_of(edition)
    unset = set(row.settings.get("unset", [])) if row is not None else set()
    if not unset:
        return []
    units = (unit for _, unit in contents.state(editions.head_of(edition)).content.units())
    return [unit.uid for unit in units if unit.uid in unset and unit.minutes == rules.GUESSED_MINUTES]
