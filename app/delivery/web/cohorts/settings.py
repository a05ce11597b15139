"""Opening a cohort, and what is said of one: its level, days, host, place, the cohort above it, how many it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.curriculum.models import Release
from app.curriculum.queries.overview import title_of
from app.delivery.actions import cohorts as actions
from app.delivery.actions.cohorts import CohortDetails
from app.delivery.kinds import CohortLevel
from app.delivery.models import Cohort, Programme
from app.delivery.queries import cohort_choices, cohort_page, scopes
from app.delivery.rules.programmes import slug_of
from app.delivery.web.blueprints import cohorts as bp
from app.infra.i18n import LANGUAGES, language, language_name, region_name
from app.infra.transactions import transactional
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web import meanwhile
from app.web.errors import back, say
from app.web.pages import requires

from . import here
from .sent import Sent


@bp.get("/new")
@requires(Permission.RUN_COHORT)
def new() -> ResponseReturnValue:
    """Ask in which programme, then what is said of the new cohort."""
    offered = cohort_choices.programmes_to_run(current_actor())
    asked = request.args.get("programme", "")
    if not asked and len(offered) == 1:
        asked = offered[0].slug
    if not asked:
        return render_template("delivery/cohorts/new_where.html", programmes=offered)
    programme = scopes.programme(current_actor(), asked, Permission.RUN_COHORT)
    started = {"starts_on": here.today().isoformat(), "level": CohortLevel.CASCADE.value}
    started["language"] = (programme.languages or ["es"])[0]
    return _new_page(programme, started, {})


@bp.post("/new")
@requires(Permission.RUN_COHORT)
def open_cohort() -> ResponseReturnValue:
    """Open it."""
    programme = scopes.programme(current_actor(), request.form.get("programme", ""), Permission.RUN_COHORT)
    sent = Sent()
    details = _details(sent)
    host = sent.one_of("host", cohort_choices.hosts(programme))
    parent = sent.one_of("parent", cohort_choices.parents(programme))
    release = sent.one_of("release", {one.id: one for one in cohort_page.releases_offered(current_actor())})

    @transactional
    def open_it() -> Cohort:
        slug = sent.text("slug") or cohort_choices.free_slug(slug_of(details.name) or "cohort")
        made = actions.open_cohort(current_actor(), programme, slug, details, host=host, parent=parent)
        if release is not None:
            actions.teach_from(current_actor(), made, release, details.starts_on)
        return made

    made = sent.do(open_it)
    if made is None:
        return _new_page(programme, request.form, sent.faults), sent.status
    say(gettext("The cohort is open. Now put its people on the list."))
    return back(url_for(".people", slug=made.slug))


@bp.get("/<slug>/settings")
@requires(Permission.RUN_COHORT)
def settings(slug: str) -> ResponseReturnValue:
    """Show what is said of a cohort, for changing."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    return _page(cohort, _as_it_is(cohort), {})


@bp.post("/<slug>/settings")
@requires(Permission.RUN_COHORT)
def save_settings(slug: str) -> ResponseReturnValue:
    """Save it."""
    cohort = here.opened(slug, Permission.RUN_COHORT)
    programme = cohort_choices.programme_of(cohort)
    sent = Sent()
    details = _details(sent)
    host = sent.one_of("host", cohort_choices.hosts(programme, cohort))
    parent = sent.one_of("parent", cohort_choices.parents(programme, cohort))

    @transactional
    def save() -> bool:
        meanwhile.check(_as_it_is(cohort))
        actions.change_cohort(current_actor(), cohort, details)
        actions.place_cohort(current_actor(), cohort, host=host, parent=parent)
        return True

    if not sent.do(save):
        return _page(cohort, request.form, sent.faults), sent.status
    say(gettext("Saved."))
    return back(url_for(".settings", slug=slug))


def _details(sent: Sent) -> CohortDetails:
    return CohortDetails(
        name=sent.text("name"),
        level=sent.member("level", CohortLevel, CohortLevel.CASCADE),
        starts_on=sent.needed_day("starts_on", here.today()),
        ends_on=sent.day("ends_on"),
        place=sent.text("place"),
        language=sent.text("language") if sent.text("language") in dict(_languages()) else "es",
        capacity=sent.number("capacity"),
        planned_learners=sent.number("planned_learners"),
    )


def _languages(*more: str) -> list[tuple[str, str]]:
    codes = [*LANGUAGES, "qu", "aym", "agr", "quc", "pt", *more]
    return [(code, language_name(code)) for code in dict.fromkeys(codes)]


def _as_it_is(cohort: Cohort) -> Mapping[str, Any]:
    return {
        "name": cohort.name,
        "level": cohort.level.value,
        "starts_on": cohort.starts_on.isoformat(),
        "ends_on": cohort.ends_on.isoformat() if cohort.ends_on else "",
        "host": cohort.host_id or "",
        "place": cohort.place,
        "parent": cohort.parent_id or "",
        "language": cohort.language,
        "capacity": cohort.capacity or "",
        "planned_learners": cohort.planned_learners or "",
    }


def _offered(programme: Programme, cohort: Cohort | None = None) -> dict[str, Any]:
    return {
        "hosts": [(one.id, one.name) for one in cohort_choices.hosts(programme, cohort).values()],
        "parents": [(one.id, one.name) for one in cohort_choices.parents(programme, cohort).values()],
        "spoken": _languages(*([cohort.language] if cohort else []), *programme.languages),
        "CohortLevel": CohortLevel,
        "releases": [(one.id, _release_words(one)) for one in cohort_page.releases_offered(current_actor())],
    }


def _release_words(release: Release) -> str:
    """An edition's title, region and version, for a list to choose from."""
    edition = release.edition
    return f"{title_of(edition, language())} · {region_name(edition.region)} · {release.version}"


def _new_page(programme: Programme, typed: Mapping[str, Any], faults: Mapping[str, list[str]]) -> str:
    return render_template(
        "delivery/cohorts/new.html", programme=programme, typed=typed, faults=faults, **_offered(programme)
    )


def _page(cohort: Cohort, typed: Mapping[str, Any], faults: Mapping[str, list[str]]) -> str:
    programme = cohort_choices.programme_of(cohort)
    return render_template(
        "delivery/cohorts/settings.html",
        cohort=cohort,
        typed=typed,
        faults=faults,
        as_it_was=meanwhile.mark(_as_it_is(cohort)),
        taught=cohort_page.taught(cohort),
        today=here.today(),
        **_offered(programme, cohort),
    )
