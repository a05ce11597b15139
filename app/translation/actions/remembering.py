"""Bringing a memory along: pairs from elsewhere, for a curriculum and a region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.core.content import Language, canonical, digest
from app.core.rendering import check_text
from app.core.translating import Origin
from app.curriculum.actions import put_texts
from app.infra.audit import record
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check
from app.translation import rules

from .pairs import New, put

_AT_A_TIME = 2_000


class Brought(NamedTuple):
    """A text and its translation from elsewhere."""

    source_language: Language
    target_language: Language
    source: str
    target: str


@transactional
def remember(actor: Actor, brought: Iterable[Brought], origin: str, scope: Scope) -> int:
    """Add pairs to the memory and return how many were read; `origin` names where they are from (a file, a project).

    They are shown to whoever translates an edition that lies within the scope, and make no text of any edition fresh
    that is not this very pair. Needs the permission to import for the scope.
    """
    check(actor, Permission.IMPORT_CONTENT, scope)
    name = rules.check_note(origin, 200)
    place = f"{scope.curriculum or '*'}/{scope.region or '*'}"
    total = 0
    for some in _parts(brought):
        texts: dict[str, str] = {}
        found = []
        for source_language, target_language, *both in some:
            source, target = (canonical(text.replace("\0", "")).strip("\n") for text in both)
            if not source.strip() or not target.strip():
                continue
            check_text(source)
            check_text(target)
            texts[digest(source)], texts[digest(target)] = source, target
            found.append(New(source_language, target_language, digest(source), digest(target), Origin.IMPORTED))
        put_texts(texts)
        total += put(found, place, None, actor.account_id, note=name)
    record(actor.account_id, "memory.imported", "translation_pair", origin=name, place=place, pairs=total)
    return total


def _parts(brought: Iterable[Brought]) -> Iterator[list[Brought]]:
    some: list[Brought] = []
    for one in brought:
        some.append(one)
        if len(some) == _AT_A_TIME:
            yield some
            some = []
    if some:
        yield some
