"""S5 and S6: organisations as what is counted. Areas × organisations, milestones, and each organisation once."""

from __future__ import annotations

from datetime import date

from flask import Flask

from app.delivery.actions import activities, activities_people
from app.delivery.queries import counting, counting_events, milestones
from app.delivery.rules.counting import By
from app.demo.programmes import lay
from app.people.kinds import Figure
from app.people.permissions import COMMAND_LINE


def test_s5_nine_organisations_stand_against_four_areas(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s5-chiapas")
    matrix = milestones.matrix(laid.programme)
    assert (len(matrix.organisations), len(matrix.areas)) == (9, 4)
    assert {one.name for one in matrix.organisations} == {
        "FIECH", "Unión de Ejidos San Fernando", "Majomut", "OPCAAC", "ORPAE", "Cesmach", "Triunfo Verde",
        "Comon Yaj Noptic", "Ramal Santa Cruz",
    }  # fmt: skip
    assert len(matrix.cells) == 36
    assert matrix.covered == 33, "the last workshop on finance is only planned"
    activities.hold_activity(COMMAND_LINE, laid.activities["a4g3"])
    assert milestones.matrix(laid.programme).covered == 36
    cesmach, finance = laid.organisations["cesmach"], laid.areas[3]
    cell = matrix.cells[cesmach.id, finance.id]
    assert (cell.activities, cell.planned, cell.reached) == (1, 1, 1)


def test_s5_five_further_organisations_are_on_the_path_to_certification(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s5-chiapas")
    path, credit = milestones.progress(laid.programme, date(2015, 12, 31))
    assert (path.milestone.wanted, path.reached, path.planned) == (5, 5, 6)
    assert (credit.reached, credit.planned) == (1, 3)
    assert milestones.progress(laid.programme, date(2013, 12, 31))[0].reached == 0
    (kept,) = milestones.targets(laid.programme)
    assert (kept.target.value, kept.reached) == (9, 9)


def test_s6_a_hundred_and_eighty_six_organisations_are_each_counted_once(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s6-social-compliance")
    asked = counting.of_programme(laid.programme, since=date(2015, 1, 1), until=date(2015, 12, 31))
    assert counting_events.activities(asked) == 62
    assert counting_events.organisations(asked) == 186
    everything = counting.of_programme(laid.programme)
    assert counting_events.organisations_by(everything, By.YEAR) == {2015: 186, 2016: 3}
    assert counting_events.organisations(everything) == 186
    reach = counting_events.reach(asked)
    assert (reach.people, reach.heads) == (0, {"not_stated": 62 * 5 * 3}), "heads are no people with names"


def test_s6_the_families_of_the_network_are_those_of_its_members_on_the_day(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s6-social-compliance")
    network = [laid.organisations["lonya"].id]
    then = counting_events.figure_of_all(network, Figure.FAMILIES, date(2015, 12, 31))
    assert then.value == 428 + 402 + 326 > 1_150, "what the network says of itself, 1,200, is not in the sum"
    assert len(then.counted) == 3
    assert counting_events.figure_of_all(network, Figure.FAMILIES, date(2016, 12, 31)).value == 428 + 402 + 339
    early = counting_events.figure_of_all(network, Figure.FAMILIES, date(2015, 9, 30))
    assert (early.value, early.missing) == (395 + 326, {laid.organisations["opjumarp"].id})
    before = counting_events.figure_of_all(network, Figure.FAMILIES, date(2015, 8, 31))
    assert before.counted == {}, "the network had no members yet"


def test_s6_an_organisation_that_only_hosts_was_not_trained(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s6-social-compliance")
    asked = counting.of_programme(laid.programme)
    some = next(iter(laid.activities.values()))
    activities_people.add_organisation(
        COMMAND_LINE, some, laid.organisations["clac"], activities_people.ActivityOrganisationRole.HOST
    )
    assert counting_events.organisations(asked) == 186
