"""Noting that a list of names was taken out of the system."""

from __future__ import annotations

from app.delivery.models import Programme
from app.infra.audit import record
from app.infra.transactions import transactional
from app.people.permissions import Actor


@transactional
def note(actor: Actor, programme: Programme, code: str) -> None:
    """Note who took the list behind a figure along; whether they may was asked where it was read."""
    record(actor.account_id, "figures.people_listed", programme, code=code)
