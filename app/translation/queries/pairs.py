"""Which text was made of which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select

from app.core.content import Digest, Language
from app.core.languages import base_of
from app.core.translating import Cell, Staleness, grade
from app.core.translating.pairing import WRITING
from app.curriculum.models import Act, ActKind, Edition, Revision
from app.curriculum.queries import contents
from app.infra.db import db
from app.translation.models import TranslationPair

_LOOKED_AT = 10  # of the states made for one reason
_CHUNK = 5_000  # digests per query, below the parameter limits of both databases


@dataclass(frozen=True, slots=True)
class Age:
    """How stale a translation is; `old_source` is the digest of the text it was made of where that is not today's."""

    staleness: Staleness
    old_source: Digest | None = None


FRESH = Age(Staleness.FRESH)
_grades: contents.Kept[Staleness] = contents.Kept(50_000)


def place_of(edition: Edition) -> str:
    """How pairs name the edition that they were seen in."""
    return f"edition {edition.id}"


def fresh(wanted: Iterable[tuple[Digest, Digest]]) -> set[tuple[Digest, Digest]]:
    """Those of these (source, target) that are pairs, in one query per five thousand."""
    asked = set(wanted)
    found: set[tuple[Digest, Digest]] = set()
    for some in _chunks(dict.fromkeys(target for _, target in asked)):
        rows = db.session.execute(
            select(TranslationPair.source_digest, TranslationPair.target_digest)
            .where(TranslationPair.target_digest.in_(some))
            .distinct()
        )
        found.update(asked & {(row.source_digest, row.target_digest) for row in rows})
    return found


def known_targets(wanted: Iterable[Digest]) -> set[Digest]:
    """Those of these texts that were made of something."""
    found: set[Digest] = set()
    for some in _chunks(dict.fromkeys(wanted)):
        rows = db.session.scalars(
            select(TranslationPair.target_digest).where(TranslationPair.target_digest.in_(some)).distinct()
        )
        found.update(rows)
    return found


def sources_of(targets: Iterable[Digest]) -> dict[Digest, list[tuple[Language, Digest]]]:
    """What each of these texts was made of, with the language, oldest first."""
    found: dict[Digest, dict[tuple[Language, Digest], None]] = {}
    for some in _chunks(dict.fromkeys(targets)):
        rows = db.session.execute(
            select(TranslationPair.target_digest, TranslationPair.source_language, TranslationPair.source_digest)
            .where(TranslationPair.target_digest.in_(some))
            .order_by(TranslationPair.id)
        )
        for row in rows:
            found.setdefault(row.target_digest, {})[row.source_language, row.source_digest] = None
    return {target: list(sources) for target, sources in found.items()}


def made_and_written(
    edition: Edition, targets: Iterable[Digest]
) -> tuple[dict[Digest, list[tuple[Language, Digest]]], dict[Digest, int]]:
    """What `sources_of` and `writers` say of these texts, in one query."""
    made: dict[Digest, dict[tuple[Language, Digest], None]] = {}
    wrote: dict[Digest, int] = {}
    for some in _chunks(dict.fromkeys(targets)):
        rows = db.session.execute(
            select(
                TranslationPair.target_digest,
                TranslationPair.source_language,
                TranslationPair.source_digest,
                TranslationPair.edition_id,
                TranslationPair.origin,
                TranslationPair.account_id,
            )
            .where(TranslationPair.target_digest.in_(some))
            .order_by(TranslationPair.id)
        )
        for row in rows:
            made.setdefault(row.target_digest, {})[row.source_language, row.source_digest] = None
            if row.edition_id == edition.id and row.origin in WRITING and row.account_id is not None:
                wrote.setdefault(row.target_digest, row.account_id)
    return {target: list(sources) for target, sources in made.items()}, wrote


def ages(
    cells: Sequence[Cell], source: Language, *, made: Mapping[Digest, Sequence[tuple[Language, Digest]]] | None = None
) -> list[Age]:
    """How stale each cell is, in two queries for any number; `made` are their sources where they have been read.

    A stale translation is graded against the newest source of the same language that it was made of.
    """
    if made is None:
        made = sources_of(cell.target for cell in cells if cell.target and cell.source)
    old: list[Digest | None] = []
    for cell in cells:
        here = made.get(cell.target, ()) if cell.source else ()
        if not cell.target or not cell.source or cell.source in {name for _, name in here}:
            old.append("")
        else:
            same = [name for language, name in here if base_of(language) == base_of(source)]
            old.append(same[-1] if same else None)
    grades = _graded({(was, cell.source) for cell, was in zip(cells, old, strict=True) if was})
    return [
        FRESH if was == "" else Age(grades[was, cell.source] if was is not None else Staleness.MAJOR, was)
        for cell, was in zip(cells, old, strict=True)
    ]


def _graded(wanted: set[tuple[Digest, Digest]]) -> dict[tuple[Digest, Digest], Staleness]:
    """How stale what was made of one text is for another: what digests name never changes, so neither does this."""
    found = {one: kept for one in wanted if (kept := _grades.get(":".join(one))) is not None}
    missing = wanted - found.keys()
    texts = contents.bodies(name for one in missing for name in one) if missing else {}
    found.update((one, _grades.put(":".join(one), grade(texts[one[0]], texts[one[1]]))) for one in missing)
    return found


def writers(edition: Edition, targets: Iterable[Digest]) -> dict[Digest, int]:
    """The accounts that wrote these texts in this edition, the first who did so; texts nobody wrote here are absent."""
    found: dict[Digest, int] = {}
    for some in _chunks(dict.fromkeys(targets)):
        rows = db.session.execute(
            select(TranslationPair.target_digest, TranslationPair.account_id)
            .where(
                TranslationPair.edition_id == edition.id,
                TranslationPair.target_digest.in_(some),
                TranslationPair.origin.in_(sorted(WRITING)),
                TranslationPair.account_id.is_not(None),
            )
            .order_by(TranslationPair.id)
        )
        for row in rows:
            found.setdefault(row.target_digest, row.account_id)
    return found


def wrote(account_id: int, ids: Sequence[int], targets: Iterable[Digest]) -> set[tuple[int, Digest]]:
    """Those of these texts that an account wrote in these editions, each with the edition; one query per chunk."""
    found: set[tuple[int, Digest]] = set()
    for some in _chunks(dict.fromkeys(targets)):
        rows = db.session.execute(
            select(TranslationPair.edition_id, TranslationPair.target_digest).where(
                TranslationPair.edition_id.in_(ids),
                TranslationPair.target_digest.in_(some),
                TranslationPair.origin.in_(sorted(WRITING)),
                TranslationPair.account_id == account_id,
            )
        )
        found.update((row.edition_id, row.target_digest) for row in rows)
    return found


def _chunks(wanted: Iterable[Digest]) -> Iterator[list[Digest]]:
    waiting = iter(wanted)
    while some := list(islice(waiting, _CHUNK)):
        yield some


def same_reason(edition: Edition, now: Revision) -> list[tuple[Revision, Revision]]:
    """The newest states that the same person made of an edition for the same reason, each with the one before it.

    None where no reason was given. Two queries, however many there are; the last ten are looked at.
    """
    act = now.act
    if not act.why:
        return []
    rows = db.session.scalars(
        select(Revision)
        .join(Revision.act)
        .where(
            Revision.edition_id == edition.id,
            Revision.id != now.id,
            Revision.previous_id.is_not(None),
            Act.kind == ActKind.EDIT,
            Act.why == act.why,
            Act.account_id.is_(None) if act.account_id is None else Act.account_id == act.account_id,
        )
        .order_by(Revision.id.desc())
        .limit(_LOOKED_AT)
    ).all()
    ids = [row.previous_id for row in rows]
    before = {r.id: r for r in db.session.scalars(select(Revision).where(Revision.id.in_(ids)))} if ids else {}
    return [(row, before[row.previous_id]) for row in rows if row.previous_id in before]
