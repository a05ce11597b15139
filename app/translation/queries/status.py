"""How far everything is: editions by languages by modules, for all that an actor may read.

An edition's counts are kept by what they are made of: its digests, its directions, the newest thing said of a cell.
Pairs are never taken back, so that only cells that were stale are looked up again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.content import Content, Digest, Language, LinkState, Lock, Module, Uid
from app.core.merge import state as link_state
from app.core.translating import Cell, Count, Directions, Staleness, State, Status, count, status_of
from app.curriculum.manifests import digest_of
from app.curriculum.models import Edition, Release, Revision
from app.curriculum.queries import contents, editions, parents
from app.people.permissions import Actor

from . import axes, pairs
from .desks import cell, directions_for, settled_of
from .states import all_said, marks


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module of an edition: its cells by language, and how far it is on the other axes."""

    module: Module
    counts: Mapping[Language, Count]
    localisation: axes.Progress
    others: Mapping[str, axes.Progress]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition as the actor reads it (`draft` or its newest release). Languages without a source are not in it."""

    edition: Edition
    revision: Revision
    draft: bool
    sources: Mapping[Language, Language]
    modules: tuple[ModuleLine, ...]

    def total(self, language: Language) -> Count:
        """All of the edition's cells in a language."""
        return sum((line.counts[language] for line in self.modules if language in line.counts), Count())

    @property
    def localisation(self) -> axes.Progress:
        """What the original asks to adapt, and what was adapted, in all modules."""
        parts = [line.localisation for line in self.modules]
        return axes.Progress(sum(p.done for p in parts), sum(p.total for p in parts), sum(p.changed for p in parts))


Place = tuple[Uid, Language]  # a module and a language
Stale = tuple[Uid, Cell, Language, State | None]  # with its module, its source language, and what was said of it


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is known of an edition's cells: counts of those that stay as they are, and those that were not fresh."""

    counts: Mapping[Place, Count]
    stale: tuple[Stale, ...]


_editions: contents.Kept[_Kept] = contents.Kept(1_000)
_units: contents.Kept[Count] = contents.Kept(20_000)  # of units that are as they came, and wholly fresh
_localised: contents.Kept[dict[Uid, axes.Progress]] = contents.Kept(1_000)


def matrix(actor: Actor, *, slug: str | None = None) -> list[EditionLine]:
    """Every edition the actor may read with its progress, in a number of queries that does not grow with its cells."""
    found = [e for e in editions.visible(actor) if slug is None or e.slug == slug]
    newest = editions.latest_releases([e.id for e in found])
    seen: list[tuple[Edition, Revision, bool]] = []
    for edition in found:
        draft = editions.may_read_draft(actor, edition) and edition.head is not None
        release = newest.get(edition.id)
        revision = edition.head if draft else release.revision if release else None
        if revision is not None:
            seen.append((edition, revision, draft))
    return lines(seen)


def line_of(edition: Edition) -> EditionLine:
    """One edition's draft."""
    return lines([(edition, editions.head_of(edition), True)])[0]


def lines(seen: Sequence[tuple[Edition, Revision, bool]]) -> list[EditionLine]:
    """The progress of these editions as they stand in these revisions."""
    states = contents.states([revision for _, revision, _ in seen])
    now = [(edition, states[revision.id]) for edition, revision, _ in seen]
    directions = directions_for([edition for edition, _ in now])
    counted = _counted(now, directions)
    localised = _localisation([at for _, at in now])
    others = axes.progress([edition for edition, _, draft in seen if draft])  # what is tried is of the draft
    return [
        EditionLine(
            edition,
            revision,
            draft,
            sources := directions[edition.id].targets(edition.languages),
            tuple(
                ModuleLine(
                    module,
                    {language: counts[module.uid, language] for language in sources},
                    local.get(module.uid, axes.Progress(0, 0)),
                    {name: told[key] for name, told in others.items() if (key := (edition.id, module.uid)) in told},
                )
                for module in at.content.modules
            ),
        )
        for (edition, at), (_, revision, draft), counts, local in zip(now, seen, counted, localised, strict=True)
    ]


def _counted(
    now: Sequence[tuple[Edition, contents.State]], directions: Mapping[int, Directions]
) -> list[Mapping[Place, Count]]:
    """The counts of every edition by module and language."""
    marked = marks([edition.id for edition, _ in now])
    keys = [
        f"{edition.id}:{at.revision.content_digest}:{at.revision.local_digest}:{marked.get(edition.id)}:"
        f"{sorted(directions[edition.id].targets(edition.languages).items())}"
        for edition, at in now
    ]
    held = {key: kept for key in keys if (kept := _editions.get(key)) is not None}
    unknown = [(key, *one) for key, one in zip(keys, now, strict=True) if key not in held]
    if unknown:
        came = settled_of([(edition, at) for _, edition, at in unknown])
        said = all_said([edition.id for _, edition, _ in unknown if marked.get(edition.id)])
        shared: dict[str, list[Cell]] = {}
        begun = []
        for _, edition, at in unknown:
            targets = directions[edition.id].targets(edition.languages)
            begun.append(_begun(at.content, targets, came[edition.id], said.get(edition.id, {}), shared))
        true = pairs.fresh(
            {(c.source, c.target) for one in begun for *_, some in one.waiting for c in some if c.source}
        )
        for (key, _, _), one in zip(unknown, begun, strict=True):
            held[key] = _editions.put(key, _counted_out(one, true))
    ages = _ages([one for key in keys for one in held[key].stale])
    return [_with_stale(held[key], ages) for key in keys]


@dataclass(frozen=True, slots=True)
class _Begun:
    """An edition whose cells are being counted: the units counted before, and the cells that wait for their pairs."""

    counts: dict[Place, Count]
    waiting: list[tuple[Uid, Language, Language, str, bool, list[Cell]]]  # module, languages, key, untouched, cells
    said: Mapping[tuple[Language, Uid, str], State]


def _begun(
    content: Content,
    targets: Mapping[Language, Language],
    came: Content,
    said: Mapping[tuple[Language, Uid, str], State],
    shared: dict[str, list[Cell]],
) -> _Begun:
    """Begin to count an edition's cells; units that are as they came, whole, are looked at once for all editions."""
    begun = _Begun({(module.uid, language): Count() for module in content.modules for language in targets}, [], said)
    touched = {(language, uid) for language, uid, _ in said}
    origin = {unit.uid: unit for _, unit in came.units()}
    for language, source in targets.items():
        for module, unit in content.units():
            same = unit.uid in origin and digest_of(origin[unit.uid]) == digest_of(unit)
            key = f"{digest_of(unit)}:{language}:{source}" if same else ""
            untouched = same and not any((language, block.uid) in touched for block in unit.blocks)
            kept = _units.get(key) if untouched else None
            if kept is not None:
                begun.counts[module.uid, language] += kept
                continue
            cells = shared.get(key)
            if cells is None:
                cells = [cell(block, language, source, came) for block in unit.blocks]
                if same:
                    shared[key] = cells
            begun.waiting.append((module.uid, language, source, key, untouched, cells))
    return begun


def _counted_out(begun: _Begun, true: set[tuple[Digest, Digest]]) -> _Kept:
    """Count what waited, once it is known which texts are pairs."""
    counts, stale = dict(begun.counts), list[Stale]()
    for module, language, source, key, untouched, cells in begun.waiting:
        kept = _units.get(key) if untouched else None
        if kept is not None:
            counts[module, language] += kept
            continue
        good = []
        for one in cells:
            if one.source and one.target and (one.source, one.target) not in true:
                stale.append((module, one, source, begun.said.get((language, one.uid, one.target))))
            else:
                good.append(one)
        plain = count(status_of(one, Staleness.FRESH, None) for one in good)
        if key and len(good) == len(cells):
            _units.put(key, plain)
        states = [begun.said.get((language, one.uid, one.target)) for one in good]
        if any(states):
            plain = count(status_of(one, Staleness.FRESH, state) for one, state in zip(good, states, strict=True))
        counts[module, language] += plain
    return _Kept(counts, tuple(stale))


def _ages(found: Sequence[Stale]) -> dict[tuple[Digest, Digest, Language], Staleness]:
    """How stale these cells are now: two queries for any number, none for those graded before."""
    by_source: dict[Language, dict[tuple[Digest, Digest], Cell]] = {}
    for _, one, source, _ in found:
        by_source.setdefault(source, {})[one.source, one.target] = one
    result = {}
    made = pairs.sources_of(target for cells in by_source.values() for _, target in cells) if by_source else {}
    for source, cells in by_source.items():
        listed = list(cells.values())
        for one, age in zip(listed, pairs.ages(listed, source, made=made), strict=True):
            result[one.source, one.target, source] = age.staleness
    return result


def _with_stale(kept: _Kept, ages: Mapping[tuple[Digest, Digest, Language], Staleness]) -> Mapping[Place, Count]:
    if not kept.stale:
        return kept.counts
    counts = dict(kept.counts)
    more: dict[Place, list[Status]] = {}
    for module, one, source, state in kept.stale:
        status = status_of(one, ages[one.source, one.target, source], state)
        more.setdefault((module, one.language), []).append(status)
    for place, statuses in more.items():
        counts[place] += count(statuses)
    return counts


def _localisation(states: Sequence[contents.State]) -> list[Mapping[Uid, axes.Progress]]:
    """What was asked to be adapted and was, by module: kept by the digests it is made of."""
    keys = [f"{at.revision.content_digest}:{at.revision.local_digest}" for at in states]
    unknown = [at for key, at in zip(keys, states, strict=True) if _localised.get(key) is None]
    releases = editions.releases_by_id(sorted({base for at in unknown for base in at.local.bases.values()}))
    contents.contents_of([release.revision for release in releases.values()])
    found = {}
    for key, at in zip(keys, states, strict=True):
        kept = _localised.get(key)
        found[key] = kept if kept is not None else _localised.put(key, _adapted(at, releases))
    return [found[key] for key in keys]


def _adapted(at: contents.State, releases: Mapping[int, Release]) -> dict[Uid, axes.Progress]:
    """A must-adapt block is answered by a text of its own or by having been confirmed as it is."""
    base = parents.base_content(at.local, releases)
    if not base.modules:
        return {}
    came = {unit.uid: unit for _, unit in base.units()}
    found = {}
    for module in at.content.modules:
        done = total = changed = 0
        for unit in module.units:
            same = came.get(unit.uid) is unit
            for block in unit.blocks:
                theirs = block if same else base.block(block.uid)
                link = at.local.links.get(block.uid)
                follows = (same and link is None) or link_state(block.uid, base, at.content, link) is LinkState.FOLLOW
                must = theirs is not None and theirs.lock is Lock.MUST_ADAPT
                total += must
                done += must and (not follows or (link is not None and link.confirmed))
                changed += not follows
        found[module.uid] = axes.Progress(done, total, changed)
    return found
