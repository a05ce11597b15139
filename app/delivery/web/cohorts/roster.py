"""The list of a cohort as a file: handing it out, looking at what one would do row by row, bringing it in, undoing."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import Refused
from app.delivery import roster_words
from app.delivery.actions import rosters as actions
from app.delivery.actions import rosters_undo
from app.delivery.actions.rosters import Report
from app.delivery.models import Cohort
from app.delivery.queries import rosters as queries
from app.delivery.rules import rosters as rules
from app.delivery.rules import rosters_files as files
from app.delivery.rules.rosters import Outcome
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import is_row
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import here

PIECE = 90_000  # letters of one hidden field; every field has a limit
MIMETYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NEW = "new"


@bp.get("/<slug>/roster")
@requires(Permission.RUN_COHORT)
def roster(slug: str) -> ResponseReturnValue:
    """Offer the list as a file, take one, and show those that were brought in."""
    return _page(here.opened(slug, Permission.RUN_COHORT))


@bp.get("/<slug>/roster/<name>.<kind>")
@requires(Permission.RUN_COHORT)
def roster_file(slug: str, name: str, kind: str) -> ResponseReturnValue:
    """Hand out the list, or one with nothing but its heads."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    if kind not in MIMETYPES or name not in ("list", "empty"):
        return _page(cohort, gettext("There is no such file.")), 404
    if name == "empty":
        heads = [rules.heads(language())]
        data = files.to_xlsx(heads) if kind == "xlsx" else files.to_csv(heads)
    else:
        data = actions.export(current_actor(), cohort, language(), workbook=kind == "xlsx")
    answer = Response(data, mimetype=MIMETYPES[kind])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{cohort.slug}.{kind}")
    return answer


@bp.post("/<slug>/roster")
@requires(Permission.RUN_COHORT)
def bring_in(slug: str) -> ResponseReturnValue:
    """Look at what a file would do, with what was chosen for doubles; bring it in once that is asked for."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    actor, choices = current_actor(), _choices()
    try:
        name, data = _sent()
        if request.form.get("do") != "bring":
            return _look(cohort, name, data, actions.look(actor, cohort, data, choices=choices), choices)
        leave_out = request.form.get("leave_out") == "yes"
        report = actions.bring_in(actor, cohort, data, name, choices=choices, leave_out=leave_out)
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    if report.done is None and not (report.is_clean or leave_out):
        return _look(cohort, name, data, report, choices), 422
    counts = report.counts
    if report.done is None:
        say(gettext("Everything stands as in the file already. Nothing was changed."), "note")
    else:
        told = counts[Outcome.NEW] + counts[Outcome.ENROLLED] + counts[Outcome.CHANGED]
        say(ngettext("%(num)s row was brought in.", "%(num)s rows were brought in.", told))
    return back(url_for(".roster", slug=slug))


@bp.post("/<slug>/roster/undo")
@requires(Permission.RUN_COHORT)
def undo_roster(slug: str) -> ResponseReturnValue:
    """Take back what a file made and changed, and say what stays."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    wanted = request.form.get("import", "")
    try:
        done = queries.get(cohort, int(wanted) if is_row(wanted) else 0)
        found = rosters_undo.undo(current_actor(), cohort, done)
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    say(ngettext("%(num)s thing was taken back.", "%(num)s things were taken back.", found.taken_back))
    for line, why in found.stays[:10]:
        say(gettext("Row %(line)s: %(why)s", line=line, why=sentence(why)), "note")
    if len(found.stays) > 10:
        say(gettext("More rows stay for the same reason: %(count)s", count=len(found.stays) - 10), "note")
    return back(url_for(".roster", slug=slug))


def _sent() -> tuple[str, bytes]:
    """The name and bytes of the file sent, or of the one looked at before, which came back with the form."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename[-200:], file.read(files.MOST_BYTES + 1)
    kept = "".join(request.form.getlist("kept"))
    try:
        opened = zlib.decompressobj()
        data = opened.decompress(base64.b64decode(kept, validate=True), files.MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        data = b""
    if not data:
        raise rules.NoFile
    return request.form.get("name", "")[-200:], data


def _kept(data: bytes) -> list[str]:
    packed = base64.b64encode(zlib.compress(data, 9)).decode()
    return [packed[at : at + PIECE] for at in range(0, len(packed), PIECE)]


def _choices() -> dict[int, int | str]:
    """What was chosen for rows that may be somebody known: a person's number, or that it is somebody new."""
    found: dict[int, int | str] = {}
    for name, value in request.form.items():
        line = name.removeprefix("who-")
        if line != name and is_row(line) and (value == NEW or is_row(value)):
            found[int(line)] = NEW if value == NEW else int(value)
    return found


def _look(cohort: Cohort, name: str, data: bytes, report: Report, choices: Mapping[int, int | str]) -> str:
    return render_template(
        "delivery/cohorts/roster_look.html",
        cohort=cohort,
        name=name,
        kept=_kept(data),
        report=report,
        choices=choices,
        waiting=[one for one in report.answers if one.outcome in (Outcome.ASK, Outcome.FAULTY)],
        fine=[one for one in report.answers if one.outcome not in (Outcome.ASK, Outcome.FAULTY)],
        outcomes=roster_words.OUTCOMES,
        head=roster_words.column_name,
        sentence=sentence,
    )


def _page(cohort: Cohort, fault: str = "") -> str:
    return render_template(
        "delivery/cohorts/roster.html",
        cohort=cohort,
        imports=queries.imports(cohort),
        outcomes=roster_words.OUTCOMES,
        columns=[(roster_words.column_name(one), gettext(roster_words.HINTS[one])) for one in rules.COLUMNS],
        most_rows=files.MOST_ROWS,
        fault=fault,
    )
