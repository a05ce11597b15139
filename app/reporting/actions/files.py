"""Making a report into a file: asked for on a page, done by the worker as the person who asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import force_locale

from app.core.errors import N_, Refused
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.db import db
from app.infra.i18n import LANGUAGES
from app.infra.jobs import Job, finish, job, progress, start
from app.infra.transactions import transactional
from app.people import queries as people
from app.people.permissions import VISITOR, Actor
from app.reporting.files import document, workbook
from app.reporting.kinds import ReportFormat
from app.reporting.queries import reports, views
from app.reporting.queries.files import KIND
from app.reporting.queries.reports import Report

_MAKERS: Mapping[ReportFormat, Callable[[Report], bytes]] = {
    ReportFormat.XLSX: workbook.made,
    ReportFormat.DOCX: document.made,
}


class OddReport(Refused):
    text = N_("Please choose Word or Excel, and a language from the list.")
    status = 422


@transactional
def ask_for(actor: Actor, slug: str, year: int | None, made_as: str, told_in: str) -> Job:
    """Queue the report of a programme that this actor may see, and return its job."""
    if made_as not in set(ReportFormat) or told_in not in LANGUAGES:
        raise OddReport
    view = views.of(actor, slug)
    reports.of_view(view, year, clock.now().date())  # says now what the worker would only say later
    record(actor.account_id, "figures.reported", view.programme, year=year, format=made_as)
    return start(actor.account_id, KIND, slug=slug, year=year, format=made_as, language=told_in)


@job(KIND)
def make(job_id: int, slug: str, year: int | None, format: str, language: str) -> None:
    """Make the file as the person who asked for it, with the rights that person has now."""
    progress(job_id, 0, 3)
    view = views.of(_owner(job_id), slug)
    report = reports.of_view(view, year, clock.now().date())
    _ = report.figures, report.years
    progress(job_id, 1, 3)
    with force_locale(language):
        data = _MAKERS[ReportFormat(format)](report)
    progress(job_id, 2, 3)
    called = f"{slug}-{year or 'all'}-{language}.{format}"
    finish(job_id, result=storage.put(data), filename=called)


def _owner(job_id: int) -> Actor:
    account_id = db.session.get_one(Job, job_id).account_id
    account = people.account_for_session(account_id) if account_id is not None else None
    return people.actor_of(account) if account is not None and account.active else VISITOR
