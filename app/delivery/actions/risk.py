"""Setting what counts as risk in a programme, and when its harvests are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.delivery.models import HarvestWindow, Programme, RiskSetting
from app.delivery.queries import scopes
from app.delivery.rules import risk as rules
from app.delivery.rules import risk_harvests
from app.delivery.rules.risk_harvests import Window
from app.infra import clock, i18n
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check
from app.people.rules.accounts import check_scope
from app.people.rules.persons import line


@transactional
def set_thresholds(actor: Actor, programme: Programme, own: Mapping[str, float]) -> None:
    """Set in which thresholds a programme differs from the defaults; an empty mapping goes back to them."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    rules.thresholds(own)
    held = db.session.scalar(select(RiskSetting).where(RiskSetting.programme_id == programme.id))
    before = held.thresholds if held else {}
    if held is None:
        held = RiskSetting(programme_id=programme.id)
        db.session.add(held)
    held.thresholds, held.at, held.account_id = dict(own), clock.now(), actor.account_id
    record(actor.account_id, "programme.thresholds", programme, before=before, after=dict(own))


@transactional
def add_harvest(actor: Actor, programme: Programme, window: Window) -> HarvestWindow:
    """Say when a crop is harvested somewhere; it stands in place of the defaults for it there."""
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    check_scope(Scope(region=window.region), region_exists=i18n.is_region(window.region))
    crop = risk_harvests.crop_key(line(window.crop))
    risk_harvests.check_window(Window(window.region, crop, window.from_month, window.until_month))
    made = HarvestWindow(
        programme_id=programme.id,
        region=window.region,
        crop=crop,
        from_month=window.from_month,
        until_month=window.until_month,
        source=line(window.source),
        at=clock.now(),
        account_id=actor.account_id,
    )
    db.session.add(made)
    record(actor.account_id, "programme.harvest", programme, region=window.region, crop=crop)
    return made


@transactional
def remove_harvest(actor: Actor, window: HarvestWindow) -> None:
    """Take back what a programme said of a harvest; the audit keeps what it was."""
    programme = db.session.get_one(Programme, window.programme_id)
    check(actor, Permission.RUN_PROGRAMME, scopes.of_programme(programme))
    record(
        actor.account_id,
        "programme.harvest_removed",
        programme,
        region=window.region,
        crop=window.crop,
        months=[window.from_month, window.until_month],
    )
    db.session.delete(window)
