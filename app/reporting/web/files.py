"""Reports as files: asked for, watched while they are made, fetched; the plain table at once."""

from __future__ import annotations

from io import BytesIO

from flask import Response, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.infra import storage
from app.infra.i18n import language
from app.infra.jobs import JobState
from app.people.login import current_actor
from app.people.permissions import Permission
from app.reporting import shown
from app.reporting.actions import files as actions
from app.reporting.queries import files as queries
from app.reporting.queries import views
from app.web import words
from app.web.errors import back
from app.web.pages import requires
from app.web.requests import LARGEST_ROW
from app.web.sheets import csv_file

from . import reports
from .programme import ALL, asked_for, year_in

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@reports.post("/<slug>/files")
@requires(Permission.SEE_FIGURES)
def make(slug: str) -> ResponseReturnValue:
    """Have a report made."""
    actor, form = current_actor(), request.form
    view = views.of(actor, slug)
    job = actions.ask_for(
        actor, slug, year_in(form.get("year"), view), form.get("format", ""), form.get("language", "")
    )
    return back(url_for(".file_state", slug=slug, job=job.id))


@reports.get("/<slug>/files/<int:job>")
@requires(Permission.SEE_FIGURES)
def file_state(slug: str, job: int) -> ResponseReturnValue:
    """Show how far a report is; the script asks for the bar alone."""
    actor = current_actor()
    row = queries.of(actor, slug, min(job, LARGEST_ROW))
    alone = request.headers.get("X-Requested-With") == "poll"
    template = "reporting/_file.html" if alone else "reporting/file.html"
    return render_template(template, programme=views.of(actor, slug).programme, job=row)


@reports.get("/<slug>/files/<int:job>/file")
@requires(Permission.SEE_FIGURES)
def file(slug: str, job: int) -> ResponseReturnValue:
    """Send a finished report."""
    actor = current_actor()
    row = queries.of(actor, slug, min(job, LARGEST_ROW))
    views.of(actor, slug)  # it may be closed to them by now
    if row.state is not JobState.DONE or not row.result or not row.filename:
        abort(404)
    kind = TYPES[row.filename.rpartition(".")[2]]
    return send_file(BytesIO(storage.get(row.result)), mimetype=kind, as_attachment=True, download_name=row.filename)


@reports.get("/<slug>/figures.csv")
@requires(Permission.SEE_FIGURES)
def csv(slug: str) -> Response:
    """Give the figures of a period as one table."""
    report = asked_for(views.of(current_actor(), slug))
    heads = [
        "code",
        "version",
        gettext("Indicator"),
        gettext("Unit"),
        gettext("Group"),
        gettext("Value"),
        gettext("Out of"),
    ]
    rows: list[list[object]] = []
    for one, figure in report.figures:
        said = [one.code, one.version, one.said(one.name, language()), words.word(one.unit)]
        rows.append([*said, "", _plain(figure.value), "" if figure.of is None else figure.of])
        for split, told in figure.groups.items():
            for line in shown.lines(split, told or (), report.question.youth_until):
                rows.append([*said, f"{words.word(split)}: {line.label}", _plain(line.count), ""])
    name = f"{slug}-{report.question.period.year or ALL}.csv"
    return csv_file(name, heads, rows)


def _plain(value: float | None) -> object:
    return str(gettext(shown.HIDDEN)) if value is None else value
