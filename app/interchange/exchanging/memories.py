"""The memory as TMX: pairs of editions that the actor may read go out; pairs of other tools come in for one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.content import Content, Language, canonical
from app.core.errors import N_, Refused
from app.core.languages import digest_in, is_language, spoken
from app.core.rendering import check_text
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import contents, editions
from app.infra.transactions import transactional
from app.interchange.formats.exchange import Pair, Problem, count_pairs, from_tmx
from app.people.permissions import Actor, Permission, Scope, check
from app.translation.actions import Brought, remember
from app.translation.queries import desks

from .translations import shown_name

MOST_PAIRS = 200_000


class TooManyPairs(Refused):
    text = N_("The file has %(count)s pairs of texts, and at most %(most)s are read. Please send it in parts.")
    status = 413


class TextInFile(Refused):
    text = N_("One of the pairs cannot be kept: %(problem)s")
    status = 422


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """What a memory holds for us, and what is wrong with the file."""

    pairs: tuple[Pair, ...]
    problems: tuple[Problem, ...]


def pairs_of(actor: Actor, wanted: Sequence[Edition], language: Language | None = None) -> list[Pair]:
    """The texts of editions with their translations, each pair once; into one language or into all.

    Of an edition whose draft the actor may not read, the newest release counts; one that they may not read at all
    gives nothing. The number of queries does not grow with the texts.
    """
    read = [(edition, revision) for edition in wanted if (revision := _readable(actor, edition)) is not None]
    whole = contents.contents_of([revision for _, revision in read])
    found: dict[tuple[str, str, str, str], str] = {}
    for edition, revision in read:
        check(actor, Permission.EXPORT_EDITION, editions.scope_of(edition))
        for at in _cells(edition, whole[revision.id], language):
            found.setdefault(at[:4], at[4])
    texts = contents.bodies(name for source, target, *both in found for name in both)
    return [
        Pair(source_language, target_language, texts[source], texts[target], uid)
        for (source_language, target_language, source, target), uid in found.items()
    ]


def _readable(actor: Actor, edition: Edition) -> Revision | None:
    if editions.may_read_draft(actor, edition):
        return edition.head
    newest = editions.latest_release(edition)
    return newest.revision if newest is not None and editions.may_read_release(actor, edition) else None


def _cells(edition: Edition, content: Content, language: Language | None) -> Iterator[tuple[str, str, str, str, str]]:
    directions = desks.directions_of(edition)
    targets = [language] if language is not None else edition.languages
    for target in targets:
        source = directions.source(target)
        if source is None:
            continue
        for _, _, block in content.blocks():
            speaks = spoken(block.texts, source)
            if target in block.texts and speaks is not None and speaks != target:
                yield speaks, target, digest_in(block.texts, source), block.texts[target], block.uid


def plan(data: bytes) -> MemoryPlan:
    """Read a memory: the pairs that can be kept, and by line what cannot. `TooManyPairs` comes before any is read."""
    _check_count(count_pairs(data))
    pairs, problems = from_tmx(data)
    _check_count(len(pairs))
    good: list[Pair] = []
    for pair in pairs:
        if not pair.source.strip() or not pair.target.strip() or pair.source_language == pair.target_language:
            continue
        if not is_language(pair.source_language) or not is_language(pair.target_language):
            continue
        try:
            check_text(canonical(pair.source))
            check_text(canonical(pair.target))
        except Refused as fault:
            problems = (*problems, Problem(0, TextInFile(problem=fault)))
            continue
        good.append(pair)
    return MemoryPlan(tuple(good), problems)


def _check_count(count: int) -> None:
    if count > MOST_PAIRS:
        raise TooManyPairs(count=count, most=MOST_PAIRS)


@transactional
def bring(actor: Actor, made: MemoryPlan, *, filename: str, scope: Scope) -> int:
    """Keep the pairs for a place; return how many. Needs the permission to import there."""
    check(actor, Permission.IMPORT_CONTENT, scope)
    brought = [Brought(p.source_language, p.target_language, p.source, p.target) for p in made.pairs]
    return remember(actor, brought, shown_name(filename), scope)
