"""The reports' one reading of all marks against the field's own counting, which asks the database for each figure."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.delivery.actions import activities, activities_people, attendance, sessions
from app.delivery.actions.activities import ActivityDetails
from app.delivery.actions.activities_people import Came
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report as Held
from app.delivery.kinds import ActivityKind, Mark
from app.delivery.models import Cohort, Programme
from app.delivery.queries import attendance as marks
from app.delivery.queries import counting, counting_events, retention
from app.delivery.rules.counting import By
from app.demo.programmes import lay
from app.infra.db import db
from app.people.actions import merging
from app.people.models import Person
from app.people.permissions import COMMAND_LINE
from app.reporting.kinds import Split
from app.reporting.queries import asking
from app.reporting.queries.measures import Desk, computed
from app.reporting.queries.views import View
from app.reporting.rules import definitions
from tests.delivery import field as make

TODAY = date(2026, 11, 22)


def desk(programme: Programme, year: int | None) -> Desk:
    """All of a programme's figures in a year, or in all of them."""
    return Desk(asking.of_view(View(programme), year, TODAY))


def check_as_counted(programme: Programme, year: int | None) -> Desk:
    """Fail unless people, attendances and their groups are those that the field counts."""
    found = desk(programme, year)
    summed, asked = found.everybody, found.question.asked()
    assert len(summed.first) == counting.people(asked)
    assert summed.attendances == counting.attendances(asked)
    for split, by in ((Split.SEX, By.SEX), (Split.AGE, By.AGE), (Split.ORGANISATION, By.ORGANISATION)):
        counted = {"" if key is None else str(key): number for (key,), number in counting.people_by(asked, by).items()}
        assert {key: len(held) for key, held in summed.people_by[split].items()} == counted, split
    by_region = {str(key): number for (key,), number in counting.people_by(asked, By.REGION).items()}
    assert {key: len(held) for key, held in summed.people_by[Split.COUNTRY].items()} == by_region
    assert found.reached == counting_events.organisation_ids(asked)
    return found


@pytest.mark.parametrize("name", ["s3-women-school", "s4-soconusco", "s7-finance", "s9-youth"])
def test_people_and_their_groups_are_those_that_the_field_counts(app: Flask, name: str) -> None:
    programme = lay(COMMAND_LINE, name).programme
    for year in (None, *asking.years_of(programme, TODAY)[:3]):
        check_as_counted(programme, year)


def test_desertion_and_coming_back_are_those_of_retention(app: Flask) -> None:
    programme = lay(COMMAND_LINE, "s4-soconusco").programme
    found = desk(programme, None).standing
    told = retention.desertion(retention.listed(Cohort.programme_id == programme.id, TODAY), TODAY)
    assert (len(found.deserted), len(found.people)) == (told.deserted.count, told.deserted.of)
    assert (len(found.back), len(found.ever_left)) == (told.came_back.count, told.came_back.of)


def test_merged_records_in_one_cohort_and_an_activity_that_is_a_session_count_once(app: Flask) -> None:
    field = make.field(learners=6, meetings=2)
    for session in field.sessions:
        sessions.report_session(COMMAND_LINE, session, Held(session.planned_on, 90))
        attendance.roll_call(COMMAND_LINE, session, [Marked(one.id, Mark.PRESENT) for one in field.learners])
    people = [db.session.get_one(Person, one.person_id) for one in field.learners]
    first = field.sessions[0]
    details = ActivityDetails("Apertura", ActivityKind.WORKSHOP, first.planned_on)
    opening = activities.plan_activity(COMMAND_LINE, field.programme, details, session=first)
    activities.hold_activity(COMMAND_LINE, opening)
    for coop in field.coops:
        activities_people.add_organisation(COMMAND_LINE, opening, coop)
    activities_people.add_people(COMMAND_LINE, opening, people[:4:2], Came(organisation=field.coops[0]))
    before = check_as_counted(field.programme, 2026)
    assert (len(before.everybody.first), before.everybody.attendances) == (6, 12)
    merging.merge(COMMAND_LINE, people[0], people[1])
    after = check_as_counted(field.programme, 2026)
    assert (len(after.everybody.first), after.everybody.attendances) == (5, 10)


def test_the_attendance_rate_is_that_of_the_sheets(app: Flask) -> None:
    field = make.field(learners=6, meetings=2)
    said = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED, Mark.NOT_EXPECTED)
    for session in field.sessions:
        sessions.report_session(COMMAND_LINE, session, Held(session.planned_on, 90))
        marked = [Marked(one.id, mark) for one, mark in zip(field.learners, said, strict=False)]
        attendance.roll_call(COMMAND_LINE, session, [*marked, Marked(field.learners[5].id, Mark.PARTIAL, minutes=30)])
    rates = marks.rates([one.id for one in field.learners]).values()
    figure = computed(desk(field.programme, 2026), definitions.now("attendance-rate", TODAY))
    assert figure is not None
    assert figure.value == pytest.approx(sum(one.attended for one in rates), abs=0.06)
    assert figure.of == sum(one.expected for one in rates) == 8
