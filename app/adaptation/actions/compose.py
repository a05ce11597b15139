"""Taking modules from more than one original, each with its own link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.adaptation import rules
from app.core.content import Content, Uid
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import begin
from app.curriculum.models import ActKind, Edition, Release, Revision
from app.curriculum.queries import contents, editions, parents
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.study import actions as study
from app.study.queries.findings import reason_of

from .saving import opened, save


@transactional
def add_module(
    actor: Actor,
    edition: Edition,
    release: Release,
    module_uid: Uid,
    *,
    why: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Add a module of another edition's release, linked to that release; its variables come along."""
    now = opened(actor, edition)
    if not editions.may_read_release(actor, release.edition):
        raise editions.NoSuchEdition(name=release.edition.name)
    if edition.id == release.edition_id or edition.id in parents.origins(release.edition):
        raise rules.Cycle(name=release.edition.name)
    source = contents.state(release.revision)
    module = next((m for m in source.content.modules if m.uid == module_uid), None)
    if module is None:
        raise rules.NoSuchUnit
    if any(m.uid == module_uid for m in now.content.modules):
        raise rules.HasModule
    bases = {**now.local.bases, module_uid: release.id}
    local = parents.with_inherited(replace(now.local, bases=bases))
    why, origin = reason_of(actor, edition, why, findings), f"{release.edition.name}@{release.version}"
    act = begin(actor, edition, ActSpec(ActKind.COMPOSE, why, origin))
    study.cite(actor, act, findings)
    content = Content((*now.content.modules, module))
    return commit(actor, edition, act, content=content, local=local)


@transactional
def remove_module(
    actor: Actor, edition: Edition, module_uid: Uid, *, why: str, findings: Sequence[int] = ()
) -> Revision:
    """Take a module out of the edition; a module of the parent edition then counts as dropped, with the reason."""
    now = opened(actor, edition)
    module = next((m for m in now.content.modules if m.uid == module_uid), None)
    if module is None:
        raise rules.NoSuchUnit
    if not reason_of(actor, edition, why, findings):
        raise rules.NeedsReason
    content = Content(tuple(m for m in now.content.modules if m.uid != module_uid))
    changed = [block.uid for unit in module.units for block in unit.blocks]
    base_release = editions.releases_by_id([now.local.bases.get(module_uid, 0)])
    borrowed = any(release.edition_id != edition.parent_id for release in base_release.values())
    if borrowed:
        bases = {uid: base for uid, base in now.local.bases.items() if uid != module_uid}
        now = contents.State(now.revision, now.content, replace(now.local, bases=bases))
    return save(actor, edition, now, content, changed=changed, why=why, kind=ActKind.COMPOSE, findings=findings)
