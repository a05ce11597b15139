"""Needs: written down, changed, taken up by an edition, answered or set aside, put away and brought back."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import Refused
from app.curriculum.models import Act, Edition
from app.curriculum.queries import editions
from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, NotAllowed, Permission, check
from app.study import rules
from app.study.kinds import NeedStatus
from app.study.models import Need, NeedEdition
from app.study.queries import needs
from app.study.sheets import NEED


@transactional
def keep_need(actor: Actor, region: str, given: Mapping[str, str], *, need: Need | None = None, seen: str = "") -> Need:
    """Write a need down, or change one; its region says who sees it. `Faults` names the fields that are wrong.

    `seen` is the mark of the need as the form showed it.
    """
    if need is not None:
        _check(actor, need.region)
    faults: dict[str, Refused] = {}
    if not i18n.is_region(region):
        faults["region"] = rules.UnknownRegion()
    elif not needs.may_keep(actor, region):
        faults["region"] = NotAllowed()
    try:
        values = rules.read(NEED, given)
    except rules.Faults as more:
        raise rules.Faults({**faults, **more.fields}) from more
    if faults:
        raise rules.Faults(faults)
    if need is None:
        need = Need(
            status=NeedStatus.OPEN, status_why="", created_at=clock.now(), created_by_id=actor.account_id,
            region=region, **values,
        )  # fmt: skip
        db.session.add(need)
        record(actor.account_id, "need.kept", need)
        return need
    db.session.refresh(need, with_for_update=True)
    rules.check_seen(NEED, need, values, seen)
    changed = [name for name, value in values.items() if getattr(need, name) != value]
    for name, value in {**values, "region": region}.items():
        setattr(need, name, value)
    record(actor.account_id, "need.changed", need, fields=changed)
    return need


@transactional
def settle_need(actor: Actor, need: Need, status: NeedStatus, *, why: str = "") -> Need:
    """Say what became of a need; whoever sets one aside or calls it answered says why."""
    _check(actor, need.region)
    if len(why) > rules.LONGEST_TEXT:
        raise rules.TooLong(count=rules.LONGEST_TEXT)
    if status in (NeedStatus.SET_ASIDE, NeedStatus.ANSWERED) and not why.strip():
        raise rules.NeedsWhy
    before, need.status, need.status_why = need.status, status, why.strip()
    record(actor.account_id, "need.settled", need, before=before.value, after=status.value)
    return need


@transactional
def take_up(actor: Actor, need: Need, edition: Edition, *, act: Act | None = None) -> None:
    """Tie a need to an edition that answers it, opened by `act` where it was grafted for that; the need is taken up."""
    if not needs.may_read(actor, need):
        raise rules.NoSuchNeed
    check(actor, Permission.KEEP_STUDY, editions.scope_of(edition))
    if needs.linked(need, edition):
        return
    db.session.add(
        NeedEdition(need_id=need.id, edition_id=edition.id, act_id=act.id if act else None, at=clock.now())
    )  # fmt: skip
    if need.status is NeedStatus.OPEN:
        need.status = NeedStatus.TAKEN_UP
    record(actor.account_id, "need.taken_up", need, edition=edition.id)


@transactional
def archive_need(actor: Actor, need: Need) -> None:
    """Put a need away; nothing of it is lost."""
    _check(actor, need.region)
    need.archived_at = clock.now()
    record(actor.account_id, "need.put_away", need)


@transactional
def unarchive_need(actor: Actor, need: Need) -> None:
    """Bring a need back that was put away."""
    _check(actor, need.region)
    need.archived_at = None
    record(actor.account_id, "need.brought_back", need)


def _check(actor: Actor, region: str) -> None:
    check(actor, Permission.KEEP_STUDY, needs.scope_of(actor, region, Permission.KEEP_STUDY))
