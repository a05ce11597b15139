"""The plan of a cohort: the list, planning by a pattern or by hand, changing, moving and cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.core.errors import Refused
from app.delivery.actions import sessions as actions
from app.delivery.actions.sessions import SessionDetails
from app.delivery.kinds import SessionState
from app.delivery.models import Cohort, CohortSession
from app.delivery.queries import plan
from app.delivery.queries import sessions as queries
from app.delivery.rules import sessions as rules
from app.delivery.web.blueprints import cohorts
from app.infra import clock
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from . import AT, at, cohort_of, fields, frame, session_of, words
from .fields import typed

AT_ONCE = 40


@cohorts.get("/<slug>/sessions/")
@requires(Permission.SEE_COHORT)
def sessions(slug: str) -> ResponseReturnValue:
    """List the sessions of a cohort; a long plan month by month, newest first when asked."""
    cohort = cohort_of(slug, Permission.SEE_COHORT)
    months = plan.months(cohort)
    total = sum(count for *_, count in months)
    month = _month(months) if total > AT_ONCE else None
    asked = request.args.get("state", "")
    state = SessionState(asked) if asked in set(SessionState) else None
    newest = request.args.get("order") == "newest"
    return render_template(
        "sessions/sessions.html",
        **frame(cohort),
        lines=plan.listed(cohort, month, state, newest=newest),
        months=months,
        month=month,
        state=state,
        newest=newest,
        total=total,
        today=clock.now().date(),
    )


def _month(months: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The month that is asked for, or the nearest one to today that has a session."""
    year, _, number = request.args.get("month", "").partition("-")
    known = [(one[0], one[1]) for one in months]
    if year.isdecimal() and number.isdecimal() and len(year + number) < 7 and (int(year), int(number)) in known:
        return int(year), int(number)
    now = clock.now()
    return min(known, key=lambda one: abs((one[0] - now.year) * 12 + one[1] - now.month))


@cohorts.get("/<slug>/sessions/new")
@requires(Permission.TEACH)
def plan_sessions(slug: str) -> ResponseReturnValue:
    """Ask for the days of the sessions: by a weekly pattern, or one by one."""
    cohort = cohort_of(slug)
    values = {"count": "15", "minutes": "90", "first": max(cohort.starts_on, clock.now().date()).isoformat(),
              "title": gettext("Session"), "place": cohort.place, "on": ""}  # fmt: skip
    return _form(cohort, values)


@cohorts.post("/<slug>/sessions/new")
@requires(Permission.TEACH)
def keep_sessions(slug: str) -> ResponseReturnValue:
    """Show which days a pattern gives, or put sessions into the plan."""
    cohort = cohort_of(slug)
    wanted: list[SessionDetails] = []
    try:
        wanted = _wanted(cohort)
        if typed("do") != "keep":
            return _form(cohort, request.form, days=wanted)
        made = actions.plan_sessions(current_actor(), cohort, wanted)
    except Refused as refused:
        return _form(cohort, request.form, fields.errors(refused), days=wanted), refused.status
    say(ngettext("%(num)s session is in the plan.", "%(num)s sessions are in the plan.", len(made)))
    return back(url_for(".sessions", slug=cohort.slug, month=f"{made[0].planned_on:%Y-%m}"))


def _wanted(cohort: Cohort) -> list[SessionDetails]:
    """The sessions that the form asks for."""
    if typed("how") == "hand":
        if typed("title") or typed("on"):
            one = fields.details()
            return [one, *fields.lines(request.form.get("lines", ""), one)]
        pattern = SessionDetails(
            title="",
            on=clock.now().date(),
            minutes=fields.whole(typed("minutes"), 90),
            starts_at=fields.hour(typed("starts_at")),
            place=typed("place"),
            mode=fields.mode(typed("mode")),
        )
        found = fields.lines(request.form.get("lines", ""), pattern)
        if not found:
            raise rules.NoSessionDay
        return found
    first = fields.day(typed("first"))
    weekdays = fields.ticked(request.form.getlist("weekdays"), 7)
    if not weekdays:
        raise rules.NoDays
    number = fields.count(typed("count"))
    skip = fields.days_out(request.form.get("skip", ""))
    pattern = SessionDetails(typed("title") or gettext("Session"), first, fields.whole(typed("minutes"), 90),
                             fields.hour(typed("starts_at")), typed("place"), fields.mode(typed("mode")))  # fmt: skip
    rules.check_minutes(pattern.minutes)
    months = plan.harvest_months(cohort) if typed("harvest") else frozenset()
    days = rules.by_weekdays(first, weekdays, number, skip, months)
    units = plan.not_planned_yet(cohort) if typed("in_order") else []
    start = queries.next_number(cohort)
    return [
        replace(pattern, title=units[n].title, on=day, units=(units[n].uid,))
        if n < len(units)
        else replace(pattern, title=f"{pattern.title} {start + n}", on=day)
        for n, day in enumerate(days)
    ]


@cohorts.get(f"{AT}/change")
@requires(Permission.TEACH)
def change_session(slug: str, number: int) -> ResponseReturnValue:
    """Offer what is planned of a session for changing."""
    cohort, session = session_of(slug, number)
    values = {"title": session.title, "on": session.planned_on.isoformat(), "starts_at": words.hour(session.starts_at),
              "minutes": str(session.planned_minutes), "place": session.place, "mode": session.mode.value}  # fmt: skip
    return _change(cohort, session, values, set(queries.units_planned(session)))


@cohorts.post(f"{AT}/change")
@requires(Permission.TEACH)
def keep_session(slug: str, number: int) -> ResponseReturnValue:
    """Keep what is planned of a session now."""
    cohort, session = session_of(slug, number)
    try:
        actions.change_session(current_actor(), session, fields.details())
    except Refused as refused:
        chosen = set(request.form.getlist("units"))
        return _change(cohort, session, request.form, chosen, fields.errors(refused)), refused.status
    say(gettext("The plan of this session is changed."))
    return back(url_for(".session", **at(cohort, session)))


@cohorts.get(f"{AT}/off")
@requires(Permission.TEACH)
def call_off(slug: str, number: int) -> ResponseReturnValue:
    """Ask why a session did not or will not take place, and whether it gets another day."""
    cohort, session = session_of(slug, number)
    return _off(cohort, session, {"how": request.args.get("how", "move")})


@cohorts.post(f"{AT}/off")
@requires(Permission.TEACH)
def move_or_cancel(slug: str, number: int) -> ResponseReturnValue:
    """Give a session another day, or say that it is not held, with the reason."""
    cohort, session = session_of(slug, number)
    actor, reason, note = current_actor(), typed("reason"), typed("note")
    try:
        if typed("how") == "cancel":
            actions.cancel_session(actor, session, reason, note)
            say(gettext("The session is cancelled. It stays in the list with its reason."))
            return back(url_for(".session", **at(cohort, session)))
        to, hour = fields.day(typed("on")), fields.hour(typed("starts_at"))
        later = actions.move_session(actor, session, to, reason, starts_at=hour, note=note)
    except Refused as refused:
        return _off(cohort, session, request.form, fields.errors(refused)), refused.status
    say(gettext("The session has a new day: %(day)s.", day=words.day(later.planned_on)))
    return back(url_for(".session", **at(cohort, later)))


def _form(
    cohort: Cohort, values: Mapping[str, Any], errors: Mapping[str, list[str]] | None = None,
    days: list[SessionDetails] | None = None,
) -> str:  # fmt: skip
    posted = request.method == "POST"
    return render_template(
        "sessions/plan.html",
        **frame(cohort),
        values=values,
        errors=errors or {},
        how="hand" if (request.form if posted else request.args).get("how") == "hand" else "week",
        weekdays=fields.ticked(request.form.getlist("weekdays"), 7) if posted else {4},
        days=days or [],
        is_checked=posted,
        offered=plan.offered(cohort),
        left=len(plan.not_planned_yet(cohort)),
        chosen=set(request.form.getlist("units")),
        harvest=sorted(plan.harvest_months(cohort)),
    )


def _change(
    cohort: Cohort, session: CohortSession, values: Mapping[str, Any], chosen: set[str],
    errors: Mapping[str, list[str]] | None = None,
) -> str:  # fmt: skip
    return render_template(
        "sessions/change.html",
        **frame(cohort),
        session=session,
        values=values,
        chosen=chosen,
        errors=errors or {},
        offered=plan.offered(cohort),
    )


def _off(
    cohort: Cohort, session: CohortSession, values: Mapping[str, Any], errors: Mapping[str, list[str]] | None = None
) -> str:
    today: date = clock.now().date()
    return render_template(
        "sessions/off.html", **frame(cohort), session=session, values=values, errors=errors or {}, today=today
    )
