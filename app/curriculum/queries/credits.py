"""Whose words live on in an edition: the chain of editions above it, each with its people and its licence."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from app.core.content import Content, Digest
from app.curriculum import rules
from app.curriculum.models import Act, ActKind, Curriculum, Edition, Release, Revision
from app.infra.db import db

from . import contents, editions, parents

_NAMED = re.compile(r"(?<![\w/-])([\w-]+)/([\w-]+)@(r?)([\d.]+\d|\d)(?![\w.])")  # my-coop/PE-SAM@1.0.0, …@r12


@dataclass(frozen=True, slots=True)
class Credit:
    """One edition whose own words are in another. `release` is the version they came from; None for itself, or a draft.

    `borrowed` says that it is no edition above: somebody took its words, or it offered them.
    """

    edition: Edition
    release: Release | None
    paragraphs: int
    borrowed: bool = False

    @property
    def people(self) -> list[str]:
        return self.edition.credits


@dataclass(frozen=True, slots=True)
class Chain:
    """The credits of an edition at a revision, itself first, and what its licence has to carry."""

    own: Credit
    above: list[Credit]
    terms: rules.Terms
    faults: list[rules.LicenceFault]


def chain(edition: Edition, revision: Revision) -> Chain:
    """Find the editions whose own texts still live in a revision: those it has that its origins had not.

    Editions that words were taken from by name, here or in one above, are found in the acts that took them.
    """
    state = contents.state(revision)
    living = {block.uid: set(block.texts.values()) for _, _, block in state.content.blocks()}
    above: list[Credit] = []
    waiting = [list(state.local.bases.values())]
    seen: set[int] = set()
    from_above: set[Digest] = set()
    borrowed = _borrowed([edition.id, *sorted(parents.credited_from(state.local))])
    taken = {name for _, _, own in borrowed for name in own}
    while waiting:
        releases = editions.releases_by_id(sorted(set(waiting.pop(0))))
        for release in releases.values():
            if release.id in seen:
                continue
            seen.add(release.id)
            there = contents.state(release.revision)
            mine = _digests(there.content) - _digests(parents.base_content(there.local))
            mine -= taken - _of(borrowed, release.edition_id)
            from_above |= _digests(there.content)
            count = sum(bool(texts & mine) for texts in living.values())
            if count:
                _add(above, Credit(release.edition, release, count))
            waiting.append(list(there.local.bases.values()))
    for source, release_of, own_words in borrowed:
        count = sum(bool(texts & own_words) for texts in living.values())
        if count and source.id != edition.id:
            _add(above, Credit(source, release_of, count, borrowed=True))
    from_above = (from_above | taken) - _of(borrowed, edition.id)
    own = Credit(edition, None, sum(bool(texts - from_above) for texts in living.values()))
    licences = [credit.edition.licence for credit in above]
    return Chain(own, above, rules.binding(edition.licence, licences), rules.licence_faults(edition.licence, licences))


def borrowed_from(edition: Edition, revision: Revision) -> list[Edition]:
    """The editions beside or below from which words were taken that still live in a revision, in order of their ids."""
    state = contents.state(revision)
    living = _digests(state.content)
    above = parents.credited_from(state.local)
    found = _borrowed([edition.id, *sorted(above)])
    named = {source.id: source for source, _, own in found if own & living}
    return [named[number] for number in sorted(named) if number not in above and number != edition.id]


_Borrowed = tuple[Edition, Release | None, set[Digest]]


def _of(borrowed: Collection[_Borrowed], edition_id: int) -> set[Digest]:
    return {name for source, _, own in borrowed if source.id == edition_id for name in own}


def _borrowed(ids: list[int]) -> list[_Borrowed]:
    """What acts on these editions say was taken from others: from which, at which release, and what is its own there.

    One query where nothing was; four more, for any number, where something was.
    """
    said = db.session.scalars(
        select(Act.stems_from)
        .where(Act.edition_id.in_(ids), Act.kind == ActKind.EDIT, Act.stems_from.contains("@"))
        .distinct()
        .order_by(Act.stems_from)
    )
    named = {match.groups() for text in said for match in _NAMED.finditer(text)}
    if not named:
        return []
    places = sorted({(slug, region) for slug, region, _, _ in named})
    rows = db.session.scalars(
        select(Edition).join(Curriculum).where(tuple_(Curriculum.slug, Edition.region).in_(places)).order_by(Edition.id)
    )
    known = {(one.slug, one.region): one for one in rows}
    moments = _moments(known, named)
    states = contents.states([revision for _, _, revision in moments])
    result = []
    for source, release, revision in moments:
        state = states[revision.id]
        result.append((source, release, _digests(state.content) - _digests(parents.base_content(state.local))))
    return result


def _moments(
    known: dict[tuple[str, str], Edition], named: Collection[tuple[str, ...]]
) -> list[tuple[Edition, Release | None, Revision]]:
    """The releases, and states between them, that these names mean; those that mean nothing are left out."""
    ids = sorted(one.id for one in known.values())
    releases = {
        (r.edition_id, r.version): r for r in db.session.scalars(select(Release).where(Release.edition_id.in_(ids)))
    }
    numbers = sorted({int(n) for _, _, r, n in named if r and n.isdecimal() and len(n) < 9})
    revisions = {}
    if numbers:
        rows = db.session.scalars(select(Revision).where(Revision.edition_id.in_(ids), Revision.number.in_(numbers)))
        revisions = {(row.edition_id, row.number): row for row in rows}
    result: list[tuple[Edition, Release | None, Revision]] = []
    for slug, region, draft, version in sorted(named):
        edition = known.get((slug, region))
        if edition is None:
            continue
        if draft and version.isdecimal() and (edition.id, int(version)) in revisions:
            result.append((edition, None, revisions[edition.id, int(version)]))
        elif (edition.id, version) in releases:
            release = releases[edition.id, version]
            result.append((edition, release, release.revision))
    return result


def _add(found: list[Credit], credit: Credit) -> None:
    """Name each edition once, with the most of it that was found."""
    for i, other in enumerate(found):
        if other.edition.id == credit.edition.id:
            if credit.paragraphs > other.paragraphs:
                found[i] = credit
            return
    found.append(credit)


def _digests(content: Content) -> set[Digest]:
    return {name for _, _, block in content.blocks() for name in block.texts.values()}
