"""Reading what stands on the first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.adaptation import queries as adaptation
from app.adaptation.models import Draft
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions, overview
from app.people.permissions import Actor, Permission, allows


@dataclass(frozen=True, slots=True)
class Mine:
    """An edition that this person works on."""

    edition: Edition
    release: Release | None
    waiting: Sequence[Release]  # what the parents have released and this edition has not taken in
    ahead: bool  # changed since its newest release


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something that this person wrote and has not saved yet."""

    draft: Draft
    edition: Edition
    title: str


def mine(actor: Actor) -> list[Mine]:
    """The editions whose drafts this person may read, those with something to take in first.

    Taking in is for those who may: nothing waits there for anybody else.
    """
    found = [edition for edition in editions.visible(actor) if editions.may_read_draft(actor, edition)]
    syncable = {e.id for e in found if allows(actor, Permission.SYNC_EDITION, editions.scope_of(e))}
    newest = editions.latest_releases([edition.id for edition in found])
    behind = overview.waiting(found)
    result = [
        Mine(
            edition,
            newest.get(edition.id),
            behind.get(edition.id, []) if edition.id in syncable else [],
            edition.id not in newest or newest[edition.id].revision_id != edition.head_id,
        )
        for edition in found
    ]
    return sorted(result, key=lambda line: (not line.waiting, not line.ahead, line.edition.slug, line.edition.region))


def unfinished(actor: Actor, lines: Sequence[Mine]) -> list[Unfinished]:
    """This person's unsaved texts in those editions, newest first."""
    by_id: Mapping[int, Edition] = {line.edition.id: line.edition for line in lines}
    drafts = [draft for draft in adaptation.drafts(actor) if draft.edition_id in by_id]
    result = []
    for draft in drafts:
        edition = by_id[draft.edition_id]
        content = contents.state(editions.head_of(edition)).content
        unit = next((u for _, u in content.units() if u.uid == draft.unit_uid), None)
        if unit is not None:
            titles = contents.bodies(d for block in unit.blocks[:1] for d in block.texts.values())
            result.append(Unfinished(draft, edition, contents.unit_title(unit, titles, [draft.language])))
    return result


def to_read(actor: Actor, language: str) -> list[overview.Listed]:
    """The released editions this person may read."""
    return [line for line in overview.listed(actor, "", language) if line.release is not None]
