"""The road of an edition: every stage with what its gates say, moving on and back, choosing another way."""

from __future__ import annotations

from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import N_, Refused
from app.curriculum.actions.commit import listen
from app.curriculum.models import Edition
from app.curriculum.queries import editions, gates
from app.curriculum.web import panels, waiting
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Permission, Role, allows
from app.people.words import role_name
from app.translation.queries import axes as matrix
from app.validation import stage_words
from app.validation.actions import adjustments as adjusting
from app.validation.actions import observations
from app.validation.actions import stages as moving
from app.validation.queries import adjustments, axes
from app.validation.queries import stages as queries
from app.validation.rules import stages as rules
from app.web.errors import back, say
from app.web.pages import requires

from . import bp, opened, place, typed


def install(app: Flask) -> None:
    """Ask the gates before a release, note adjustments, and show how far editions are wherever that is asked."""
    from . import adjustments as adjustment_pages
    from . import asking, pilot_scores, pilots, signing

    _ = (adjustment_pages, pilot_scores, signing)
    app.jinja_env.globals.update(stage_words=stage_words)
    gates.register("stages", queries.unmet)
    matrix.register("validation", N_("Validation"), axes.validated)
    matrix.register("pilot", N_("Pilot"), axes.piloted)
    listen("validation.observations", observations.follow_edit)
    listen("validation.adjustments", adjusting.note_change)
    listen("validation.stages", moving.inherit)
    waiting.register("validation.stages", asking.waiting_for, order=36)
    panels.register(panels.Panel("validation/_pilots_below.html", pilots.below_panel, order=71))
    panels.register(panels.Panel("validation/_signed.html", signing.signed_panel, panels.Place.RELEASE))
    panels.register_tab(
        panels.Tab(
            "stages",
            N_("Stages"),
            "validation.stages",
            lambda edition: editions.may_read_draft(current_actor(), edition),
            order=61,
        )
    )


@bp.get("/<slug>/<region>/stages")
@requires(Permission.READ_DRAFT)
def stages(slug: str, region: str) -> ResponseReturnValue:
    """Show the road: where the edition stands, what is missing and where, who may move it on."""
    return _page(opened(slug, region, Permission.READ_DRAFT))


@bp.post("/<slug>/<region>/stages")
@requires(Permission.READ_DRAFT)
def move_stage(slug: str, region: str) -> ResponseReturnValue:
    """Move the edition to another stage, or let it take another way."""
    edition = opened(slug, region, Permission.READ_DRAFT)
    actor = current_actor()
    try:
        if typed("do") == "choose":
            moving.choose_process(actor, edition, typed("process"), typed("why"))
            say(gettext("The edition takes this way from now on."))
        else:
            moving.move_stage(
                actor, edition, typed("to"), why=typed("why"), skip=typed("do") == "skip", seen=typed("seen") or None
            )
            say(gettext("The edition stands at the stage “%(stage)s” now.", stage=stage_words.stage(typed("to"))))
    except Refused as refused:
        return _page(edition, sentence(refused)), refused.status
    return back(url_for(".stages", **place(edition)))


def _page(edition: Edition, fault: str = "") -> str:
    actor = current_actor()
    road = queries.road(actor, edition)
    again = adjustments.to_try_again(edition)
    places = [part.stage.key for part in road.parts]
    late = "workshop" in places and road.process.at(road.here.stage.key) > road.process.at("workshop")
    return render_template(
        "validation/stages.html",
        edition=edition,
        at=place(edition),
        road=road,
        before=road.parts[: road.process.at(road.here.stage.key)],
        again=again if late else [],
        moves=queries.moves(edition),
        may_choose=allows(actor, Permission.RELEASE_EDITION, editions.scope_of(edition)),
        processes=list(rules.processes()),
        roles={
            part.stage.key: ", ".join(role_name(role) for role in Role if role in part.stage.roles)
            for part in road.parts
        },
        typed=request.form,
        fault=fault,
    )
