"""Opening the address of one's own calendar, and renewing it, which ends the old one."""

from __future__ import annotations

from app.delivery.models import CalendarAddress
from app.delivery.queries import calendars as queries
from app.infra import clock
from app.infra.audit import record
from app.infra.db import db
from app.infra.transactions import transactional
from app.people import passwords
from app.people.models import LearnerCard
from app.people.permissions import Actor, NotAllowed, Permission, check


@transactional
def open_address(actor: Actor, card: LearnerCard | None = None) -> CalendarAddress:
    """Give this account, or this card that somebody is signed in with, the address of a calendar, or a new one."""
    check(actor, Permission.OWN_ACCOUNT)
    if actor.account_id is None and (card is None or card.person_id != actor.person_id):
        raise NotAllowed
    found = queries.address_of(actor.account_id, card)
    if found is None:
        own = {"card_id": card.id} if card is not None else {"account_id": actor.account_id}
        found = CalendarAddress(stamp=passwords.stamp(), made_at=clock.now(), **own)
        db.session.add(found)
        db.session.flush()
        record(actor.account_id, "calendar.opened", found)
    else:
        found.stamp, found.made_at = passwords.stamp(), clock.now()
        record(actor.account_id, "calendar.renewed", found)
    return found
