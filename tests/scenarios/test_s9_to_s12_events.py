"""S9 to S12: people of several ages and countries at one event, a second-level co-operative, a map made together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Flask

from app.delivery.kinds import ActivityKind, OutputKind
from app.delivery.queries import counting, counting_events, outputs, places
from app.delivery.rules import places_map
from app.delivery.rules.counting import By
from app.delivery.rules.places import geojson
from app.demo.programmes import lay
from app.people.kinds import Figure
from app.people.permissions import COMMAND_LINE


def test_s9_thirty_are_young_by_the_programmes_own_limit(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s9-youth")
    asked = counting.of_programme(laid.programme)
    assert counting.people(asked) == 30
    assert counting.people_by(asked, By.AGE) == {("young",): 30}
    assert counting.people_by(replace(asked, youth_until=29), By.AGE) == {("older",): 10, ("young",): 20}
    assert counting.attendances(asked) == 60, "the visit is an event of its own"
    conference = replace(asked, kinds=frozenset({ActivityKind.CONFERENCE}))
    assert counting.attendances(conference) == 30
    assert counting_events.organisations_by(conference, By.COUNTRY) == dict.fromkeys(
        ("DO", "GT", "HN", "NI", "PE", "SV"), 1
    )


def test_s9_their_proposals_are_kept_as_input_to_a_strategy(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s9-youth")
    listed = outputs.of(COMMAND_LINE, laid.activities["conference"])
    given = {one.output.kind: one for one in listed}
    assert set(given) == {OutputKind.PROPOSAL, OutputKind.STRATEGY_INPUT}
    assert len(given[OutputKind.STRATEGY_INPUT].people) == 30
    assert len(given[OutputKind.STRATEGY_INPUT].organisations) == 6


def test_s10_five_co_operatives_have_more_than_three_hundred_and_twenty_families(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s10-climate")
    figure = counting_events.figure_of_all([laid.organisations["asocoomag"].id], Figure.FAMILIES, date(2015, 12, 31))
    assert figure.value == 328 > 320
    assert len(figure.counted) == 5
    asked = counting.of_programme(laid.programme, kinds=frozenset({ActivityKind.COMMUNITY_SESSION}))
    assert counting_events.activities(asked) == 3
    assert counting.people_by(asked, By.AGE) == {("older",): 9, ("young",): 12}
    assert counting_events.organisations(asked) == 5
    only_young = replace(asked, activities=frozenset({laid.activities["session2"].id}))
    assert counting.people_by(only_young, By.AGE) == {("young",): 12}


def test_s11_ages_are_reckoned_on_the_day_of_the_event(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s11-generations")
    asked = counting.of_programme(laid.programme)
    assert counting.people(asked) == 35
    assert counting_events.organisations(asked) == 5
    assert counting.people_by(asked, By.AGE) == {("older",): 21, ("young",): 14}
    assert sum(counting.people_by(asked, By.ORGANISATION).values()) == 35


def test_s12_members_were_guests_of_an_event_of_others(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s12-map")
    asked = counting.of_programme(laid.programme)
    assert counting.people_by(asked, By.ROLE) == {("guest",): 4}
    assert counting_events.heads(asked) == {"not_stated": 30}
    assert counting.people(asked) == 4


def test_s12_the_map_made_there_is_exported_and_drawn(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s12-map")
    spots = places.spots(laid.programme, drawn_at=laid.activities["regional"])
    told = geojson(spots)
    assert told["type"] == "FeatureCollection"
    kinds = {one["properties"]["kind"]: one["geometry"] for one in told["features"]}
    assert set(kinds) == {"organisation", "service", "market", "meeting_place", "collection_centre", "route"}
    assert kinds["organisation"] == {"type": "Point", "coordinates": [-84.4853, 10.0521]}
    assert kinds["route"]["type"] == "LineString"
    assert "persona" not in str(told)
    drawn = places_map.lay_out(spots)
    assert [one.number for one in drawn] == [1, 2, 3, 4, 5, 6]
    assert sum(one.label is not None for one in drawn) >= 5
