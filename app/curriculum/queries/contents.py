"""Reading content trees, link tables and texts. What a digest names never changes, so the latest ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Row, select

from app.core.content import Block, Content, Digest, Language, Uid, Unit
from app.core.languages import digest_in
from app.core.merge import Link
from app.curriculum.manifests import Local, load_content, load_local, load_unit, unit_digests
from app.curriculum.models import Manifest, Revision, Text
from app.curriculum.packing import unpack
from app.infra.db import db

V = TypeVar("V")
_CHUNK = 5_000  # digests per query, below the parameter limits of both databases


class Kept(Generic[V]):
    """The values used last, by digest, up to a number of them."""

    def __init__(self, size: int) -> None:
        self._size, self._values, self._lock = size, OrderedDict[Digest, V](), Lock()

    def get(self, key: Digest) -> V | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Digest, value: V) -> V:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value


_contents: Kept[Content] = Kept(256)
_units: Kept[Unit] = Kept(8_192)
_locals: Kept[Local] = Kept(512)
_bases: Kept[str] = Kept(1_024)  # manifests that others are packed against


@dataclass(frozen=True, slots=True)
class State:
    """A revision read whole."""

    revision: Revision
    content: Content
    local: Local


def state(revision: Revision) -> State:
    """A revision with its content and its link table: at most two queries, none when this process has them."""
    content, local = _contents.get(revision.content_digest), _locals.get(revision.local_digest)
    wanted = ([] if content else [revision.content_digest]) + ([] if local else [revision.local_digest])
    bodies = _manifests(wanted)
    if content is None:
        content = _contents.put(revision.content_digest, _content(bodies[revision.content_digest]))
    if local is None:
        local = _locals.put(revision.local_digest, load_local(bodies[revision.local_digest]))
    return State(revision, content, local)


def states(revisions: Sequence[Revision]) -> dict[int, State]:
    """Several revisions read whole, by revision id: at most three queries for any number of them."""
    listed = list({r.id: r for r in revisions}.values())
    held = {d: c for r in listed if (c := _contents.get(d := r.content_digest)) is not None}
    tables = locals_of(listed)
    roots = _manifests(dict.fromkeys(r.content_digest for r in listed if r.content_digest not in held))
    wanted = list(dict.fromkeys(d for body in roots.values() for d in unit_digests(body)))
    units = {d: u for d in wanted if (u := _units.get(d)) is not None}
    units |= {d: _units.put(d, load_unit(body)) for d, body in _manifests(d for d in wanted if d not in units).items()}
    held |= {d: _contents.put(d, load_content(body, units.__getitem__)) for d, body in roots.items()}
    return {r.id: State(r, held[r.content_digest], tables[r.id]) for r in listed}


def keep(content_digest: Digest, content: Content, local_digest: Digest, local: Local) -> None:
    """Spare this process from reading back what it has just written."""
    _contents.put(content_digest, content)
    _locals.put(local_digest, local)


def locals_of(revisions: Sequence[Revision]) -> dict[int, Local]:
    """The link tables of several revisions by revision id, in one query."""
    found = {d: local for r in revisions if (local := _locals.get(d := r.local_digest)) is not None}
    missing = dict.fromkeys(r.local_digest for r in revisions if r.local_digest not in found)
    found |= {name: _locals.put(name, load_local(body)) for name, body in _manifests(missing).items()}
    return {r.id: found[r.local_digest] for r in revisions}


def contents_of(revisions: Iterable[Revision]) -> dict[int, Content]:
    """The contents of many revisions by revision id, in two queries for any number."""
    listed = list(revisions)
    found = {d: c for d in {r.content_digest for r in listed} if (c := _contents.get(d)) is not None}
    missing = _manifests(sorted({r.content_digest for r in listed} - found.keys()))
    units = {d: u for body in missing.values() for d in unit_digests(body) if (u := _units.get(d)) is not None}
    wanted = sorted({d for body in missing.values() for d in unit_digests(body)} - units.keys())
    units |= {d: _units.put(d, load_unit(text)) for d, text in _manifests(wanted).items()}
    found |= {d: _contents.put(d, load_content(body, units.__getitem__)) for d, body in missing.items()}
    return {r.id: found[r.content_digest] for r in listed}


def _content(body: str) -> Content:
    found = {d: u for d in unit_digests(body) if (u := _units.get(d))}
    missing = [d for d in unit_digests(body) if d not in found]
    found |= {d: _units.put(d, load_unit(text)) for d, text in _manifests(missing).items()}
    return load_content(body, found.__getitem__)


def _manifests(digests: Iterable[Digest]) -> dict[Digest, str]:
    """The manifests of these digests, unpacked: one query per five thousand, and one more for those they build on."""
    rows = manifest_rows(digests)
    bases = {row.base_digest for row in rows.values() if row.base_digest is not None}
    known = {d: body for d in bases if (body := _bases.get(d)) is not None}
    known |= {
        d: _bases.put(d, unpack(row.data)) for d, row in manifest_rows(d for d in bases if d not in known).items()
    }
    return {d: unpack(row.data, known[row.base_digest] if row.base_digest else None) for d, row in rows.items()}


def manifest_rows(digests: Iterable[Digest]) -> dict[Digest, Row[Digest, Digest | None, bytes]]:
    """Manifests as they are stored: digest, base_digest, data."""
    found = {}
    wanted = list(dict.fromkeys(digests))
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        rows = db.session.execute(
            select(Manifest.digest, Manifest.base_digest, Manifest.data).where(Manifest.digest.in_(some))
        )
        found.update({row.digest: row for row in rows})
    return found


def base_of(digest: Digest) -> tuple[Digest, str] | None:
    """The whole manifest that one like this may be packed against: itself, or what it was packed against."""
    row = manifest_rows([digest]).get(digest)
    if row is None:
        return None
    name = row.base_digest or digest
    body = _bases.get(name)
    return name, body if body is not None else _bases.put(name, _manifests([name])[name])


def bodies(digests: Iterable[Digest]) -> dict[Digest, str]:
    """The texts of these digests, in one query per five thousand."""
    found: dict[Digest, str] = {}
    wanted = list(dict.fromkeys(digests))
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        rows = db.session.execute(select(Text.digest, Text.body).where(Text.digest.in_(some)))
        found.update((row.digest, row.body) for row in rows)
    return found


def texts_of(blocks: Iterable[Block], language: Language) -> list[str | None]:
    """Each block's text as it is read in a language, a variant's from the wider language; None where it has none."""
    listed = list(blocks)
    names = [digest_in(b.texts, language) for b in listed]
    found = bodies(name for name in names if name)
    return [found.get(name) for name in names]


def unit_title(unit: Unit, found: Mapping[Digest, str], languages: Iterable[Language]) -> str:
    """A unit's title: its first block's text without the heading marks, in the first language that has one."""
    for language in languages:
        for block in unit.blocks[:1]:
            text = found.get(digest_in(block.texts, language))
            if text:
                return text.lstrip("#").strip()
    return unit.uid


def title_digests(content: Content) -> list[Digest]:
    """The digests of the texts that unit titles are made of."""
    return [d for _, unit in content.units() for block in unit.blocks[:1] for d in block.texts.values()]


def differing(*sides: Content, links: Mapping[Uid, Link] | None = None) -> set[Digest]:
    """The digests of the texts that are not the same on every side, and of what links remember of blocks."""
    remembered = {uid: dict(link.base or {}) for uid, link in (links or {}).items()}
    texts: list[Mapping[Uid, Mapping[str, Digest]]] = [
        {block.uid: block.texts for _, _, block in side.blocks()} for side in sides
    ]
    wanted: set[Digest] = set()
    for uid in set().union(*texts):
        here = [side.get(uid, {}) for side in texts]
        if uid in remembered or any(one != here[0] for one in here[1:]):
            wanted.update(name for one in [*here, remembered.get(uid, {})] for name in one.values())
    return wanted
