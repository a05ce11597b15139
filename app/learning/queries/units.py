"""The units a cohort is taught, where somebody stands with each, and what is new in one since they finished it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import aliased

from app.core.content import Digest, Language, ModuleKind, Uid
from app.core.editing import Change
from app.curriculum.models import Edition, Release, Revision
from app.curriculum.queries import comparing, contents
from app.delivery.models import CohortRelease
from app.infra.db import db
from app.learning.rules.progress import NOT_BEGUN, UnitStanding


@dataclass(frozen=True, slots=True)
class News:
    """What became of a unit's blocks since somebody finished it: uid and how, in the order of the newer release."""

    since: str
    version: str
    blocks: tuple[tuple[Uid, Change], ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A unit on somebody's path."""

    uid: Uid
    title: str
    module: str
    minutes: int
    release_id: int
    standing: UnitStanding
    news: News | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A release as plain columns: what a path is made of is named by the digest, and never changes."""

    id: int
    edition_id: int
    number: tuple[int, int, int]
    revision_id: int
    content_digest: Digest
    languages: tuple[Language, ...]

    @property
    def version(self) -> str:
        return ".".join(map(str, self.number))


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases that some cohorts are taught from now, and were ever; all of their editions by id; the newest."""

    taught: Mapping[int, Sequence[Published]]
    used: frozenset[int]
    by_id: Mapping[int, Published]
    newest: Mapping[int, Published]


Line = tuple[Uid, str, str, int]  # unit, its title, its module's, minutes

_lines: contents.Kept[list[Line]] = contents.Kept(512)
_changes: contents.Kept[dict[Uid, list[tuple[Uid, Change]]]] = contents.Kept(256)


def _releases() -> Select[*tuple[Any, ...]]:
    """Built once: building it anew for each visit costs more than asking the database."""
    cohorts: BindParameter[Any] = bindparam("cohorts", expanding=True)
    named = aliased(Release)
    used = select(CohortRelease.release_id).where(CohortRelease.cohort_id.in_(cohorts))
    concerned = select(named.edition_id).where(named.id.in_(used) | named.id.in_(bindparam("others", expanding=True)))
    return (
        select(
            Release.id, Release.edition_id, Release.major, Release.minor, Release.patch, Release.revision_id,
            Revision.content_digest, Edition.languages, CohortRelease.cohort_id, CohortRelease.until,
        )
        .join(Revision, Revision.id == Release.revision_id)
        .join(Edition, Edition.id == Release.edition_id)
        .outerjoin(CohortRelease, (CohortRelease.release_id == Release.id) & CohortRelease.cohort_id.in_(cohorts))
        .where(Release.edition_id.in_(concerned))
        .order_by(CohortRelease.id, Release.id)
    )  # fmt: skip


_RELEASES = _releases()


def releases_of(cohort_ids: Collection[int], others: Iterable[int] = ()) -> Releases:
    """The releases of these cohorts, and every release of the editions of these and of others by id; one query."""
    rows = db.session.execute(_RELEASES, {"cohorts": list(cohort_ids), "others": list(set(others))})
    taught: dict[int, list[Published]] = {}
    by_id: dict[int, Published] = {}
    newest: dict[int, Published] = {}
    seen = set()
    for id_, edition_id, major, minor, patch, revision_id, digest, languages, cohort_id, until in rows:
        one = Published(id_, edition_id, (major, minor, patch), revision_id, digest, tuple(languages))
        by_id[id_] = one
        if edition_id not in newest or newest[edition_id].number < one.number:
            newest[edition_id] = one
        if cohort_id is not None:
            seen.add(id_)
            if until is None:
                taught.setdefault(cohort_id, []).append(one)
    return Releases(taught, frozenset(seen), by_id, newest)


def path(
    taught: Sequence[Published], language: Language, standings: Mapping[Uid, UnitStanding], known: Releases
) -> list[Path]:
    """The units of these releases in order, with where somebody stands; no query once this process has the releases.

    Manuals are left out: they are the trainer's. A unit that was finished in an older release stays finished, and says
    what is new in it in the edition's newest one.
    """
    _read(taught, language, standings, known)
    found: list[Path] = []
    for release in taught:
        for uid, title, module, minutes in _lines.get(_key(release, language)) or ():
            standing = standings.get(uid, NOT_BEGUN)
            found.append(Path(uid, title, module, minutes, release.id, standing, _news(uid, standing, release, known)))
    return found


def _key(release: Published, language: Language) -> str:
    return ":".join((release.content_digest, language, *release.languages))


def _compared(standing: UnitStanding, release: Published, known: Releases) -> tuple[Published, Published] | None:
    """The release somebody finished a unit in, and the edition's newest where that is a later one."""
    before, newest = known.by_id.get(standing.done_in or 0), known.newest.get(release.edition_id)
    if before is None or newest is None or before.edition_id != newest.edition_id or before.number >= newest.number:
        return None
    return before, newest


def _news(uid: Uid, standing: UnitStanding, release: Published, known: Releases) -> News | None:
    pair = _compared(standing, release, known)
    if pair is None:
        return None
    changed = (_changes.get(_pair(*pair)) or {}).get(uid)
    return News(pair[0].version, pair[1].version, tuple(changed)) if changed else None


def _pair(before: Published, after: Published) -> str:
    return f"{before.content_digest}:{after.content_digest}"


def _read(
    taught: Sequence[Published], language: Language, standings: Mapping[Uid, UnitStanding], known: Releases
) -> None:
    """Read what this process does not know yet of these releases: four queries for any number, or none."""
    unread = [one for one in taught if _lines.get(_key(one, language)) is None]
    pairs = {pair for one in taught for place in standings.values() if (pair := _compared(place, one, known))}
    pairs = {pair for pair in pairs if _changes.get(_pair(*pair)) is None}
    ids = {one.revision_id for one in (*unread, *(side for pair in pairs for side in pair))}
    if not ids:
        return
    trees = contents.contents_of(db.session.scalars(select(Revision).where(Revision.id.in_(ids))))
    titles = contents.bodies(d for one in unread for d in contents.title_digests(trees[one.revision_id]))
    for one in unread:
        order = [language, *one.languages]
        _lines.put(
            _key(one, language),
            [
                (
                    unit.uid,
                    contents.unit_title(unit, titles, order),
                    next((module.titles[code] for code in order if code in module.titles), ""),
                    unit.minutes,
                )
                for module, unit in trees[one.revision_id].units()
                if module.kind is not ModuleKind.MANUAL
            ],
        )
    for before, after in pairs:
        found: dict[Uid, list[tuple[Uid, Change]]] = {}
        for change in comparing.changes(trees[before.revision_id], trees[after.revision_id], {"": ""}):
            found.setdefault(change.unit, []).append((change.uid, change.how))
        _changes.put(_pair(before, after), found)
