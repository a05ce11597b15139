"""S7 and S8: trainings in stages, with two hosts, an expert from outside, and people who help and do not learn."""

from __future__ import annotations

from flask import Flask

from app.delivery.kinds import ActivityOrganisationRole, ParticipationRole
from app.delivery.queries import activities, counting, counting_events, milestones
from app.delivery.rules.counting import By
from app.demo.programmes import lay
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import COMMAND_LINE


def test_s7_ten_of_twenty_five_organisations_are_reached_in_the_second_stage(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s7-finance")
    stage = counting.of_programme(laid.programme, stage="Segunda etapa")
    assert counting_events.organisations(stage) == 10
    names = {db.session.get_one(Organisation, id_).name for id_ in counting_events.organisation_ids(stage)}
    assert names == {
        "Acata", "Asocaval", "Aprocafa", "Asipat", "Aprocamalosan",
        "Coobamag", "Coobafrío", "Asobanarcoop", "Emprebancoop", "Coomulbanano",
    }  # fmt: skip
    assert counting_events.activities(stage) == 2
    assert {(one.held_until - one.held_on).days for one in laid.activities.values()} == {1}
    by_country = counting_events.organisations_by(counting.of_programme(laid.programme), By.COUNTRY)
    assert by_country == {"CO": 10, "PE": 4}
    (kept,) = milestones.targets(laid.programme)
    assert (kept.target.value, kept.reached) == (25, 14)


def test_s7_participants_are_told_apart_by_what_they_are_in_their_organisation(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s7-finance")
    stage = counting.of_programme(laid.programme, stage="Segunda etapa")
    by_capacity = counting.people_by(stage, By.CAPACITY)
    assert by_capacity == {("administration",): 10, ("board",): 10, ("oversight",): 10}


def test_s8_twenty_eight_take_part_from_eleven_organisations(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s8-tax-law")
    asked = counting.of_programme(laid.programme)
    assert counting.people(asked) == 28
    assert counting_events.organisations(asked) == 11
    assert counting_events.activities(asked) == 1
    event = laid.activities["event"]
    hosts = activities.organisations_in(event)[ActivityOrganisationRole.HOST]
    assert [one.name for one in hosts] == ["ASONOG", "CHPP"]
    assert activities.roles_of(event) == {
        ParticipationRole.PARTICIPANT: 28,
        ParticipationRole.SUPPORT_STAFF: 3,
        ParticipationRole.TRAINER: 1,
    }
    assert len(activities.list_of(COMMAND_LINE, event)) == 32
    by_organisation = counting.people_by(asked, By.ORGANISATION)
    assert sum(by_organisation.values()) == 28
    assert len(by_organisation) == 11
