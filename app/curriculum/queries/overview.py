"""Editions at a glance: lists with search, and how one stands to its parents and its readers."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.content import LinkState, Uid
from app.core.merge import counts, state
from app.curriculum.models import Edition, Release
from app.infra.i18n import region_name
from app.people.permissions import Actor

from . import contents, credits, editions, parents
from .reading import View


@dataclass(frozen=True, slots=True)
class Listed:
    """A line in the list of editions."""

    edition: Edition
    title: str
    release: Release | None
    may_draft: bool
    waiting: bool  # a parent has a release that is not taken in yet


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition stands to where it comes from."""

    sources: list[parents.Source]
    counts: Mapping[LinkState, int]

    @property
    def total(self) -> int:
        """How many blocks are counted."""
        return sum(self.counts.values())

    @property
    def waiting(self) -> list[parents.Source]:
        """The sources with a release that is not taken in yet."""
        return [source for source in self.sources if source.waits]


def listed(actor: Actor, search: str, language: str) -> list[Listed]:
    """The editions the actor may read whose title, region or slug has the words in it, by title and region."""
    found = editions.visible(actor)
    newest = editions.latest_releases([e.id for e in found])
    behind = waiting([e for e in found if editions.may_read_draft(actor, e)])
    words = _plain(search).split()
    result = []
    for edition in found:
        title = title_of(edition, language)
        text = _plain(f"{title} {edition.slug} {edition.region} {region_name(edition.region)}")
        if all(word in text for word in words):
            drafts = editions.may_read_draft(actor, edition)
            result.append(Listed(edition, title, newest.get(edition.id), drafts, edition.id in behind))
    return sorted(result, key=lambda line: (line.title, line.edition.parent_id is not None, line.edition.region))


def title_of(edition: Edition, language: str) -> str:
    """An edition's own title, else its curriculum's, in a language, else in the curriculum's source language."""
    source, given = edition.curriculum.source_language, edition.curriculum.titles
    return str(
        edition.titles.get(language)
        or edition.titles.get(source)
        or given.get(language)
        or given.get(source)
        or edition.slug
    )


def standing(seen: View) -> Standing:
    """How an edition stands to its parents at the moment of a view."""
    local = seen.state.local
    base = parents.base_content(local)
    return Standing(
        parents.sources(seen.edition, local), counts(base, seen.state.content, local.links) if local.bases else {}
    )


def unit_states(seen: View) -> dict[Uid, Counter[LinkState]]:
    """For each unit, how many of its blocks stand to the parent in each way; empty where there is no parent."""
    local = seen.state.local
    base = parents.base_content(local)
    if not base.modules:
        return {}
    content = seen.state.content
    return {
        unit.uid: Counter(state(block.uid, base, content, local.links.get(block.uid)) for block in unit.blocks)
        for _, unit in content.units()
    }


def credited(seen: View) -> list[Edition]:
    """The editions whose people and licences this one owes as seen.

    Itself, its ancestors, where modules come from, and where words were borrowed from.
    """
    chain = [seen.edition, *editions.ancestors(seen.edition)]
    known = {e.id for e in chain}
    chain += editions.by_id(sorted(parents.credited_from(seen.state.local) - known))
    known = {e.id for e in chain}
    return [*chain, *(e for e in credits.borrowed_from(seen.edition, seen.revision) if e.id not in known)]


def waiting(found: Sequence[Edition]) -> dict[int, list[Release]]:
    """For each edition, the releases of its parents that it has not taken in; three queries for any number."""
    tables = contents.locals_of([edition.head for edition in found if edition.head is not None])
    bases = {e.id: set(tables[e.head.id].bases.values()) for e in found if e.head is not None}
    releases = editions.releases_by_id(sorted(set().union(*bases.values()))) if bases else {}
    newest = editions.latest_releases(sorted({release.edition_id for release in releases.values()}))
    result: dict[int, list[Release]] = {}
    for edition_id, base_ids in bases.items():
        for base_id in sorted(base_ids & releases.keys()):
            latest = newest[releases[base_id].edition_id]
            if latest.id != base_id and latest not in result.setdefault(edition_id, []):
                result[edition_id].append(latest)
    return {edition_id: some for edition_id, some in result.items() if some}


def _plain(text: str) -> str:
    """Small letters without accents, for searching as people type."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
