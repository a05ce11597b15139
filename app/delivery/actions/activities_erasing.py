"""What activities and outputs take away when somebody is erased. That somebody was there stays, without a name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from app.delivery.models import ActivityParticipation, OutputPerson
from app.infra.db import db
from app.people.actions import erasing


def install() -> None:
    """Tell the layer of people."""
    erasing.also("activities", _erase)


def _erase(ids: Sequence[int]) -> None:
    """Take the remarks: why somebody was taken off a list, and what their part in an output was."""
    there = update(ActivityParticipation).where(ActivityParticipation.person_id.in_(ids))
    db.session.execute(there.values(removed_why=""))
    db.session.execute(update(OutputPerson).where(OutputPerson.person_id.in_(ids)).values(part=""))
