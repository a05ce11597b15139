"""A cohort's own page: how it stands, what is next, who is in it, the sheet of people by sessions, also as a file."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.queries import editions
from app.delivery.actions import cohorts as actions
from app.delivery.kinds import CohortState
from app.delivery.models import Cohort
from app.delivery.queries import attendance
from app.delivery.queries import cohort_page as queries
from app.delivery.rules.cohorts import COHORT_FOLLOWS
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import is_row
from app.infra.i18n import sentence
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires
from app.web.sheets import csv_file
from app.web.words import choices, word

from . import here, marks


@bp.get("/<slug>/")
@requires(Permission.SEE_COHORT)
def show(slug: str) -> ResponseReturnValue:
    """Show a cohort; names stand on it for those who may see its people."""
    return _page(here.opened(slug))


@bp.post("/<slug>/state")
@requires(Permission.RUN_COHORT)
def change_state(slug: str) -> ResponseReturnValue:
    """Start, pause, finish, cancel or reopen a cohort."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    wanted = request.form.get("state", "")
    if wanted not in set(CohortState):
        return _page(cohort, gettext("Please choose one of those shown.")), 422
    try:
        actions.set_state(current_actor(), cohort, CohortState(wanted))
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    say(gettext("Now: %(state)s.", state=word(cohort.state)))
    return back(url_for(".show", slug=slug))


@bp.post("/<slug>/release")
@requires(Permission.RUN_COHORT)
def teach_from(slug: str) -> ResponseReturnValue:
    """Teach from another release from today on."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    wanted = request.form.get("release", "")
    release = editions.releases_by_id([int(wanted)]).get(int(wanted)) if is_row(wanted) else None
    if release is None or not editions.may_know(current_actor(), release.edition):
        return _page(cohort, gettext("Please choose one of those shown.")), 422
    actions.teach_from(current_actor(), cohort, release, max(here.today(), cohort.starts_on))
    say(gettext("From now on this cohort is taught from version %(version)s.", version=release.version))
    return back(url_for(".show", slug=slug))


@bp.get("/<slug>/attendance.csv")
@requires(Permission.SEE_PEOPLE)
def attendance_file(slug: str) -> ResponseReturnValue:
    """Hand out the attendance sheet as a table."""
    cohort = here.opened(slug, Permission.SEE_PEOPLE)
    sheet = attendance.sheet(cohort)
    heads = [f"{column.number} · {column.on} · {column.title}" for column in sheet.columns]
    shown = [gettext("Name"), gettext("State"), *heads, gettext("Came"), gettext("Per cent")]
    called = gettext("attendance")
    return csv_file(f"{cohort.slug}-{called}.csv", shown, marks.words_of(sheet))


def _page(cohort: Cohort, fault: str = "") -> str:
    head = queries.head(cohort, here.today())
    may = here.allowed(cohort, Permission.SEE_PEOPLE, Permission.RUN_COHORT, Permission.TEACH)
    sheet = attendance.sheet(cohort) if may[Permission.SEE_PEOPLE] else None
    return render_template(
        "delivery/cohorts/show.html",
        cohort=cohort,
        head=head,
        makeup=queries.makeup(cohort, head.programme.youth_until),
        standing=queries.standing(cohort),
        sheet=sheet,
        rows=marks.rows(sheet) if sheet else [],
        days=marks.days(sheet) if sheet else {},
        legend=marks.legend(),
        sexes=dict(choices(Sex)),
        may_run=may[Permission.RUN_COHORT],
        may_teach=may[Permission.TEACH],
        follows=sorted(COHORT_FOLLOWS[cohort.state], key=list(CohortState).index),
        today=here.today(),
        fault=fault,
    )
