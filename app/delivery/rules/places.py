"""Rules on places: coordinates that can be, and their GeoJSON (RFC 7946: longitude first, WGS 84, no persons)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from app.core.errors import N_, Refused
from app.delivery.kinds import PlaceKind

MOST_POINTS = 2_000
PLACES = 6  # decimals: about ten centimetres, as RFC 7946 (11.2) advises

Point = tuple[float, float]


class OddCoordinates(Refused):
    text = N_("Longitude lies between -180 and 180, latitude between -90 and 90. Perhaps the two are exchanged.")
    status = 422


class NeedsPoints(Refused):
    text = N_("A route needs at least two points, at most %(most)s; every other place needs one.")
    status = 422


class BadPoint(Refused):
    text = N_("Line %(line)s: write latitude and longitude, like this: -6.4889, -76.3650")
    status = 422


@dataclass(frozen=True, slots=True)
class Spot:
    """What a map shows of a place. `organisation` is a name or empty, as is `drawn_at`, the activity at which people
    drew it, with its uid in `drawn_at_uid`; there is no field for a person on purpose.
    """

    uid: str
    kind: PlaceKind
    name: str
    points: tuple[Point, ...]
    organisation: str = ""
    drawn_at: str = ""
    drawn_at_uid: str = ""


def read_points(text: str) -> list[Point]:
    """Return the points of a text, longitude first; each line has latitude and longitude, as telephones show them.

    Between the two stands a comma, a semicolon or a space; with a semicolon, commas are those of decimals.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not (written := line.strip()):
            continue
        parts = written.replace(",", ".").split(";") if ";" in written else written.replace(",", " ").split()
        try:
            latitude, longitude = (float(part.strip().replace("\u2212", "-")) for part in parts)
        except ValueError as odd:
            raise BadPoint(line=number) from odd
        found.append((longitude, latitude))
    return found


def check_points(kind: PlaceKind, points: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    """Return the points of a place, rounded, a route's repeated ones once; raises `OddCoordinates`, `NeedsPoints`."""
    found: list[Point] = []
    for given in points:
        if len(given) != 2 or not all(isfinite(part) for part in given):
            raise OddCoordinates
        longitude, latitude = round(float(given[0]), PLACES), round(float(given[1]), PLACES)
        if abs(longitude) > 180 or abs(latitude) > 90:
            raise OddCoordinates
        if not found or found[-1] != (longitude, latitude):
            found.append((longitude, latitude))
    if (len(found) < 2 if kind is PlaceKind.ROUTE else len(found) != 1) or len(found) > MOST_POINTS:
        raise NeedsPoints(most=MOST_POINTS)
    return tuple(found)


def geojson(spots: Iterable[Spot]) -> dict[str, Any]:
    """Return places as a FeatureCollection; notes stay behind, since people write names into them."""
    return {"type": "FeatureCollection", "features": [_feature(spot) for spot in spots]}


def _feature(spot: Spot) -> dict[str, Any]:
    line = spot.kind is PlaceKind.ROUTE
    pairs = [list(point) for point in spot.points]
    return {
        "type": "Feature",
        "id": spot.uid,
        "geometry": {"type": "LineString" if line else "Point", "coordinates": pairs if line else pairs[0]},
        "properties": {
            "name": spot.name,
            "kind": spot.kind.value,
            "organisation": spot.organisation or None,
            "drawn_at": spot.drawn_at or None,
        },
    }
