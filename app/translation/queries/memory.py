"""The translation memory: pairs whose source is the text asked for, or much like it.

Nobody is shown what they may not read: see `Reader`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy import text as sql

from app.core.content import Digest, Language, digest
from app.core.diff import similarity
from app.core.languages import chain
from app.core.translating import grams, key_of
from app.curriculum.models import Edition, Text
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import Actor, parse_scope
from app.translation.models import TranslationPair

from .desks import digests

ENOUGH_ALIKE = 0.6  # of the words; what is less alike is more work to mend than to write
BEST = 5
_AT_A_TIME, _ROUNDS = 40, 3
_POSTINGS = 150  # texts looked at for one number; one that so many share says little


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the memory with its translation, and how alike its source is (1.0: the very text).

    `edition` is where it is from; None for an imported memory, whose name is in `note`.
    """

    source: Digest
    source_text: str
    target: Digest
    target_text: str
    target_language: Language
    alike: float
    edition: Edition | None
    note: str


class Reader:
    """Which rows of the memory an actor may be shown while translating one edition; remembers what it has looked up.

    A row of an edition is shown to those who read its draft, and to those who read its releases when the newest of
    them has the text. An imported memory is shown where the edition lies within the memory's scope.
    """

    def __init__(self, actor: Actor, edition: Edition) -> None:
        self._actor, self._scope = actor, editions.scope_of(edition)
        self._editions: dict[int, Edition] = {edition.id: edition}
        self._released: dict[int, frozenset[Digest]] = {}

    def known(self, edition_id: int | None) -> Edition | None:
        """An edition among those that rows looked at came from."""
        return self._editions.get(edition_id) if edition_id is not None else None

    def look_up(self, ids: Iterable[int | None]) -> None:
        """Read the editions that rows come from, and what they released where that matters: three queries at most."""
        missing = sorted({i for i in ids if i is not None} - self._editions.keys())
        if not missing:
            return
        found = editions.by_id(missing)
        self._editions.update((edition.id, edition) for edition in found)
        outside = [
            e.id
            for e in found
            if not editions.may_read_draft(self._actor, e) and editions.may_read_release(self._actor, e)
        ]
        newest = editions.latest_releases(outside)
        whole = contents.contents_of([release.revision for release in newest.values()])
        self._released.update((i, digests(whole[release.revision_id])) for i, release in newest.items())

    def may_see(self, edition_id: int | None, place: str, source: Digest, target: Digest) -> bool:
        """Whether a row may be shown; `look_up` comes first."""
        if edition_id is None:
            return parse_scope(place).covers(self._scope)
        edition = self._editions.get(edition_id)
        if edition is None:
            return False
        if editions.may_read_draft(self._actor, edition):
            return True
        return {source, target} <= self._released.get(edition_id, frozenset())


def exact(reader: Reader, sources: Collection[Digest], target_language: Language) -> dict[Digest, list[Match]]:
    """Translations of these very texts, newest first, by source: four queries for any number of them."""
    rows = [row for row in _rows([key_of(name) for name in sources], target_language) if row.source in sources]
    found: dict[Digest, dict[Digest, Match]] = {}
    for match in _shown(reader, rows, dict.fromkeys((row.source for row in rows), 1.0)):
        found.setdefault(match.source, {}).setdefault(match.target, match)
    return {source: list(matches.values()) for source, matches in found.items()}


def alike(
    reader: Reader,
    text: str,
    source_language: Language,
    target_language: Language,
    *,
    best: int = BEST,
    least: float = ENOUGH_ALIKE,
) -> list[Match]:
    """Return the translations of the texts most like this one, best first; the very text comes with 1.0.

    Among texts that share too few of their numbers with this one none is looked at, and of the others the first
    hundred or so: see `core.translating.memory`.
    """
    keys = [key_of(digest(text))]
    for language in chain(source_language):
        keys += [key for key in _candidates(text, language) if key not in keys]
    found: dict[Digest, Match] = {}
    for start in range(0, min(len(keys), _AT_A_TIME * _ROUNDS), _AT_A_TIME):
        rows = _rows(keys[start : start + _AT_A_TIME], target_language)
        scores = {
            source: similarity(text, body) for source, body in {row.source: row.source_text for row in rows}.items()
        }
        for match in _shown(reader, [row for row in rows if scores[row.source] >= least], scores):
            if match.target not in found or found[match.target].alike < match.alike:
                found[match.target] = match
        if len(found) >= best:
            break
    return sorted(found.values(), key=lambda match: (-match.alike, match.source_text, match.target_text))[:best]


def _candidates(text: str, language: Language) -> list[int]:
    """The keys of the texts that share most numbers with this one, most first; a bounded amount of looking."""
    wanted = grams(text, language)
    if not wanted:
        return []
    found = db.session.execute(
        sql(_CANDIDATES % " UNION ALL ".join(_POSTING % at for at in range(len(wanted)))),
        {
            **{f"gram{at}": gram for at, gram in enumerate(wanted)},
            "postings": _POSTINGS,
            "fewest": max(1, len(wanted) // 8),
            "most": _AT_A_TIME * _ROUNDS,
        },
    )
    return [row[0] for row in found]


# Written out: the same words for both databases, and composing them anew for each search takes longer than searching.
_POSTING = (
    "SELECT source_key FROM"
    " (SELECT source_key FROM memory_gram WHERE gram = :gram%d ORDER BY source_key LIMIT :postings) AS posting"
)
_CANDIDATES = (
    "SELECT source_key, count(*) FROM (%s) AS found GROUP BY source_key HAVING count(*) >= :fewest"
    " ORDER BY count(*) DESC, source_key LIMIT :most"
)


@dataclass(frozen=True, slots=True)
class _Row:
    source: Digest
    source_text: str
    target: Digest
    target_language: Language
    edition_id: int | None
    place: str
    note: str


def _rows(keys: Sequence[int], target_language: Language) -> list[_Row]:
    """The pairs of these source texts into a language or one that it leans on, nearest language first, then newest."""
    wanted = chain(target_language)
    rows = db.session.execute(
        select(
            TranslationPair.source_digest,
            Text.body,
            TranslationPair.target_digest,
            TranslationPair.target_language,
            TranslationPair.edition_id,
            TranslationPair.place,
            TranslationPair.note,
        )
        .join(Text, Text.digest == TranslationPair.source_digest)
        .where(TranslationPair.source_key.in_(keys), TranslationPair.target_language.in_(wanted))
        .order_by(TranslationPair.id.desc())
    )
    return sorted((_Row(*row) for row in rows), key=lambda row: wanted.index(row.target_language))


def _shown(reader: Reader, rows: Sequence[_Row], scores: Mapping[Digest, float]) -> list[Match]:
    """The rows that may be shown, as matches with these scores."""
    reader.look_up(row.edition_id for row in rows)
    seen = [row for row in rows if reader.may_see(row.edition_id, row.place, row.source, row.target)]
    targets = contents.bodies(row.target for row in seen)
    return [
        Match(
            row.source,
            row.source_text,
            row.target,
            targets[row.target],
            row.target_language,
            scores[row.source],
            reader.known(row.edition_id),
            row.note if row.edition_id is None else "",
        )
        for row in seen
    ]
