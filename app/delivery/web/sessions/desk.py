"""The desk of one cohort: visitors to match, marks that disagree, and what was kept aside."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.delivery.actions import attendance as marks
from app.delivery.actions import repairs as actions
from app.delivery.models import Cohort
from app.delivery.queries import arrivals, desk, rollcall, scopes
from app.delivery.queries.attendance import enrolment_of
from app.delivery.web.blueprints import cohorts
from app.infra.i18n import sentence
from app.people.kinds import Sex
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires
from app.web.words import choices

from . import cohort_of, frame
from .fields import typed

PER_PAGE = 25


def page_number(name: str = "page") -> int:
    """Which page of a list is asked for."""
    text = request.args.get(name, "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def number_of(name: str) -> int:
    """An id that the form gives, 0 where it is none."""
    text = typed(name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@cohorts.get("/<slug>/desk", endpoint="desk")
@requires(Permission.TEACH)
def show_desk(slug: str) -> ResponseReturnValue:
    """Show what waits for somebody to put it right in a cohort."""
    return _page(cohort_of(slug))


@cohorts.post("/<slug>/desk/visitors")
@requires(Permission.TEACH)
def match_visitor(slug: str) -> ResponseReturnValue:
    """Say who a visitor was, or that it was somebody else after all."""
    cohort, actor = cohort_of(slug), current_actor()
    walk_in = desk.visitor(cohort, number_of("walk_in"))
    if walk_in is None:
        abort(404)
    try:
        if typed("do") == "unmatch":
            actions.unmatch(actor, walk_in)
            say(gettext("Undone: %(name)s is matched to nobody.", name=walk_in.name))
        else:
            enrolment, person = enrolment_of(cohort, number_of("enrolment"))
            actions.match(actor, walk_in, enrolment)
            say(gettext("%(visitor)s is %(name)s now; the attendance counts for them.", visitor=walk_in.name,
                        name=person.name))  # fmt: skip
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    return back(url_for(".desk", slug=cohort.slug, matched=1 if typed("do") == "unmatch" else None))


@cohorts.post("/<slug>/desk/marks")
@requires(Permission.TEACH)
def choose_mark(slug: str) -> ResponseReturnValue:
    """Choose between marks that disagree."""
    cohort = cohort_of(slug)
    session = scopes.session(cohort, number_of("session"))
    enrolment, person = enrolment_of(cohort, number_of("enrolment"))
    try:
        marks.choose(current_actor(), session, enrolment, typed("event"))
    except Refused as refused:
        return _page(cohort, sentence(refused)), refused.status
    say(gettext("Chosen for %(name)s. The other mark stays in the history.", name=person.name))
    return back(url_for(".desk", slug=cohort.slug))


def _page(cohort: Cohort, fault: str = "") -> str:
    matched = "matched" in request.args
    listed = desk.people(cohort)
    page, count = page_number(), desk.count_visitors(cohort, matched=matched)
    conflicts = rollcall.conflicts(cohort)
    accounts = arrivals.accounts_of({
        event.account_id for one in conflicts[:PER_PAGE] for event in one.events if event.account_id is not None
    })  # fmt: skip
    return render_template(
        "sessions/desk.html",
        **frame(cohort),
        visitors=desk.visitors(cohort, listed, matched=matched, limit=PER_PAGE, offset=(page - 1) * PER_PAGE),
        count=count,
        other=desk.count_visitors(cohort, matched=not matched),
        matched=matched,
        page=page,
        pages=-(-count // PER_PAGE),
        listed=listed,
        told_sex={sex: said for sex, said in choices(Sex) if sex != Sex.NOT_STATED},
        conflicts=conflicts[:PER_PAGE],
        more_conflicts=max(0, len(conflicts) - PER_PAGE),
        names={id_: account.name for id_, account in accounts.items()},
        aside=desk.aside(current_actor(), cohort, limit=5),
        count_aside=desk.count_aside(current_actor(), cohort),
        fault=fault,
    )
