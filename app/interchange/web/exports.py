"""Pages for taking an edition out: choose a format, watch it being made, fetch the file."""

from __future__ import annotations

from io import BytesIO

from flask import Flask, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import N_
from app.curriculum.queries import editions, reading
from app.infra import storage
from app.infra.i18n import language, language_name
from app.infra.jobs import JobState
from app.interchange import actions, queries
from app.interchange.exporting import Wish
from app.interchange.formats.write import CONTENT_TYPES
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back
from app.web.pages import requires

from . import bp

FORMATS = {
    "docx": N_("Word"),
    "docx-redline": N_("Word with tracked changes"),
    "pdf": N_("PDF"),
    "html": N_("Web page"),
}

COPY = "docx-comments"  # a Word file like any other, with what changed beforehand if somebody wants to see it


def install(app: Flask) -> None:
    """Give templates the names of the formats."""
    app.context_processor(lambda: {"format_names": {key: gettext(name) for key, name in FORMATS.items()}})
    app.add_template_filter(lambda version: (version, version), "version_option")
    app.add_template_filter(lambda code: (code, language_name(code)), "language_option")


@bp.get("/<slug>/<region>/exports")
@requires(Permission.EXPORT_EDITION)
def exports(slug: str, region: str) -> ResponseReturnValue:
    """Offer the formats, and list the files this person had made."""
    actor = current_actor()
    seen = reading.view(actor, slug, region, version=request.args.get("v"), language=request.args.get("in", language()))
    editions.get(actor, slug, region, Permission.EXPORT_EDITION)
    return render_template(
        "interchange/exports.html",
        seen=seen,
        releases=editions.releases(seen.edition),
        jobs=queries.exports(actor, seen.edition),
        departs=bool(seen.state.local.bases) and editions.may_read_draft(actor, seen.edition),
        may_draft=editions.may_read_draft(actor, seen.edition),
    )


@bp.post("/<slug>/<region>/exports")
@requires(Permission.EXPORT_EDITION)
def start(slug: str, region: str) -> ResponseReturnValue:
    """Start making a file."""
    form = request.form
    wanted, since = form.get("format", ""), form.get("since") or None
    if wanted == COPY:
        wanted = "docx-redline" if since else "docx"
    wish = Wish(
        slug,
        region,
        version=form.get("version", ""),
        language=form.get("language", ""),
        format=wanted,
        audience=form.get("audience", ""),
        since=since if wanted == "docx-redline" else None,
    )
    job = actions.start_export(current_actor(), wish)
    return back(url_for(".export", slug=slug, region=region, job=job.id))


@bp.get("/<slug>/<region>/exports/<int:job>")
@requires(Permission.EXPORT_EDITION)
def export(slug: str, region: str, job: int) -> ResponseReturnValue:
    """Show how far a file is; the script asks for the bar alone."""
    row = queries.export(current_actor(), slug, region, job)
    seen = reading.view(current_actor(), slug, region, version=row.arguments["version"])
    template = (
        "interchange/_state.html" if request.headers.get("X-Requested-With") == "poll" else "interchange/export.html"
    )
    return render_template(template, seen=seen, job=row)


@bp.get("/<slug>/<region>/exports/<int:job>/file")
@requires(Permission.EXPORT_EDITION)
def file(slug: str, region: str, job: int) -> ResponseReturnValue:
    """Send a finished file."""
    row = queries.export(current_actor(), slug, region, job)
    reading.view(current_actor(), slug, region, version=row.arguments["version"])  # it may be closed to them by now
    if row.state is not JobState.DONE or not row.result or not row.filename:
        abort(404)
    kind = CONTENT_TYPES["." + row.filename.rpartition(".")[2]]
    return send_file(BytesIO(storage.get(row.result)), mimetype=kind, as_attachment=True, download_name=row.filename)
