"""The map of a programme: places and routes drawn without tiles, in words, and as GeoJSON; adding and changing them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.delivery.actions import places as actions
from app.delivery.actions.places import PlaceDetails
from app.delivery.kinds import PlaceKind
from app.delivery.models import Activity, Place, Programme
from app.delivery.queries import activities, programmes
from app.delivery.queries import places as queries
from app.delivery.rules import places as rules
from app.delivery.rules.places_map import Canvas, lay_out, scale_bar
from app.delivery.web.blueprints import programmes as bp
from app.delivery.web.faults import NotOffered
from app.people.login import current_actor
from app.people.models import Organisation
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import requires

from .reading import Reading
from .seen import opened, seen

WIDE, TALL = Canvas(800, 560, 40), Canvas(340, 430, 28, 6, 13)
DRAWN_AT = 100

# The mark of each kind around its point; a route is a line.
SHAPES: Mapping[PlaceKind, str] = {
    PlaceKind.ORGANISATION: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z",
    PlaceKind.SERVICE: "M-5.5-5.5h11v11h-11Z",
    PlaceKind.MARKET: "M0-7 6.5 5.5h-13Z",
    PlaceKind.ROUTE: "M-8 3-3-3 3 3 8-3",
    PlaceKind.MEETING_PLACE: "M0-7.5 7.5 0 0 7.5-7.5 0Z",
    PlaceKind.TRAINING_PLACE: "M-6 6V-1L0-7 6-1V6Z",
    PlaceKind.COLLECTION_CENTRE: "M-6.5 0-3.25-5.800h6.5L6.5 0 3.25 5.800h-6.5Z",
    PlaceKind.OTHER: "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4Z",
}


@bp.get("/<slug>/map")
@requires(Permission.SEE_FIGURES)
def map(slug: str) -> ResponseReturnValue:
    """Show the places of a programme on a map and in a list; `kind` names those to show."""
    programme = opened(slug)
    kinds = _kinds()
    spots = queries.spots(programme, kinds=kinds or None)
    points = [point for spot in spots for point in spot.points]
    here = seen(slug)
    return render_template(
        "delivery/programmes/map.html",
        seen=here,
        programme=programme,
        drawings=[(canvas, lay_out(spots, canvas), scale_bar(points, canvas)) for canvas in (WIDE, TALL)]
        if points
        else [],
        notes={place.uid: place.note for place in queries.places(programme)} if here.names else {},
        away=queries.away(programme) if here.runs else [],
        kinds=PlaceKind,
        chosen=kinds,
        shown=sorted({spot.kind for spot in spots}, key=list(PlaceKind).index),
        shapes=SHAPES,
    )


@bp.get("/<slug>/map.geojson")
@requires(Permission.SEE_FIGURES)
def geojson(slug: str) -> ResponseReturnValue:
    """Send the places as GeoJSON, for other maps; `kind` names those to send."""
    programme = opened(slug)
    body = json.dumps(rules.geojson(queries.spots(programme, kinds=_kinds() or None)), ensure_ascii=False)
    response = Response(body, mimetype="application/geo+json")
    response.headers.set("Content-Disposition", "attachment", filename=f"{programme.slug}.geojson")
    return response


@bp.get("/<slug>/map/new")
@requires(Permission.RUN_PROGRAMME)
def new_place(slug: str) -> ResponseReturnValue:
    """Ask for a place."""
    return _form(opened(slug, Permission.RUN_PROGRAMME), Reading(MultiDict()))


@bp.post("/<slug>/map/new")
@requires(Permission.RUN_PROGRAMME)
def add_place(slug: str) -> ResponseReturnValue:
    """Put a place on the map."""
    programme = opened(slug, Permission.RUN_PROGRAMME)
    read = Reading(request.form)
    details, organisation, drawn_at = _details(read), _organisation(read, programme), _drawn_at(read, programme)
    read.do(
        lambda: actions.add_place(current_actor(), programme, details(), organisation=organisation, drawn_at=drawn_at)
    )
    if read.faults:
        return _form(programme, read), read.status
    say(gettext("It is on the map."))
    return back(url_for(".map", slug=slug))


@bp.get("/<slug>/map/<uid>")
@requires(Permission.RUN_PROGRAMME)
def edit_place(slug: str, uid: str) -> ResponseReturnValue:
    """Offer a place for changing."""
    programme, place = _place(slug, uid)
    points = "\n".join(f"{latitude}, {longitude}" for longitude, latitude in place.points)
    drawn_at = queries.drawn_at(place)
    typed = {"kind": place.kind.value, "name": place.name, "note": place.note, "points": points,
             "organisation": str(place.organisation_id or ""),
             "drawn_at": drawn_at.uid if drawn_at else ""}  # fmt: skip
    return _form(programme, Reading(MultiDict(typed)), place)


@bp.post("/<slug>/map/<uid>")
@requires(Permission.RUN_PROGRAMME)
def change_place(slug: str, uid: str) -> ResponseReturnValue:
    """Correct a place."""
    programme, place = _place(slug, uid)
    read = Reading(request.form)
    details, organisation = _details(read), _organisation(read, programme)
    drawn_at = _drawn_at(read, programme, queries.drawn_at(place))
    read.do(
        lambda: actions.change_place(current_actor(), place, details(), organisation=organisation, drawn_at=drawn_at)
    )
    if read.faults:
        return _form(programme, read, place), read.status
    say(gettext("Saved."))
    return back(url_for(".map", slug=slug))


@bp.post("/<slug>/map/<uid>/away")
@requires(Permission.RUN_PROGRAMME)
def archive_place(slug: str, uid: str) -> ResponseReturnValue:
    """Take a place off the map, or bring it back."""
    _, place = _place(slug, uid)
    away = request.form.get("do") != "back"
    actions.archive_place(current_actor(), place, away=away)
    say(gettext("Off the map. It can be brought back from below.") if away else gettext("It is on the map again."))
    return back(url_for(".map", slug=slug))


def _kinds() -> list[PlaceKind]:
    """The kinds that the address asks for; none means all of them."""
    return [PlaceKind(value) for value in dict.fromkeys(request.args.getlist("kind")) if value in set(PlaceKind)]


def _details(read: Reading) -> Callable[[], PlaceDetails]:
    """What a form says of a place; its points are read when it is asked for."""
    kind, name, note, points = read.member("kind", PlaceKind), read.text("name"), read.text("note"), read.text("points")
    return lambda: PlaceDetails(kind, name, rules.read_points(points), note)


def _organisation(read: Reading, programme: Programme) -> Organisation | None:
    chosen = read.number_or_none("organisation")
    there = {part.organisation.id: part.organisation for part in programmes.parts(programme)}
    if chosen is not None and chosen not in there:
        read.blame("organisation", NotOffered())
    return None if chosen is None else there.get(chosen)


def _drawn_at(read: Reading, programme: Programme, kept: Activity | None = None) -> Activity | None:
    """The activity that a form names, of this programme or the one that was `kept` till now."""
    named = read.text("drawn_at")
    if kept is not None and named == kept.uid:
        return kept
    found = activities.counting_for(programme, named) if named else None
    if named and found is None:
        read.blame("drawn_at", NotOffered())
    return found


def _place(slug: str, uid: str) -> tuple[Programme, Place]:
    programme = opened(slug, Permission.RUN_PROGRAMME)
    return programme, queries.get(programme, uid) or abort(404)


def _form(programme: Programme, read: Reading, place: Place | None = None) -> str:
    there = {part.organisation.id: part.organisation for part in programmes.parts(programme)}
    kept = queries.drawn_at(place) if place is not None else None
    held = {one.uid: one for one in (*programmes.held_last(programme, None, DRAWN_AT), *([kept] if kept else []))}
    return render_template(
        "delivery/programmes/place_form.html",
        programme=programme,
        place=place,
        kinds=PlaceKind,
        organisations=list(there.values()),
        activities=list(held.values()),
        typed=read.given,
        faults=read.faults,
    )
