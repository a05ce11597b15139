"""Who stands behind a figure: a list by name and its file, for those who may see these people."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.people.login import current_actor
from app.people.permissions import Permission
from app.people.queries import persons
from app.people.rules.persons import age_on
from app.reporting.actions import listing
from app.reporting.queries import behind, views
from app.reporting.rules import definitions
from app.web import words
from app.web.pages import requires
from app.web.sheets import csv_file

from . import reports
from .programme import ALL, asked_for

ROWS = 50


@reports.get("/<slug>/who/<code>")
@requires(Permission.SEE_PEOPLE)
def people(slug: str, code: str) -> ResponseReturnValue:
    """Show who stands behind a figure."""
    actor, view = current_actor(), views.of(current_actor(), slug)
    behind.check(actor, view)
    report = asked_for(view)
    definition = definitions.now(code, report.question.today)
    page = min(max(1, request.args.get("page", 1, type=int) or 1), 100_000)
    asked = "".join(letter for letter in request.args.get("q", "") if letter.isprintable()).strip()[:100]
    found = behind.behind(actor, report, code, named=asked, limit=ROWS, offset=(page - 1) * ROWS)
    return render_template(
        "reporting/people.html",
        report=report,
        programme=view.programme,
        definition=definition,
        found=found,
        chosen=report.question.period.year or ALL,
        q=asked,
        page=page,
        pages=-(-found.found // ROWS),
    )


@reports.post("/<slug>/who/<code>.csv")
@requires(Permission.SEE_PEOPLE)
def people_csv(slug: str, code: str) -> Response:
    """Give the same list as a file, and note that somebody took it."""
    actor, view = current_actor(), views.of(current_actor(), slug)
    behind.check(actor, view)
    report = asked_for(view)
    definitions.now(code, report.question.today)
    found = behind.behind(actor, report, code)
    listing.note(actor, view.programme, code)
    name = f"{slug}-{code}.csv"
    if found.organisations:
        heads = [gettext("Organisation"), gettext("Kind"), gettext("Region")]
        return csv_file(name, heads, ([one.name, words.word(one.kind), one.region] for one in found.organisations))
    day = report.question.until
    heads = [gettext("Family names"), gettext("Given names"), gettext("Sex"), gettext("Age")]
    rows = (
        [one.family_names, one.given_names, words.word(one.sex), age_on(persons.born(one), day) or ""]
        for one in found.people
    )
    return csv_file(name, heads, rows)
