"""Finding words in the units a person may read: without regard to accents and capitals, each text found once.

An edition is searched as its reader sees it: the draft where drafts may be read, else the newest release. A unit is one
result that names every edition in which it has the words. Folded texts are kept by digest, so only the
first search after a start reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from app.core.content import Block, Digest, Language, Uid, Unit
from app.core.languages import digest_in
from app.core.variables import fill, names
from app.curriculum.models import Edition, Release
from app.people.permissions import Actor

from . import contents, editions

PER_PAGE = 20
MOST_WORDS, LONGEST_QUERY = 8, 200
EXTRACT = 240  # letters of an extract

_MARKUP = (
    (re.compile(r"^ {0,3}/{3,}[ \t]*[\w-]*[ \t]*\|?[ \t]*|^ {4,}[\w-]+ *: *[^\n]*$|^ {0,3}\{:[^\n]*\}$", re.M), ""),
    (re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\n]{0,500}\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}|>|[*+-]|\d+\.)[ \t]+|\[[ xX]\][ \t]|[*`|\\]|\b_|_\b|:?-{3,}:?", re.M), " "),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a found unit can be read, and the paragraph with the words; `release` is None for a draft."""

    edition: Edition
    release: Release | None
    block: Uid = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that has all the words. `pieces` is the extract: stretches of text and whether each is a found word."""

    unit: Uid
    language: Language
    title: str
    pieces: tuple[tuple[str, bool], ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, and how many there are in all."""

    hits: list[Hit]
    total: int


@dataclass(frozen=True, slots=True)
class _Words:
    """A text without its marks, as it stands and folded, and the variables that still stand in it."""

    text: str
    folded: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A folded word and how it is found: at the beginning of a word. Asking for the letters first is cheap."""

    word: str
    pattern: re.Pattern[str]

    def stands_in(self, folded: str) -> bool:
        return self.word in folded and self.pattern.search(folded) is not None


@dataclass(slots=True)
class _Candidate:
    """A unit in one language with one set of values, and the editions that have exactly this."""

    unit: Unit
    language: Language
    values: Mapping[str, str]
    places: list[Place] = field(default_factory=list)


class _Fold(dict[int, int]):
    """Letters without accents and capitals, one for one, so that places in the folded text are places in the text."""

    def __missing__(self, code: int) -> int:
        folded = unicodedata.normalize("NFD", chr(code))[0].lower()[:1]
        self[code] = ord(folded) if folded else code
        return self[code]


_FOLD = _Fold()
_Texts: TypeAlias = Mapping[Digest, "_Words"]
_plain: contents.Kept[_Words] = contents.Kept(60_000)
_filled: contents.Kept[_Words] = contents.Kept(60_000)


def fold(text: str) -> str:
    """Small letters without accents, as many as the text has."""
    return unicodedata.normalize("NFC", text).translate(_FOLD)


def words(query: str) -> list[str]:
    """The words of a query as they are looked for; a handful at most."""
    return list(dict.fromkeys(re.findall(r"\w+", fold(query[:LONGEST_QUERY]))))[:MOST_WORDS]


def search(actor: Actor, query: str, language: Language, page: int = 1) -> Found:
    """The units that have every word of the query (or a word that begins with it), best first.

    A unit counts as found by its title, then by how many of the words one paragraph has, the reader's language first.
    """
    wanted = words(query)
    if not wanted:
        return Found([], 0)
    candidates = _candidates(actor)
    needed = {d for c in candidates for b in c.unit.blocks if (d := digest_in(b.texts, c.language))}
    texts = {d: kept for d in needed if (kept := _plain.get(d)) is not None}
    texts |= {
        d: _plain.put(d, _folded(plain(b))) for d, b in contents.bodies(d for d in needed if d not in texts).items()
    }
    sought = [_Wanted(word, re.compile(rf"(?<!\w){re.escape(word)}")) for word in wanted]
    ranked = []
    for order, candidate in enumerate(candidates):
        scored = _score(candidate, sought, texts)
        if scored is not None:
            in_title, most, block = scored
            other = candidate.language.partition("-")[0] != language
            ranked.append(((not in_title, other, -most, order), candidate, block))
    ranked.sort(key=lambda found: found[0])
    grouped: dict[tuple[Uid, Language], list[tuple[_Candidate, Block]]] = {}
    for _, candidate, block in ranked:
        grouped.setdefault((candidate.unit.uid, candidate.language), []).append((candidate, block))
    shown = list(grouped.values())[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Found([_hit(versions, sought, texts) for versions in shown], len(grouped))


def _candidates(actor: Actor) -> list[_Candidate]:
    """Every readable unit once per language and set of values, in a number of queries that does not grow."""
    found = editions.visible(actor)
    newest = editions.latest_releases([e.id for e in found])
    places = []
    for edition in found:
        drafts = editions.may_read_draft(actor, edition) and edition.head is not None
        release = None if drafts else newest.get(edition.id)
        revision = edition.head if drafts else release.revision if release else None
        if revision is not None:
            places.append((Place(edition, release), revision))
    read = contents.states([revision for _, revision in places])
    candidates: dict[tuple[object, ...], _Candidate] = {}
    for place, revision in places:
        now = read[revision.id]
        for language in place.edition.languages:
            values = now.local.values(language)
            key = (language, tuple(sorted(values.items())))
            for _, unit in now.content.units():
                candidates.setdefault((id(unit), *key), _Candidate(unit, language, values)).places.append(place)
    return list(candidates.values())


def plain(body: str) -> str:
    """A Markdown text's words without the marks, on one line."""
    for pattern, instead in _MARKUP:
        body = pattern.sub(instead, body)
    return unicodedata.normalize("NFC", body).strip()


def _folded(text: str) -> _Words:
    return _Words(text, text.translate(_FOLD), tuple(names(text)))


def _words_of(candidate: _Candidate, block: Block, texts: _Texts) -> _Words | None:
    """A block's plain text with its variables filled in; None where it has none in this language."""
    name = digest_in(block.texts, candidate.language)
    found = texts.get(name)
    if found is None or not found.variables:
        return found
    key = "\0".join((name, *(candidate.values.get(variable, "") for variable in found.variables)))
    filled = _filled.get(key)
    if filled is None:
        filled = _filled.put(key, _folded(unicodedata.normalize("NFC", fill(found.text, candidate.values))))
    return filled


def _score(candidate: _Candidate, sought: Sequence[_Wanted], texts: _Texts) -> tuple[bool, int, Block] | None:
    """Whether the title has all the words, how many the best block has, and that block; None when one is missing."""
    left, in_title = set(range(len(sought))), False
    best, most = None, 0
    for at, block in enumerate(candidate.unit.blocks):
        found = _words_of(candidate, block, texts)
        if found is None:
            continue
        has = {i for i, wanted in enumerate(sought) if wanted.stands_in(found.folded)}
        left -= has
        in_title = in_title or (at == 0 and len(has) == len(sought))
        if len(has) > most or (len(has) == most and has and best is candidate.unit.blocks[0]):
            best, most = block, len(has)
    return None if left or best is None else (in_title, most, best)


def _hit(versions: Sequence[tuple[_Candidate, Block]], sought: Sequence[_Wanted], texts: _Texts) -> Hit:
    """A unit as the best of its versions has it, with the editions of all of them."""
    candidate, block = versions[0]
    first = _words_of(candidate, candidate.unit.blocks[0], texts)
    title = first.text if first else candidate.unit.uid
    found = _words_of(candidate, block, texts) or _folded("")
    spans = sorted(
        {(m.start(), _word_end(found.folded, m.end())) for w in sought for m in w.pattern.finditer(found.folded)}
    )
    places = tuple(replace(place, block=at.uid) for version, at in versions for place in version.places)
    return Hit(candidate.unit.uid, candidate.language, title, _extract(found.text, spans), places)


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at


def _extract(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The stretch of a text around the first found word, cut at spaces, with every found word in it marked."""
    start = max(0, (spans[0][0] if spans else 0) - EXTRACT // 4)
    start = text.rfind(" ", 0, start) + 1
    end = len(text) if start + EXTRACT >= len(text) else max(text.rfind(" ", start, start + EXTRACT), start)
    end = max(end, spans[0][1]) if spans else end
    pieces = [("…", False)] if start else []
    at = start
    for first, last in spans:
        if first < at or last > end:
            continue
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces += [(text[at:end], False)]
    return tuple(piece for piece in (*pieces, *([("…", False)] if end < len(text) else [])) if piece[0])
