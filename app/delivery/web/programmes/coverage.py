"""Which organisation was trained in which area, and the milestones that organisations plan and reach."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import milestones as actions
from app.delivery.models import Milestone, Programme
from app.delivery.queries import milestones as queries
from app.delivery.queries import programmes
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.infra import clock
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import known, opened, seen


@bp.get("/<slug>/coverage")
@requires(Permission.SEE_FIGURES)
def coverage(slug: str) -> ResponseReturnValue:
    """Show organisations by training areas, and how far the organisations are with the milestones."""
    return _page(opened(slug), Reading(MultiDict()))


@bp.post("/<slug>/coverage/areas")
@requires(Permission.RUN_PROGRAMME)
def add_area(slug: str) -> ResponseReturnValue:
    """Name another training area."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    read.do(lambda: actions.add_area(current_actor(), programme, read.text("area")), name="area")
    return _done(programme, read, "area", gettext("The area is there. Say of each activity which areas it trains in."))


@bp.post("/<slug>/coverage/milestones")
@requires(Permission.RUN_PROGRAMME)
def add_milestone(slug: str) -> ResponseReturnValue:
    """Name a step that organisations take in an area."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    areas = {area.id: area for area in queries.areas(programme)}
    chosen, wanted, by = read.number("of"), read.number_or_none("wanted"), read.day_or_none("by")
    if "of" not in read.faults and chosen not in areas:
        read.blame("of", NotOffered())
    read.do(
        lambda: actions.add_milestone(current_actor(), areas[chosen], read.text("name"), wanted=wanted, by=by),
        value="wanted",
    )
    return _done(
        programme, read, "milestone", gettext("The milestone is there. Say which organisations set out for it.")
    )


@bp.post("/<slug>/coverage/milestones/<uid>/plan")
@requires(Permission.RUN_PROGRAMME)
def plan_milestone(slug: str, uid: str) -> ResponseReturnValue:
    """Say which organisations set out for a milestone."""
    programme, milestone = _milestone(slug, uid)
    read = Reading(request.form)
    there, chosen = _organisations(programme), read.rows("organisation")
    planned_for = read.day_or_none("planned_for")
    if not chosen or not there.keys() >= set(chosen):
        read.blame("organisation", NotOffered())
    read.do(lambda: actions.plan_milestones(current_actor(), milestone, [there[id_] for id_ in chosen], planned_for))
    return _done(programme, read, f"plan-{uid}", gettext("Noted."))


@bp.post("/<slug>/coverage/milestones/<uid>/reach")
@requires(Permission.RUN_PROGRAMME)
def reach_milestone(slug: str, uid: str) -> ResponseReturnValue:
    """Say when an organisation reached a milestone and what shows it; an empty day takes that back."""
    programme, milestone = _milestone(slug, uid)
    read = Reading(request.form)
    organisation = _organisations(programme).get(read.number("organisation")) or abort(404)
    on = read.day_or_none("on")
    read.do(lambda: actions.reach_milestone(current_actor(), milestone, organisation, on, read.text("evidence")))
    return _done(programme, read, f"reach-{uid}-{organisation.id}", gettext("Noted."))


def _milestone(slug: str, uid: str) -> tuple[Programme, Milestone]:
    programme = opened(slug, Permission.RUN_PROGRAMME)
    return programme, queries.milestone(programme, uid) or abort(404)


def _organisations(programme: Programme) -> dict[int, Organisation]:
    return {part.organisation.id: part.organisation for part in programmes.parts(programme)}


def _done(programme: Programme, read: Reading, form: str, text: str) -> ResponseReturnValue:
    if read.faults:
        return _page(programme, read, form), read.status
    say(text)
    return back(url_for(".coverage", slug=programme.slug))


def _page(programme: Programme, read: Reading, form: str = "") -> str:
    matrix = queries.matrix(programme)
    cells = matrix.cells
    return render_template(
        "delivery/programmes/coverage.html",
        seen=seen(programme.slug),
        programme=programme,
        matrix=matrix,
        of_area={area.id: sum(cells[o.id, area.id].covered for o in matrix.organisations) for area in matrix.areas},
        of_organisation={
            o.id: sum(cells[o.id, area.id].covered for area in matrix.areas) for o in matrix.organisations
        },
        progress=queries.progress(programme, clock.now().date()),
        steps=queries.steps(programme),
        areas={area.id: area for area in matrix.areas},
        organisations=list(_organisations(programme).values()),
        known=known,
        typed=read.given,
        faults=read.faults,
        form=form,
    )
