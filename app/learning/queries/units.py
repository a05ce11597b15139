"""The units a cohort is taught, where somebody stands with each, and what is new in one since they finished it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Language, ModuleKind, Uid
from app.core.editing import Change
from app.curriculum.models import Release
from app.curriculum.queries import comparing, contents, editions, reading
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
class Releases:
    """The releases that some cohorts are taught from now, all that were asked for by id, and each edition's newest."""

    taught: Mapping[int, Sequence[Release]]
    by_id: Mapping[int, Release]
    newest: Mapping[int, Release]


def releases_of(cohort_ids: Collection[int], others: Iterable[int] = ()) -> Releases:
    """The releases of these cohorts, with others by id; two queries."""
    used = select(CohortRelease.release_id).where(CohortRelease.cohort_id.in_(cohort_ids))
    rows = db.session.execute(
        select(Release, CohortRelease.cohort_id, CohortRelease.until)
        .outerjoin(CohortRelease, (CohortRelease.release_id == Release.id) & CohortRelease.cohort_id.in_(cohort_ids))
        .where(Release.id.in_(used) | Release.id.in_(set(others)))
        .order_by(CohortRelease.id, Release.id)
    )
    taught: dict[int, list[Release]] = {}
    by_id: dict[int, Release] = {}
    for release, cohort_id, until in rows:
        by_id[release.id] = release
        if cohort_id is not None and until is None:
            taught.setdefault(cohort_id, []).append(release)
    return Releases(taught, by_id, editions.latest_releases(sorted({one.edition_id for one in by_id.values()})))


def path(
    taught: Sequence[Release], language: Language, standings: Mapping[Uid, UnitStanding], known: Releases
) -> list[Path]:
    """The units of these releases in order, with where somebody stands; no query once this process has the releases.

    Manuals are left out: they are the trainer's. A unit that was finished in an older release stays finished, and says
    what is new in it in the edition's newest one.
    """
    found: list[Path] = []
    compared: dict[tuple[int, int], dict[Uid, list[tuple[Uid, Change]]]] = {}
    for release in taught:
        seen = reading.View(release.edition, release, contents.state(release.revision), language)
        newest = known.newest.get(release.edition_id, release)
        for module, lines in reading.lines(seen):
            if module.kind is ModuleKind.MANUAL:
                continue
            name = module.titles.get(language) or next(iter(module.titles.values()), "")
            for line in lines:
                standing = standings.get(line.uid, NOT_BEGUN)
                before = known.by_id.get(standing.done_in or 0)
                news = None
                if before is not None and before.edition_id == newest.edition_id and before.id < newest.id:
                    pair = (before.id, newest.id)
                    if pair not in compared:
                        compared[pair] = blocks_changed(before, newest)
                    changed = compared[pair].get(line.uid)
                    news = News(before.version, newest.version, tuple(changed)) if changed else None
                found.append(Path(line.uid, line.title, name, line.minutes, release.id, standing, news))
    return found


def blocks_changed(before: Release, after: Release) -> dict[Uid, list[tuple[Uid, Change]]]:
    """Which blocks are not the same in two releases, by unit; their texts are not read."""
    old, new = contents.state(before.revision).content, contents.state(after.revision).content
    found: dict[Uid, list[tuple[Uid, Change]]] = {}
    for one in comparing.changes(old, new, {"": ""}):
        found.setdefault(one.unit, []).append((one.uid, one.how))
    return found
