"""What an edition's modules come from: the contents last reconciled with, and the releases they could take in now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import select

from app.core.content import Block, Content, Module, Uid
from app.curriculum.manifests import Local, Variable
from app.curriculum.models import Edition, Release, Revision
from app.people.permissions import Actor

from . import contents, editions

T = TypeVar("T")

_bases: contents.Kept[Content] = contents.Kept(256)  # composed bases, by the digests they are made of


@dataclass(frozen=True, slots=True)
class Source:
    """One edition that modules come from: what was last reconciled of it, and its newest release."""

    edition: Edition
    base: Content
    newest: Release
    taken: tuple[Release, ...]  # the releases last reconciled with, oldest first
    waits: bool  # a release newer than the base of one of its modules


@dataclass(frozen=True, slots=True)
class Upstream:
    """A release two levels up: the edition between has not passed it on in a release of its own yet."""

    between: Edition
    release: Release


def grandparent_notices(actor: Actor, edition: Edition) -> list[Upstream]:
    """The releases above an edition's parents that no release of those parents brings along yet, nearest first.

    What they have taken in and not released counts as not passed on; nothing of their drafts is told, and nothing of
    editions that the actor may not read.
    """
    if edition.head is None:
        return []
    found: list[Upstream] = []
    waiting, seen = _sources_of(contents.state(edition.head).local), {edition.id}
    while waiting:
        newest = waiting.pop(0)
        if newest.edition_id in seen:
            continue
        seen.add(newest.edition_id)
        local = contents.state(newest.revision).local
        above = _sources_of(local)
        taken = set(local.bases.values())
        found += [Upstream(newest.edition, release) for release in above if release.id not in taken]
        waiting += above
    return [notice for notice in found if editions.may_read_release(actor, notice.release.edition)]


def _sources_of(local: Local) -> list[Release]:
    """The newest releases of the editions that a link table's modules come from."""
    bases = editions.releases_by_id(sorted(set(local.bases.values())))
    newest = editions.latest_releases(sorted({release.edition_id for release in bases.values()}))
    return [newest[edition_id] for edition_id in sorted(newest)]


@dataclass(frozen=True, slots=True)
class Newest:
    """What the edition above has of a block in its newest release; `block` is None when it took it out."""

    base: Release  # the one last reconciled with
    release: Release
    block: Block | None
    taken: bool  # whether this is the release last reconciled with


def newest_of(local: Local, uid: Uid) -> Newest | None:
    """A block in the newest release of the edition its module comes from; None for one that is at home here."""
    bases = editions.releases_by_id(sorted(set(local.bases.values())))
    for module, release_id in local.bases.items():
        if release_id not in bases:
            continue
        found = contents.state(bases[release_id].revision).content.find(uid)
        if found is None or found[0].uid != module:
            continue
        newest = editions.latest_release(bases[release_id].edition) or bases[release_id]
        now = contents.state(newest.revision).content.find(uid)
        return Newest(bases[release_id], newest, now[1].blocks[now[2]] if now else None, newest.id == release_id)
    return None


def variable_owners(local: Local) -> dict[str, Edition]:
    """For each inherited variable, the edition above that gives it its value."""
    bases = editions.releases_by_id(sorted(set(local.bases.values())))
    owners: dict[str, Edition] = {}
    for release_id in dict.fromkeys(local.bases.values()):
        if release_id in bases:
            base = contents.state(bases[release_id].revision).local
            above = variable_owners(base) if base.bases else {}
            for name in base.resolved:
                owners.setdefault(
                    name,
                    above.get(name, bases[release_id].edition)
                    if name not in base.variables
                    else bases[release_id].edition,
                )
    return owners


def base_content(local: Local, releases: Mapping[int, Release] | None = None) -> Content:
    """The modules of an edition as they stand in the releases last reconciled with, in the order they have there."""
    found = releases if releases is not None else editions.releases_by_id(sorted(set(local.bases.values())))
    parts = [(uid, found[name].revision) for uid, name in local.bases.items() if name in found]
    key = " ".join(f"{uid}:{revision.content_digest}" for uid, revision in parts)
    kept = _bases.get(key)
    if kept is not None:
        return kept
    modules: list[Module] = []
    revisions = {revision.id: revision for _, revision in parts}
    read = contents.contents_of(revisions.values())
    for name in revisions:
        wanted = {uid for uid, of in parts if of.id == name}
        modules += [module for module in read[name].modules if module.uid in wanted]
    return _bases.put(key, Content(tuple(modules)))


def with_base(revision: Revision) -> tuple[contents.State, Content]:
    """A state and what its modules come from: three queries at most, one when this process has read them before."""
    local = contents.local_of(revision)
    ids = sorted(set(local.bases.values()))
    if contents.knows(revision):
        releases = editions.releases_by_id(ids)
    else:
        asked = select(Release).join(Revision, Release.revision_id == Revision.id).where(Release.id.in_(ids))
        releases = {release.id: release for release in contents.with_roots(asked)} if ids else {}
    contents.contents_of([revision, *(release.revision for release in releases.values())])
    return contents.state(revision), base_content(local, releases)


def sources(edition: Edition, local: Local) -> list[Source]:
    """Every edition that modules come from, the parent edition first; its newest release may equal the base."""
    releases = editions.releases_by_id(sorted(set(local.bases.values())))
    by_edition: dict[int, dict[Uid, int]] = {}
    for uid, release_id in local.bases.items():
        if release_id in releases:
            by_edition.setdefault(releases[release_id].edition_id, {})[uid] = release_id
    newest = editions.latest_releases(list(by_edition))
    found = [
        Source(
            edition=newest[edition_id].edition,
            base=base_content(Local(bases=bases), releases),
            newest=newest[edition_id],
            taken=tuple(releases[release_id] for release_id in sorted(set(bases.values()))),
            waits=any(release_id != newest[edition_id].id for release_id in bases.values()),
        )
        for edition_id, bases in by_edition.items()
        if edition_id in newest
    ]
    return sorted(found, key=lambda source: (source.edition.id != edition.parent_id, source.edition.id))


def offered(edition: Edition, source: Source, release: Release) -> Content:
    """What a source's release offers to an edition: everything from the parent edition, else the modules taken."""
    content = contents.state(release.revision).content
    if source.edition.id == edition.parent_id:
        return content
    taken = {module.uid for module in source.base.modules}
    return Content(tuple(module for module in content.modules if module.uid in taken))


def sides(edition: Edition, source: Source, release: Release, local: Local) -> tuple[Content, Content]:
    """Base and parent of a sync with one source's release; modules of other sources are the same on both sides.

    They must be there: what was left for later in them would else look as if the parent had removed it.
    """
    base = base_content(local)
    news = offered(edition, source, release)
    of_source = {module.uid for module in (*source.base.modules, *news.modules)}
    others = tuple(module for module in base.modules if module.uid not in of_source)
    known = tuple(module for module in base.modules if module.uid in of_source)
    return Content((*known, *others)), Content((*news.modules, *others))


def inherited_variables(local: Local) -> dict[str, Variable]:
    """The variables that come from the bases; where two bases have the same one, the first module's holds."""
    return _first([base.resolved for base in _base_locals(local)])


def with_inherited(local: Local) -> Local:
    """The link table with variables and pictures as its bases have them now; what is the edition's own stays."""
    bases = _base_locals(local)
    return replace(
        local,
        resolved={**_first([base.resolved for base in bases]), **local.variables},
        media={**local.media, **_first([base.media for base in bases])},
    )


def _base_locals(local: Local) -> list[Local]:
    releases = editions.releases_by_id(sorted(set(local.bases.values())))
    ordered = [releases[i] for i in dict.fromkeys(local.bases.values()) if i in releases]
    return [contents.state(release.revision).local for release in ordered]


def _first(found: Sequence[Mapping[str, T]]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for some in reversed(found):
        merged.update(some)
    return merged


def origins(edition: Edition) -> set[int]:
    """The ids of every edition that this one's content comes from, at any distance."""
    seen: set[int] = set()
    waiting = [edition]
    while waiting:
        current = waiting.pop()
        if current.head is None:
            continue
        bases = contents.state(current.head).local.bases.values()
        for release in editions.releases_by_id(sorted(set(bases))).values():
            if release.edition_id not in seen:
                seen.add(release.edition_id)
                waiting.append(release.edition)
    return seen


def credited_from(local: Local) -> set[int]:
    """The ids of the editions whose releases a state is made of, at any distance; nothing of anybody's draft."""
    seen: set[int] = set()
    found: set[int] = set()
    waiting = [local]
    while waiting:
        for release in editions.releases_by_id(sorted(set(waiting.pop().bases.values()) - seen)).values():
            seen.add(release.id)
            found.add(release.edition_id)
            waiting.append(contents.state(release.revision).local)
    return found


def offered_modules(edition: Edition, release: Release, local: Local) -> set[Uid]:
    """The uids of the modules that a sync with this release reconciles."""
    source = next((s for s in sources(edition, local) if s.edition.id == release.edition_id), None)
    if source is None:
        return set()
    taken = {module.uid for module in source.base.modules}
    return taken | {module.uid for module in offered(edition, source, release).modules}
