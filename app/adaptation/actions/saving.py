"""What every edit does in the end: ask for a reason where it departs, tie it to the blocks, commit."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.adaptation import rules
from app.core.content import Content, Digest, Uid
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import begin
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, editions, parents
from app.people.permissions import Actor, Permission, check
from app.study import actions as study
from app.study.queries.findings import reason_of


def opened(actor: Actor, edition: Edition, permission: Permission = Permission.EDIT_CONTENT) -> contents.State:
    """The edition's head, once the actor may change it, held until the transaction ends: one at a time."""
    check(actor, permission, editions.scope_of(edition))
    editions.hold(edition)
    if edition.head is None:
        raise rules.NoSuchUnit
    return contents.state(edition.head)


def save(
    actor: Actor,
    edition: Edition,
    now: contents.State,
    content: Content,
    *,
    changed: Collection[Uid],
    why: str,
    texts: Mapping[Digest, str] | None = None,
    kind: ActKind = ActKind.EDIT,
    stems_from: str = "",
    findings: Sequence[int] = (),
) -> Revision:
    """Commit a changed content; `NeedsReason` when it departs from the parent edition and no reason is given.

    `findings` are those it is done for; what they say is the reason where none was written.
    """
    if content == now.content:
        raise rules.NothingChanged
    why = reason_of(actor, edition, why, findings)
    base = parents.base_content(now.local)
    if rules.departures(changed, base, content, now.local.links) and not why.strip():
        raise rules.NeedsReason
    act = begin(actor, edition, ActSpec(kind, why, stems_from))
    study.cite(actor, act, findings)
    local = replace(now.local, links=rules.relink(now.local.links, changed, base, content, act.id))
    return commit(actor, edition, act, content=content, local=local, texts=texts)


def new_uid() -> Uid:
    """A uid nobody has."""
    return secrets.token_hex(8)
