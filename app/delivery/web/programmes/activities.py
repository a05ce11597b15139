"""The list of a programme's activities, and planning one. What one activity is about is in activity.py."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import activities as actions
from app.delivery.actions.activities import ActivityDetails
from app.delivery.kinds import ActivityKind, Mode, SessionState
from app.delivery.models import Programme
from app.delivery.queries import activity_lists, diagnosis, milestones
from app.delivery.queries.activity_lists import Wanted
from app.delivery.web.blueprints import programmes as bp
from app.people.login import current_actor
from app.people.permissions import Permission
from app.people.queries import organisations as organisation_queries
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import opened, page_number, row_asked, seen

K = TypeVar("K", bound=StrEnum)


@bp.get("/<slug>/activities/")
@requires(Permission.SEE_FIGURES)
def activities(slug: str) -> ResponseReturnValue:
    """List the activities that count for a programme; by words, kind, state, year, area, line and organisation."""
    found = seen(slug)
    programme = found.programme
    wanted = Wanted(
        words=request.args.get("q", ""),
        kind=_asked("kind", ActivityKind),
        state=_asked("state", SessionState),
        year=row_asked("year"),
        area=row_asked("area"),
        line=row_asked("line"),
        organisation=row_asked("organisation"),
    )
    there = (
        activity_lists.organisations_there(programme)
        if found.own is None
        else list(organisation_queries.by_ids(sorted(found.own)).values())
    )
    return render_template(
        "delivery/programmes/activities.html",
        seen=found,
        programme=programme,
        found=activity_lists.listed(programme, wanted, page_number(), found.own),
        wanted=wanted,
        asked=_address(wanted),
        kinds=ActivityKind,
        states=SessionState,
        areas=milestones.areas(programme),
        lines=diagnosis.lines_of(programme),
        organisations=there,
    )


@bp.get("/<slug>/activities/new")
@requires(Permission.RUN_PROGRAMME)
def new_activity(slug: str) -> ResponseReturnValue:
    """Ask for an activity; `line` and `area` in the address tick one of these."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    typed = MultiDict([(name, value) for name in ("line", "area") if (value := request.args.get(name))])
    return form_of(programme, Reading(typed))


@bp.post("/<slug>/activities/new")
@requires(Permission.RUN_PROGRAMME)
def plan_activity(slug: str) -> ResponseReturnValue:
    """Put an activity into the plan."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    details = details_in(read)
    made = read.do(lambda: actions.plan_activity(current_actor(), programme, details))
    if made is None:
        return form_of(programme, read), read.status
    say(gettext("It is in the plan. Say next which organisations are in it."))
    return back(url_for(".activity", slug=slug, uid=made.uid))


def details_in(read: Reading) -> ActivityDetails:
    """What a form says of an activity; faults stay with the reading."""
    return ActivityDetails(
        name=read.text("name"),
        kind=read.member("kind", ActivityKind),
        on=read.day("on"),
        until=read.day_or_none("until"),
        mode=read.member("mode", Mode, Mode.IN_PERSON),
        region=read.text("region").strip().upper(),
        place=read.text("place"),
        stage=read.text("stage"),
        areas=read.rows("area"),
        lines=read.rows("line"),
    )


def form_of(programme: Programme, read: Reading, **more: Any) -> str:
    """The form of an activity, new or to be changed."""
    return render_template(
        "delivery/programmes/activity_form.html",
        programme=programme,
        kinds=ActivityKind,
        modes=Mode,
        areas=milestones.areas(programme),
        lines=diagnosis.lines_of(programme),
        typed=read.given,
        faults=read.faults,
        **more,
    )


def _asked(name: str, kind: type[K]) -> K | None:
    typed = request.args.get(name, "")
    return kind(typed) if typed in set(kind) else None


def _address(wanted: Wanted) -> dict[str, Any]:
    """What the list is narrowed to, as parts of its address."""
    return {
        "q": wanted.words or None,
        "kind": wanted.kind,
        "state": wanted.state,
        "year": wanted.year,
        "area": wanted.area,
        "line": wanted.line,
        "organisation": wanted.organisation,
    }
