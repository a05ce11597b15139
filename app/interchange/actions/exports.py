"""Starting an export, and doing it in the worker."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from app.curriculum.queries import editions, reading
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.db import db
from app.infra.jobs import Job, JobState, finish, job, progress, start
from app.infra.transactions import transactional
from app.interchange import queries
from app.interchange.exporting import Wish, checked, make
from app.interchange.formats.document import Audience
from app.interchange.queries.owners import owner
from app.people.permissions import Actor, Permission, check


@transactional
def start_export(actor: Actor, wish: Wish) -> Job:
    """Queue an export and return its job; one that was made of the same release already is done at once."""
    checked(wish)
    seen = reading.view(actor, wish.slug, wish.region, version=wish.version, language=wish.language)
    wish = replace(wish, version=seen.version, language=seen.language)  # as they are called, not as they were typed
    check(actor, Permission.EXPORT_EDITION, editions.scope_of(seen.edition))
    if wish.since == queries.PARENT:
        queries.parents_manual(actor, seen, Audience(wish.audience))  # says now what the worker would only say later
    elif wish.since:
        wish = replace(wish, since=reading.view(actor, wish.slug, wish.region, version=wish.since).version)
    wish = replace(wish, names=queries.mark_of_names(seen))
    arguments: dict[str, Any] = asdict(wish)
    record(actor.account_id, "edition.exported", seen.edition, format=wish.format, version=wish.version)
    made = (
        queries.made_before(arguments) if wish.since != queries.PARENT else None
    )  # what is cited is not for everybody
    if made is None:
        return start(actor.account_id, "export", **arguments)
    row = Job(
        kind="export",
        account_id=actor.account_id,
        arguments=arguments,
        state=JobState.DONE,
        done=1,
        total=1,
        result=made.result,
        filename=made.filename,
        created_at=clock.now(),
        finished_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


@job("export")
def export(job_id: int, **arguments: Any) -> None:
    """Make the file of an export as the person who asked for it, with the rights that person has now."""
    progress(job_id, 0, 2)
    wish = Wish(**arguments)
    data = make(owner(job_id), wish)
    progress(job_id, 1, 2)
    finish(job_id, result=storage.put(data), filename=wish.filename)
