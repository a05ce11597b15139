"""What a cohort made, for those who teach it: records, proposals, maps, each with those who made it."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import outputs as actions
from app.delivery.actions.outputs import OutputDetails
from app.delivery.kinds import OutputKind
from app.delivery.models import Cohort
from app.delivery.queries import activity_people, scopes
from app.delivery.queries import outputs as queries
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import NotOffered
from app.people.login import current_actor
from app.people.models import Person
from app.people.permissions import Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import page_number


@bp.get("/<slug>/outputs")
@requires(Permission.SEE_COHORT)
def outputs(slug: str) -> ResponseReturnValue:
    """List what a cohort made, newest first."""
    return _page(scopes.cohort(current_actor(), slug, Permission.SEE_COHORT), Reading(MultiDict()))


@bp.post("/<slug>/outputs")
@requires(Permission.TEACH)
def keep_output(slug: str) -> ResponseReturnValue:
    """Write down what a cohort made, and who of it did."""
    cohort = scopes.cohort(current_actor(), slug, Permission.TEACH)
    read = Reading(request.form)
    details = OutputDetails(
        read.member("kind", OutputKind), read.text("title"), read.day("on"), read.text("summary")
    )  # fmt: skip
    enrolled = {person.id: person for person, _ in activity_people.enrolled_in(cohort)}
    chosen = read.rows("person")
    if not enrolled.keys() >= set(chosen):
        read.blame("person", NotOffered())
    people: dict[Person, str] = {enrolled[id_]: read.text("part") for id_ in chosen if id_ in enrolled}
    read.do(lambda: actions.keep_output(current_actor(), cohort, details, people=people), name="title")
    if read.faults:
        return _page(cohort, read), read.status
    say(gettext("Written down."))
    return back(url_for("cohorts.outputs", slug=slug))


def _page(cohort: Cohort, read: Reading) -> str:
    actor = current_actor()
    keeps = allows(actor, Permission.TEACH, scopes.of_cohort(cohort))
    return render_template(
        "delivery/programmes/cohort_outputs.html",
        cohort=cohort,
        found=queries.page(actor, cohort, number=page_number()),
        keeps=keeps,
        enrolled=[person for person, _ in activity_people.enrolled_in(cohort)] if keeps else [],
        kinds=OutputKind,
        typed=read.given,
        faults=read.faults,
    )
