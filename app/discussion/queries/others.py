"""How other editions of the same curriculum solved a block: their texts with their reasons, as far as one may read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Digest, Language, Uid
from app.core.variables import names
from app.curriculum.models import Act, Edition, Release, Revision
from app.curriculum.queries import contents, editions
from app.infra.db import db
from app.people.permissions import Actor


@dataclass(frozen=True, slots=True)
class Taken:
    """An edition that has a text, at a release or, for those who may read it, in its draft; and why it has it."""

    edition: Edition
    release: Release | None
    revision: Revision
    act: Act | None

    @property
    def name(self) -> str:
        """How an act names where these words come from."""
        return f"{self.edition.name}@{self.release.version if self.release else f'r{self.revision.number}'}"


@dataclass(frozen=True, slots=True)
class Other:
    """A text that others have in this place, and everybody who has it."""

    digest: Digest
    text: str
    values: dict[str, str]  # what its variables stand for there
    holders: list[Taken]
    lacking: list[str]  # variables that this edition has not got

    @property
    def first(self) -> Taken:
        """The one it is credited to: the eldest edition that has it."""
        return self.holders[0]


def of_block(actor: Actor, edition: Edition, uid: Uid, language: Language) -> list[Other]:
    """The texts of this block in other editions of the curriculum that are not ours, the eldest edition first.

    Of each edition its newest release; its draft too for those who may read it. The number of queries does not grow
    with the editions.
    """
    family = [one for one in editions.family(edition.slug) if one.id != edition.id and one.head is not None]
    above = {one.id for one in editions.ancestors(edition)}
    family = [one for one in family if one.id not in above]
    newest = editions.latest_releases([one.id for one in family if editions.may_read_release(actor, one)])
    moments: list[tuple[Edition, Release | None, Revision]] = []
    for one in family:
        release = newest.get(one.id)
        if release is not None:
            moments.append((one, release, release.revision))
        released = release is not None and release.revision_id == one.head_id
        if one.head is not None and not released and editions.may_read_draft(actor, one):
            moments.append((one, None, one.head))
    states = contents.states([editions.head_of(edition), *(revision for _, _, revision in moments)])
    mine = states[editions.head_of(edition).id]
    block = mine.content.block(uid)
    ours = block.texts.get(language) if block is not None else None
    above_texts = _theirs(edition, uid, language)
    found: dict[Digest, list[tuple[Edition, Release | None, Revision]]] = {}
    for moment in moments:
        there = states[moment[2].id].content.block(uid)
        name = there.texts.get(language) if there is not None else None
        if name is None or name == ours or name in above_texts:
            continue
        holders = found.setdefault(name, [])
        if all(holder[0].id != moment[0].id for holder in holders):
            holders.append(moment)
    texts = contents.bodies(found)
    links = {
        moment[2].id: states[moment[2].id].local.links.get(uid) for holders in found.values() for moment in holders
    }
    ids = sorted({int(link.act) for link in links.values() if link is not None and link.act is not None})
    acts = {act.id: act for act in db.session.scalars(select(Act).where(Act.id.in_(ids)))} if ids else {}
    result = []
    for name, holders in found.items():
        taken = []
        for one, release, revision in holders:
            link = links[revision.id]
            taken.append(Taken(one, release, revision, acts.get(int(link.act)) if link and link.act else None))
        lacking = [variable for variable in names(texts[name]) if variable not in mine.local.resolved]
        values = states[holders[0][2].id].local.values(language)
        result.append(Other(name, texts[name], dict(values), taken, lacking))
    return result


def _theirs(edition: Edition, uid: Uid, language: Language) -> set[Digest]:
    """The texts of a block in the releases above, at any distance: who follows them has solved nothing differently."""
    found: set[Digest] = set()
    waiting = [contents.state(editions.head_of(edition)).local]
    seen: set[int] = set()
    while waiting:
        releases = editions.releases_by_id(sorted(set(waiting.pop().bases.values()) - seen))
        for release in releases.values():
            seen.add(release.id)
            state = contents.state(release.revision)
            block = state.content.block(uid)
            if block is not None and language in block.texts:
                found.add(block.texts[language])
            waiting.append(state.local)
    return found
