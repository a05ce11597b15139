"""The organisations in a programme: as what, since when, how many people came for each; adding and ending a part."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import programmes as actions
from app.delivery.kinds import ProgrammeRole
from app.delivery.models import Programme
from app.delivery.queries import programme_figures
from app.delivery.queries import programmes as queries
from app.delivery.queries.programmes import Part
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.people.actions.organisations import OrganisationDetails
from app.people.kinds import OrganisationKind
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import known, opened, page_number, seen

PER_PAGE, FOUND, A_FEW = 40, 40, 8


@bp.get("/<slug>/organisations")
@requires(Permission.SEE_FIGURES)
def organisations(slug: str) -> ResponseReturnValue:
    """List who takes part in a programme as what, with the people and attendances of each."""
    return _page(opened(slug), Reading(MultiDict()))


@bp.post("/<slug>/organisations")
@requires(Permission.RUN_PROGRAMME)
def join(slug: str) -> ResponseReturnValue:
    """Let organisations take part that are known already."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read, actor = Reading(request.form), current_actor()
    role, since = read.member("role", ProgrammeRole), read.day_or_none("since")
    there = {part.organisation.id: part.organisation for part in queries.parts(programme)}
    chosen = read.rows("organisation")
    known_ones = queries.known_among(actor, chosen) | there
    if not chosen or not known_ones.keys() >= set(chosen):
        read.blame("organisation", NotOffered())
    read.do(lambda: actions.take_parts(actor, programme, [known_ones[id_] for id_ in chosen], role, since=since))
    if read.faults:
        return _page(programme, read), read.status
    say(ngettext("%(num)s organisation takes part.", "%(num)s organisations take part.", len(chosen)))
    return back(url_for(".organisations", slug=slug))


@bp.post("/<slug>/organisations/new")
@requires(Permission.RUN_PROGRAMME)
def bring_in(slug: str) -> ResponseReturnValue:
    """Let an organisation take part that may be on no list yet."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    details = OrganisationDetails(
        read.text("name"),
        read.text("region").strip().upper() or programme.region,
        read.member("kind", OrganisationKind),
        read.text("short_name"),
        read.text("place"),
    )
    role, since = read.member("role", ProgrammeRole), read.day_or_none("since")
    read.do(lambda: actions.bring_in(current_actor(), programme, details, role, since=since), organisation="name")
    if read.faults:
        return _page(programme, read), read.status
    say(gettext("It takes part."))
    return back(url_for(".organisations", slug=slug))


@bp.post("/<slug>/organisations/<int:part>/end")
@requires(Permission.RUN_PROGRAMME)
def end_part(slug: str, part: int) -> ResponseReturnValue:
    """Say on which day an organisation left, or, without a day, that it has not."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    held = queries.part(programme, part)
    if held is None:
        abort(404)
    read = Reading(request.form)
    until = read.day_or_none("until")
    read.do(lambda: actions.end_part(current_actor(), programme, held, until))
    if read.faults:
        return _page(programme, read), read.status
    say(gettext("Noted."))
    return back(url_for(".organisations", slug=slug))


def _page(programme: Programme, read: Reading) -> str:
    asked = request.args
    words, wanted = asked.get("q", ""), asked.get("role", "")
    role = ProgrammeRole(wanted) if wanted in set(ProgrammeRole) else None
    every = queries.parts(programme)
    found = [one for one in every if _fits(one, words, role)]
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(page_number(), pages)
    here = seen(programme.slug)
    figures = programme_figures.by_organisation(programme)
    activities = programme_figures.activities_of_organisations(programme)
    return render_template(
        "delivery/programmes/organisations.html",
        seen=here,
        programme=programme,
        any_part=bool(every),
        total=len(found),
        parts=found[(number - 1) * PER_PAGE : number * PER_PAGE],
        number=number,
        pages=pages,
        asked={"q": words or None, "role": role},
        figures=figures,
        activities=activities,
        took_part=len(set(activities) | {one for one in figures if one is not None}),
        people=programme_figures.people(programme),
        over=sum(one.people for one in figures.values()),
        offered=_offered(programme, asked.get("find", "")) if here.runs else [],
        find=asked.get("find", ""),
        roles=ProgrammeRole,
        kinds=OrganisationKind,
        known=known,
        typed=read.given,
        faults=read.faults,
    )


def _offered(programme: Programme, words: str) -> Sequence[Organisation]:
    """Organisations that could join: those found with the words, or a few to begin with."""
    return queries.could_join(current_actor(), programme, words, FOUND if words.strip() else A_FEW)


def _fits(one: Part, words: str, role: ProgrammeRole | None) -> bool:
    text = f"{one.organisation.name} {one.organisation.short_name} {one.organisation.place}".lower()
    return all(word in text for word in words.lower().split()) and role in (None, one.part.role)
