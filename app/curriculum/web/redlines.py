"""Changes as people read them: each block's redline per language, under the unit it stands in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from app.core.alignment import align
from app.core.content import Block, Content, Kind, Language, Uid
from app.core.editing import Change
from app.core.redline import redline
from app.core.rendering import fill, render
from app.core.splitting import split
from app.curriculum.manifests import Local
from app.curriculum.queries import contents
from app.curriculum.queries.comparing import Changed, Pair

from .facts import label

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A changed block with a redline per language that differs; none for one that was only moved."""

    uid: Uid
    kind: Kind | None
    how: Change
    there: bool  # whether it still stands in the newer content
    languages: list[tuple[Language, Markup]]


@dataclass(frozen=True, slots=True)
class InUnit:
    """A unit's changes. `there` says whether the newer content has the unit."""

    uid: Uid
    title: str
    there: bool
    changes: list[Shown]


def page(text: str, language: Language, local: Local) -> Markup:
    """One text as it reads, with its variables filled in."""
    return label(fill(render(text), local.values(language)), language)


def between(pair: Pair, language: Language, before: Local, after: Local) -> Markup:
    """One text's redline with each side's own variables in it."""
    pages = [
        fill(render(text), local.values(language)) if text else ""
        for text, local in zip(pair, (before, after), strict=True)
    ]
    return label(redline(*pages), language)


def of_pieces(before: str, after: str, language: Language, local: Local) -> list[Markup]:
    """The redlines of those pieces of a longer text that are not the same in both, in the order of the newer one."""
    old, new = ([piece.text for piece in split(text) if piece.text.strip()] for text in (before, after))
    origin = align(old, new)
    found: list[Markup] = []
    at = 0
    for text, i in zip(new, origin, strict=True):
        if i is not None:
            found += [
                between((gone, ""), language, local, local) for n, gone in enumerate(old[at:i], at) if n not in origin
            ]
            at = max(at, i + 1)
        if i is None or old[i] != text:
            found.append(between(("" if i is None else old[i], text), language, local, local))
    return found + [between((old[n], ""), language, local, local) for n in range(at, len(old)) if n not in origin]


def by_unit(
    changed: Sequence[Changed],
    before: contents.State,
    after: contents.State,
    languages: Sequence[Language],
    wanted: Collection[Language] = (),
) -> list[InUnit]:
    """Changed blocks in reading order, grouped by unit; `wanted` narrows the languages that are shown."""
    titles = unit_titles([after.content, before.content], languages)
    there = {unit.uid for _, unit in after.content.units()}
    blocks: dict[Uid, Block] = {b.uid: b for side in (before, after) for _, _, b in side.content.blocks()}
    now = {b.uid for _, _, b in after.content.blocks()}
    found = []
    for unit, changes in groupby(changed, key=lambda change: change.unit):
        shown = [
            Shown(
                change.uid,
                blocks[change.uid].kind if change.uid in blocks else None,
                change.how,
                change.uid in now,
                [
                    (language, between(change.texts[language], language, before.local, after.local))
                    for language in languages
                    if language in change.texts and (not wanted or language in wanted)
                ],
            )
            for change in changes
        ]
        found.append(InUnit(unit, titles.get(unit, unit), unit in there, shown))
    return found


def unit_titles(sides: Sequence[Content], languages: Sequence[Language]) -> Mapping[Uid, str]:
    """The titles of every unit in these contents, from the first that has it; one query."""
    found = contents.bodies(digest for side in sides for digest in contents.title_digests(side))
    titles: dict[Uid, str] = {}
    for side in sides:
        for _, unit in side.units():
            titles.setdefault(unit.uid, contents.unit_title(unit, found, languages))
    return titles
