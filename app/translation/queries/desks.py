"""What translating an edition into one language starts from: the texts, the language of the source, what is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.content import Block, Content, Digest, Language
from app.core.languages import digest_in, spoken
from app.core.translating import Cell, Directions, directions
from app.curriculum.models import Act, ActKind, Edition, Revision
from app.curriculum.queries import contents, editions, parents
from app.infra.db import db
from app.translation import rules
from app.translation.models import TranslationDirection


@dataclass(frozen=True, slots=True)
class Desk:
    """An edition's head as it is translated into one language; `source` is None for the language it is written in.

    `settled` holds the texts that came approved: those of the parent's release, or of an original's files.
    """

    edition: Edition
    now: contents.State
    language: Language
    source: Language | None
    directions: Directions
    settled: Content

    def cell(self, block: Block) -> Cell:
        """A block as a cell of this desk."""
        return cell(block, self.language, self.source, self.settled)


def cell(block: Block, language: Language, source: Language | None, settled: Content) -> Cell:
    """A block in a language, with its source text and whether its text came approved."""
    target = block.texts.get(language, "")
    speaks = spoken(block.texts, source) if source is not None else None
    came = settled.block(block.uid) if target else None
    return Cell(
        block.uid,
        language,
        block.texts[speaks] if speaks is not None and speaks != language else "",
        target,
        carried=not target and bool(digest_in(block.texts, language)),
        settled=came is not None and came.texts.get(language) == target,
    )


def desk(edition: Edition, language: Language) -> Desk:
    """The desk for a language that the edition is taught in; `NoSuchLanguage` for any other."""
    rules.check_taught(language, edition.languages)
    found = directions_of(edition)
    now, base = parents.with_base(editions.head_of(edition))
    came = base if now.local.bases else settled(edition, now)
    return Desk(edition, now, language, found.source(language), found, came)


def settled(edition: Edition, now: contents.State) -> Content:
    """The contents whose texts came approved: the releases last reconciled with, or the files last loaded."""
    if now.local.bases:
        return parents.base_content(now.local)
    last = editions.last_loaded(edition)
    return contents.state(last).content if last is not None else Content()


def settled_of(states: Sequence[tuple[Edition, contents.State]]) -> dict[int, Content]:
    """The same for many editions by their ids, in a number of queries that does not grow with them."""
    wanted = sorted({base for _, now in states for base in now.local.bases.values()})
    releases = editions.releases_by_id(wanted)
    loaded = _last_loaded([edition.id for edition, now in states if not now.local.bases])
    contents.contents_of([*(release.revision for release in releases.values()), *loaded.values()])
    found = {}
    for edition, now in states:
        if now.local.bases:
            found[edition.id] = parents.base_content(now.local, releases)
        else:
            last = loaded.get(edition.id)
            found[edition.id] = contents.state(last).content if last is not None else Content()
    return found


def _last_loaded(ids: Sequence[int]) -> dict[int, Revision]:
    """The newest states that came from files, by edition."""
    if not ids:
        return {}
    newest = (
        select(func.max(Revision.id))
        .join(Act, Revision.act_id == Act.id)
        .where(Revision.edition_id.in_(ids), Act.kind == ActKind.LOAD)
        .group_by(Revision.edition_id)
    )
    return {r.edition_id: r for r in db.session.scalars(select(Revision).where(Revision.id.in_(newest)))}


def directions_of(edition: Edition) -> Directions:
    """From which language each language of an edition is translated, with what is decided in the editions above."""
    return directions_for([edition])[edition.id]


def directions_for(found: Sequence[Edition]) -> dict[int, Directions]:
    """The same for many editions by their ids, in one query, however far above them something was decided."""
    rows = db.session.execute(
        select(Edition.id, Edition.parent_id, TranslationDirection.target, TranslationDirection.source)
        .outerjoin(TranslationDirection, TranslationDirection.edition_id == Edition.id)
        .order_by(Edition.id, TranslationDirection.id)
    )
    above: dict[int, int | None] = {}
    said: dict[int, dict[Language, Language]] = {}
    for row in rows if found else ():
        above[row.id] = row.parent_id
        if row.target is not None:
            said.setdefault(row.id, {})[row.target] = row.source
    result = {}
    for edition in found:
        line: list[int] = []
        at: int | None = edition.id
        while at is not None and at not in line:
            line.insert(0, at)
            at = above.get(at)
        result[edition.id] = directions(edition.curriculum.source_language, [said.get(i, {}) for i in line])
    return result


def digests(content: Content) -> frozenset[Digest]:
    """The digests of all texts of a content, kept by the content itself."""
    key = id(content)
    held = _digests.get(key)
    if held is None or held[0] is not content:
        if len(_digests) > _MOST:
            _digests.clear()
        held = _digests[key] = (content, frozenset(d for _, _, b in content.blocks() for d in b.texts.values()))
    return held[1]


_MOST = 256
_digests: dict[int, tuple[Content, frozenset[Digest]]] = {}
