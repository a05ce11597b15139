"""What could stand in a cell, and from where: this edition, its family, the wider language, the memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.content import Block, Content, Digest, Uid, digest
from app.core.diff import Change, redline_text, similarity
from app.core.languages import chain, digest_in
from app.core.translating import repaired
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions
from app.people.permissions import Actor, Permission, check

from . import memory
from .desks import Desk, desk
from .pairs import ages

MOST = 8
Relative = tuple[Edition, Release | None, Content]  # another edition of the curriculum as somebody reads it


class From(StrEnum):
    """Where a suggestion comes from, in the order in which they are offered."""

    OWN = "own"  # the text that stands here now
    REPAIRED = "repaired"  # the same, of a text that has changed, with the figures that changed in it
    PARENT = "parent"  # the parent edition, of the same source text
    FAMILY = "family"  # another edition of the curriculum, of the same source text
    LANGUAGE = "language"  # the wider language that speaks here now
    EXACT = "exact"  # the memory, of the same source text
    ALIKE = "alike"  # the memory, of a source text much like it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text for a cell. `edition` and `release` say where it is read.

    When it was made of another text than the one to translate, `source` is that text, `alike` how alike the two are and
    `now` the one to translate.
    """

    text: str
    digest: Digest
    origin: From
    language: str
    edition: Edition | None = None
    release: Release | None = None
    alike: float = 1.0
    source: str = ""
    note: str = ""
    now: str = ""

    @property
    def changes(self) -> list[Change]:
        """What a translator has to change: word by word, how the source reads now against what this was made of."""
        return redline_text(self.source, self.now) if self.source and self.now and self.source != self.now else []


def suggestions(actor: Actor, edition: Edition, uid: Uid, language: str, *, most: int = MOST) -> list[Suggestion]:
    """Return what could stand in one cell, each text once with its best origin; the same text twice is left out.

    Raises `NotAllowed` unless the actor may translate the edition.
    """
    check(actor, Permission.TRANSLATE, editions.scope_of(edition))
    at = desk(edition, language)
    block = at.now.content.block(uid)
    if block is None:
        return []
    family = _family(actor, edition)
    found = _cheap(at, [block], family)[uid]
    if at.source is not None and (source := digest_in(block.texts, at.source)):
        text = contents.bodies([source]).get(source, "")
        found = _of_an_old_text(at, block, text, found)
        found += _family_alike(at, block, text, family)
        reader = memory.Reader(actor, edition)
        found += [
            Suggestion(
                match.target_text,
                match.target,
                From.EXACT if match.alike == 1.0 else From.ALIKE,
                match.target_language,
                match.edition,
                None,
                match.alike,
                match.source_text,
                match.note,
                text,
            )
            for match in memory.alike(reader, text, at.source, language)
        ]
    return _once(found)[:most]


def _of_an_old_text(at: Desk, block: Block, text: str, found: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions with what stands here told as what it is: made of a text that has changed since.

    After it comes the same with the figures as they are now, where that needs no translator.
    """
    cell = at.cell(block)
    if at.source is None or not cell.target or not cell.source:
        return list(found)
    was = ages([cell], at.source)[0].old_source
    if not was or (old := contents.bodies([was]).get(was)) is None:
        return list(found)
    told: list[Suggestion] = []
    for one in found:
        if one.digest != cell.target:
            told.append(one)
            continue
        stale = replace(one, alike=similarity(old, text), source=old, now=text)
        told.append(stale)
        if (mended := repaired(old, text, one.text)) is not None:
            told.append(replace(stale, text=mended, digest=digest(mended), origin=From.REPAIRED))
    return told


def _family_alike(at: Desk, block: Block, text: str, family: Sequence[Relative]) -> list[Suggestion]:
    """What other editions say in this very block where their source is another, but much like this one."""
    others = []
    for edition, release, content in family:
        theirs = content.block(block.uid)
        if theirs is None or at.source is None or at.language not in theirs.texts:
            continue
        source = digest_in(theirs.texts, at.source)
        if source and not _same_source(block, theirs, at.source):
            others.append((edition, release, source, theirs.texts[at.language]))
    texts = contents.bodies(name for _, _, source, target in others for name in (source, target))
    found = [
        Suggestion(texts[target], target, origin, at.language, edition, release, alike, texts[source], "", text)
        for edition, release, source, target in others
        if source in texts and target in texts and (alike := similarity(texts[source], text)) >= memory.ENOUGH_ALIKE
        for origin in [From.PARENT if edition.id == at.edition.parent_id else From.FAMILY]
    ]
    return sorted(found, key=lambda one: -one.alike)


def at_once(actor: Actor, at: Desk, blocks: Sequence[Block]) -> dict[Uid, list[Suggestion]]:
    """The suggestions that need no search (all but `ALIKE`), for many blocks, in a number of queries that is fixed."""
    check(actor, Permission.TRANSLATE, editions.scope_of(at.edition))
    found = _cheap(at, blocks, _family(actor, at.edition))
    source = at.source
    if source is not None:
        wanted = {block.uid: name for block in blocks if (name := digest_in(block.texts, source))}
        exact = memory.exact(memory.Reader(actor, at.edition), set(wanted.values()), at.language)
        for uid, name in wanted.items():
            found[uid] += [
                Suggestion(
                    m.target_text, m.target, From.EXACT, m.target_language, m.edition, None, 1.0, m.source_text, m.note
                )
                for m in exact.get(name, ())
            ]
    return {uid: _once(some)[:MOST] for uid, some in found.items()}


def _cheap(at: Desk, blocks: Sequence[Block], family: Sequence[Relative]) -> dict[Uid, list[Suggestion]]:
    """Own text, family and wider language: what the trees say, with the texts read in one query."""
    named: dict[Uid, list[tuple[Digest, From, str, Edition | None, Release | None]]] = {b.uid: [] for b in blocks}
    for block in blocks:
        if at.language in block.texts:
            named[block.uid].append((block.texts[at.language], From.OWN, at.language, at.edition, None))
    for edition, release, content in family:
        origin = From.PARENT if edition.id == at.edition.parent_id else From.FAMILY
        for block in blocks:
            theirs = content.block(block.uid)
            if theirs is not None and at.source is not None and _same_source(block, theirs, at.source):
                text = theirs.texts.get(at.language)
                if text is not None:
                    named[block.uid].append((text, origin, at.language, edition, release))
    for block in blocks:
        wider = next((code for code in chain(at.language)[1:] if code in block.texts), None)
        if wider is not None and wider != at.source:
            named[block.uid].append((block.texts[wider], From.LANGUAGE, wider, at.edition, None))
    texts = contents.bodies(name for some in named.values() for name, *_ in some)
    return {
        uid: [Suggestion(texts[name], name, *origin) for name, *origin in some if name in texts]  # type: ignore[arg-type]
        for uid, some in named.items()
    }


def _same_source(block: Block, other: Block, source: str) -> bool:
    here = digest_in(block.texts, source)
    return bool(here) and digest_in(other.texts, source) == here


def _family(actor: Actor, edition: Edition) -> list[Relative]:
    """The other editions of the curriculum as the actor reads them, the parent first, nearest relatives next."""
    others = [e for e in editions.visible(actor) if e.curriculum_id == edition.curriculum_id and e.id != edition.id]
    newest = editions.latest_releases([e.id for e in others])
    found = []
    for other in others:
        drafts = editions.may_read_draft(actor, other) and other.head is not None
        release = None if drafts else newest.get(other.id)
        revision = other.head if drafts else release.revision if release else None
        if revision is not None:
            found.append((other, release, revision))
    whole: Mapping[int, Content] = contents.contents_of([revision for _, _, revision in found])
    found.sort(key=lambda one: (one[0].id != edition.parent_id, one[0].parent_id != edition.parent_id, one[0].id))
    return [(other, release, whole[revision.id]) for other, release, revision in found]


def _once(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Each text once, with the first of its origins."""
    best: dict[Digest, Suggestion] = {}
    for one in found:
        best.setdefault(one.digest, one)
    return list(best.values())
