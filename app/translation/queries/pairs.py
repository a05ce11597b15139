"""Which text was made of which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TypeAlias

from sqlalchemy import select

from app.core.content import Digest, Language
from app.core.languages import base_of
from app.core.translating import Cell, Origin, Staleness, grade
from app.core.translating.pairing import WRITING
from app.curriculum.models import Act, Edition, Revision
from app.curriculum.queries import contents
from app.infra.db import db
from app.translation.models import TranslationPair

TOGETHER_WITHIN = timedelta(days=1)  # two languages of a paragraph that are changed as one
_CHUNK = 5_000  # digests per query, below the parameter limits of both databases


@dataclass(frozen=True, slots=True)
class Age:
    """How stale a translation is; `old_source` is the digest of the text it was made of where that is not today's."""

    staleness: Staleness
    old_source: Digest | None = None


Made: TypeAlias = Mapping[Digest, Sequence[tuple[Language, Digest]]]  # what each text was made of, oldest first
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
    cells: Sequence[Cell], source: Language, *, made: Made | None = None, texts: Mapping[Digest, str] | None = None
) -> list[Age]:
    """How stale each cell is, in two queries for any number; `made` are their sources where they have been read.

    A stale translation is graded against the newest source of the same language that it was made of. Those texts and
    the sources of today are in `texts` where they have been read.
    """
    if made is None:
        made = sources_of(cell.target for cell in cells if cell.target and cell.source)
    old = old_sources(cells, source, made)
    grades = _graded({(was, cell.source) for cell, was in zip(cells, old, strict=True) if was}, texts or {})
    return [
        FRESH if was == "" else Age(grades[was, cell.source] if was is not None else Staleness.MAJOR, was)
        for cell, was in zip(cells, old, strict=True)
    ]


def old_sources(cells: Sequence[Cell], source: Language, made: Made) -> list[Digest | None]:
    """The text that each stale cell was made of, None where there is none in this language; "" for one not stale."""
    old: list[Digest | None] = []
    for cell in cells:
        here = made.get(cell.target, ()) if cell.source else ()
        if not cell.target or not cell.source or cell.source in {name for _, name in here}:
            old.append("")
        else:
            same = [name for language, name in here if base_of(language) == base_of(source)]
            old.append(same[-1] if same else None)
    return old


def _graded(wanted: set[tuple[Digest, Digest]], texts: Mapping[Digest, str]) -> dict[tuple[Digest, Digest], Staleness]:
    """How stale what was made of one text is for another: what digests name never changes, so neither does this."""
    found = {one: kept for one in wanted if (kept := _grades.get(":".join(one))) is not None}
    missing = wanted - found.keys()
    unread = {name for one in missing for name in one if name not in texts}
    texts = {**texts, **contents.bodies(sorted(unread))} if unread else texts
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


def just_written(
    edition: Edition, now: Revision, wanted: Collection[tuple[Digest, Digest]]
) -> dict[tuple[Digest, Digest], int]:
    """Those of these (source, target) that whoever made a state wrote there within a day before, for its very reason.

    Each with the number of the state before that writing. None where no reason was given. Two queries at most.
    """
    act = now.act
    if not act.why or not wanted:
        return {}
    who, since = act.account_id, act.at - TOGETHER_WITHIN
    pair = TranslationPair
    written = db.session.execute(
        select(pair.source_digest, pair.target_digest, pair.at).where(
            pair.edition_id == edition.id,
            pair.target_digest.in_(sorted({target for _, target in wanted})),
            pair.origin == Origin.WRITTEN,
            pair.account_id.is_(None) if who is None else pair.account_id == who,
            pair.at >= since,
        )
    ).all()
    written = [row for row in written if (row.source_digest, row.target_digest) in wanted]
    if not written:
        return {}
    acts = db.session.execute(
        select(Act.at, Act.why, Act.account_id, Revision.previous_id)
        .join(Revision, Revision.act_id == Act.id)
        .where(Act.edition_id == edition.id, Act.at >= since, Revision.previous_id.is_not(None))
        .order_by(Act.at)
    ).all()
    found = {}
    for row in written:
        at = bisect_right(acts, row.at, key=lambda one: one.at) - 1  # the state that the pair was written down with
        if at >= 0 and acts[at].why == act.why and acts[at].account_id == who:
            found[row.source_digest, row.target_digest] = acts[at].previous_id
    return found
