"""Whose words live on in an edition: the chain of editions above it, each with its people and its licence."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.content import Content, Digest
from app.curriculum import rules
from app.curriculum.models import Edition, Release, Revision

from . import contents, editions, parents


@dataclass(frozen=True, slots=True)
class Credit:
    """One edition whose own words are in another. `release` is the version they came from; None for itself."""

    edition: Edition
    release: Release | None
    paragraphs: int

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
    """Find the editions whose own texts still live in a revision: those it has that its origins had not."""
    state = contents.state(revision)
    living = {block.uid: set(block.texts.values()) for _, _, block in state.content.blocks()}
    above: list[Credit] = []
    waiting = [list(state.local.bases.values())]
    seen: set[int] = set()
    from_above: set[Digest] = set()
    while waiting:
        releases = editions.releases_by_id(sorted(set(waiting.pop(0))))
        for release in releases.values():
            if release.id in seen:
                continue
            seen.add(release.id)
            there = contents.state(release.revision)
            mine = _digests(there.content) - _digests(parents.base_content(there.local))
            from_above |= _digests(there.content)
            count = sum(bool(texts & mine) for texts in living.values())
            if count:
                _add(above, Credit(release.edition, release, count))
            waiting.append(list(there.local.bases.values()))
    own = Credit(edition, None, sum(bool(texts - from_above) for texts in living.values()))
    licences = [credit.edition.licence for credit in above]
    return Chain(own, above, rules.binding(edition.licence, licences), rules.licence_faults(edition.licence, licences))


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
