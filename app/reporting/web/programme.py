"""The dashboard of a programme: large figures, charts with their tables, every indicator with its definition."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.infra import clock
from app.infra.i18n import LANGUAGES, language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.reporting import shown
from app.reporting.kinds import ReportFormat, Split
from app.reporting.queries import asking, reports, snapshots, views
from app.reporting.queries.reports import Report
from app.reporting.queries.views import View
from app.reporting.rules import charts
from app.reporting.rules.periods import NoSuchYear
from app.web.pages import requires

from . import reports as pages

ALL = "all"
LARGE = ("people", "attendances", "organisations", "families", "events", "heads")


@pages.get("/<slug>/")
@requires(Permission.SEE_FIGURES)
def programme(slug: str) -> ResponseReturnValue:
    """Show the figures of a programme in the year asked for, or in the newest one in which something was held."""
    actor = current_actor()
    view = views.of(actor, slug)
    report = asked_for(view)
    people = report.figure("people")
    splits = [] if people is None else list(people.groups)
    by = _split(splits)
    return render_template(
        "reporting/programme.html",
        report=report,
        programme=view.programme,
        view=view,
        years=asking.years_of(view.programme, report.question.today),
        large=[(one, figure) for one, figure in report.figures if one.code in LARGE],
        splits=splits,
        by=by,
        trend=charts.columns(
            [(shown.year(one.year, view.programme.year_starts_in), one.people, shown.number(one.people))
             for one in report.years]
        ),
        bar=charts.bar,
        approved=snapshots.newest_approved(actor, [view.programme] if view.is_whole else []),
        kept=snapshots.newest(actor, snapshots.of_programme(view.programme), limit=20) if view.is_whole else [],
        looks_after=views.may_look_after(actor, view.programme),
        sees_people=views.may_see_people(actor, view),
        formats=list(ReportFormat),
        told_in=list(LANGUAGES.items()),
        language_here=language(),
    )  # fmt: skip


def asked_for(view: View) -> Report:
    """The report of the year in the address: a number, `all`, or none for the newest with something in it."""
    today = clock.now().date()
    return reports.of_view(view, year_in(request.args.get("year"), view), today)


def year_in(typed: str | None, view: View) -> int | None:
    """The reporting year that was asked for, None for all of them; `NoSuchYear` where it is none."""
    if typed == ALL:
        return None
    if not typed:
        today = clock.now().date()
        return reports.newest_year(view, today) or asking.years_of(view.programme, today)[0]
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4):
        raise NoSuchYear
    return int(typed)


def _split(splits: list[Split]) -> Split | None:
    """What to tell the people apart by: as asked for, else by sex."""
    asked = request.args.get("by", Split.SEX.value)
    return next((one for one in splits if one.value == asked), splits[0] if splits else None)
