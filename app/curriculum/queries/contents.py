"""Reading content trees, link tables and texts. What a digest names never changes, so the latest ones are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeAlias, TypeVar

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased

from app.core.content import Block, Content, Digest, Language, Uid, Unit
from app.core.languages import digest_in
from app.core.merge import Link
from app.curriculum.manifests import Local, load_content, load_local, load_unit, unit_digests
from app.curriculum.models import Manifest, Revision, Text
from app.curriculum.packing import unpack
from app.infra.db import db

V = TypeVar("V")
_Stored: TypeAlias = Row[Digest, Digest | None, bytes]  # digest, base_digest, data
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
_bases: Kept[str] = Kept(1_024)  # whole manifests that will be asked for: what others are packed against, and roots


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


def local_of(revision: Revision) -> Local:
    """A revision's link table. What its content is made of is read with it, in the same query, for who asks next."""
    local = _locals.get(revision.local_digest)
    if local is not None:
        return local
    root = [] if _contents.get(revision.content_digest) else [revision.content_digest]
    bodies = _manifests([revision.local_digest, *root])
    for name in root:
        _bases.put(name, bodies[name])
    return _locals.put(revision.local_digest, load_local(bodies[revision.local_digest]))


def knows(revision: Revision) -> bool:
    """Whether this process has read a revision's content."""
    return _contents.get(revision.content_digest) is not None


def with_roots(wanted: Select[V]) -> list[V]:
    """What a statement that joins revisions finds; what their contents are made of is read in the same query."""
    root, base = aliased(Manifest), aliased(Manifest)
    rows = db.session.execute(
        wanted.join(root, root.digest == Revision.content_digest)
        .outerjoin(base, base.digest == root.base_digest)
        .add_columns(root.digest, root.data, base.data)
    ).all()
    for _, name, data, like in rows:
        _bases.put(name, unpack(data, unpack(like) if like is not None else None))
    return [row[0] for row in rows]


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
    """The manifests of these digests, unpacked, in one query per five thousand; none for those that are kept whole."""
    wanted = list(dict.fromkeys(digests))
    found = {d: body for d in wanted if (body := _bases.get(d)) is not None}
    missing = [d for d in wanted if d not in found]
    rows = _rows_with_bases(missing)
    for name in missing:
        row = rows[name]
        found[name] = unpack(row.data, _base(rows, row.base_digest) if row.base_digest else None)
    return found


def _base(rows: Mapping[Digest, _Stored], name: Digest) -> str:
    body = _bases.get(name)
    return body if body is not None else _bases.put(name, unpack(rows[name].data))


def _rows_with_bases(digests: Sequence[Digest]) -> dict[Digest, _Stored]:
    """Manifests as they are stored, and those that they are packed against."""
    found: dict[Digest, _Stored] = {}
    columns = (Manifest.digest, Manifest.base_digest, Manifest.data)
    for start in range(0, len(digests), _CHUNK):
        asked = Manifest.digest.in_(digests[start : start + _CHUNK])
        bases = select(Manifest.base_digest).where(asked, Manifest.base_digest.is_not(None))
        whole = select(*columns).where(Manifest.digest.in_(bases))
        found.update({row.digest: row for row in db.session.execute(select(*columns).where(asked).union_all(whole))})
    return found


def base_of(digest: Digest) -> tuple[Digest, str] | None:
    """The whole manifest that one like this may be packed against: itself, or what it was packed against."""
    rows = _rows_with_bases([digest])
    if digest not in rows:
        return None
    name = rows[digest].base_digest or digest
    return name, _base(rows, name)


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
