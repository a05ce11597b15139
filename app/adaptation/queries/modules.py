"""Which modules of other editions an edition could take in."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.content import Module
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions
from app.people.permissions import Actor


@dataclass(frozen=True, slots=True)
class Offer:
    """An edition's newest release and the modules of it that the asking edition does not have."""

    release: Release
    modules: tuple[Module, ...]


def offers(actor: Actor, edition: Edition) -> list[Offer]:
    """The newest releases the actor may read, with what the edition could take in; in a fixed number of queries.

    Editions that descend from this one are left out where one step shows it; further down, the action refuses.
    """
    others = [e for e in editions.visible(actor) if e.id != edition.id and e.parent_id != edition.id]
    newest = editions.latest_releases([e.id for e in others])
    read = contents.states([release.revision for release in newest.values()])
    head = editions.head_of(edition)
    has = {module.uid for module in contents.state(head).content.modules}
    own = {r.id for r in editions.releases(edition)}
    found = []
    for other in others:
        release = newest.get(other.id)
        if release is None or not editions.may_read_release(actor, other):
            continue
        now = read[release.revision_id]
        modules = tuple(m for m in now.content.modules if m.uid not in has and now.local.bases.get(m.uid) not in own)
        if modules:
            found.append(Offer(release, modules))
    return found


def offered_release(actor: Actor, release_id: int) -> Release:
    """A release by id, if the actor may read it."""
    release = editions.releases_by_id([release_id]).get(release_id)
    if release is None or not editions.may_read_release(actor, release.edition):
        raise editions.NoSuchEdition(name="–")
    return release
