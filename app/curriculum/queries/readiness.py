"""Whether an edition may be released: what is missing, which version follows, and why that one."""

from __future__ import annotations

from dataclasses import dataclass

from app.core import versions
from app.core.content import Uid
from app.core.merge import Lacking, missing_for_release
from app.curriculum.models import Edition, Release

from . import contents, editions, gates, parents

Missing = tuple[Uid, Lacking]


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a release of an edition would be: what is missing, which version follows, and why that one."""

    missing: list[Missing]
    unmet: list[gates.Unmet]
    bump: versions.Bump
    previous: Release | None
    changed: bool


def readiness(edition: Edition) -> Readiness:
    """What keeps the edition from being released, and which version it would get."""
    now = contents.state(editions.head_of(edition))
    previous = editions.latest_release(edition)
    before = contents.state(previous.revision) if previous else None
    base = parents.base_content(now.local)
    bodies = contents.bodies(contents.differing(base, now.content, links=now.local.links))
    missing = missing_for_release(base, now.content, now.local.links, bodies.__getitem__, edition.languages)
    current = versions.Version.parse(previous.version) if previous else None
    bump = versions.bump(current, before.content if before else None, now.content)
    changed = before is None or now.content != before.content or now.local.resolved != before.local.resolved
    return Readiness(missing, gates.unmet(edition), bump, previous, changed)


def raised(edition: Edition, level: str) -> str:
    """The version when a person wants at least this level (`X`, `Y` or `Z`) raised; never lower than computed."""
    ready = readiness(edition)
    if ready.previous is None:
        return str(ready.bump.version)
    current = versions.Version.parse(ready.previous.version)
    return str(max(current.raised(versions.Level[level]), ready.bump.version))
