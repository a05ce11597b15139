"""How a block stands to its parent, as a person says: frozen, confirmed, following again; and what children may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.adaptation import rules
from app.core import editing
from app.core.content import Block, Lock, Uid
from app.core.merge import Link
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import begin
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, parents
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.study import actions as study
from app.study.queries.findings import reason_of

from .saving import opened


@transactional
def set_frozen(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    frozen: bool,
    *,
    why: str,
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Keep a block as it is whatever the parent changes, or let the parent's changes reach it again."""
    now = opened(actor, edition)
    _parents(now, uid)
    return _relink(actor, edition, now, uid, replace(_link(now, uid), frozen=frozen), why, evidence, findings)


@transactional
def confirm(
    actor: Actor, edition: Edition, uid: Uid, *, why: str, evidence: str = "", findings: Sequence[int] = ()
) -> Revision:
    """Answer a block that must be adapted by saying why the parent's text holds here as it is."""
    now = opened(actor, edition)
    if _parents(now, uid).lock is not Lock.MUST_ADAPT:
        raise rules.NotMustAdapt
    return _relink(actor, edition, now, uid, replace(_link(now, uid), confirmed=True), why, evidence, findings)


@transactional
def follow_again(
    actor: Actor, edition: Edition, uid: Uid, *, why: str, evidence: str = "", findings: Sequence[int] = ()
) -> Revision:
    """Give a block the text that was last reconciled with the parent, so that it follows from now on."""
    now = opened(actor, edition)
    original = _parents(now, uid)
    found = now.content.find(uid)
    if found is None:
        raise rules.NoSuchUnit
    _, unit, at = found
    blocks = list(unit.blocks)
    blocks[at] = original
    content = editing.with_unit(now.content, replace(unit, blocks=tuple(blocks)))
    links = {other: link for other, link in now.local.links.items() if other != uid}
    act = begin(actor, edition, ActSpec(ActKind.LINK, reason_of(actor, edition, why, findings), evidence))
    study.cite(actor, act, findings)
    return commit(actor, edition, act, content=content, local=replace(now.local, links=links))


@transactional
def set_lock(actor: Actor, edition: Edition, uid: Uid, lock: Lock, *, why: str = "") -> Revision:
    """Say what editions below may do with a block; what the parent fixed stays fixed."""
    now = opened(actor, edition)
    found = now.content.find(uid)
    if found is None:
        raise rules.NoSuchUnit
    _, unit, at = found
    base = parents.base_content(now.local).block(uid)
    if base is not None and base.lock is Lock.FIXED and lock is not Lock.FIXED:
        raise rules.LockedByParent
    blocks = list(unit.blocks)
    blocks[at] = replace(blocks[at], lock=lock)
    content = editing.with_unit(now.content, replace(unit, blocks=tuple(blocks)))
    if content == now.content:
        raise rules.NothingChanged
    return commit(actor, edition, ActSpec(ActKind.LOCK, why), content=content, local=now.local)


def _parents(now: contents.State, uid: Uid) -> Block:
    """The block as it was last reconciled with the parent; `NoParent` when it is this edition's own."""
    block = parents.base_content(now.local).block(uid)
    if block is None:
        raise rules.NoParent
    return block


def _link(now: contents.State, uid: Uid) -> Link:
    return now.local.links.get(uid, Link())


def _relink(
    actor: Actor,
    edition: Edition,
    now: contents.State,
    uid: Uid,
    link: Link,
    why: str,
    evidence: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Commit a block's new link with the reason for it."""
    why = reason_of(actor, edition, why, findings)
    if not why.strip():
        raise rules.NeedsReason
    if link == _link(now, uid):
        raise rules.NothingChanged
    act = begin(actor, edition, ActSpec(ActKind.LINK, why, evidence))
    study.cite(actor, act, findings)
    links = {**now.local.links, uid: replace(link, act=act.id)}
    return commit(actor, edition, act, content=now.content, local=replace(now.local, links=links))
