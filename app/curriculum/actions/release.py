"""Freezing an edition under a version."""

from __future__ import annotations

from dataclasses import dataclass

from app.core import versions
from app.core.content import Content, Uid
from app.core.errors import N_, Refused
from app.core.merge import Lacking, missing_for_release
from app.curriculum.models import ActKind, Edition, Release
from app.curriculum.queries import contents, editions, parents
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from .commit import ActSpec, begin

Missing = tuple[Uid, Lacking]


class NotReady(Refused):
    """What keeps an edition from being released; `missing` lists each thing with its place."""

    text = N_("%(name)s cannot be released yet: %(count)s things are missing.")

    def __init__(self, name: str, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(name=name, count=len(missing))


class NothingNew(Refused):
    text = N_("Nothing has changed in %(name)s since version %(version)s.")


class NeedsReason(Refused):
    text = N_("Please say why, in a sentence that people will understand in two years.")
    status = 422


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a release of an edition would be: what is missing, which version follows, and why that one."""

    missing: list[Missing]
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
    return Readiness(missing, bump, previous, changed)


def raised(edition: Edition, level: str) -> str:
    """The version when a person wants at least this level (`X`, `Y` or `Z`) raised; never lower than computed."""
    ready = readiness(edition)
    if ready.previous is None:
        return str(ready.bump.version)
    current = versions.Version.parse(ready.previous.version)
    return str(max(current.raised(versions.Level[level]), ready.bump.version))


@transactional
def release(actor: Actor, edition: Edition, why: str, *, wanted: str | None = None) -> Release:
    """Freeze the edition's head under the computed version, or under a higher one that the actor wants.

    Raises `NotReady` with the list of what is missing, `NothingNew`, `NeedsReason` or `versions.VersionTooLow`.
    """
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(edition))
    if not why.strip():
        raise NeedsReason
    ready = readiness(edition)
    if ready.missing:
        raise NotReady(edition.name, ready.missing)
    if not ready.changed and ready.previous is not None:
        raise NothingNew(name=edition.name, version=ready.previous.version)
    version = ready.bump.version if wanted is None else ready.bump.checked(versions.Version.parse(wanted))
    act = begin(actor, edition, ActSpec(ActKind.RELEASE, why))
    row = Release(
        edition=edition, major=version.x, minor=version.y, patch=version.z,
        revision=editions.head_of(edition), act=act, at=act.at,
    )  # fmt: skip
    db.session.add(row)
    record(actor.account_id, "edition.released", edition, version=str(version))
    return row


def place_of(content: Content, uid: Uid) -> Uid | None:
    """The unit that a missing thing stands in, for linking to it."""
    found = content.find(uid)
    return found[1].uid if found else None
