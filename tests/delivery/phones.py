"""What phones say, for tests: events as JSON objects, and batches of them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from app.delivery.actions import attendance
from app.delivery.actions.attendance import Answer, Batch
from app.delivery.models import CohortSession, Enrolment
from app.infra.db import db
from app.people import queries as accounts
from app.people.models import Person
from app.people.permissions import Actor, Role, Scope
from tests import factories as make

NOON = datetime(2026, 4, 3, 12, 0, tzinfo=UTC)


def mark(session: CohortSession | str, whom: Enrolment | str, says: str = "present", **more: Any) -> dict[str, Any]:
    """A mark of an enrolled person; `at` is minutes after noon by the device's clock."""
    moment = NOON + timedelta(minutes=more.pop("at", 0))
    return {
        "uid": more.pop("uid", None) or str(uuid.uuid4()),
        "kind": "mark",
        "session": session if isinstance(session, str) else session.uid,
        "enrolment": whom if isinstance(whom, str) else whom.uid,
        "mark": says,
        "occurred_at": moment.isoformat(),
        "recorded_at": moment.isoformat(),
        **more,
    }


def walk_in(session: CohortSession | str, name: str, **more: Any) -> dict[str, Any]:
    """Somebody came who is not on the list."""
    return {
        "uid": str(uuid.uuid4()),
        "kind": "walk_in",
        "session": session if isinstance(session, str) else session.uid,
        "name": name,
        "recorded_at": NOON.isoformat(),
        **more,
    }


def held(session: CohortSession | str, **more: Any) -> dict[str, Any]:
    """A session took place."""
    return {
        "uid": str(uuid.uuid4()),
        "kind": "session",
        "session": session if isinstance(session, str) else session.uid,
        "state": "held",
        "on": "2026-04-03",
        "recorded_at": NOON.isoformat(),
        **more,
    }


def send(actor: Actor, *events: Any, clock: datetime | None = None, device: str = "phone") -> Answer:
    """Send these in a batch of their own."""
    return attendance.receive(actor, Batch(str(uuid.uuid4()), events, device, clock))


def statuses(answer: Answer) -> list[str]:
    """What became of each, with the reason."""
    return [f"{one.receipt.value}:{one.fault.value}" if one.fault else one.receipt.value for one in answer.said]


def signed_in(somebody: Person, username: str = "teresa") -> Actor:
    """A person with an account and no role: what they may do is to teach the cohorts they teach."""
    account = make.account(username, Role.READER, Scope("my-coop", "PE"))
    account.person_id = somebody.id
    db.session.commit()
    return accounts.actor_of(account)
