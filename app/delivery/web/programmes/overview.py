"""A programme's first page, what is said of it, and its targets."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core.errors import N_
from app.delivery.actions import milestones as target_actions
from app.delivery.actions import programmes as actions
from app.delivery.kinds import ProgrammeRole, TargetIndicator
from app.delivery.models import Programme
from app.delivery.queries import milestones, programme_figures, scopes
from app.delivery.queries import programmes as queries
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.infra import clock
from app.people.login import current_actor
from app.people.permissions import Permission, Scope, allows
from app.people.queries import organisations
from app.web import meanwhile
from app.web.errors import back, say
from app.web.pages import requires

from .board import check_region, details_in
from .reading import Reading
from .seen import Seen, known, opened, seen

MOST = 6

# How each promise is counted, in a sentence beside its number.
COUNTED = {
    TargetIndicator.PEOPLE: N_("Each person once, however often they came."),
    TargetIndicator.WOMEN: N_("Women, each once, however often they came."),
    TargetIndicator.YOUNG: N_("Up to %(age)s years old on the first day they came; each once."),
    TargetIndicator.ATTENDANCES: N_("Each person at each event."),
    TargetIndicator.ORGANISATIONS: N_("Each organisation once; those that only hosted are not counted."),
    TargetIndicator.ACTIVITIES: N_("Each activity or session that was held, once."),
}


@bp.get("/<slug>/")
@requires(Permission.SEE_FIGURES)
def show(slug: str) -> ResponseReturnValue:
    """Show a programme: what it is for, how far it is, what is next; to a representative, what is theirs."""
    found = seen(slug)
    programme = found.programme
    given: dict[str, Any] = {
        "seen": found,
        "programme": programme,
        "donors": queries.donors([programme.id]).get(programme.id, []),
        "newest": queries.held_last(programme, found.own, MOST),
        "next": queries.planned_next(programme, found.own, MOST),
        "today": clock.now().date(),
        "known": known,
    }
    if not found.whole:
        return render_template("delivery/programmes/show_own.html", **given, own=_own(found))
    cohorts, number = queries.cohorts(programme, MOST)
    return render_template(
        "delivery/programmes/show.html",
        **given,
        figures=programme_figures.figures(programme),
        kept=milestones.targets(programme),
        areas={area.id: area for area in milestones.areas(programme)},
        counted=counted(programme),
        cohorts=cohorts,
        number_of_cohorts=number,
        sees_cohorts=_allows(programme, Permission.SEE_COHORT),
        opens_cohorts=_allows(programme, Permission.RUN_COHORT),
        leads=[part.organisation for part in queries.parts(programme) if part.part.role is ProgrammeRole.LEAD],
    )


@bp.get("/<slug>/settings")
@requires(Permission.RUN_PROGRAMME)
def settings(slug: str) -> ResponseReturnValue:
    """Offer what is said of a programme for changing."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    return _settings(programme, Reading(MultiDict(_as_it_is(programme))))


@bp.post("/<slug>/settings")
@requires(Permission.RUN_PROGRAMME)
def change(slug: str) -> ResponseReturnValue:
    """Change what is said of a programme."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    details = details_in(read)
    check_region(read, Scope(region=details.region, programmes=frozenset({programme.id})))
    read.do(lambda: meanwhile.check(_as_it_is(programme)))
    read.do(lambda: actions.change_programme(current_actor(), programme, details))
    if read.faults:
        return _settings(programme, read), read.status
    say(gettext("Saved."))
    return back(url_for(".show", slug=slug))


@bp.get("/<slug>/targets")
@requires(Permission.RUN_PROGRAMME)
def targets(slug: str) -> ResponseReturnValue:
    """Show what a programme promises, and ask for another promise."""
    return _targets(opened(slug, Permission.RUN_PROGRAMME), Reading(MultiDict()))


@bp.post("/<slug>/targets")
@requires(Permission.RUN_PROGRAMME)
def set_target(slug: str) -> ResponseReturnValue:
    """Promise a number, or another one than before."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    areas = {area.id: area for area in milestones.areas(programme)}
    indicator, value = read.member("indicator", TargetIndicator), read.number("value")
    chosen, by = read.number_or_none("area"), read.day_or_none("by")
    if chosen is not None and chosen not in areas:
        read.blame("area", NotOffered())
    area = None if chosen is None else areas.get(chosen)
    read.do(
        lambda: target_actions.set_target(
            current_actor(), programme, indicator, value, area=area, by=by, note=read.text("note")
        )
    )
    if read.faults:
        return _targets(programme, read), read.status
    say(gettext("Written down. The number promised before stays in the record."))
    return back(url_for(".targets", slug=slug))


def counted(programme: Programme) -> dict[str, str]:
    """How each indicator is counted, in the reader's language."""
    return {one.value: gettext(text, age=programme.youth_until) for one, text in COUNTED.items()}


def _own(found: Seen) -> list[tuple[Any, Any]]:
    """The reader's organisations in a programme, each with its figures where anybody of it came."""
    figures = programme_figures.by_organisation(found.programme)
    there = organisations.by_ids(sorted(found.own or ()))
    named = sorted(there.values(), key=lambda one: (one.name, one.id))
    return [(one, figures.get(one.id)) for one in named]


def _allows(programme: Programme, permission: Permission) -> bool:
    return allows(current_actor(), permission, scopes.of_programme(programme))


def _as_it_is(programme: Programme) -> dict[str, str]:
    return {
        "name": programme.name,
        "region": programme.region,
        "starts_on": programme.starts_on.isoformat(),
        "until": programme.ends_on.isoformat() if programme.ends_on else "",
        "purpose": programme.purpose,
        "languages": ", ".join(programme.languages),
        "youth_until": str(programme.youth_until),
        "year_starts_in": str(programme.year_starts_in),
    }


def _settings(programme: Programme, read: Reading) -> str:
    return render_template(
        "delivery/programmes/settings.html",
        programme=programme,
        typed=read.given,
        faults=read.faults,
        as_it_was=meanwhile.mark(_as_it_is(programme)),
    )


def _targets(programme: Programme, read: Reading) -> str:
    return render_template(
        "delivery/programmes/targets.html",
        programme=programme,
        kept=milestones.targets(programme),
        areas={area.id: area for area in milestones.areas(programme)},
        counted=counted(programme),
        indicators=TargetIndicator,
        typed=read.given,
        faults=read.faults,
    )
