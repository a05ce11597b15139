"""What could stand in a cell, and from where: this edition, its family, the wider language, the memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.content import Block, Content, Digest, Uid
from app.core.languages import chain, digest_in
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents, editions
from app.people.permissions import Actor, Permission, check

from . import memory
from .desks import Desk, desk

MOST = 8


class From(StrEnum):
    """Where a suggestion comes from, in the order in which they are offered."""

    OWN = "own"  # the text that stands here now
    PARENT = "parent"  # the parent edition, of the same source text
    FAMILY = "family"  # another edition of the curriculum, of the same source text
    LANGUAGE = "language"  # the wider language that speaks here now
    EXACT = "exact"  # the memory, of the same source text
    ALIKE = "alike"  # the memory, of a source text much like it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text for a cell. `edition` and `release` say where it is read; `alike` and `source` are for the memory's."""

    text: str
    digest: Digest
    origin: From
    language: str
    edition: Edition | None = None
    release: Release | None = None
    alike: float = 1.0
    source: str = ""
    note: str = ""


def suggestions(actor: Actor, edition: Edition, uid: Uid, language: str, *, most: int = MOST) -> list[Suggestion]:
    """Return what could stand in one cell, each text once with its best origin; the same text twice is left out.

    Raises `NotAllowed` unless the actor may translate the edition.
    """
    check(actor, Permission.TRANSLATE, editions.scope_of(edition))
    at = desk(edition, language)
    block = at.now.content.block(uid)
    if block is None:
        return []
    found = _cheap(actor, at, [block])[uid]
    if at.source is not None and (source := digest_in(block.texts, at.source)):
        text = contents.bodies([source]).get(source, "")
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
            )
            for match in memory.alike(reader, text, at.source, language)
        ]
    return _once(found)[:most]


def at_once(actor: Actor, at: Desk, blocks: Sequence[Block]) -> dict[Uid, list[Suggestion]]:
    """The suggestions that need no search (all but `ALIKE`), for many blocks, in a number of queries that is fixed."""
    check(actor, Permission.TRANSLATE, editions.scope_of(at.edition))
    found = _cheap(actor, at, blocks)
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


def _cheap(actor: Actor, at: Desk, blocks: Sequence[Block]) -> dict[Uid, list[Suggestion]]:
    """Own text, family and wider language: what the trees say, with the texts read in one query."""
    named: dict[Uid, list[tuple[Digest, From, str, Edition | None, Release | None]]] = {b.uid: [] for b in blocks}
    for block in blocks:
        if at.language in block.texts:
            named[block.uid].append((block.texts[at.language], From.OWN, at.language, at.edition, None))
    for edition, release, content in _family(actor, at.edition):
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


def _family(actor: Actor, edition: Edition) -> list[tuple[Edition, Release | None, Content]]:
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
