"""For whom a job of the worker works: the person who asked for it, with the rights that person has now."""

from __future__ import annotations

from app.infra.db import db
from app.infra.jobs import Job
from app.people import queries as people
from app.people.permissions import VISITOR, Actor


def owner(job_id: int) -> Actor:
    """Who asked for a job; a visitor, who may nothing, when that account is closed."""
    account_id = db.session.get_one(Job, job_id).account_id
    account = people.account_for_session(account_id) if account_id is not None else None
    return people.actor_of(account) if account is not None and account.active else VISITOR
