"""The workbench of a unit: source and target side by side, with how every cell stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.core.content import Block, Content, Digest, Kind, Language, Lock, Module, Uid, Unit
from app.core.diff import Change, redline_text
from app.core.languages import digest_in, is_variant, spoken
from app.core.translating import Count, Staleness, Status, count
from app.curriculum.models import Edition
from app.curriculum.queries import contents, editions
from app.people.permissions import Actor, Permission, check
from app.translation import rules
from app.translation.models import TranslationState

from .desks import Desk, desk
from .pairs import made_and_written, old_sources
from .states import standings

Comments = Callable[[Edition, Sequence[Uid]], Mapping[Uid, int]]
_comments: list[Comments] = []


def count_comments(counter: Comments) -> None:
    """Let the feature that keeps comments say how many open ones blocks have; the last one registered is asked."""
    _comments[:] = [counter]


@dataclass(frozen=True, slots=True)
class Row:
    """One block on the workbench. Digests are "" and texts None where there is none.

    `shown` is what readers get when the cell is empty: a wider language's text (`shown_in`). `old_source` is the text
    that a stale translation was made of. `approvable` is False for whoever wrote the text; `fixed` cells are closed.
    """

    uid: Uid
    kind: Kind
    source: str | None
    source_digest: Digest
    source_language: Language | None
    target: str | None
    target_digest: Digest
    shown: str | None
    shown_in: Language | None
    own: bool
    status: Status
    staleness: Staleness
    old_source: str | None
    said: TranslationState | None
    settled: bool
    approvable: bool
    fixed: bool
    comments: int

    @property
    def changes(self) -> list[Change]:
        """What became of the source since it was translated, word by word; empty when it is not stale."""
        if self.old_source is None or self.source is None:
            return []
        return redline_text(self.old_source, self.source)


@dataclass(frozen=True, slots=True)
class Bench:
    """A unit on the workbench. `language` may be the one the edition is written in: then `source` is None.

    `before` and `after` are the units around it; `titles` has the texts that these three begin with, by digest.
    """

    edition: Edition
    module: Module
    unit: Unit
    language: Language
    source: Language | None
    rows: list[Row]
    before: Unit | None
    after: Unit | None
    titles: Mapping[Digest, str]

    @property
    def count(self) -> Count:
        """How the unit's cells stand."""
        return count(row.status for row in self.rows)


def bench(actor: Actor, edition: Edition, unit_uid: Uid, language: Language) -> Bench:
    """Return a unit's workbench, in as many queries however long the unit is.

    For whoever may translate or approve here; raises `NoSuchBlock` and `NoSuchLanguage`.
    """
    scope = editions.scope_of(edition)
    check(actor, Permission.READ_DRAFT, scope)
    at = desk(edition, language)
    listed = list(at.now.content.units())
    place = next((place for place, (_, unit) in enumerate(listed) if unit.uid == unit_uid), None)
    if place is None:
        raise rules.NoSuchBlock
    module, unit = listed[place]
    before = listed[place - 1][1] if place else None
    after = listed[place + 1][1] if place + 1 < len(listed) else None
    titles = [d for one in (before, unit, after) if one for block in one.blocks[:1] for d in block.texts.values()]
    found, texts = _rows(actor, at, unit.blocks, titles)
    return Bench(
        edition,
        module,
        unit,
        language,
        at.source,
        found,
        before,
        after,
        {name: texts[name] for name in titles if name in texts},
    )


def rows(actor: Actor, at: Desk, blocks: Sequence[Block]) -> list[Row]:
    """The rows of some blocks of a desk."""
    return _rows(actor, at, blocks, ())[0]


def _rows(
    actor: Actor, at: Desk, blocks: Sequence[Block], others: Sequence[Digest]
) -> tuple[list[Row], dict[Digest, str]]:
    """The rows, and all texts that they took, with these others: every text is read in one query."""
    cells = [at.cell(block) for block in blocks]
    made, wrote = made_and_written(at.edition, (cell.target for cell in cells if cell.target))
    old = old_sources(cells, at.source, made) if at.source is not None else []
    named = [d for cell in cells for d in (cell.source, cell.target)]
    shown = [digest_in(block.texts, at.language) for block in blocks]
    texts = contents.bodies(name for name in (*named, *old, *shown, *others) if name)
    stands = standings(at, cells, made=made, texts=texts)
    comments = _comments[0](at.edition, [block.uid for block in blocks]) if _comments else {}
    base = at.settled if at.now.local.bases else Content()
    found = [
        Row(
            uid=block.uid,
            kind=block.kind,
            source=texts.get(one.cell.source),
            source_digest=one.cell.source,
            source_language=spoken(block.texts, at.source) if at.source is not None else None,
            target=texts.get(one.cell.target),
            target_digest=one.cell.target,
            shown=texts.get(digest_in(block.texts, at.language)),
            shown_in=spoken(block.texts, at.language),
            own=bool(one.cell.target),
            status=one.status,
            staleness=one.age.staleness,
            old_source=texts.get(one.age.old_source or ""),
            said=one.said,
            settled=one.cell.settled,
            approvable=one.cell.settled or actor.account_id is None or wrote.get(one.cell.target) != actor.account_id,
            fixed=is_fixed(base.block(block.uid), at.language),
            comments=comments.get(block.uid, 0),
        )
        for block, one in zip(blocks, stands, strict=True)
    ]
    return found, texts


def is_fixed(theirs: Block | None, language: Language) -> bool:
    """Whether the original fixed a block and has a text for it that this language would show."""
    return theirs is not None and theirs.lock is Lock.FIXED and bool(digest_in(theirs.texts, language))


def own_blocks(edition: Edition, unit: Unit, language: Language) -> set[Uid]:
    """The blocks of a unit in which a variant has a text of its own, for marking them where it is read."""
    return {block.uid for block in unit.blocks if language in block.texts} if is_variant(language) else set()
