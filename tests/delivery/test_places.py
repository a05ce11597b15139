"""Places: coordinates in the order of RFC 7946, a drawing whose names never cover each other, nobody's name."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.delivery.actions import places
from app.delivery.actions.places import PlaceDetails
from app.delivery.kinds import PlaceKind
from app.delivery.queries import places as queries
from app.delivery.rules.places import NeedsPoints, OddCoordinates, Spot, check_points, geojson
from app.delivery.rules.places_map import Canvas, lay_out, project
from app.people.permissions import COMMAND_LINE, NotAllowed, Role, Scope

from . import field as make

Points = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
Spots = st.lists(
    st.builds(
        Spot,
        st.uuids().map(str),
        st.just(PlaceKind.MARKET),
        st.text("abcdefgh ", min_size=1, max_size=30),
        st.tuples(st.tuples(st.floats(-85, -84), st.floats(9, 11))),
    ),
    max_size=25,
)


@given(Spots)
@settings(max_examples=50)
def test_names_cover_no_name_and_no_mark_and_stay_on_the_canvas(spots: list[Spot]) -> None:
    canvas = Canvas()
    drawn = lay_out(spots, canvas)
    assert [one.spot for one in drawn] == spots
    labels = [one.label for one in drawn if one.label is not None]
    assert not any(one.meets(other) for one, other in combinations(labels, 2))
    assert all(canvas.box.holds(label) for label in labels)
    for one in drawn:
        ((x, y),) = one.points
        assert canvas.margin - 0.01 <= x <= canvas.width - canvas.margin + 0.01
        assert canvas.margin - 0.01 <= y <= canvas.height - canvas.margin + 0.01
        assert not any(label.x < x < label.x + label.width and label.y < y < label.y + label.height for label in labels)


@given(st.lists(Points, min_size=1, max_size=12))
@settings(max_examples=50)
def test_what_lies_north_is_drawn_above_and_what_lies_east_to_the_right(points: list[tuple[float, float]]) -> None:
    placed = project(points, Canvas())
    for one, other in combinations(points, 2):
        if one[1] > other[1]:
            assert placed[one][1] <= placed[other][1]
        if one[0] > other[0]:
            assert placed[one][0] >= placed[other][0]


def test_one_place_alone_stands_in_the_middle_and_none_is_no_error() -> None:
    (alone,) = lay_out([Spot("a", PlaceKind.MARKET, "Feria", ((-84.1, 9.9),))])
    assert alone.points == ((400, 300),)
    assert alone.label is not None
    assert lay_out([]) == []


@pytest.mark.parametrize(
    ("kind", "points", "refused"),
    [
        (PlaceKind.MARKET, [(-84.1, 99.0)], OddCoordinates),
        (PlaceKind.MARKET, [(181.0, 9.9)], OddCoordinates),
        (PlaceKind.MARKET, [(float("nan"), 9.9)], OddCoordinates),
        (PlaceKind.MARKET, [(1.0, 2.0, 3.0)], OddCoordinates),
        (PlaceKind.MARKET, [], NeedsPoints),
        (PlaceKind.MARKET, [(1.0, 2.0), (1.0, 3.0)], NeedsPoints),
        (PlaceKind.ROUTE, [(1.0, 2.0), (1.0, 2.0)], NeedsPoints),
        (PlaceKind.ROUTE, [(n / 100, 0.0) for n in range(2_001)], NeedsPoints),
    ],
)
def test_odd_coordinates_are_refused(
    kind: PlaceKind, points: list[tuple[float, ...]], refused: type[Refused]
) -> None:  # fmt: skip
    with pytest.raises(refused):
        check_points(kind, points)


def test_the_export_has_longitude_first_and_nothing_but_name_kind_organisation_and_activity() -> None:
    route = ((-84.1234567, 9.9), (-84.2, 10.0))
    spots = [
        Spot("a", PlaceKind.MARKET, "Feria", ((-84.1, 9.9),), "Coopecañera", "Taller de mapas", "u1"),
        Spot("b", PlaceKind.ROUTE, "Ruta", check_points(PlaceKind.ROUTE, route)),
    ]
    told = json.loads(json.dumps(geojson(spots)))
    point, line = told["features"]
    assert point == {
        "type": "Feature",
        "id": "a",
        "geometry": {"type": "Point", "coordinates": [-84.1, 9.9]},
        "properties": {"name": "Feria", "kind": "market", "organisation": "Coopecañera", "drawn_at": "Taller de mapas"},
    }
    assert line["geometry"] == {"type": "LineString", "coordinates": [[-84.123457, 9.9], [-84.2, 10.0]]}


def test_a_place_is_corrected_put_away_and_brought_back_by_those_who_run_the_programme(app: Flask) -> None:
    programme = make.programme()
    place = places.add_place(COMMAND_LINE, programme, PlaceDetails(PlaceKind.MARKET, "Feria", [(-76.5, -6.4)]))
    places.change_place(COMMAND_LINE, place, PlaceDetails(PlaceKind.SERVICE, "Caja rural", [(-76.6, -6.5)]))
    (spot,) = queries.spots(programme)
    assert (spot.name, spot.points) == ("Caja rural", ((-76.6, -6.5),))
    assert queries.get(programme, place.uid) is place
    assert queries.get(make.programme("otro"), place.uid) is None
    with pytest.raises(NotAllowed):
        places.archive_place(make.actor("ss1", Role.COORDINATOR, Scope(region="SV")), place)
    places.archive_place(COMMAND_LINE, place)
    assert queries.spots(programme) == []
    places.archive_place(COMMAND_LINE, place, away=False)
    assert queries.spots(programme, kinds={PlaceKind.MARKET}) == []
    assert len(queries.places(programme)) == 1
    with pytest.raises(NeedsPoints):
        places.change_place(COMMAND_LINE, place, PlaceDetails(PlaceKind.ROUTE, "Ruta", [(-76.6, -6.5)]))
    assert queries.spots(programme)[0].name == "Caja rural"
