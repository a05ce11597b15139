"""What was done to an edition: acts with what each of them changed, a block's own history, moments to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select

from app.core.content import Block, Content, Digest, Language, LinkState, Lock, Uid, Unit
from app.core.editing import Change
from app.core.errors import N_, Refused
from app.core.merge import Link, state
from app.curriculum.manifests import Local, Variable
from app.curriculum.models import Act, Edition, Release, Revision
from app.infra.db import db
from app.people.permissions import Actor

from . import comparing, contents, editions, parents, reading

PER_PAGE = 20
LONGEST_WALK = 1_000  # states looked at for one block's history


class NoSuchMoment(Refused):
    text = N_("%(name)s has no state %(number)s.")
    status = 404


@dataclass(frozen=True, slots=True)
class Deed:
    """An act, the state it led to if it changed anything, the release it made if it made one, and what changed."""

    act: Act
    revision: Revision | None
    release: Release | None
    tally: Mapping[Change, int]
    units: tuple[Uid, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One moment in a block's history: its texts before and after, by digest; None where it was not there."""

    revision: Revision
    how: Change
    before: Mapping[Language, Digest] | None
    after: Mapping[Language, Digest] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that two states of an edition do not share."""

    blocks: list[comparing.Changed]
    variables: Mapping[str, tuple[Variable | None, Variable | None]]
    links: Mapping[Uid, tuple[LinkState, LinkState]]
    confirmed: tuple[Uid, ...]
    locks: Mapping[Uid, tuple[Lock, Lock]]
    minutes: Mapping[Uid, tuple[int, int]]
    modules_in: tuple[Uid, ...]
    modules_out: tuple[Uid, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing that a reader would notice differs."""
        found = (self.blocks, self.variables, self.links, self.confirmed, self.locks, self.minutes)
        return not any((*found, self.modules_in, self.modules_out))


def count(edition: Edition) -> int:
    """How many acts an edition has seen."""
    return db.session.scalar(select(func.count()).select_from(Act).where(Act.edition_id == edition.id)) or 0


def deeds(edition: Edition, page: int = 1) -> list[Deed]:
    """One page of an edition's acts, newest first, in a number of queries that does not grow with them."""
    acts = db.session.scalars(
        select(Act)
        .where(Act.edition_id == edition.id)
        .order_by(Act.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    ids = [act.id for act in acts]
    revisions = {r.act_id: r for r in db.session.scalars(select(Revision).where(Revision.act_id.in_(ids)))}
    releases = {r.act_id: r for r in db.session.scalars(select(Release).where(Release.act_id.in_(ids)))}
    previous = _previous(list(revisions.values()))
    read = contents.states([*revisions.values(), *previous.values()])
    return [_deed(act, revisions.get(act.id), releases.get(act.id), previous, read) for act in acts]


def _previous(revisions: Sequence[Revision]) -> dict[int, Revision]:
    """The states before these, by id, in one query."""
    ids = {r.previous_id for r in revisions if r.previous_id is not None}
    return {r.id: r for r in db.session.scalars(select(Revision).where(Revision.id.in_(ids)))} if ids else {}


def _deed(
    act: Act,
    revision: Revision | None,
    release: Release | None,
    previous: Mapping[int, Revision],
    read: Mapping[int, contents.State],
) -> Deed:
    if revision is None or revision.previous_id is None or revision.previous_id not in previous:
        return Deed(act, revision, release, {}, ())
    before, after = read[revision.previous_id].content, read[revision.id].content
    changed = comparing.changes(before, after, bodies={})
    units = tuple(dict.fromkeys(change.unit for change in changed))
    return Deed(act, revision, release, Counter(change.how for change in changed), units)


def act(edition: Edition, act_id: int | str) -> Act | None:
    """The act of this id, when it was done to this edition."""
    found = db.session.get(Act, int(act_id)) if str(act_id).isdecimal() else None
    return found if found is not None and found.edition_id == edition.id else None


def acts(edition: Edition, act_ids: Collection[int]) -> dict[int, Act]:
    """Those of these acts that were done to this edition, by number; one query, none where nothing is asked."""
    if not act_ids:
        return {}
    return {
        one.id: one for one in db.session.scalars(select(Act).where(Act.edition_id == edition.id, Act.id.in_(act_ids)))
    }


def of_block(edition: Edition, uid: Uid) -> tuple[list[Step], bool]:
    """Every moment at which a block changed, came, went or moved, newest first; and whether that is all.

    Looks at the latest `LONGEST_WALK` states. The block's first appearance is among them unless it lies further back.
    """
    revisions = list(
        db.session.scalars(
            select(Revision)
            .where(Revision.edition_id == edition.id)
            .order_by(Revision.number.desc())
            .limit(LONGEST_WALK + 1)
        )
    )
    read = contents.states(revisions)
    found: list[Step] = []
    for newer, older in pairwise(revisions):
        step = _step(newer, read[older.id].content, read[newer.id].content, uid)
        if step is not None:
            found.append(step)
    whole = len(revisions) <= LONGEST_WALK
    if whole and revisions and (first := _block(read[revisions[-1].id].content, uid)) is not None:
        found.append(Step(revisions[-1], Change.ADDED, None, first.texts))
    return found, whole


def _step(revision: Revision, before: Content, after: Content, uid: Uid) -> Step | None:
    was, now = _block(before, uid), _block(after, uid)
    if was is None or now is None:
        if was is now:
            return None
        how = Change.ADDED if was is None else Change.REMOVED
        return Step(revision, how, was.texts if was else None, now.texts if now else None)
    if was.texts != now.texts:
        return Step(revision, Change.CHANGED, was.texts, now.texts)
    return _moved(revision, before, after, uid)


def _moved(revision: Revision, before: Content, after: Content, uid: Uid) -> Step | None:
    """A step of a block that stayed the same, if it was this block that was moved."""
    was, now = before.find(uid), after.find(uid)
    if was is None or now is None or [b.uid for b in was[1].blocks] == [b.uid for b in now[1].blocks]:
        return None
    moved = comparing.changes(before, after, bodies={}, only={uid})
    block = now[1].blocks[now[2]]
    return Step(revision, Change.MOVED, block.texts, block.texts) if moved else None


def _block(content: Content, uid: Uid) -> Block | None:
    found = content.find(uid)
    return found[1].blocks[found[2]] if found else None


def moment(actor: Actor, slug: str, region: str, name: str) -> contents.State:
    """An edition at a version, as a `draft`, or at a state `r12` for those who may read drafts."""
    if name.startswith("r") and name[1:].isdecimal() and len(name) < 10:
        seen = reading.view(actor, slug, region, version=reading.DRAFT)
        revision = editions.revision(seen.edition, int(name[1:]))
        if revision is None:
            raise NoSuchMoment(name=f"{slug}/{region}", number=name[1:])
        return contents.state(revision)
    return reading.view(actor, slug, region, version=name).state


def difference(before: contents.State, after: contents.State) -> Difference:
    """Everything in which two states differ, for reading."""
    old, new = dict(_units(before.content)), dict(_units(after.content))
    modules = [{module.uid for module in side.content.modules} for side in (before, after)]
    return Difference(
        blocks=comparing.changes(before.content, after.content),
        variables=_variables(before.local, after.local),
        links=_links(before, after),
        confirmed=tuple(
            uid
            for uid, link in after.local.links.items()
            if link.confirmed and not before.local.links.get(uid, Link()).confirmed
        ),
        locks=_locks(before.content, after.content),
        minutes={
            uid: (old[uid].minutes, unit.minutes)
            for uid, unit in new.items()
            if uid in old and old[uid].minutes != unit.minutes
        },
        modules_in=tuple(m.uid for m in after.content.modules if m.uid not in modules[0]),
        modules_out=tuple(m.uid for m in before.content.modules if m.uid not in modules[1]),
    )


def _units(content: Content) -> list[tuple[Uid, Unit]]:
    return [(unit.uid, unit) for _, unit in content.units()]


def _variables(before: Local, after: Local) -> dict[str, tuple[Variable | None, Variable | None]]:
    names = {**before.resolved, **after.resolved}
    pairs = {name: (before.resolved.get(name), after.resolved.get(name)) for name in names}
    return {name: (a, b) for name, (a, b) in pairs.items() if (a and a.values) != (b and b.values)}


def _links(before: contents.State, after: contents.State) -> dict[Uid, tuple[LinkState, LinkState]]:
    """The blocks frozen or let go: what their texts do not show."""
    touched = {
        uid
        for uid in {**before.local.links, **after.local.links}
        if before.local.links.get(uid, Link()).frozen != after.local.links.get(uid, Link()).frozen
    }
    if not touched:
        return {}
    bases = [parents.base_content(side.local) for side in (before, after)]
    return {
        uid: (
            state(uid, bases[0], before.content, before.local.links.get(uid)),
            state(uid, bases[1], after.content, after.local.links.get(uid)),
        )
        for uid in touched
    }


def _locks(before: Content, after: Content) -> dict[Uid, tuple[Lock, Lock]]:
    old = {block.uid: block.lock for _, _, block in before.blocks()}
    return {
        block.uid: (old[block.uid], block.lock)
        for _, _, block in after.blocks()
        if block.uid in old and old[block.uid] is not block.lock
    }
