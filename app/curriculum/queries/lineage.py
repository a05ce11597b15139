"""The tree of a curriculum's editions: versions, how far each is behind, how its blocks stand to the parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.merge import counts
from app.curriculum.models import Edition, Release
from app.infra.db import db
from app.people.permissions import Actor

from . import contents, editions, parents


@dataclass(frozen=True, slots=True)
class Node:
    """An edition in the tree. `lag` counts the parent's releases after the one last taken in."""

    edition: Edition
    parent_id: int | None
    depth: int
    version: str | None
    base_version: str | None
    blocks: int
    lag: int
    counts: Mapping[str, int]

    @property
    def region(self) -> str:
        return self.edition.region


def tree(actor: Actor, slug: str) -> list[Node]:
    """Every edition of a curriculum that the actor may read something of, each parent right before its children.

    Those whose draft the actor may not read are shown as released, and left out when nothing is.
    """
    family = editions.family(slug)
    if not family:
        raise editions.NoSuchEdition(name=slug)
    newest = editions.latest_releases([e.id for e in family])
    releases = _releases([e.id for e in family])
    seen = [
        e
        for e in family
        if editions.may_read_draft(actor, e) or (e.id in newest and editions.may_read_release(actor, e))
    ]
    if not seen:
        raise editions.NoSuchEdition(name=slug)
    ids = {e.id for e in seen}
    children: dict[int | None, list[Edition]] = {}
    for edition in sorted(seen, key=lambda e: (e.region, e.id)):
        children.setdefault(edition.parent_id if edition.parent_id in ids else None, []).append(edition)
    nodes: list[Node] = []

    def add(edition: Edition, parent_id: int | None, depth: int) -> None:
        drafts = editions.may_read_draft(actor, edition)
        nodes.append(_node(edition, parent_id, depth, newest.get(edition.id), releases, drafts))
        for child in children.get(edition.id, []):
            add(child, edition.id, depth + 1)

    for root in children.get(None, []):
        add(root, None, 0)
    return nodes


def _node(
    edition: Edition,
    parent_id: int | None,
    depth: int,
    newest: Release | None,
    releases: Mapping[int, list[Release]],
    drafts: bool,
) -> Node:
    revision = editions.head_of(edition) if drafts or newest is None else newest.revision
    now = contents.state(revision)
    known = {r.id: r for some in releases.values() for r in some}
    base = parents.base_content(now.local, known)
    of_parent = releases.get(parent_id or 0, [])  # of a parent that may not be seen, nothing is counted
    taken = max((i for i, r in enumerate(of_parent) if r.id in set(now.local.bases.values())), default=None)
    return Node(
        edition=edition,
        parent_id=parent_id,
        depth=depth,
        version=newest.version if newest else None,
        base_version=of_parent[taken].version if taken is not None else None,
        blocks=sum(len(unit.blocks) for _, unit in now.content.units()),
        lag=len(of_parent) - 1 - taken if taken is not None else 0,
        counts={s.value: n for s, n in counts(base, now.content, now.local.links).items()} if now.local.bases else {},
    )


def _releases(edition_ids: list[int]) -> dict[int, list[Release]]:
    """The releases of these editions, oldest version first, in one query."""
    found: dict[int, list[Release]] = {}
    for release in db.session.scalars(
        select(Release)
        .where(Release.edition_id.in_(edition_ids))
        .order_by(Release.edition_id, Release.major, Release.minor, Release.patch)
    ):
        found.setdefault(release.edition_id, []).append(release)
    return found


def as_dict(node: Node) -> dict[str, Any]:
    """A node as JSON."""
    return {
        "region": node.region,
        "parent": node.edition.parent.region if node.edition.parent else None,
        "version": node.version,
        "taken_in": node.base_version,
        "behind": node.lag,
        "blocks": node.blocks,
        "states": dict(node.counts),
    }
