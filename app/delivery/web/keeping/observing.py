"""Observing a trainer at work: the rubric as a form for the phone, and what observers have seen in a cohort."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.delivery.actions import observing as actions
from app.delivery.models import Cohort
from app.delivery.queries import licensed, scopes
from app.delivery.rules import observing as rules
from app.delivery.web.blueprints import cohorts
from app.infra import clock
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.models import Person
from app.people.permissions import Permission
from app.people.queries.persons import NoSuchPerson
from app.web.errors import back, say
from app.web.pages import requires

from . import typed


@cohorts.get("/<slug>/observing")
@requires(Permission.OBSERVE_TRAINER)
def observing(slug: str) -> ResponseReturnValue:
    """List who teaches this cohort and how they were observed."""
    cohort = scopes.cohort(current_actor(), slug, Permission.OBSERVE_TRAINER)
    people = licensed.trainers(cohort)
    watched = licensed.observations([one.id for one in people], cohort.programme_id)
    code = language()
    return render_template(
        "keeping/observing.html",
        cohort=cohort,
        people=[
            (
                one,
                [
                    (held, [each.names[code] for each in rules.below_minimum(rules.rubric(held.rubric), held.scores)])
                    for held in watched.get(one.id, [])
                ],
            )
            for one in people
        ],
        me=current_actor().person_id,
    )


@cohorts.get("/<slug>/observing/<int:person>")
@requires(Permission.OBSERVE_TRAINER)
def observe(slug: str, person: int) -> ResponseReturnValue:
    """Ask for what an observer sees."""
    return _form(*_found(slug, person))


@cohorts.post("/<slug>/observing/<int:person>")
@requires(Permission.OBSERVE_TRAINER)
def keep_observation(slug: str, person: int) -> ResponseReturnValue:
    """Keep an observation."""
    cohort, trainer = _found(slug, person)
    held = rules.current()
    try:
        scores = {}
        for one in held.criteria:
            if not typed.text(f"score-{one.key}"):
                raise typed.Fault(f"score-{one.key}", rules.IncompleteScores(lowest=held.lowest, highest=held.highest))
            scores[one.key] = typed.number(f"score-{one.key}")
        session = None
        if typed.text("session"):
            session = scopes.session(cohort, typed.number("session"))
        actions.observe(
            current_actor(),
            cohort,
            trainer,
            scores,
            on=typed.day("on"),
            solo=typed.one_of("solo", ("yes", "no")) == "yes",
            session=session,
            note=typed.text("note"),
        )
    except typed.Fault as fault:
        return _form(cohort, trainer, {fault.field: sentence(fault.refused)}), fault.refused.status
    except Refused as refused:
        return _form(cohort, trainer, {"form": sentence(refused)}), refused.status
    say(gettext("Kept. Talk about it today: first what went well, then one thing to try next time."))
    return back(url_for(".observing", slug=slug))


def _found(slug: str, person: int) -> tuple[Cohort, Person]:
    cohort = scopes.cohort(current_actor(), slug, Permission.OBSERVE_TRAINER)
    trainer = next((one for one in licensed.trainers(cohort) if one.id == person), None)
    if trainer is None:
        raise NoSuchPerson
    return cohort, trainer


def _form(cohort: Cohort, trainer: Person, faults: dict[str, str] | None = None) -> str:
    return render_template(
        "keeping/observe.html",
        cohort=cohort,
        trainer=trainer,
        rubric=rules.current(),
        code=language(),
        sessions=licensed.held_sessions(cohort),
        faults=faults or {},
        said=request.form,
        day=clock.now().date(),
    )
