"""The cascade: the whole of a programme as a seedbed and as a table, and one cohort's place in it with its promises."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from app.core.errors import Refused
from app.delivery.actions import cascade as actions
from app.delivery.models import Cohort
from app.delivery.queries import cascade as queries
from app.delivery.queries import follow_up, replicas, scopes
from app.delivery.rules import cascade_layout
from app.delivery.rules.cascade_records import Picture
from app.delivery.web.blueprints import cohorts, programmes
from app.infra import clock
from app.infra.i18n import sentence
from app.people.login import current_actor
from app.people.permissions import Actor, Permission, allows
from app.web.errors import back, say
from app.web.pages import requires

from . import retention, typed

PER_PAGE = 40
NARROW = 3  # cohorts beside each other on a phone


@programmes.get("/<slug>/cascade", endpoint="cascade")
@requires(Permission.SEE_FIGURES)
def cascade_of_programme(slug: str) -> ResponseReturnValue:
    """Draw the whole cascade of a programme, with what each level keeps and loses."""
    actor = current_actor()
    programme = scopes.programme(actor, slug, Permission.SEE_FIGURES)
    found = queries.picture(actor, programme, clock.now().date())
    q = " ".join(request.args.get("q", "").split())
    listed = [one for one in found.spots if q.lower() in one.group.name.lower()]
    pages = max(-(-len(listed) // PER_PAGE), 1)
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
    wide, narrow = cascade_layout.draw(found.spots), cascade_layout.draw(found.spots, NARROW)
    drawn = {knot.spot.group.id for drawing in (wide, narrow) for knot in drawing.knots if knot.spot}
    return render_template(
        "keeping/cascade_programme.html",
        programme=programme,
        found=found,
        wide=wide,
        narrow=narrow,
        links=_links(actor, drawn | {one.group.id for one in shown}),
        names={one.group.id: one.group.name for one in found.spots},
        shown=shown,
        q=q,
        page=page,
        pages=pages,
        total=len(listed),
        groups=_groups(found),
        as_decimal=lambda number: format_decimal(round(number, 1)),
        day=clock.now().date(),
    )


@cohorts.get("/<slug>/cascade")
@requires(Permission.SEE_COHORT)
def cascade(slug: str) -> ResponseReturnValue:
    """Show where a cohort stands in the cascade: above it, below it, who replicated, what was promised."""
    return _page(scopes.cohort(current_actor(), slug, Permission.SEE_COHORT))


@cohorts.post("/<slug>/cascade/promises")
@requires(Permission.TEACH)
def cascade_promise(slug: str) -> ResponseReturnValue:
    """Keep what somebody promised to teach."""
    actor = current_actor()
    cohort = scopes.cohort(actor, slug, Permission.TEACH)
    try:
        enrolment = follow_up.enrolment(cohort, typed.number("enrolment"))
        actions.promise(
            actor, enrolment, cohorts=typed.number("cohorts"), people=typed.number("people"), by=typed.day("by")
        )
    except typed.Fault as fault:
        return _page(cohort, {fault.field: sentence(fault.refused)}), fault.refused.status
    except Refused as refused:
        if refused.status == 404:
            raise
        return _page(cohort, {"promise": sentence(refused)}), refused.status
    say(gettext("Written down. What is held counts towards it by itself."))
    return back(url_for(".cascade", slug=slug))


def _page(cohort: Cohort, faults: dict[str, str] | None = None) -> str:
    actor = current_actor()
    found = replicas.of(cohort)
    ids = {one.id for one in found.children} | ({found.parent.id} if found.parent else set())
    scope = scopes.of_cohort(cohort)
    return render_template(
        "keeping/cascade.html",
        cohort=cohort,
        found=found,
        links=_links(actor, ids),
        may_name=allows(actor, Permission.SEE_PEOPLE, scope),
        may_write=allows(actor, Permission.TEACH, scope),
        faults=faults or {},
        said=request.form,
        day=clock.now().date(),
    )


def _links(actor: Actor, ids: set[int]) -> dict[int, str]:
    """The pages of those of these cohorts that the actor may open."""
    return {id_: url_for("cohorts.cascade", slug=slug) for id_, slug in replicas.to_open(actor, ids).items()}


def _groups(found: Picture) -> list[tuple[str, list[tuple[str, int | None]]]]:
    parts = (
        (gettext("Women and men"), found.by_sex, retention.sex_name),
        (gettext("Age"), retention.youngest_first(found.by_age), retention.age_name),
        (gettext("Organisation"), found.by_organisation, retention.organisation_name),
    )
    return [(title, [(name(part.key), part.count) for part in held]) for title, held, name in parts if held]
