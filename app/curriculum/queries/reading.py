"""What a reader sees: an edition's contents and a unit's blocks as HTML, in one language, at one version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.content import Block, Content, Digest, Kind, Language, LinkState, Lock, Module, Uid, Unit
from app.core.languages import base_of, digest_in
from app.core.merge import state as link_state
from app.core.rendering import Audience, fill, render
from app.curriculum.manifests import digest_of
from app.curriculum.models import Edition, Release, Revision
from app.people.permissions import Actor

from . import contents, editions, parents

DRAFT = "draft"
FACILITATOR_ONLY = frozenset({Kind.PLAN, Kind.MATERIALS, Kind.NOTE, Kind.ACCESS})

_html: contents.Kept[str] = contents.Kept(20_000)
_lines: contents.Kept[list[tuple[Module, list[Line]]]] = contents.Kept(512)
_tables: contents.Kept[list[tuple[Module, list[Line]]]] = contents.Kept(200)
_released: contents.Kept[list[Entry]] = contents.Kept(200)


@dataclass(frozen=True, slots=True)
class View:
    """An edition at one moment, as somebody may read it."""

    edition: Edition
    release: Release | None  # None: the draft
    state: contents.State
    language: Language

    @property
    def revision(self) -> Revision:
        return self.state.revision

    @property
    def version(self) -> str:
        """The version's name, `draft` for what is between releases."""
        return self.release.version if self.release else DRAFT


@dataclass(frozen=True, slots=True)
class Entry:
    """A block as the reader sees it. `html` is None where it has no text in this language."""

    uid: Uid
    kind: Kind
    lock: Lock
    html: str | None
    state: LinkState | None  # to the parent edition; None where there is none


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in a table of contents."""

    uid: Uid
    title: str
    minutes: int
    blocks: int


def view(actor: Actor, slug: str, region: str, *, version: str | None = None, language: str | None = None) -> View:
    """The edition at a version: as asked, else the draft for those who may read it, else the newest release.

    `NoSuchEdition` for whoever may not read that; a draft that may not be read is not found either.
    """
    edition = editions.find(slug, region)
    missing = editions.NoSuchEdition(name=f"{slug}/{region}")
    if edition is None or edition.head is None:
        raise missing
    drafts = editions.may_read_draft(actor, edition)
    if not drafts and not editions.may_read_release(actor, edition):
        raise missing
    if version == DRAFT or (version is None and drafts):
        if not drafts:
            raise missing
        return View(edition, None, contents.state(edition.head), _language(edition, language))
    newest = editions.latest_release(edition) if version is None or not drafts else None
    if newest is None and not drafts:
        raise missing
    release = newest if version is None else editions.release(edition, version)
    if release is None:
        raise missing
    return View(edition, release, contents.state(release.revision), _language(edition, language))


def newer(seen: View) -> Release | None:
    """The newest release, when it is an older one that is being read."""
    if seen.release is None:
        return None
    latest = editions.latest_release(seen.edition)
    return latest if latest is not None and latest.id != seen.release.id else None


def _language(edition: Edition, wanted: str | None) -> Language:
    """The wanted language when the edition has it, also as a regional variant; else the edition's first."""
    found = [code for code in edition.languages if wanted and base_of(code) == base_of(wanted)]
    return wanted if wanted in found else next(iter(found), edition.languages[0])


def unit_of(content: Content, uid: Uid) -> tuple[Module, Unit] | None:
    """A unit and its module by uid."""
    return next(((module, unit) for module, unit in content.units() if unit.uid == uid), None)


def entries(seen: View, unit: Unit, audience: Audience = "facilitator") -> list[Entry]:
    """A unit's blocks as HTML with this edition's variables filled in: at most one query.

    What is released never changes, so its entries are kept by the digests they are made of.
    """
    if seen.release is None:
        return _entries(seen, unit, audience)
    key = f"{seen.revision.local_digest}:{digest_of(unit)}:{seen.language}:{audience}"
    kept = _released.get(key)
    return kept if kept is not None else _released.put(key, _entries(seen, unit, audience))


def _entries(seen: View, unit: Unit, audience: Audience) -> list[Entry]:
    blocks = [b for b in unit.blocks if audience == "facilitator" or b.kind not in FACILITATOR_ONLY]
    names = [digest_in(block.texts, seen.language) for block in blocks]
    pages = _rendered((name for name in names if name), audience)
    values = seen.state.local.values(seen.language)
    base = parents.base_content(seen.state.local) if seen.release is None else Content()
    return [
        Entry(
            block.uid,
            block.kind,
            block.lock,
            fill(pages[name], values) if name else None,
            _standing(seen, base, block),
        )
        for block, name in zip(blocks, names, strict=True)
    ]


def _standing(seen: View, base: Content, block: Block) -> LinkState | None:
    if not base.modules:
        return None
    return link_state(block.uid, base, seen.state.content, seen.state.local.links.get(block.uid))


def _rendered(digests: Iterable[Digest], audience: Audience) -> dict[Digest, str]:
    """Each text as safe HTML. What a digest names never changes, so neither does its HTML."""
    wanted = list(dict.fromkeys(digests))
    found = {d: page for d in wanted if (page := _html.get(f"{audience}:{d}")) is not None}
    for name, body in contents.bodies(d for d in wanted if d not in found).items():
        found[name] = _html.put(f"{audience}:{name}", render(body, audience))
    return found


def lines(seen: View) -> list[tuple[Module, list[Line]]]:
    """The table of contents: every module with its units, in one query, or in none when this process has it."""
    order = [seen.language, *seen.edition.languages]
    key = ":".join((seen.revision.content_digest, *order))
    kept = _lines.get(key)
    if kept is None:
        found = contents.bodies(contents.title_digests(seen.state.content))
        kept = _lines.put(
            key,
            [
                (
                    module,
                    [
                        Line(unit.uid, contents.unit_title(unit, found, order), unit.minutes, len(unit.blocks))
                        for unit in module.units
                    ],
                )
                for module in seen.state.content.modules
            ],
        )
    return kept


def neighbours(listed: Sequence[tuple[Module, Sequence[Line]]], uid: Uid) -> tuple[Line | None, Line | None]:
    """The units before and after one, across modules."""
    flat = [line for _, units in listed for line in units]
    at = next((i for i, line in enumerate(flat) if line.uid == uid), None)
    if at is None:
        return None, None
    return (flat[at - 1] if at else None), (flat[at + 1] if at + 1 < len(flat) else None)
