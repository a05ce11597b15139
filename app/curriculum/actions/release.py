"""Freezing an edition under a version."""

from __future__ import annotations

from app.core import versions
from app.core.errors import N_, Refused
from app.curriculum.models import ActKind, Edition, Release
from app.curriculum.queries import editions
from app.curriculum.queries.gates import Unmet
from app.curriculum.queries.readiness import Missing, readiness
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check

from .commit import ActSpec, ChangedMeanwhile, begin


class NotReady(Refused):
    """What keeps an edition from being released: `missing` blocks with why, and what is `unmet` of its stages."""

    text = N_("%(name)s cannot be released yet: %(count)s things are missing.")

    def __init__(self, name: str, missing: list[Missing], unmet: list[Unmet]) -> None:
        self.missing, self.unmet = missing, unmet
        super().__init__(name=name, count=len(missing) + len(unmet))


class NothingNew(Refused):
    text = N_("Nothing has changed in %(name)s since version %(version)s.")


class NeedsReason(Refused):
    text = N_("Please say why, in a sentence that people will understand in two years.")
    status = 422


@transactional
def release(
    actor: Actor, edition: Edition, why: str, *, wanted: str | None = None, expected_head: int | None = None
) -> Release:
    """Freeze the edition's head under the computed version, or under a higher one that the actor wants.

    With `expected_head`, raises `ChangedMeanwhile` unless that revision is still the head, so that nobody releases
    what they have not seen. Raises `NotReady` with the list of what is missing, `NothingNew`, `NeedsReason` or
    `versions.VersionTooLow`.
    """
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(edition))
    editions.hold(edition)
    if not why.strip():
        raise NeedsReason
    if expected_head is not None and edition.head_id != expected_head:
        raise ChangedMeanwhile
    ready = readiness(edition)
    if ready.missing or ready.unmet:
        raise NotReady(edition.name, ready.missing, ready.unmet)
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
