"""Reading the report files that somebody asked for."""

from __future__ import annotations

from app.core.errors import N_, Refused
from app.infra.db import db
from app.infra.jobs import Job
from app.people.permissions import Actor

KIND = "report"


class NoSuchReport(Refused):
    text = N_("There is no such file, or your account does not show it.")
    status = 404


def of(actor: Actor, slug: str, job_id: int) -> Job:
    """A report that this actor asked for; somebody else's is not found."""
    found = db.session.get(Job, job_id)
    if found is None or (found.kind, found.account_id, found.arguments.get("slug")) != (KIND, actor.account_id, slug):
        raise NoSuchReport
    return found
