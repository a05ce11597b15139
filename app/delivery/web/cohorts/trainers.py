"""Who teaches a cohort: adding somebody, by what they are qualified, whether they hold a licence, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.delivery.actions import cohorts as actions
from app.delivery.kinds import TeachingRole
from app.delivery.models import Cohort
from app.delivery.queries import cohort_choices, enrolled
from app.delivery.queries import teaching as queries
from app.delivery.web.blueprints import cohorts as bp
from app.delivery.web.faults import is_row
from app.people.login import current_actor
from app.people.models import Person
from app.people.permissions import Permission
from app.people.queries import persons
from app.web.errors import back, say
from app.web.pages import requires

from . import here
from .sent import Sent


@bp.get("/<slug>/trainers")
@requires(Permission.SEE_COHORT)
def trainers(slug: str) -> ResponseReturnValue:
    """Show who teaches a cohort; those who run it add somebody: from the cohort above it, or by a search."""
    cohort = here.opened(slug)
    chosen = request.args.get("person", "")
    person = None
    if is_row(chosen) and here.may(cohort, Permission.RUN_COHORT):
        person = persons.get(current_actor(), int(chosen), Permission.SEE_PEOPLE)
    return _page(cohort, person)


@bp.post("/<slug>/trainers")
@requires(Permission.RUN_COHORT)
def add_trainer(slug: str) -> ResponseReturnValue:
    """Write down that somebody teaches here."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    sent, actor = Sent(), current_actor()
    chosen = sent.text("person")
    person = persons.get(actor, int(chosen) if is_row(chosen) else 0, Permission.SEE_PEOPLE)
    offered = {one.id: one for one, who in queries.trained_above(cohort) if who.id == person.id}
    role, since = (
        sent.member("role", TeachingRole, TeachingRole.LEAD),
        sent.needed_day("since", here.today()),
    )
    qualified = sent.one_of("qualified_by", offered)
    made = sent.do(
        lambda: actions.add_trainer(
            actor, cohort, person, role, since=since, qualified_by=qualified, despite=sent.text("despite")
        )
    )
    if made is None:
        return _page(cohort, person, request.form, sent.faults), sent.status
    say(gettext("%(name)s teaches this cohort.", name=person.name))
    return back(url_for(".trainers", slug=slug))


@bp.post("/<slug>/trainers/end")
@requires(Permission.RUN_COHORT)
def end_teaching(slug: str) -> ResponseReturnValue:
    """Write down that somebody teaches here no more."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    sent = Sent()
    chosen = sent.text("person")
    person = persons.get(current_actor(), int(chosen) if is_row(chosen) else 0, Permission.SEE_PEOPLE)
    until = sent.needed_day("until", here.today())

    def end() -> bool:
        actions.end_teaching(current_actor(), cohort, person, until)
        return True

    if not sent.do(end):
        return _page(cohort, None, {}, sent.faults), sent.status
    say(gettext("%(name)s does not teach this cohort any more. What they taught stays.", name=person.name))
    return back(url_for(".trainers", slug=slug))


def _page(
    cohort: Cohort, person: Person | None, typed: Mapping[str, Any] | None = None,
    faults: Mapping[str, list[str]] | None = None,
) -> str:  # fmt: skip
    programme, today = cohort_choices.programme_of(cohort), here.today()
    runs = here.may(cohort, Permission.RUN_COHORT)
    asked = request.args.get("q", "").strip()[:200]
    above = queries.trained_above(cohort) if runs else []
    teachers = queries.of_cohort(cohort, programme, today)
    qualified = [one.held.qualified_by_id for one in teachers if one.held.qualified_by_id is not None]
    return render_template(
        "delivery/cohorts/trainers.html",
        cohort=cohort,
        programme=programme,
        teachers=teachers,
        promises=enrolled.promises(qualified) if runs else {},
        roles=TeachingRole,
        may_run=runs,
        above=above,
        asked=asked,
        found=enrolled.findable(current_actor(), cohort, asked) if asked and runs else [],
        person=person,
        licensed=queries.licensed_until(person, programme, cohort.level, today) if person else None,
        qualifying=[one for one, who in above if person is not None and who.id == person.id],
        today=today,
        typed=typed or {},
        faults=faults or {},
    )
