"""S2 and S3: two schools in El Salvador. What they reached, in which workshops, what they left behind."""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.delivery.actions import outputs as output_actions
from app.delivery.kinds import OutputKind, ParticipationRole
from app.delivery.queries import counting, counting_events, milestones, outputs
from app.delivery.rules.counting import By
from app.delivery.rules.outputs import HasItsNeed
from app.demo.programmes import lay
from app.people.permissions import COMMAND_LINE
from app.study.actions import needs
from tests import factories as make


def test_s3_forty_were_planned_and_forty_two_women_came_to_ten_workshops(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s3-women-school")
    school = laid.cohorts["school"]
    asked = counting.of_programme(laid.programme)
    assert school.planned_learners == 40
    assert counting.people(asked) == 42
    assert counting.people_by(asked, By.SEX) == {("woman",): 42}
    assert counting_events.activities(asked) == 10, "a workshop that is a session of the school is one event"
    assert counting.attendances(asked) == 420
    assert all(one.planned_on.weekday() == 4 for one in laid.sessions["school"])
    trainers = counting.of_programme(laid.programme, roles=frozenset({ParticipationRole.TRAINER}))
    assert counting.people(trainers) == 2
    promised = milestones.targets(laid.programme)[0]
    assert (promised.target.value, promised.reached) == (40, 42)


def test_s3_what_was_written_up_opens_an_edition_in_another_country(app: Flask) -> None:
    make.load()
    laid = lay(COMMAND_LINE, "s3-women-school")
    (written,) = outputs.of(COMMAND_LINE, laid.cohorts["school"])
    assert written.output.kind is OutputKind.EXPERIENCE_RECORD
    assert {part for _, part in written.people} == {"redacción"}
    given = {
        "title": "Escuela de mujeres", "event": "Escuela 2014", "priority": "high", "said_by": "Equipo (demo)",
        "place": "San Salvador", "held_on": "2014-12-12", "conclusion": written.output.summary, "document": "",
        "organisations": "", "women": "42", "men": "", "young_women": "", "young_men": "",
    }  # fmt: skip
    need = output_actions.need_from(COMMAND_LINE, written.output, "HN", given)
    edition = adaptation.fork(COMMAND_LINE, make.newest(make.load()), "HN", why=need.conclusion)
    needs.take_up(COMMAND_LINE, need, edition)
    assert written.output.need_id == need.id
    assert (need.region, edition.region) == ("HN", "HN")
    with pytest.raises(HasItsNeed):
        output_actions.need_from(COMMAND_LINE, written.output, "GT", given)


def test_s2_the_school_reaches_the_bases_through_its_committee(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s2-impact-school")
    asked = counting.of_programme(laid.programme)
    assert laid.cohorts["committee"].parent_id == laid.cohorts["school"].id
    assert counting.people(asked) == 34
    assert counting.people_by(asked, By.SEX) == {("man",): 14, ("woman",): 20}
    by_both = counting.people_by(asked, By.SEX, By.AGE)
    assert sum(by_both.values()) == 34
    assert by_both["woman", "young"] == 12
    assert counting_events.organisations(asked) == 3
    teaching = counting.of_programme(laid.programme, roles=frozenset({ParticipationRole.TRAINER}))
    assert counting.people(teaching) == 6


def test_s2_outputs_are_listed_by_cohort_with_who_made_them(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s2-impact-school")
    school, committee = laid.cohorts["school"], laid.cohorts["committee"]
    assert outputs.by_kind(school) == {
        OutputKind.CONSULTATION_RECORD: 1,
        OutputKind.EVIDENCE: 1,
        OutputKind.POWER_MAP: 1,
        OutputKind.PROPOSAL: 1,
    }
    assert outputs.by_kind(committee) == {OutputKind.BUSINESS_INITIATIVE: 1}
    women = outputs.makers_by_sex(school, (OutputKind.PROPOSAL, OutputKind.POWER_MAP))
    assert women == {(OutputKind.POWER_MAP, "woman"): 6, (OutputKind.PROPOSAL, "woman"): 6}
    record = outputs.of(COMMAND_LINE, school)[0]
    assert len(record.people) == 10
    assert len(record.organisations) == 3
