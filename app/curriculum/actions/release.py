"""Freezing an edition under a version."""

from __future__ import annotations

from dataclasses import dataclass

from app.core import versions
from app.core.content import Content, Uid
from app.core.errors import N_, Refused
from app.core.merge import Missing, missing_for_release
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from ..models import ActKind, Edition, Release
from ..queries import contents, editions, parents
from .commit import ActSpec, begin


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


class VersionTooLow(Refused):
    text = N_("These changes need at least version %(computed)s; %(wanted)s is too low.")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a release of an edition would be: what is missing, which version follows, and why that one."""

    missing: list[Missing]
    bump: versions.Bump
    previous: Release | None
    changed: bool


def readiness(edition: Edition) -> Readiness:
    """What keeps the edition from being released, and which version it would get."""
    now = contents.state(_head(edition))
    previous = editions.latest_release(edition)
    before = contents.state(previous.revision) if previous else None
    missing = missing_for_release(parents.base_content(now.local), now.content, now.local.links)
    current = versions.parse(previous.version) if previous else None
    bump = versions.bump(current, before.content if before else Content(), now.content)
    changed = before is None or now.content != before.content or now.local.resolved != before.local.resolved
    return Readiness(missing, bump, previous, changed)


def _head(edition: Edition):  # type: ignore[no-untyped-def]
    if edition.head is None:
        raise NothingNew(name=edition.name, version="-")
    return edition.head


@transactional
def release(actor: Actor, edition: Edition, why: str, *, wanted: str | None = None) -> Release:
    """Freeze the edition's head under the computed version, or under a higher one that the actor wants.

    Raises `NotReady` with the list of what is missing, `NothingNew`, `NeedsReason` or `VersionTooLow`.
    """
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(edition))
    if not why.strip():
        raise NeedsReason
    ready = readiness(edition)
    if ready.missing:
        raise NotReady(edition.name, ready.missing)
    if not ready.changed and ready.previous is not None:
        raise NothingNew(name=edition.name, version=ready.previous.version)
    version = ready.bump.version
    if wanted is not None:
        asked = versions.parse(wanted)
        if asked < version:
            raise VersionTooLow(computed=str(version), wanted=wanted)
        version = asked
    act = begin(actor, edition, ActSpec(ActKind.RELEASE, why))
    row = Release(
        edition=edition, major=version.major, minor=version.minor, patch=version.patch,
        revision=_head(edition), act=act, at=act.at,
    )  # fmt: skip
    db.session.add(row)
    record(actor.account_id, "edition.released", edition, version=str(version))
    return row


def place_of(content: Content, uid: Uid) -> Uid | None:
    """The unit that a missing thing stands in, for linking to it."""
    found = content.find(uid)
    return found[1].uid if found else None
