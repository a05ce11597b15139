"""What happened to an edition, step by step: which act touched which blocks, in which version it came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.content import Block, Content, Uid, Unit
from app.core.merge import MINUTES, PLACE
from app.core.merge.order import Level, moved
from app.curriculum.models import Act, ActKind, Edition, Release, Revision
from app.infra.db import db

from . import contents

WHOLE = ""  # the aspect of a thing that came or went
LONGEST = 500  # steps that are looked at


@dataclass(frozen=True, slots=True)
class Step:
    """One revision: its act, and what it touched: uid → languages, `minutes`, `place`, or `""` for come and gone."""

    revision: Revision
    touched: Mapping[Uid, frozenset[str]]

    @property
    def act(self) -> Act:
        return self.revision.act

    def bears_on(self, uid: Uid, aspect: str) -> bool:
        """Whether this step touched a thing in one aspect, or made it come or go."""
        found = self.touched.get(uid, frozenset())
        return bool(found) if aspect == WHOLE else aspect in found or WHOLE in found


def between(edition: Edition, after: int, upto: int | None = None) -> list[Step]:
    """The steps of an edition after one revision number and up to another, oldest first; four queries at most.

    What was taken back by an undo or a restore is left out, with the undo: nothing of it is left.
    """
    statement = select(Revision).where(Revision.edition_id == edition.id, Revision.number >= after)
    if upto is not None:
        statement = statement.where(Revision.number <= upto)
    revisions = db.session.scalars(statement.order_by(Revision.number.desc()).limit(LONGEST)).all()[::-1]
    found = contents.contents_of(revisions)
    void = cancelled([(r.number, r.act.kind, r.act.stems_from) for r in revisions])
    steps = []
    for i, revision in enumerate(revisions):
        if revision.number > after and revision.number not in void:
            before = found[revisions[i - 1].id] if i else Content()
            steps.append(Step(revision, touched(before, found[revision.id])))
    return steps


def cancelled(acts: Sequence[tuple[int, ActKind, str]]) -> set[int]:
    """The numbers of revisions of which nothing is left: undone syncs, what a restore passed over, and these acts."""
    void: set[int] = set()
    for number, kind, stems_from in acts:
        target = stems_from.removeprefix("revision ")
        if kind is ActKind.UNDO and target.isdecimal():
            void |= {int(target), number}
        elif kind is ActKind.RESTORE and target.isdecimal():
            void |= {n for n, _, _ in acts if int(target) < n <= number}
    return void


def releases(edition: Edition) -> list[Release]:
    """An edition's releases with their acts, oldest first."""
    rows = db.session.execute(
        select(Release, Act)
        .join(Act, Release.act_id == Act.id)
        .where(Release.edition_id == edition.id)
        .order_by(Release.major, Release.minor, Release.patch)
    )
    return [row[0] for row in rows]


def came_with(step: Step, listed: Sequence[Release]) -> Release | None:
    """The first release that has a step in it."""
    return next((r for r in listed if r.revision.number >= step.revision.number), None)


def touched(before: Content, after: Content) -> dict[Uid, frozenset[str]]:
    """What is not the same in two contents: modules, units and blocks, each with the aspects that differ."""
    found: dict[Uid, set[str]] = {}
    old_modules, new_modules = ({m.uid: m for m in c.modules} for c in (before, after))
    for uid in {**old_modules, **new_modules}:
        was, now = old_modules.get(uid), new_modules.get(uid)
        if was is None or now is None:
            found.setdefault(uid, set()).add(WHOLE)
        elif was.titles != now.titles:
            found.setdefault(uid, set()).update(_differing(was.titles, now.titles))
    old, new = ({u.uid: u for _, u in c.units()} for c in (before, after))
    changed = [uid for uid in {**old, **new} if old.get(uid) is not new.get(uid) and old.get(uid) != new.get(uid)]
    for uid in changed:
        if uid not in old or uid not in new:
            found.setdefault(uid, set()).add(WHOLE)
        elif old[uid].minutes != new[uid].minutes:
            found.setdefault(uid, set()).add(MINUTES)
    _note_blocks(found, _blocks(old, changed), _blocks(new, changed))
    for levels in (_unit_levels(before, after), _block_levels(old, new, changed)):
        for uid in moved(*levels):
            found.setdefault(uid, set()).add(PLACE)
    return {uid: frozenset(aspects) for uid, aspects in found.items()}


def _note_blocks(found: dict[Uid, set[str]], old: Mapping[Uid, Block], new: Mapping[Uid, Block]) -> None:
    for uid in {**old, **new}:
        was, now = old.get(uid), new.get(uid)
        if was is None or now is None:
            found.setdefault(uid, set()).add(WHOLE)
        elif was.texts != now.texts:
            found.setdefault(uid, set()).update(_differing(was.texts, now.texts))


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    return {language for language in {**old, **new} if old.get(language) != new.get(language)}


def _blocks(units: Mapping[Uid, Unit], chosen: Sequence[Uid]) -> dict[Uid, Block]:
    return {block.uid: block for uid in chosen if uid in units for block in units[uid].blocks}


def _unit_levels(before: Content, after: Content) -> tuple[Level, Level]:
    one, other = (Level({m.uid: [u.uid for u in m.units] for m in content.modules}) for content in (before, after))
    return one, other


def _block_levels(old: Mapping[Uid, Unit], new: Mapping[Uid, Unit], changed: Sequence[Uid]) -> tuple[Level, Level]:
    one, other = (
        Level({uid: [b.uid for b in units[uid].blocks] for uid in changed if uid in units}) for units in (old, new)
    )
    return one, other
