"""What an edition's modules come from: the contents last reconciled with, and the releases they could take in now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.core.content import Block, Content, Module, Uid
from app.curriculum.manifests import Local, Variable
from app.curriculum.models import Edition, Release

from . import contents, editions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """One edition that modules come from: what was last reconciled of it, and its newest release."""

    edition: Edition
    base: Content
    newest: Release
    waits: bool  # a release newer than the base of one of its modules


def base_content(local: Local, releases: Mapping[int, Release] | None = None) -> Content:
    """The modules of an edition as they stand in the releases last reconciled with."""
    found = releases if releases is not None else editions.releases_by_id(sorted(set(local.bases.values())))
    modules: list[Module] = []
    for uid, release_id in local.bases.items():
        if release_id in found:
            content = contents.state(found[release_id].revision).content
            modules += [module for module in content.modules if module.uid == uid]
    return Content(tuple(modules))


def base_blocks(local: Local) -> dict[Uid, Block]:
    """The parents' blocks by uid, as last reconciled."""
    return {block.uid: block for _, _, block in base_content(local).blocks()}


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


def offered_modules(edition: Edition, release: Release, local: Local) -> set[Uid]:
    """The uids of the modules that a sync with this release reconciles."""
    source = next((s for s in sources(edition, local) if s.edition.id == release.edition_id), None)
    if source is None:
        return set()
    taken = {module.uid for module in source.base.modules}
    return taken | {module.uid for module in offered(edition, source, release).modules}
