"""What a reviewed file says, as a list that can be kept, shown, and brought in more than once without a double.

Pure: from `Reviewed` to plain values and back to JSON. Every entry has a key made of who said what where, so that the
same words in the same or in another copy of the file are known again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.core.content import Language, Uid
from app.core.errors import N_, Refused
from app.interchange.formats.docx.review.changes import Author, BlockChange, Remark, Reviewed, Unplaced

NO_PARAGRAPH = N_("It is about a title page or a heading that is not a paragraph of its own.")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One change: `how` is change, insert, remove or move; `after` names where a move goes; `author` may be empty."""

    how: str
    uid: Uid
    text: str
    base: str
    after: Uid
    author: str
    at: str
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """One comment, `parent` the id of the one it answers."""

    id: str
    uid: Uid
    author: str
    at: str
    text: str
    quote: str
    parent: str
    resolved: bool
    key: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What has no place by itself, and why: a sentence with parts. `uid` is where a person put it; see `fate`.

    `fate` is empty while nobody decided, then `placed`, `aside` or, once it is in, `brought`.
    """

    what: str
    author: str
    at: str
    text: str
    why: str
    key: str
    parts: dict[str, str] = field(default_factory=dict)
    uid: Uid = ""
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a reviewed file says against a state of an edition. `by_text`: the file did not say which state."""

    language: Language
    revision_id: int
    proposed: tuple[Proposed, ...] = ()
    said: tuple[Said, ...] = ()
    lost: tuple[Lost, ...] = ()
    by_text: bool = False

    @property
    def uids(self) -> list[Uid]:
        """The blocks that something is said about."""
        return list(dict.fromkeys([*(one.uid for one in self.proposed), *(one.uid for one in self.said)]))

    @property
    def keys(self) -> list[str]:
        """The key of every entry that has a place."""
        return [*(one.key for one in self.proposed), *(one.key for one in self.said)]

    def threads(self) -> dict[str, str]:
        """For every remark's id that of the one that begins its thread; its own when it answers nothing known here."""
        parents = {one.id: one.parent for one in self.said}
        firsts: dict[str, str] = {}
        for start in parents:
            at, way = start, dict[str, None]()
            while at not in way and at not in firsts and parents.get(at) in parents:
                way[at] = None
                at = parents[at]
            firsts.update(dict.fromkeys([*way, at], firsts.get(at, at)))
        return firsts

    def dumped(self) -> bytes:
        """This as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def loaded(data: bytes) -> Found:
    """What `dumped` wrote."""
    read = json.loads(data)
    return Found(
        language=read["language"],
        revision_id=read["revision_id"],
        proposed=tuple(Proposed(**one) for one in read["proposed"]),
        said=tuple(Said(**one) for one in read["said"]),
        lost=tuple(Lost(**one) for one in read["lost"]),
        by_text=read["by_text"],
    )


def listed(reviewed: Reviewed, language: Language, revision_id: int, first: Uid, *, by_text: bool) -> Found:
    """What a reviewed file says, entry by entry; `first` is the block that new text at the very beginning follows."""
    keys = _Keys(language)
    proposed = tuple(_proposed(reviewed, first, keys))
    said, lost = [], [_lost(one, keys) for one in reviewed.unplaced]
    for remark in reviewed.remarks:
        if remark.uid is None:
            nowhere = Unplaced("comment", remark.author, remark.at, remark.text, NO_PARAGRAPH)
            lost.append(_lost(nowhere, keys))
        else:
            said.append(_said(remark, remark.uid, keys))
    return Found(language, revision_id, proposed, tuple(said), tuple(lost), by_text)


class _Keys:
    """Gives each entry its key; the same thing said again in one file is told apart by how often it came."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.seen: Counter[str] = Counter()

    def of(self, *parts: str) -> str:
        body = json.dumps([self.language, *parts], ensure_ascii=False)
        self.seen[body] += 1
        return hashlib.sha256(f"{body}{self.seen[body]}".encode("utf-8", "replace")).hexdigest()[:40]


def _proposed(reviewed: Reviewed, first: Uid, keys: _Keys) -> Iterator[Proposed]:
    for change in reviewed.changes:
        for text, authors in _parts(change):
            yield _entry(keys, "change", change.uid, text, change.before, "", authors)
    for new in reviewed.inserted:
        yield _entry(keys, "insert", new.after or first, new.text, "", "", new.authors)
    for gone in reviewed.removed:
        yield _entry(keys, "remove", gone.uid, "", gone.before, "", gone.authors)
    for move in reviewed.moved:
        yield _entry(keys, "move", move.uid, "", "", move.after or first, move.authors)


def _parts(change: BlockChange) -> Iterator[tuple[str, Sequence[Author]]]:
    """What each author proposes; all of it as one where they cannot be told apart."""
    apart = [(part.after, part.authors) for part in change.parts if part.after != change.before]
    yield from apart or [(change.after, change.authors)]


def _entry(keys: _Keys, how: str, uid: Uid, text: str, base: str, after: Uid, authors: Sequence[Author]) -> Proposed:
    names = ", ".join(author.name for author in authors if author.name)
    moments = [author.at for author in authors if author.at is not None]
    at = max(moments).isoformat() if moments else ""
    return Proposed(how, uid, text, base, after, names, at, keys.of(how, uid, text, base, after, names, at))


def _said(remark: Remark, uid: Uid, keys: _Keys) -> Said:
    at = remark.at.isoformat() if remark.at else ""
    key = keys.of("comment", uid, remark.author, at, remark.text)
    return Said(
        remark.id, uid, remark.author, at, remark.text, remark.quote, remark.parent or "", remark.resolved, key
    )  # fmt: skip


def _lost(one: Unplaced, keys: _Keys) -> Lost:
    at = one.at.isoformat() if one.at else ""
    return Lost(one.what, one.author, at, one.text, one.why, keys.of("lost", one.what, one.author, at, one.text))


def refused(one: Proposed | Said, fault: Refused) -> Lost:
    """An entry that the edition does not take, with the reason."""
    what = "comment" if isinstance(one, Said) else one.how
    return Lost(what, one.author, one.at, one.text, fault.text, one.key, parts_of(fault))


def parts_of(fault: Refused) -> dict[str, Any]:
    """A refusal's parts as JSON takes them; a refusal among them as its own English sentence."""
    return {name: value if isinstance(value, int | str) else str(value) for name, value in fault.parts.items()}


def moment(at: str) -> dt.datetime | None:
    """The moment that an entry names."""
    return dt.datetime.fromisoformat(at) if at else None
