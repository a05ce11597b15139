"""How long units take: set for one or for many at once, as one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.adaptation import rules
from app.core.content import Content, Uid
from app.core.unitfile.reading import LONGEST_SITTING_MINUTES
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import parents
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.study.queries.findings import reason_of

from .saving import opened, save


@transactional
def set_minutes(
    actor: Actor, edition: Edition, minutes: Mapping[Uid, int], *, why: str = "", findings: Sequence[int] = ()
) -> Revision:
    """Say how many minutes units take, those that are not named stay as they are.

    Raises `NoSuchUnit`, `BadMinutes`, `NothingChanged`, and `NeedsReason` where that departs from the original.
    """
    now = opened(actor, edition)
    if set(minutes) - {unit.uid for _, unit in now.content.units()}:
        raise rules.NoSuchUnit
    if any(not 0 < length <= LONGEST_SITTING_MINUTES for length in minutes.values()):
        raise rules.BadMinutes
    modules = (
        replace(
            module, units=tuple(replace(unit, minutes=minutes.get(unit.uid, unit.minutes)) for unit in module.units)
        )
        for module in now.content.modules
    )
    content = Content(tuple(modules))
    above = {unit.uid: unit.minutes for _, unit in parents.base_content(now.local).units()}
    before = {unit.uid: unit.minutes for _, unit in now.content.units()}
    departs = any(length not in (before[uid], above.get(uid, length)) for uid, length in minutes.items())
    if departs and not reason_of(actor, edition, why, findings):
        raise rules.NeedsReason
    return save(actor, edition, now, content, changed=(), why=why, findings=findings)
