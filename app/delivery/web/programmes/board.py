"""The list of programmes, and making a new one."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import programmes as actions
from app.delivery.actions.programmes import ProgrammeDetails
from app.delivery.queries import programmes as queries
from app.delivery.rules import programmes as rules
from app.delivery.rules.cohorts import LONGEST_TITLE, NeedsTitle
from app.delivery.web.blueprints import programmes as bp
from app.infra import clock
from app.infra.i18n import is_region
from app.people.login import current_actor
from app.people.permissions import WORLD, NotAllowed, Permission, Scope, allows
from app.people.rules.accounts import BadRegion
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import page_number


@bp.get("/")
@requires(Permission.SEE_FIGURES)
def board() -> ResponseReturnValue:
    """List the programmes this person sees anything of; by name, region and year."""
    asked = request.args
    words, region, year = asked.get("q", ""), asked.get("region", ""), asked.get("year", type=int)
    year = year if year is not None and 1900 <= year <= 2200 else None
    actor = current_actor()
    return render_template(
        "delivery/programmes/board.html",
        found=queries.listed(actor, words=words, region=region, year=year, page=page_number()),
        asked={"q": words or None, "region": region or None, "year": year},
        today=clock.now().date(),
        may_start=allows(actor, Permission.RUN_PROGRAMME),
    )


@bp.get("/new")
@requires(Permission.RUN_PROGRAMME)
def new() -> ResponseReturnValue:
    """Ask for a new programme."""
    held = [scope.region for scope in current_actor().scopes(Permission.RUN_PROGRAMME) if scope.is_regional]
    region = next((one for one in held if one and one != WORLD), "")
    return _form(Reading(MultiDict({"region": region, "languages": "es", "youth_until": "29", "year_starts_in": "1"})))


@bp.post("/new")
@requires(Permission.RUN_PROGRAMME)
def create() -> ResponseReturnValue:
    """Make a programme."""
    read = Reading(request.form)
    details = details_in(read)
    check_region(read, Scope(region=details.region))
    slug = read.text("slug").strip() or rules.slug_of(details.name)
    if not details.name.strip():
        read.blame("name", NeedsTitle(most=LONGEST_TITLE))
    made = read.do(lambda: actions.create_programme(current_actor(), slug, details))
    if made is None:
        return _form(read), read.status
    say(gettext("The programme is there. Say next which organisations take part."))
    return back(url_for(".organisations", slug=made.slug))


def check_region(read: Reading, wanted: Scope) -> None:
    """Put it beside the field where there is no such region, or where this person runs no programmes."""
    if not is_region(wanted.region or ""):
        read.blame("region", BadRegion(region=wanted.region))
    elif not allows(current_actor(), Permission.RUN_PROGRAMME, wanted):
        read.blame("region", NotAllowed())


def details_in(read: Reading) -> ProgrammeDetails:
    """What a form says of a programme; faults stay with the reading."""
    return ProgrammeDetails(
        name=read.text("name"),
        region=read.text("region").strip().upper(),
        starts_on=read.day("starts_on"),
        ends_on=read.day_or_none("until"),
        purpose=read.text("purpose"),
        languages=tuple(part.strip() for part in read.text("languages").split(",") if part.strip()),
        youth_until=read.number("youth_until"),
        year_starts_in=read.number("year_starts_in"),
    )


def _form(read: Reading) -> str:
    return render_template("delivery/programmes/new.html", typed=read.given, faults=read.faults)
