"""Long work outside of the request: one row per job that people can watch, done by huey's worker.

A feature registers what it can do with `@job("export")`; a page starts it with `start(...)` inside its action, and the
work begins after the commit. Functions get the row's id and their own arguments, and report `progress(id, done, of)`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import Flask, current_app
from huey import Huey, SqliteHuey
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import N_, Refused

from . import clock
from .db import Base, db, enum_column
from .transactions import after_commit, transactional

log = logging.getLogger("vivero.jobs")

Work = Callable[..., None]
REGISTRY: dict[str, Work] = {}


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A piece of long work and how far it is. `result` names a stored file, `filename` what to call it."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    arguments: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(enum_column(JobState), default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None]
    filename: Mapped[str | None]
    problem: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class JobFailed(Refused):
    text = N_("This could not be finished. Please try again; if it fails again, tell whoever runs this server.")


def job(kind: str) -> Callable[[Work], Work]:
    """Register what does jobs of this kind."""

    def register(work: Work) -> Work:
        REGISTRY[kind] = work
        return work

    return register


def start(account_id: int | None, kind: str, *, after_seconds: int = 0, **arguments: Any) -> Job:
    """Queue a job in this transaction; the worker takes it up after the commit, or so much later. Inside an action."""
    row = Job(kind=kind, account_id=account_id, arguments=arguments, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    job_id = row.id
    after_commit(lambda: _enqueue(job_id, after_seconds))
    return row


@transactional
def progress(job_id: int, done: int, total: int) -> None:
    """Note how far a job is."""
    row = db.session.get_one(Job, job_id)
    row.done, row.total = done, total


@transactional
def finish(job_id: int, *, result: str | None = None, filename: str | None = None, problem: str | None = None) -> None:
    """Note a job's end: the stored file it made, or the problem it met."""
    row = db.session.get_one(Job, job_id)
    row.state = JobState.FAILED if problem else JobState.DONE
    row.result, row.filename, row.problem, row.finished_at = result, filename, problem, clock.now()


@transactional
def _begin(job_id: int) -> tuple[str, dict[str, Any]] | None:
    row = db.session.get(Job, job_id)
    if row is None or row.state is not JobState.WAITING:
        return None
    row.state = JobState.RUNNING
    return row.kind, row.arguments


def run(job_id: int) -> None:
    """Do one job now. A refusal is written down for people, anything else for us, and neither is raised."""
    begun = _begin(job_id)
    if begun is None:
        return
    kind, arguments = begun
    try:
        REGISTRY[kind](job_id, **arguments)
    except Refused as refused:
        finish(job_id, problem=str(refused))
    except Exception:
        log.exception("job %s (%s) failed", job_id, kind)
        finish(job_id, problem=str(JobFailed()))


def _enqueue(job_id: int, after_seconds: int = 0) -> None:
    if current_app.config["INLINE_JOBS"]:
        run(job_id)
    elif after_seconds:
        current_app.extensions["vivero.queue"].schedule((job_id,), delay=after_seconds)
    else:
        current_app.extensions["vivero.queue"](job_id)


def install(app: Flask) -> None:
    """Open the queue beside the database file; `vivero worker` consumes it."""
    queue = open_queue(app)

    @queue.task(name="vivero-job")  # type: ignore[untyped-decorator]
    def vivero_job(job_id: int) -> None:
        with app.app_context():
            run(job_id)

    app.extensions["vivero.huey"] = queue
    app.extensions["vivero.queue"] = vivero_job


def open_queue(app: Flask) -> Huey:
    """The queue: an SQLite file of its own in the data folder."""
    return SqliteHuey("vivero", filename=f"{app.config['DATA_DIR']}/queue.db", results=False)
